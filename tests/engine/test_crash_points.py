"""The engine is killed at every journal write, effect and save of an eventful day: the end is the same.

The kill is an exception that nothing catches, after which only the disk and the world outside go on: OBS
records, the people who got no answer ask again, and a new engine reads the journal. Its lines are written in
halves. (A recording that fails while stagebox is away cannot be told from a person's stop in OBS, so it is no
part of the day.)
"""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from stagebox.engine import journal as journals
from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.inventory import Inventory, RecordingFile
from stagebox.engine.journal import Journal
from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import (
    Command,
    CommandBody,
    StartRecording,
    StopRecording,
    SwitchScene,
    TalkDetails,
)
from stagebox.model.effects import Effect, ObsStartRecord, ObsStopRecord, ObsSwitchScene, ProcessSession
from stagebox.model.messages import Message
from stagebox.model.observations import (
    EngineStarted,
    JobDone,
    ObsDisconnected,
    Observation,
    ObsProcessEvent,
    ProgramSceneEvent,
    RecordStateEvent,
    RequestAnswered,
    Tick,
)
from stagebox.model.state import Session, State
from tests.engine.messages import EPOCH, obs_connected

pytestmark = pytest.mark.slow

LEAST_POINTS = 200


class Killed(BaseException):
    """The engine's process is gone."""


@dataclass
class Fuse:
    """Kills at one of the points that it is asked at; counts them all."""

    at: int = -1
    passed: int = 0

    def point(self) -> None:
        self.passed += 1
        if self.passed == self.at:
            raise Killed


def talk(title: str) -> StartRecording:
    return StartRecording(talk=TalkDetails(title=title))


DAY: tuple[CommandBody | str, ...] = (
    SwitchScene(scene="Intro"),
    talk("One"),
    SwitchScene(scene="Both"),
    StopRecording(),
    talk("Two"),
    SwitchScene(scene="Speaker"),
    "OBS dies",
    SwitchScene(scene="Both"),
    "the link is lost",
    StopRecording(),
    talk("Three"),
    "OBS dies",
    SwitchScene(scene="Screen"),
    "OBS dies",
    StopRecording(),
    talk("Four"),
    SwitchScene(scene="Outro"),
    "the link is lost",
    StopRecording(),
)


@dataclass
class World:
    """OBS, its files, and what is made of them: all that outlives an engine."""

    fuse: Fuse
    now: float = 100.0
    generation: int = 1
    recording: str = ""
    alive: bool = True
    program: str = "Screen"
    files: list[str] = field(default_factory=list)
    made: dict[str, tuple[str, ...]] = field(default_factory=dict)
    saved: dict[str, Session] = field(default_factory=dict)
    news: deque[Observation] = field(default_factory=deque)

    def save(self, session: Session) -> None:
        self.fuse.point()
        self.saved[session.id] = session

    def execute(self, effect: Effect) -> None:
        self.fuse.point()
        match effect:
            case ObsSwitchScene(effect_id=key, scene=scene):
                self.program = scene
                self._answer(key)
                self.news.append(ProgramSceneEvent(generation=self.generation, scene=scene))
            case ObsStartRecord(effect_id=key, filename_stem=stem):
                if self.recording:
                    self._answer(key, 500)
                    return
                self.recording = f"/rec/{stem}.flv"
                assert self.recording not in self.files, "a recording would be overwritten"
                self.files.append(self.recording)
                self._answer(key)
                self._record("started", self.recording)
            case ObsStopRecord(effect_id=key):
                if not self.recording:
                    self._answer(key, 501)
                    return
                path, self.recording = self.recording, ""
                self._answer(key)
                self._record("stopping", "")
                self._record("stopped", path)
            case ProcessSession(session_id=session, segments=segments):
                self.made[session] = segments
                self.news.append(JobDone(session_id=session, verdict="ok", output=f"/out/{session}.mp4"))
            case _:
                return
        self.fuse.point()

    def happen(self, event: str) -> None:
        if event == "OBS dies":
            self.alive, self.recording = False, ""
            self.news.append(ObsDisconnected(generation=self.generation, fault="lost"))
            self.news.append(ObsProcessEvent(phase="exited", pid=1, exit_code=-9))
            self.start_obs()
            self.connect()
        else:
            self.news.append(ObsDisconnected(generation=self.generation, fault="timeout"))
            self.connect()

    def start_obs(self) -> None:
        self.news.append(ObsProcessEvent(phase="starting", pid=2))
        self.news.append(ObsProcessEvent(phase="running", pid=2))

    def connect(self) -> None:
        self.generation += 1
        facts = obs_connected(self.generation, recording=bool(self.recording), program=self.program)
        # OBS does not tell a new connection where it records to: the event that the recording stopped does.
        self.news.append(facts)

    def _answer(self, key: str, code: int = 100) -> None:
        ok = code == 100
        self.news.append(RequestAnswered(generation=self.generation, effect_id=key, ok=ok, code=code))

    def _record(self, phase: str, path: str) -> None:
        self.news.append(RecordStateEvent(generation=self.generation, phase=phase, path=path))  # type: ignore[arg-type]


