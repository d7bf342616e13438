"""The appliance: puts engine, OBS, media and API together, and takes them apart again."""

import contextlib
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from pydantic import SecretStr

from stagebox import resources
from stagebox.api.server import Role
from stagebox.api.token import token_path
from stagebox.devices.buttonbox.keeper import ButtonBoxes, Traffic
from stagebox.devices.folder import folder_state
from stagebox.devices.stream_probe import StreamProbe
from stagebox.engine.catalogue import Writer, open_or_set_aside
from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.inventory import Inventory, recordings_in
from stagebox.engine.latest_snapshot import LatestSnapshot
from stagebox.engine.rules import Rules
from stagebox.health.folder import folder_health
from stagebox.media import runner
from stagebox.media.executor import MediaExecutor
from stagebox.model.commands import Command, TalkDetails
from stagebox.model.effects import (
    ApplyRemedy,
    ChangeSettings,
    Effect,
    FindDevices,
    LearnPress,
    ObsForgetStream,
    ObsOpen,
    ObsResumeRecord,
    ObsStartRecord,
    ObsStartStream,
    ObsStopRecord,
    ObsStopStream,
    ObsSwitchScene,
    ProbeStream,
    ProcessSession,
    RebuildScenes,
    RefreshCards,
    RunDoctor,
)
from stagebox.model.errors import ObsError, StorageError, storing
from stagebox.model.levels import MeterLevels
from stagebox.model.observations import EffectFailed, FolderEvent, ObsProcessEvent
from stagebox.model.remedies import RemedyTaken
from stagebox.model.settings import Settings
from stagebox.model.snapshot import SessionView, Snapshot, session_view
from stagebox.obs.connection import ObsConnection, ObsLinkError, ObsTarget
from stagebox.obs.home import NAME, ObsHome
from stagebox.obs.layouts import layouts_of
from stagebox.obs.link import ObsLink
from stagebox.obs.pack import load_pack
from stagebox.obs.scene_pictures import ScenePictures
from stagebox.obs.scene_provisioner import SceneProvisioner
from stagebox.obs.supervisor import ObsSupervisor
from stagebox.serve import rebuild
from stagebox.serve.evening import EveningTalks
from stagebox.serve.finished import FinishedTalks, Judging
from stagebox.serve.probes import Probes, health_rules, known_facts
from stagebox.serve.said_talks import SaidTalks
from stagebox.serve.set_up import Hands, SetUp
from stagebox.serve.stream_target_store import StreamTargetStore
from stagebox.serve.watchdog import Signs
from stagebox.settings.secrets import ensure_secret, read_secret
from stagebox.system.locks import hold

log = logging.getLogger(__name__)

