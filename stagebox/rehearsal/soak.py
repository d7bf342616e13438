"""A soak: weeks of observations through the real engine in minutes.

The engine, its mailbox, journal, board, health and catalogue are the real ones, wired as in the appliance,
on their own threads; only the clock that they read is ours. OBS, the probes and the media jobs are played:
what they would see comes from `imagined`, and the engine's effects are answered.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stagebox import resources
from stagebox.engine import engine as engine_module
from stagebox.engine import mailbox as mailbox_module
from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.rules import ReducerRules
from stagebox.engine.session_catalogue import CatalogueWriter, open_or_set_aside
from stagebox.model.commands import (
    Command,
    CommandBody,
    StartRecording,
    StopRecording,
    SwitchScene,
    TalkDetails,
)
from stagebox.model.effects import (
    ApplyRemedy,
    Effect,
    ObsStartRecord,
    ObsStopRecord,
    ObsSwitchScene,
    ProcessSession,
)
from stagebox.model.facts.pictures import PictureRole
from stagebox.model.observations import (
    JobDone,
    JobProgress,
    ObsConnected,
    ObsDisconnected,
    ObsStatsReading,
    ProgramSceneEvent,
    RecordStateEvent,
    RequestAnswered,
)
from stagebox.model.remedies import RemedyTaken
from stagebox.model.report import Severity
from stagebox.model.settings import AudioSource, Settings, SourcesSettings, VideoSource
from stagebox.obs.pack import load_pack
from stagebox.rehearsal import imagined
from stagebox.rehearsal.growth import ProcessReading, read_ourselves
from stagebox.rehearsal.imagined import EPOCH, MIC_DEVICE, TALK_S, ImaginedMoment
from stagebox.serve.probes import health_rules, known_facts

WARM_UP_MIN = 250
ANSWER_S = 120.0
"""A machine that is busy with other things may keep a flush to the disk waiting for long."""
PICTURE_ROLES: tuple[PictureRole, ...] = ("slides", "camera")
CALM_AFTER_S = 45.0
"""How long after trouble, or its talk's end, an alarm may still stand."""


