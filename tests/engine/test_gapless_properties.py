"""No sequence of starts, next talks, stops, crashes, pauses and splits loses a second of what OBS wrote."""

import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.engine.reducer import durable, next_deadline, reduce
from stagebox.engine.rules import ReducerRules
from stagebox.engine.snapshots import snapshot_of
from stagebox.model.commands import Command, NextTalk, StartRecording, StopRecording, TalkDetails
from stagebox.model.effects import ObsResumeRecord, ObsStartRecord, ObsStopRecord, ProcessSession
from stagebox.model.health_view import HealthView
from stagebox.model.messages import Message
from stagebox.model.observations import (
    EngineStarted,
    ObsDisconnected,
    ObsProcessEvent,
    RecordFileEvent,
    RecordStateEvent,
    RequestAnswered,
    Tick,
)
from stagebox.model.state import State
from tests.engine.messages import EPOCH, obs_connected

pytestmark = pytest.mark.slow

KINDS = ["start", "next", "stop", "ends", "obs", "dies", "stagebox", "pause", "resume", "split", "waits"]
stories = st.lists(
    st.tuples(st.sampled_from([*KINDS, "next", "obs"]), st.sampled_from([0.0, 0.4, 3.0, 20.0])), max_size=40
)


@dataclass
class World:
    """An OBS that writes files, and the reducer that is told of it."""

    now: float = 100.0
    state: State = field(default_factory=State)
    generation: int = 0
    files: dict[str, float] = field(default_factory=dict)
    """How many seconds each file holds."""
    first: str = ""
    growing: str = ""
    paused: bool = False
    asked: list[object] = field(default_factory=list)
    jobs: dict[str, ProcessSession] = field(default_factory=dict)
    cuts: list[tuple[str, float]] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    commands: int = 0

    def say(self, body: object) -> None:
        message = Message(at=self.now, utc=EPOCH + self.now, body=body)  # type: ignore[arg-type]
        self.state, effects = reduce(self.state, message, ReducerRules())
        for effect in effects:
            if isinstance(effect, ProcessSession):
                self.jobs[effect.session_id] = effect
            if isinstance(effect, ObsStartRecord | ObsStopRecord | ObsResumeRecord):
                self.asked.append(effect)

    def want(self, want: object) -> None:
        self.commands += 1
        self.say(Command(id=f"i{self.commands}", origin="touch", want=want))  # type: ignore[arg-type]

    def passes(self, seconds: float) -> None:
        self.now += seconds
        if self.growing and not self.paused:
            self.files[self.growing] += seconds

    def connect(self) -> None:
        self.generation += 1
        self.say(obs_connected(self.generation, recording=bool(self.growing), paused=self.paused))

    def tell(self, phase: str, path: str = "") -> None:
        self.say(RecordStateEvent(generation=self.generation, phase=phase, path=path))  # type: ignore[arg-type]

    def end(self) -> None:
        path, self.first, self.growing, self.paused = self.first, "", "", False
        self.tell("stopping")
        self.tell("stopped", path)

    def obs(self) -> None:
        """OBS does what it was asked for."""
        asked, self.asked = self.asked, []
        for one in asked:
            running = bool(self.growing)
            code = 100
            match one:
                case ObsStartRecord() if not running:
                    self.first = self.growing = f"/rec/{len(self.files)}.flv"
                    self.files[self.growing] = 0.0
                    self.tell("starting")
                    self.tell("started", self.growing)
                case ObsStartRecord():
                    code = 500
                case ObsStopRecord() if running:
                    self.end()
                case ObsStopRecord():
                    code = 501
                case ObsResumeRecord() if self.paused:
                    self.paused = False
                    self.tell("resumed")
                case _:
                    code = 503
            self.say(
                RequestAnswered(
                    generation=self.generation,
                    effect_id=one.effect_id,  # type: ignore[attr-defined]
                    ok=code == 100,
                    code=code,
                )
            )

    def act(self, kind: str) -> None:
        match kind:
            case "start":
                self.want(StartRecording(talk=TalkDetails(title=f"Talk {self.commands}")))
            case "next":
                session = self.state.session
                cuts = self.growing and session is not None and session.phase == "recording"
                if cuts:
                    self.cuts.append((self.growing, self.files[self.growing]))
                title = f"Talk {self.commands}"
                self.want(NextTalk(talk=TalkDetails(title=title)))
                assert self.state.session is not None
                told = self.state.session.then or self.state.session.talk
                assert told.title == title, "what was asked for is not what comes"
            case "stop":
                self.want(StopRecording())
            case "ends" if self.growing:
                self.end()
            case "obs":
                self.obs()
            case "dies":
                self.first, self.growing, self.paused, self.asked = "", "", False, []
                self.say(ObsProcessEvent(phase="exited", exit_code=-9))
                self.say(ObsDisconnected(generation=self.generation, fault="lost"))
                self.connect()
            case "stagebox":
                self.state = durable(self.state)
                self.generation = 0
                self.say(EngineStarted(boot_id="", alive_utc=EPOCH + self.now))
                self.connect()
            case "pause" if self.growing and not self.paused:
                self.paused = True
                self.tell("paused")
            case "resume" if self.paused:
                self.paused = False
                self.tell("resumed")
            case "split" if self.growing and not self.paused:
                before, self.growing = self.growing, f"/rec/{len(self.files)}.flv"
                self.files[self.growing] = 0.0
                self.say(RecordFileEvent(path=self.growing, after=before))
        due = next_deadline(self.state, ReducerRules())
        if due is not None and due <= self.now:
            self.say(Tick())


