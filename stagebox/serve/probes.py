"""Every probe of live health, as the settings ask for, started and ended together."""

import threading
from collections.abc import Callable
from pathlib import Path

from stagebox.devices.backup_recorder_supervisor import BackupRecorderSupervisor
from stagebox.devices.host import HostProbe, HostReader
from stagebox.devices.no_signal_cards import NoSignalCards
from stagebox.devices.presence import presence_of
from stagebox.devices.record_flush import RecordFlush
from stagebox.devices.record_proof import RecordProof
from stagebox.devices.split_watch import SplitWatch
from stagebox.health.folds.sound import sound_wanted
from stagebox.health.health_state import HealthRules
from stagebox.health.picture_features import features_of
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.button_boxes import ButtonBoxFacts
from stagebox.model.facts.pictures import PictureFacts, PictureFeatures, PictureRole
from stagebox.model.facts.sound import BackupRecorderReading, SoundFacts
from stagebox.model.file_names import BACKUP_FOLDER
from stagebox.model.levels import MeterLevels
from stagebox.model.observations import Observation
from stagebox.model.paths import path_of
from stagebox.model.remedies import RemedyWanted
from stagebox.model.settings import RecordingSettings, Settings
from stagebox.model.snapshot import SessionView, Snapshot
from stagebox.model.state import ACTIVE
from stagebox.obs.connection import ObsTarget
from stagebox.obs.meters import MeterProbe
from stagebox.obs.pack import ScenePack
from stagebox.obs.picture_prober import PictureProber, watched_sources
from stagebox.obs.source_inspection import Pixels


class Probes:
    """What the appliance sees and hears beside OBS's own events.

    Args:
        post: takes each observation; must only enqueue.
        show_levels: takes each of OBS's sound readings, for meters; must only enqueue.
        obs_pid: the private OBS's process, or None.
        local: OBS records to a disk of this computer.
    """

    def __init__(
        self,
        settings: Settings,
        pack: ScenePack,
        target: ObsTarget,
        post: Callable[[Observation], None],
        *,
        show_levels: Callable[[MeterLevels], None],
        obs_pid: Callable[[], int | None],
        local: bool,
    ) -> None:
        self._settings = settings
        self._pack, self._target, self._post = pack, target, post
        self._show_levels = show_levels
        self._listening = threading.Lock()
        """Held while the backup recorder is told something, or replaced."""
        self._backup: Path | None = None
        self._backup_fails = False
        self._local = local
        cards = NoSignalCards.of_state(settings.state_dir)

        def analyse(role: PictureRole, pixels: Pixels) -> PictureFeatures:
            return features_of(pixels, cards.of(role))

        timeout_s = settings.obs.request_timeout_s
        self.pictures = PictureProber(
            target,
            watched_sources(pack, settings.sources),
            post,
            analyse=analyse,
            presence=presence_of,
            mic_input=pack.inputs.mic,
            request_timeout_s=timeout_s,
        )
        proof = settings.health.proof
        self._proof = RecordProof(post, every_s=proof.every_s, timeout_s=proof.decode_timeout_s)
        self._flush = RecordFlush()
        self._splits = SplitWatch(post)
        self._reader = HostReader(settings, obs_pid=obs_pid, local=local)
        self._host = HostProbe(self._reader.read, post)
        self._ear = BackupRecorderSupervisor(settings.sources.mic, self._heard)
        self._meters = self._new_meters(settings)

    def _new_meters(self, settings: Settings) -> MeterProbe | None:
        if settings.sources.mic.kind == "none":
            return None
        timeout_s = settings.obs.request_timeout_s
        return MeterProbe(
            self._target,
            self._pack.inputs.mic,
            self._post,
            show=self._show_levels,
            request_timeout_s=timeout_s,
        )

    def start(self) -> None:
        """Start every probe."""
        self.pictures.start()
        self._proof.start()
        self._flush.start()
        self._splits.start()
        self._host.start()
        self._ear.start()
        if self._meters is not None:
            self._meters.start()

    def close(self) -> None:
        """End every probe, each in bounded time. The backup recorder closes its backup file whole."""
        self._ear.close()
        if self._meters is not None:
            self._meters.close()
        self.pictures.close()
        self._proof.close()
        self._splits.close()
        self._flush.close()
        self._host.close()

    def follow(self, settings: Settings) -> None:
        """Look at and listen to the sources of these settings from now on. One caller at a time.

        Takes a few seconds when the microphone changes: the old backup recorder closes its backup file whole
        first, and the new one begins the next part.
        """
        before, self._settings = self._settings, settings
        self._reader.follow(settings)
        self.pictures.watch(watched_sources(self._pack, settings.sources))
        if settings.sources.mic == before.sources.mic:
            return
        self._ear.close()
        with self._listening:
            self._ear = BackupRecorderSupervisor(settings.sources.mic, self._heard)
            self._ear.set_backup(self._backup)
            self._ear.start()
        if (settings.sources.mic.kind == "none") != (self._meters is None):
            if self._meters is not None:
                self._meters.close()
            self._meters = self._new_meters(settings)
            if self._meters is not None:
                self._meters.start()

    def _heard(self, seen: BackupRecorderReading) -> None:
        self._backup_fails = bool(seen.backup_fault)
        self._post(seen)

    def watch(self, snapshot: Snapshot) -> None:
        """A listener for snapshots: tells backup recorder and proof which session is on. Only enqueues."""
        session = snapshot.session
        backup = backup_file(session, self._settings.recording, self._backup, fails=self._backup_fails)
        self._reader.in_use = backup is not None
        if backup != self._backup:
            with self._listening:
                self._backup, self._backup_fails = backup, False
                self._ear.set_backup(backup)
        growing = session.segments[-1] if session is not None and session.segments else None
        grows = growing is not None and bool(growing.path) and not growing.ended_utc
        path = path_of(growing.path) if growing is not None and grows else None
        # An OBS that does not answer may be recording: only the file can tell.
        maybe = bool(snapshot.recording) or (snapshot.recording is None and path is not None)
        if session is not None and session.paused and snapshot.recording is not None:
            maybe = False
        self._proof.watch(path if self._local else None, recording=maybe)
        splits = self._local and snapshot.recording is True and maybe
        self._splits.watch(path if splits else None, _files_of(snapshot))
        self._flush.watch(path if self._local and maybe else None)

    def apply(self, remedy: RemedyWanted) -> bool:
        """Take a remedy in OBS; a RemedyTaken follows. False when there is no room for it."""
        return self.pictures.submit(remedy)


