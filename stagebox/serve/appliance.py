"""The appliance: puts engine, OBS, media and API together, and takes them apart again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from stagebox import resources
from stagebox.api.server import Role
from stagebox.api.token import token_path
from stagebox.devices.buttonbox.keeper import ButtonBoxKeeper, LineTraffic
from stagebox.devices.stream_probe import StreamProbe
from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.inventory import Inventory, recordings_in
from stagebox.engine.latest_snapshot import LatestSnapshot
from stagebox.engine.rules import ReducerRules
from stagebox.engine.sealing import DAY_S
from stagebox.engine.session_catalogue import CatalogueWriter, open_or_set_aside
from stagebox.media import runner
from stagebox.media.executor import MediaExecutor
from stagebox.messages.code_catalogue import say
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
    SealFiles,
    StreamCard,
)
from stagebox.model.errors import ObsError
from stagebox.model.levels import MeterLevels
from stagebox.model.observations import EffectFailed
from stagebox.model.remedies import RemedyTaken
from stagebox.model.settings import Settings
from stagebox.model.snapshot import SessionView, Snapshot, session_view
from stagebox.obs.home import NAME
from stagebox.obs.layouts import layouts_of
from stagebox.obs.link import ObsLink
from stagebox.obs.pack import load_pack
from stagebox.obs.scene_pictures import ScenePictures
from stagebox.obs.scene_provisioner import SceneProvisioner
from stagebox.schedule.keeper import ScheduleKeeper
from stagebox.serve import rebuild
from stagebox.serve.appliance_obs import ApplianceObs
from stagebox.serve.appliance_parts import AppliancePart, ApplianceParts, End, running
from stagebox.serve.coverage_file import CoverageFile
from stagebox.serve.evening import EveningTalks
from stagebox.serve.finished import CurrentVerdicts, FinishedTalks
from stagebox.serve.ground import (
    make_folder,
    only_one,
    prove,
    recording_folder,
    recording_folders,
    require_room,
)
from stagebox.serve.probes import Probes, health_rules, known_facts
from stagebox.serve.schedule_ledger import ScheduleLedger
from stagebox.serve.sealing import Sealer
from stagebox.serve.session_reviews import SessionReviews
from stagebox.serve.set_up_executor import SetUpActions, SetUpExecutor
from stagebox.serve.stream_card_keeper import StreamCardKeeper
from stagebox.serve.stream_target_store import StreamTargetStore
from stagebox.serve.watchdog import LifeSigns
from stagebox.settings.secrets import ensure_secret

SESSIONS_MATCHED = 1000
"""So many of the newest sessions are looked through for the owner of a recording that nobody knows."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Appliance:
    """A whole stagebox. `start` brings it up; `close` ends it, and leaves OBS alone while OBS records.

    `settings_file` is where what people set up on the screen is written; it is made when it is missing.
    """

    def __init__(self, settings: Settings, settings_file: Path) -> None:
        self.settings = settings
        self._settings_file = settings_file
        self._local = settings.obs.mode == "private" or settings.obs.host in LOOPBACK
        self._link: ObsLink | None = None
        self._levels: LatestSnapshot[MeterLevels] = LatestSnapshot()
        self._running = ApplianceParts()

    def _parts(self) -> tuple[AppliancePart, ...]:
        """Every part, in the order of the start; they end in the opposite one."""
        return (
            AppliancePart("ffmpeg", _find_ffmpeg),
            AppliancePart("the scene pack", self._read_pack),
            AppliancePart("the state folder", self._take_state_folder),
            AppliancePart("the folders of recordings and talks", self._make_folders),
            AppliancePart("the token of the API", self._make_token),
            AppliancePart("the catalogue", self._open_catalogue),
            AppliancePart("the journal", self._read_journal),
            AppliancePart("room to record", self._require_room),
            AppliancePart("OBS", self._start_obs),
            AppliancePart("the stream's target and key", self._read_stream),
            AppliancePart("the sockets of the link to OBS", self._open_link),
            AppliancePart("pictures of scenes", self._make_scene_pictures),
            AppliancePart("what works for the engine", self._make_workers),
            AppliancePart("the engine", self._start_engine),
            AppliancePart("watching the stream", lambda: self.listen(self._watch_stream)),
            AppliancePart("watching what OBS puts out", lambda: self.listen(self._obs.watch)),
            AppliancePart("watching the scenes", lambda: self.listen(self._scene_provisioner.watch)),
            AppliancePart("watching what probes go by", lambda: self.listen(self._probes.watch)),
            AppliancePart("watching what lamps show", lambda: self.listen(self._button_boxes.watch)),
            AppliancePart("set-up", lambda: running(self._set_up)),
            AppliancePart("the scenes in OBS", lambda: running(self._scene_provisioner)),
            AppliancePart("the processing of recordings", lambda: running(self._media)),
            AppliancePart("the card in the stream's place", lambda: running(self._stream_card)),
            AppliancePart("the sealing of discarded recordings", lambda: running(self._sealer)),
            AppliancePart("the probe of the stream's server", lambda: running(self._stream_probe)),
            AppliancePart("the link to OBS", lambda: running(self._its_link)),
            AppliancePart("the probes of live health", lambda: running(self._probes)),
            AppliancePart("the button boxes", lambda: running(self._button_boxes)),
            AppliancePart("what became of its talks", lambda: running(self._coverage)),
            AppliancePart("watching what becomes of them", lambda: self.listen(self._coverage.watch)),
            AppliancePart("the schedule", lambda: running(self._schedule_keeper)),
        )

    def start(self) -> None:
        """Check the set-up, then start engine, OBS and everything around them.

        Raises:
            StageboxError: the set-up cannot work, in a sentence with its remedy; nothing is left running.
        """
        self._running.start(self._parts())

    def close(self) -> None:
        """End everything in the order opposite to its start. OBS goes on while it records."""
        self._running.stop()

    # How each part starts, in the order of the list.

    def _read_pack(self) -> None:
        self._pack = load_pack(self.settings.scenes.pack, resources.folder("scenes"))

    def _take_state_folder(self) -> End:
        make_folder(self.settings.state_dir, "state_dir", mode=0o700)
        return only_one(self.settings.state_dir / "serve.lock")

    def _make_folders(self) -> None:
        recording = self.settings.recording
        if self._local:
            self._folder_seen = recording_folder(recording.folder, recording.reserve_bytes)
        self._folders = recording_folders(recording) if self._local else ()
        make_folder(recording.out, "recording.out")

    def _make_token(self) -> None:
        self.token = ensure_secret(token_path(self.settings.state_dir))

    def _open_catalogue(self) -> End:
        self._catalogue, self._catalogue_notice = open_or_set_aside(
            self.settings.state_dir / "catalogue.sqlite",
            lambda: rebuild.sessions_in(self.settings.recording.out),
        )
        self._finished = FinishedTalks(self._catalogue.find, lambda: self.latest.finished)
        self._judging = CurrentVerdicts()
        self.words = SessionReviews(self._finished.path)
        self.evening = EveningTalks(lambda: self.settings.recording.out)
        self._writer = CatalogueWriter(self._catalogue)
        return self._writer.close

    def _read_journal(self) -> End:
        settings, pack = self.settings, self._pack
        self.engine = Engine(
            settings.state_dir / "journal",
            ReducerRules.of(
                settings, go_live_scene=pack.go_live or "", scenes=pack.told, own_name=NAME, local=self._local
            ),
            event=settings.event.title,
            room=settings.event.room,
            health=health_rules(settings, pack),
            facts=known_facts(settings, pack, local=self._local),
            inventory=Inventory(
                sessions=self._catalogue.newest(SESSIONS_MATCHED),
                paths=self._catalogue.paths(),
                files=recordings_in(self._folders),
            ),
        )
        return self.engine.close

    def _require_room(self) -> None:
        # In the middle of a talk the box comes up with any disk: OBS may still be writing.
        if self._local and self.engine.recovered.session is None:
            require_room(self._folder_seen)

    def _start_obs(self) -> End:
        self._obs = ApplianceObs(
            self.settings, self.engine.post, lambda: self.engine.snapshots.newest, self._obs_came_up
        )
        return running(self._obs)

    def _read_stream(self) -> None:
        self.stream = StreamTargetStore(self.settings, self.engine.post, config=self._settings_file)

    def _open_link(self) -> End:
        self._link = ObsLink(
            self._obs.target,
            self.engine.post,
            request_timeout_s=self.settings.obs.request_timeout_s,
            service=self.stream.service,
        )
        return self._link.close

    def _make_scene_pictures(self) -> End:
        self._scene_pictures = ScenePictures(self._obs.target, self.settings.obs.request_timeout_s)
        return self._scene_pictures.close

    def _make_workers(self) -> None:
        settings, pack, target, post = self.settings, self._pack, self._obs.target, self.engine.post
        self._stream_probe = StreamProbe(self.stream.server, lambda: self._obs.pid, post)
        self._media = MediaExecutor(settings, post, lambda: bool(self.latest.recording), layouts_of(pack))
        self._stream_card = StreamCardKeeper(settings, self.stream, post)
        self._sealer = Sealer(lambda: self.settings.recording, DAY_S, post)
        self._scene_provisioner = SceneProvisioner(settings, pack, target, post)
        self._probes = Probes(
            settings,
            pack,
            target,
            post,
            show_levels=self._levels.publish,
            obs_pid=lambda: self._obs.pid,
            local=self._local,
        )
        self._set_up = SetUpExecutor(
            settings,
            self._settings_file,
            pack,
            target,
            post,
            SetUpActions(take_up=self._take_up, prove=prove, building=self._scene_provisioner.building),
            local=self._local,
        )
        self._schedule_keeper = ScheduleKeeper(settings, post)
        self._button_boxes = ButtonBoxKeeper(settings.button_box, post, self.engine.submit)

    def _start_engine(self) -> None:
        self.engine.start(EngineOutputs(execute=self._execute, save=self._writer.save))
        self.schedule = ScheduleLedger(
            lambda: self.engine.state, lambda: self._catalogue.newest(SESSIONS_MATCHED)
        )
        self._coverage = CoverageFile(self.schedule.told, lambda: self.settings.recording.out)
        if self._catalogue_notice:
            self.engine.post(EffectFailed(effect_id="catalogue", what=self._catalogue_notice))
        self.stream.tell()

    # What goes on meanwhile.

    def _take_up(self, settings: Settings) -> None:
        """Work with other sources, names or another folder from now on. Called on Set-up's thread."""
        renamed = settings.event != self.settings.event
        self._stream_card.follow(settings)
        self.settings = settings
        self._obs.record_into(settings.recording.folder)
        self._scene_provisioner.follow(settings)
        self._media.follow(settings)
        if renamed:
            self._scene_provisioner.refresh(self._talk())
        self._probes.follow(settings)
        self._button_boxes.change(settings.button_box)
        self._schedule_keeper.follow(settings)

    def _talk(self) -> TalkDetails:
        """The talk that is on, or next."""
        latest = self.latest
        on = latest.session
        if on is None:
            return latest.next_talk
        return replace(latest.next_talk, title=on.title, speaker=on.speaker, room=on.room)

    def _obs_came_up(self) -> None:
        """An OBS that has just come up is not left waiting for the link."""
        if self._link is not None:
            self._link.retry_now()

    def _watch_stream(self, snapshot: Snapshot) -> None:
        self._stream_probe.watch(streaming=bool(snapshot.streaming))

    @property
    def _its_link(self) -> ObsLink:
        assert self._link is not None
        return self._link

    def signs(self) -> LifeSigns:
        """The signs of life by which the service manager's watchdog is fed."""
        return LifeSigns(
            engine_s=self.engine.turned_s,
            link_s=self._its_link.turned_s,
            mailbox_s=self.engine.mailbox.oldest_s(),
            link_patience_s=self._its_link.patience_s,
        )

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
                self._its_link.submit(effect)
            case ProbeStream():
                self._stream_probe.submit(effect.effect_id)
            case ProcessSession():
                self._media.submit(effect)
            case StreamCard():
                self._stream_card.submit(effect)
            case SealFiles():
                self._sealer.submit(effect)
            case ChangeSettings() | FindDevices() | RebuildScenes() | RunDoctor():
                self._set_up.submit(effect)
            case RefreshCards():
                self._scene_provisioner.refresh(effect.talk)
            case ApplyRemedy(remedy=wanted) if wanted.remedy == "replace_obs":
                self._obs.replace(wanted)
            case ApplyRemedy(remedy=wanted) if wanted.remedy == "rename_aside":
                self._scene_provisioner.rename_aside()
            case LearnPress(seconds=seconds):
                self._button_boxes.learn(seconds)
            case ApplyRemedy(remedy=wanted):
                if not self._probes.apply(wanted):
                    full = say("too_much")
                    told = RemedyTaken(remedy=wanted.remedy, role=wanted.role, ok=False, words=full)
                    self.engine.post(told)

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

    def button_box_traffic(self, after: int) -> tuple[LineTraffic, ...]:
        """The newest lines between stagebox and its button boxes, those numbered above `after`."""
        return self._button_boxes.traffic(after)


def _find_ffmpeg() -> None:
    runner.tool("ffmpeg")
    runner.tool("ffprobe")