def told(story: list[tuple[str, float]]) -> World:
    """The world after the story, when everything was ended."""
    world = World()
    world.connect()
    for kind, pause_s in story:
        world.passes(pause_s)
        world.act(kind)
        session = world.state.session
        assert not (world.state.idle and world.state.obs.recording)
        if session is not None:
            seen = snapshot_of(world.state, HealthView(), seq=1, at=world.now, utc=0.0, event="", room="")
            assert seen.session is not None
    for _ in range(6):
        world.act("stop")
        world.obs()
    assert world.state.idle
    return world


@given(stories)
@settings(max_examples=600, deadline=None)
def test_every_second_of_every_file_is_in_exactly_one_talk(story: list[tuple[str, float]]) -> None:
    world = told(story)
    parts: dict[str, list[tuple[float, float]]] = {path: [] for path in world.files}
    for job in world.jobs.values():
        assert len(set(job.segments)) == len(job.segments), "a file is in a talk twice"
        ranges = job.ranges or (None,) * len(job.segments)
        assert len(ranges) == len(job.segments)
        for path, part in zip(job.segments, ranges, strict=True):
            from_s = 0.0 if part is None or part.from_s is None else part.from_s
            to_s = world.files[path] if part is None or part.to_s is None else part.to_s
            parts[path].append((from_s, to_s))
    for path, length_s in world.files.items():
        edges = sorted(parts[path])
        assert edges, "a file is in no talk"
        assert edges[0][0] == 0.0
        assert edges[-1][1] == pytest.approx(length_s)
        for one, other in itertools.pairwise(edges):
            assert one[1] == other[0], "two talks do not meet"
        seams = [edge[0] for edge in edges[1:]]
        assert seams == pytest.approx([at_s for file, at_s in world.cuts if file == path])


@given(stories)
@settings(max_examples=300, deadline=None)
def test_each_talk_is_one_session_and_each_session_has_one_talk(story: list[tuple[str, float]]) -> None:
    world = told(story)
    known = (*world.state.jobs, *world.state.finished)
    assert len({one.name for one in known}) == len(known)
    titles = [one.talk.title for one in known if one.origin == "touch"]
    assert len(set(titles)) == len(titles)
    lengths = {job.session_id: job.expected_s for job in world.jobs.values()}
    assert sum(lengths.values()) == pytest.approx(sum(world.files.values()), abs=1e-6)