SESSIONS_MATCHED = 1000
"""So many of the newest sessions are looked through for the owner of a recording that nobody knows."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Part(Protocol):
    """A part with a thread of its own."""

    def start(self) -> None:
        """Begin to work."""

    def close(self) -> object:
        """End, in bounded time."""


class Appliance:
    """A whole stagebox. `start` brings it up; `close` ends it, and leaves OBS alone while OBS records.

    `settings_file` is where what people set up on the screen is written; it is made when it is missing.
    """

    def __init__(self, settings: Settings, settings_file: Path) -> None:
        self.settings = settings
        self._settings_file = settings_file
        self._closers: list[Callable[[], object]] = []
        self._supervisor: ObsSupervisor | None = None
        self._window_told = ""
        self._link: ObsLink | None = None
        self._levels: LatestSnapshot[MeterLevels] = LatestSnapshot()

    def start(self) -> None:
        """Check the set-up, then start engine, OBS and everything around them.

        Raises:
            StageboxError: the set-up cannot work, in a sentence with its remedy; nothing is left running.
        """
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self) -> None:
        settings = self.settings
        runner.tool("ffmpeg")
        runner.tool("ffprobe")
        self._pack = load_pack(settings.scenes.pack, resources.folder("scenes"))
        _make_folder(settings.state_dir, "state_dir", mode=0o700)
        self._closers.append(_lock(settings.state_dir / "serve.lock"))
        local = settings.obs.mode == "private" or settings.obs.host in LOOPBACK
        if local:
            seen = _recording_folder(settings.recording.folder, settings.recording.reserve_bytes)
            self._prepare_second_folder()
        _make_folder(settings.recording.out, "recording.out")
        self.token = ensure_secret(token_path(settings.state_dir))
        self._catalogue, catalogue_notice = open_or_set_aside(
            settings.state_dir / "catalogue.sqlite", lambda: rebuild.sessions_in(settings.recording.out)
        )
        self._finished = FinishedTalks(self._catalogue.find, lambda: self.latest.finished)
        self._judging = Judging()
        self.words = SaidTalks(self._finished.path)
        self.evening = EveningTalks(lambda: self.settings.recording.out)
        self.engine = Engine(
            settings.state_dir / "journal",
            Rules.of(
                settings,
                go_live_scene=self._pack.go_live or "",
                scenes=self._pack.told,
                own_name=NAME,
                local=local,
            ),
            event=settings.event.title,
            room=settings.event.room,
            health=health_rules(settings, self._pack),
            facts=known_facts(settings, self._pack, local=local),
            inventory=Inventory(
                sessions=self._catalogue.newest(SESSIONS_MATCHED),
                paths=self._catalogue.paths(),
                files=recordings_in(self._folders() if local else ()),
            ),
        )
        writer = Writer(self._catalogue)
        self._closers += [writer.close, self.engine.close]
        if local and seen.health != "ok" and self.engine.recovered.session is None:
            # In the middle of a talk the box comes up with any disk: OBS may still be writing.
            raise StorageError(seen.detail, seen.remedy)
        target = self._start_obs()
        self.stream = StreamTargetStore(settings, self.engine.post, config=self._settings_file)
        self._stream_probe = StreamProbe(self.stream.server, self._obs_pid, self.engine.post)
        link = ObsLink(
            target,
            self.engine.post,
            request_timeout_s=settings.obs.request_timeout_s,
            service=self.stream.service,
        )
        self._closers.append(link.close)  # Its sockets are there before it starts.
        media = MediaExecutor(
            settings, self.engine.post, lambda: bool(self.latest.recording), layouts_of(self._pack)
        )
        scene_provisioner = SceneProvisioner(settings, self._pack, target, self.engine.post)
        self._probes = Probes(
            settings,
            self._pack,
            target,
            self.engine.post,
            show_levels=self._levels.publish,
            obs_pid=self._obs_pid,
            local=local,
        )
        self._link, self._media, self._scene_provisioner = link, media, scene_provisioner
        self._scene_pictures = ScenePictures(target, settings.obs.request_timeout_s)
        self._closers.append(self._scene_pictures.close)
        self._set_up = SetUp(
            settings,
            self._settings_file,
            self._pack,
            target,
            self.engine.post,
            Hands(take_up=self._take_up, prove=_prove, building=scene_provisioner.building),
            local=local,
        )
        self._button_boxes = ButtonBoxes(settings.button_box, self.engine.post, self.engine.submit)
        self.engine.start(EngineOutputs(execute=self._execute, save=writer.save))
        if catalogue_notice:
            self.engine.post(EffectFailed(effect_id="catalogue", what=catalogue_notice))
        self.stream.tell()
        self._closers.append(self.engine.snapshots.listen(self._watch_stream))
        self._closers.append(self.engine.snapshots.listen(self._watch_outputs))
        self._closers.append(self.engine.snapshots.listen(scene_provisioner.watch))
        self._closers.append(self.engine.snapshots.listen(self._probes.watch))
        self._closers.append(self.engine.snapshots.listen(self._button_boxes.watch))
        parts: tuple[Part, ...] = (
            self._set_up,
            scene_provisioner,
            media,
            self._stream_probe,
            link,
            self._probes,
            self._button_boxes,
        )
        for part in parts:
            part.start()
            self._closers.append(part.close)

    def _folders(self) -> tuple[Path, ...]:
        """The folders that OBS records into."""
        recording = self.settings.recording
        return tuple(folder for folder in (recording.folder, recording.second_folder) if folder is not None)

    def _prepare_second_folder(self) -> None:
        """Make the second folder if its disk is there. One that is not is no reason to stay away."""
        second = self.settings.recording.second_folder
        if second is not None:
            with contextlib.suppress(OSError):
                second.mkdir(exist_ok=True)

    def _start_obs(self) -> ObsTarget:
        """Start the private OBS, or only learn where the running one is."""
        settings = self.settings
        home = ObsHome(settings.state_dir / "obs")
        if settings.obs.password_file is not None:
            password = read_secret(settings.obs.password_file)
        elif settings.obs.mode == "private":
            password = ensure_secret(home.password_file)
        else:
            # OBS lets everybody in who asks when its own password is switched off.
            password = SecretStr("")
        if settings.obs.mode == "attach":
            target = ObsTarget(settings.obs.host, settings.obs.port, password)
            self._check_running_obs(target)
            return target
        supervisor = ObsSupervisor(settings.obs, home, password, settings.recording.folder, self._obs_seen)
        # First of all: a start that fails half-way leaves no OBS to itself.
        self._supervisor = supervisor
        self._closers.append(lambda: supervisor.stop(leave_obs_running=self._must_not_stop_obs(supervisor)))
        supervisor.start()
        return supervisor.target

    def _take_up(self, settings: Settings) -> None:
        """Work with other sources, names or another folder from now on. Called on Set-up's thread."""
        renamed = settings.event != self.settings.event
        self.settings = settings
        if self._supervisor is not None:
            self._supervisor.record_into(settings.recording.folder)
        self._scene_provisioner.follow(settings)
        self._media.follow(settings)
        if renamed:
            self._scene_provisioner.refresh(self._talk())
        self._probes.follow(settings)
        self._button_boxes.change(settings.button_box)

    def _talk(self) -> TalkDetails:
        """The talk that is on, or next."""
        latest = self.latest
        on = latest.session
        if on is None:
            return latest.next_talk
        return replace(latest.next_talk, title=on.title, speaker=on.speaker, room=on.room)

    def _obs_seen(self, seen: ObsProcessEvent) -> None:
        """Pass on what the supervisor saw; an OBS that has just come up is not left waiting for the link."""
        self.engine.post(seen)
        if seen.phase == "running" and self._link is not None:
            self._link.retry_now()
        if seen.phase == "running" and self._supervisor is not None:
            self._tell_window(self._supervisor.screen.words)

    def _tell_window(self, words: str) -> None:
        """Say once what is wrong with where OBS's window is; what to do stands in the doctor's list."""
        if words and words != self._window_told:
            self.engine.post(EffectFailed(effect_id="obs-window", what=words))
        self._window_told = words

    def _watch_outputs(self, snapshot: Snapshot) -> None:
        """A private OBS goes first while anything comes out of it; what is not known changes nothing."""
        outputs = (snapshot.recording, snapshot.streaming)
        if self._supervisor is not None and (any(outputs) or None not in outputs):
            self._supervisor.lead(first=any(outputs))

    def _watch_stream(self, snapshot: Snapshot) -> None:
        self._stream_probe.watch(streaming=bool(snapshot.streaming))

    def _obs_pid(self) -> int | None:
        return self._supervisor.pid if self._supervisor is not None else None

    def _check_running_obs(self, target: ObsTarget) -> None:
        """Refuse a set-up that waiting cannot mend. An OBS that is not there yet may still come."""
        try:
            with ObsConnection(target, timeout_s=self.settings.obs.request_timeout_s):
                pass
        except ObsLinkError as error:
            if error.fault in ("auth", "too_old", "protocol"):
                raise
            log.warning("%s stagebox keeps trying.", error)

    def _must_not_stop_obs(self, supervisor: ObsSupervisor) -> bool:
        """Whether OBS records or streams, or may: what is unknown counts as that.

        When the engine never ran, or has not heard of OBS yet, OBS itself is asked.
        """
        latest = self.engine.snapshots.newest
        if latest is not None and (latest.session is not None or latest.recording or latest.streaming):
            return True
        if latest is None or latest.recording is None or latest.streaming is None:
            return supervisor.may_record()
        return False

    def signs(self) -> Signs:
        """The signs of life by which the service manager's watchdog is fed."""
        assert self._link is not None
        return Signs(
            engine_s=self.engine.turned_s,
            link_s=self._link.turned_s,
            mailbox_s=self.engine.mailbox.oldest_s(),
            link_patience_s=self._link.patience_s,
        )

    def close(self) -> None:
        """End everything in the order opposite to its start. OBS goes on while it records."""
        while self._closers:
            closer = self._closers.pop()
            try:
                closer()
            except Exception:
                log.exception("something did not close as it should")

    # What the API needs of the appliance.

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""
        return self.engine.snapshots.latest

    def submit(self, command: Command) -> None:
        """Hand a command to the engine; raises ApiError when it cannot take one."""
        self.engine.submit(command)

    def wait_for(self, predicate: Callable[[Snapshot], bool], timeout_s: float) -> Snapshot | None:
        """The first snapshot for which the predicate holds, or None after the time."""
        return self.engine.snapshots.wait_for(predicate, timeout_s)

    def listen(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        """Call the listener with each new snapshot, until the returned function is called."""
        return self.engine.snapshots.listen(listener)

    @property
    def levels(self) -> MeterLevels | None:
        """OBS's newest sound levels; None before the first."""
        return self._levels.newest

    def listen_levels(self, listener: Callable[[MeterLevels], None]) -> Callable[[], None]:
        """Call the listener with each of OBS's sound levels, until the returned function is called."""
        return self._levels.listen(listener)

    def sessions(self, limit: int) -> tuple[SessionView, ...]:
        """The newest sessions of the catalogue; raises StorageError."""
        return tuple(self._judging.told(session_view(one, 0.0)) for one in self._catalogue.newest(limit))

    def findings(self, session_id: str) -> list[dict[str, Any]]:
        """What the report says was found; empty before there is one. Raises StorageError."""
        return self._finished.findings(session_id)

    def report(self, session_id: str) -> dict[str, Any] | None:
        """A processed session's report with all that a view shows beside it. Raises StorageError."""
        return self._finished.report(session_id)

    def session_picture(self, session_id: str, number: int | None) -> bytes | None:
        """A JPEG of a processed session's filmstrip, or with None its poster. Raises StorageError."""
        return self._finished.picture(session_id, number)

    def picture(self, role: Role) -> bytes:
        """A JPEG of a source, or of what is on program, as OBS sees it; raises ObsError.

        Taken at most once a second, however many look, on a connection that delays no scene change.
        """
        return self._probes.pictures.latest_jpeg(role)

    def scene_picture(self, scene: str, width: int) -> bytes:
        """A JPEG of a scene, on program or not; raises ObsError."""
        if scene not in self.latest.scenes:
            raise ObsError(f"OBS has no scene “{scene}”, or is not connected.", "Look at `stagebox status`.")
        return self._scene_pictures.get(scene, width)

    def button_box_traffic(self, after: int) -> tuple[Traffic, ...]:
        """The newest lines between stagebox and its button boxes, those numbered above `after`."""
        return self._button_boxes.traffic(after)

    def _execute(self, effect: Effect) -> None:
        match effect:
            case (
                ObsSwitchScene()
                | ObsStartRecord()
                | ObsStopRecord()
                | ObsResumeRecord()
                | ObsOpen()
                | ObsStartStream()
                | ObsStopStream()
                | ObsForgetStream()
            ):
                assert self._link is not None
                self._link.submit(effect)
            case ProbeStream():
                self._stream_probe.submit(effect.effect_id)
            case ProcessSession():
                self._media.submit(effect)
            case ChangeSettings() | FindDevices() | RebuildScenes() | RunDoctor():
                self._set_up.submit(effect)
            case RefreshCards():
                self._scene_provisioner.refresh(effect.talk)
            case ApplyRemedy(remedy=wanted) if wanted.remedy == "replace_obs":
                if self._supervisor is not None:
                    self._supervisor.replace(wanted, self.engine.post)
            case ApplyRemedy(remedy=wanted) if wanted.remedy == "rename_aside":
                self._scene_provisioner.rename_aside()
            case LearnPress(seconds=seconds):
                self._button_boxes.learn(seconds)
            case ApplyRemedy(remedy=wanted):
                if not self._probes.apply(wanted):
                    full = "Too much is being mended at once. Try again in a moment."
                    told = RemedyTaken(remedy=wanted.remedy, role=wanted.role, ok=False, words=full)
                    self.engine.post(told)


def _make_folder(folder: Path, key: str, mode: int = 0o755) -> None:
    """Make a folder, and prove that a file can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"stagebox")
            probe.flush()
    except OSError as error:
        raise StorageError(
            f"The folder {folder} ({key}) cannot be written: {error.strerror}.",
            f"Give stagebox the right to write there, or set another {key} in stagebox.toml.",
        ) from error


def _recording_folder(folder: Path, reserve_bytes: int) -> FolderEvent:
    """Make the recording folder, prove that it can be written, and judge its disk. Raises StorageError."""
    _make_folder(folder, "recording.folder")
    return folder_health(str(folder), *folder_state(folder), reserve_bytes)


def _prove(folder: Path, reserve_bytes: int) -> None:
    """Prove that a recording can begin in this folder, which is made if need be. Raises StorageError."""
    seen = _recording_folder(folder, reserve_bytes)
    if seen.health != "ok":
        raise StorageError(seen.detail, seen.remedy)


def _lock(path: Path) -> Callable[[], None]:
    """Hold the lock that makes this the only `stagebox serve` with this state folder."""
    with storing(path):
        let_go = hold(path)
    if let_go is None:
        with path.open("rb") as file:
            holder = file.read(20).decode(errors="replace").strip()
        raise StorageError(
            f"Another `stagebox serve` runs already with {path.parent}"
            + (f" (process {holder})." if holder else "."),
            "Use that one (`stagebox status`), or end it first.",
        )
    path.write_text(f"{os.getpid()}\n")
    return let_go