class Day:
    """Drives engines through the day, a new one after each kill."""

    def __init__(self, folder: Path, fuse: Fuse) -> None:
        self.folder, self.fuse = folder, fuse
        self.world = World(fuse)
        self.engine: Engine | None = None
        self.kills = 0

    def run(self) -> State:
        self._survive(self._begin)
        for number, what in enumerate(DAY):
            if isinstance(what, str):
                self.world.now += 20.0
                self.world.happen(what)
                self._survive(self._drain)
            else:
                command = Command(id=f"i{number}", origin="touch", want=what)
                self._survive(lambda command=command: self._ask(command))  # type: ignore[misc]
            self.world.now += 20.0
            self._survive(self._tick)
        engine = self.engine
        assert engine is not None
        engine.close()
        return engine._state

    def _survive(self, act: object) -> None:
        """Do it; after a kill begin anew, and do it again where somebody would."""
        while True:
            try:
                if self.engine is None and act != self._begin:
                    self._begin()
                act()  # type: ignore[operator]
                return
            except Killed:
                self.kills += 1
                self.world.news.clear()  # What the dead process had not worked off.
                self.engine = None

    def _begin(self) -> None:
        world = self.world
        on_disk = tuple(RecordingFile(path, EPOCH) for path in world.files)
        inventory = Inventory(sessions=tuple(world.saved.values()), files=on_disk)
        engine = Engine(self.folder, ReducerRules(), event="Conf", room="Hall", inventory=inventory)
        engine._outputs = EngineOutputs(execute=world.execute, save=world.save)
        world.generation = 0
        first = engine.mailbox.take(0.0)
        assert first is not None
        assert isinstance(first.body, EngineStarted)
        self.engine = engine
        self._tell(replace(first.body, alive_utc=EPOCH + world.now))
        if not world.alive:
            world.start_obs()
        world.connect()
        self._drain()

    def _drain(self) -> None:
        while self.world.news:
            body = self.world.news.popleft()
            if isinstance(body, ObsProcessEvent) and body.phase == "running":
                self.world.alive = True
            self._tell(body)

    def _ask(self, command: Command) -> None:
        self._tell(command)
        self._drain()

    def _tick(self) -> None:
        self._tell(Tick())
        self._drain()

    def _tell(self, body: Command | Observation) -> None:
        assert self.engine is not None
        world = self.world
        world.now += 0.01
        self.engine._handle(Message(at=world.now, utc=EPOCH + world.now, body=body))


def end_of(state: State, world: World) -> list[tuple[str, tuple[int, ...], str, tuple[int, ...]]]:
    """What the day left: each talk with its files, its verdict, and what its MP4 was made of."""
    assert state.session is None
    assert state.jobs == ()
    assert world.recording == ""
    done = sorted(state.finished, key=lambda one: one.number)
    # A talk that was asked for anew after a kill is named by another second: its files count by their order.
    number = {path: place for place, path in enumerate(world.files, start=1)}
    return [
        (
            one.talk.title,
            tuple(number[segment.path] for segment in one.segments),
            one.verdict,
            tuple(number[path] for path in world.made.get(one.id, ())),
        )
        for one in done
    ]


@contextmanager
def killing_at(fuse: Fuse, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every write of the journal passes the fuse: before it, in the middle of its line, and after it."""
    append, begun = Journal.append, journals._begun
    write = os.write

    def killing_append(self: Journal, message: Message) -> None:
        fuse.point()

        def halves(handle: int, data: bytes) -> int:
            done = write(handle, data[: len(data) // 2])
            fuse.point()
            return done + write(handle, data[len(data) // 2 :])

        patch.setattr("os.write", halves)
        try:
            append(self, message)
        finally:
            patch.setattr("os.write", write)
        fuse.point()

    def killing_begun(path: Path, checkpoint: bytes) -> int:
        fuse.point()
        handle = begun(path, checkpoint)
        fuse.point()
        return handle

    patch.setattr(Journal, "append", killing_append)
    patch.setattr(journals, "_begun", killing_begun)
    # Flushing is the disk's part: a killed process loses nothing of what it wrote.
    patch.setattr("os.fdatasync", lambda handle: None)
    patch.setattr("os.fsync", lambda handle: None)
    yield
    patch.undo()


@pytest.mark.timeout(300)
def test_killed_at_any_point_the_day_ends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Fuse()
    with killing_at(whole, monkeypatch):
        day = Day(tmp_path / "whole", whole)
        baseline = end_of(day.run(), day.world)
    assert [title for title, *_ in baseline] == ["One", "Two", "Three", "Four"]
    assert [len(files) for _, files, *_ in baseline] == [1, 2, 3, 1]
    assert whole.passed >= LEAST_POINTS
    for point in range(1, whole.passed + 1):
        fuse = Fuse(at=point)
        with killing_at(fuse, monkeypatch):
            day = Day(tmp_path / str(point), fuse)
            state = day.run()
        assert day.kills == 1, point
        assert end_of(state, day.world) == baseline, f"killed at point {point} of {whole.passed}"
        assert {one.id for one in state.finished} <= set(day.world.saved), point


def test_killed_again_and_again_every_file_is_in_one_talk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many kills in one day; a talk may get more parts, but nothing is lost or counted twice."""

    class Often(Fuse):
        def point(self) -> None:
            self.passed += 1
            if self.passed % 41 == 0:
                raise Killed

    fuse = Often()
    with killing_at(fuse, monkeypatch):
        day = Day(tmp_path, fuse)
        state = day.run()
    assert day.kills > 2
    files = [path for _, paths, *_ in end_of(state, day.world) for path in paths]
    assert sorted(files) == list(range(1, len(day.world.files) + 1))