class VirtualTime:
    """Stands for the module `time` in the engine's room: its seconds pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """Seconds since a boot that never was."""
        return self.now

    def time(self) -> float:
        """Seconds since 1970."""
        return EPOCH + self.now


def hall() -> Settings:
    """The settings of the imagined hall."""
    video = VideoSource(kind="v4l2", device="/dev/video0")
    sources = SourcesSettings(slides=video, camera=video, mic=AudioSource(kind="pulse", device=MIC_DEVICE))
    return Settings(sources=sources)


@dataclass(slots=True)
class Soak:
    """Drives an engine through talks, second by simulated second.

    `alarms` are those above a note that came in ordinary talks, (talk, second, code, role): there must be
    none. `troubles` counts those that came in the talks of trouble: there must be some. Both are bounded.
    """

    folder: Path
    clock: VirtualTime = field(default_factory=VirtualTime)
    messages: int = 0
    rows: list[ProcessReading] = field(default_factory=list)
    alarms: list[tuple[int, int, str, str]] = field(default_factory=list)
    troubles: dict[str, int] = field(default_factory=dict)
    talks: int = 0
    ordinary_s: int = 0
    coalesced: int = 0
    _engine: Engine | None = None
    _moment: ImaginedMoment = field(default_factory=lambda: ImaginedMoment(0, 0, TALK_S))
    _scenes: tuple[str, ...] = ()
    _silent: frozenset[str] = frozenset()
    _scene: str = ""
    _generation: int = 0
    _path: str = ""
    _recording: bool = False
    _recorded_s: float = 0.0
    _intents: int = 0
    _frames: int = 0
    _troubled_at: float = float("-inf")
    _last_alarms: frozenset[tuple[str, str]] = frozenset()

    def run(
        self, minutes: int, readings: int = 10, tell: Callable[[ProcessReading], None] = lambda row: None
    ) -> None:
        """Simulate so many minutes, and read our own process so many times after the warm-up.

        Raises:
            TimeoutError: the engine did not answer.
        """
        settings = hall()
        pack = load_pack(settings.scenes.pack, resources.folder("scenes"))
        self._scenes = tuple(scene.name for scene in pack.scenes)
        self._silent = frozenset(scene.name for scene in pack.scenes if not scene.sound)
        self._scene = self._scenes[0]
        catalogue, _ = open_or_set_aside(self.folder / "catalogue.sqlite")
        writer = CatalogueWriter(catalogue)
        with self._virtual():
            self._engine = Engine(
                self.folder / "journal",
                ReducerRules.of(settings),
                event="Soak",
                room="Hall",
                health=health_rules(settings, pack),
                facts=known_facts(settings, pack, local=True),
            )
            self._engine.start(EngineOutputs(execute=self._execute, save=writer.save))
            try:
                self._connect()
                warm_up = min(WARM_UP_MIN, minutes // 2)
                due = [warm_up + (minutes - warm_up) * n // readings for n in range(readings + 1)]
                for minute in range(minutes + 1):
                    if minute in due:
                        self._settle()
                        self.rows.append(read_ourselves(minute))
                        tell(self.rows[-1])
                    if minute < minutes:
                        self._minute()
            finally:
                self.coalesced = self._engine.mailbox.coalesced
                self._engine.close()
                writer.close()

    @contextmanager
    def _virtual(self) -> Iterator[None]:
        """Give the engine's modules our clock."""
        modules = (engine_module, mailbox_module)
        before = [vars(module)["time"] for module in modules]
        for module in modules:
            vars(module)["time"] = self.clock
        try:
            yield
        finally:
            for module, real in zip(modules, before, strict=True):
                vars(module)["time"] = real

    def _minute(self) -> None:
        for _ in range(60):
            self.clock.now += 1.0
            self._second()
            self._settle()
            self._look()
            self._moment = self._moment.next()

    def _second(self) -> None:
        """One second: what OBS and the probes see, and now and then a person."""
        moment, at = self._moment, int(self.clock.now)
        self._recorded_s += self._recording
        self._post(self._stats())
        self._post(imagined.host(moment, at))
        for role in PICTURE_ROLES:
            self._post(imagined.picture(role, moment, at))
        self._post(imagined.meters(moment, at, on_air=self._scene not in self._silent))
        self._post(imagined.ear(moment, at))
        self._post(imagined.proof(moment, self._path if self._recording else "", self._recorded_s, at))
        self._person(moment)

    def _person(self, moment: ImaginedMoment) -> None:
        """The crew: a card, record, scenes as the talk goes, a card, stop."""
        if moment.second == 2:
            self._want(SwitchScene(scene="intro"))
        elif moment.second == 5:
            self._want(StartRecording(talk=TalkDetails(title=f"Talk {moment.talk}", speaker="Somebody")))
        elif moment.second == moment.length_s - 8:
            self._want(SwitchScene(scene="outro"))
        elif moment.second == moment.length_s:
            self._want(StopRecording())
            self.talks += 1
        elif moment.second == moment.length_s + 5:
            self._want(SwitchScene(scene="intermission"))
        elif moment.second % 30 == 12 and moment.second < moment.length_s - 8:
            shown = ("screen", "combo", "speaker")[moment.second // 30 % 3]
            self._want(SwitchScene(scene=shown))
        if moment.trouble and moment.second == 140:
            self._post(ObsDisconnected(generation=self._generation, fault="lost"))
            self._connect()

    def _look(self) -> None:
        """Note the alarms above a note, apart for ordinary talks and for those of trouble."""
        assert self._engine is not None
        up = frozenset(
            (str(alarm.code), alarm.role)
            for alarm in self._engine.snapshots.latest.alarms
            if alarm.level is not Severity.NOTE
        )
        came, self._last_alarms = up - self._last_alarms, up
        moment = self._moment
        if moment.trouble:
            self._troubled_at = self.clock.now
            for code, _ in came:
                self.troubles[code] = self.troubles.get(code, 0) + 1
        elif self.clock.now - self._troubled_at > CALM_AFTER_S:
            self.ordinary_s += 1
            room = 100 - len(self.alarms)
            self.alarms += [(moment.talk, moment.second, code, role) for code, role in came][:room]

    def _stats(self) -> ObsStatsReading:
        self._frames += 30
        return ObsStatsReading(
            generation=self._generation,
            recording=self._recording,
            record_bytes=round(self._recorded_s * 700_000) if self._recording else 0,
            active_fps=30.0,
            cpu_percent=12.5,
            free_disk_mb=900_000.0,
            render_skipped_frames=self._frames // 4000,
            render_total_frames=self._frames,
            output_skipped_frames=0,
            output_total_frames=self._frames,
        )

    def _connect(self) -> None:
        self._generation += 1
        self._post(
            ObsConnected(
                generation=self._generation,
                obs_version="29.0.2",
                websocket_version="5.1.0",
                scenes=self._scenes,
                program_scene=self._scene,
                recording=self._recording,
                streaming=False,
            )
        )

    def _want(self, want: CommandBody) -> None:
        self._intents += 1
        assert self._engine is not None
        self._engine.submit(Command(id=f"soak-{self._intents}", origin="touch", want=want))
        self.messages += 1

    def _post(self, observation: object) -> None:
        assert self._engine is not None
        self._engine.post(observation)  # type: ignore[arg-type]  # Each caller gives one of them.
        self.messages += 1

    def _execute(self, effect: Effect) -> None:
        """Play OBS and the media jobs: everything succeeds at once."""
        match effect:
            case ObsSwitchScene(effect_id=effect_id, generation=generation, scene=scene):
                self._post(RequestAnswered(generation=generation, effect_id=effect_id, ok=True))
                self._scene = scene
                self._post(ProgramSceneEvent(generation=generation, scene=scene))
            case ObsStartRecord(effect_id=effect_id, generation=generation, filename_stem=stem):
                self._recorded_s = 0.0
                self._recording, self._path = True, f"/recordings/{stem}.flv"
                self._post(RequestAnswered(generation=generation, effect_id=effect_id, ok=True))
                self._post(RecordStateEvent(generation=generation, phase="started", path=self._path))
            case ObsStopRecord(effect_id=effect_id, generation=generation):
                self._recording = False
                self._post(RequestAnswered(generation=generation, effect_id=effect_id, ok=True))
                self._post(RecordStateEvent(generation=generation, phase="stopped", path=self._path))
            case ProcessSession(session_id=session_id):
                for step in range(10):
                    self._post(JobProgress(session_id=session_id, step="copy", share=step / 10))
                self._post(JobDone(session_id=session_id, verdict="ok", output="/talks/a.mp4"))
            case ApplyRemedy(remedy=wanted):
                self._post(RemedyTaken(remedy=wanted.remedy, role=wanted.role, ok=True, words=wanted.words))
            case _:
                pass

    def _settle(self) -> None:
        """Wait until the engine has worked off everything."""
        assert self._engine is not None
        if not self._engine.mailbox.wait_for_rest(ANSWER_S):
            raise TimeoutError(f"the engine did not answer within {ANSWER_S:g} s")