def _files_of(snapshot: Snapshot) -> frozenset[str]:
    """The files that belong to the newest talks, and so to no other."""
    talks = (*snapshot.finished, *((snapshot.session,) if snapshot.session is not None else ()))
    return frozenset(one.path for talk in talks for one in talk.segments if one.path)


def health_rules(settings: Settings, pack: ScenePack) -> HealthRules:
    """The limits of live health, from the settings and the scene pack."""
    return HealthRules(
        limits=settings.health,
        remedies=settings.remedies,
        sound_by_scene={scene.name: scene.sound for scene in pack.scenes},
    )


def known_facts(settings: Settings, pack: ScenePack, *, local: bool) -> HealthFacts:
    """What health knows before anything is seen: what is wanted, and where OBS records."""
    silent = frozenset(scene.name for scene in pack.scenes if not scene.sound)
    sources = {"slides": settings.sources.slides, "camera": settings.sources.camera}
    kinds = {role: source.kind for role, source in sources.items()} | {"mic": settings.sources.mic.kind}
    return HealthFacts(
        pictures={role: PictureFacts() for role, source in sources.items() if source.kind != "none"},
        sound=SoundFacts(wanted=sound_wanted(settings.sources.mic, silent)),
        unset=frozenset(role for role, kind in kinds.items() if kind == "none"),
        local=local,
        button_boxes=ButtonBoxFacts(wanted=bool(settings.button_box.boxes)),
    )


def backup_file(
    session: SessionView | None, recording: RecordingSettings, present: Path | None, *, fails: bool
) -> Path | None:
    """Where the backup recorder's backup of this session is kept; None for nowhere.

    It begins beside the recording, and stays in that file while that can be written: a file that hears
    across a gap tells how long the gap was. When it fails it goes on in the second folder, before OBS does.

    Args:
        present: where it is kept now.
        fails: the backup recorder cannot write there.
    """
    if session is None or session.phase not in ACTIVE or session.paused:
        # What is paused is meant to be recorded nowhere; the next part begins when it goes on.
        return None
    name = f"{session.name}.flac"
    if present is None or present.name != name:
        return recording.folder / BACKUP_FOLDER / name
    if fails and recording.second_folder is not None:
        return recording.second_folder / BACKUP_FOLDER / name
    return present
