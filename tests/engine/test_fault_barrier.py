"""What raises or hangs around the engine's thread never ends it, and never costs an answer or a recording."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.latest_snapshot import LatestSnapshot
from stagebox.engine.rules import ReducerRules
from stagebox.engine.session_catalogue import CatalogueWriter, SessionCatalogue
from stagebox.engine.step import ANSWERS_KEPT
from stagebox.model.commands import Command, SetButton, SetTalk, StopRecording, TakeRemedy, TalkDetails
from stagebox.model.effects import Effect, ObsStartRecord, ProcessSession
from stagebox.model.observations import (
    EffectFailed,
    JobDone,
    RecordStateEvent,
    RequestAnswered,
    SetUpAnswered,
)
from stagebox.model.remedies import RemedyTaken
from stagebox.model.snapshot import Snapshot
from stagebox.model.state import Session, State
from tests.engine.messages import Box, obs_connected, recording_box
from tests.engine.test_engine import World, make, start_command, wait
from tests.health.machine_facts import HOST


def fail(*_: object, **__: object) -> None:
    raise RuntimeError("Event loop is closed")


def command(key: str, want: object) -> Command:
    return Command(id=key, origin="touch", want=want)  # type: ignore[arg-type]


def recording_through(engine: Engine) -> None:
    """Record a talk from wish to end: the engine works."""
    engine.post(obs_connected())
    engine.submit(start_command("begin"))
    engine.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
    wait(engine, lambda snapshot: snapshot.recording)
    engine.submit(command("end", StopRecording()))
    engine.post(RecordStateEvent(generation=1, phase="stopped", path="/rec/a.flv"))
    wait(
        engine,
        lambda snapshot: any(one.intent_id == "end" and one.status == "done" for one in snapshot.answers),
    )
    assert engine.alive


def test_a_raising_listener_ends_nothing_and_the_others_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = make(tmp_path)
    seen: list[Snapshot] = []
    engine.snapshots.listen(fail)
    engine.snapshots.listen(seen.append)
    engine.start(World().outputs)
    recording_through(engine)
    engine.close()
    assert seen
    assert caplog.text.count("RuntimeError: Event loop is closed") == 1, "said once, not ten times a second"


def test_a_listener_that_fails_again_after_it_worked_is_said_again(caplog: pytest.LogCaptureFixture) -> None:
    snapshots: LatestSnapshot[int] = LatestSnapshot()

    def odd(number: int) -> None:
        if number % 2:
            raise ValueError(f"odd: {number}")

    snapshots.listen(odd)
    for number in (1, 1, 2, 1):
        snapshots.publish(number)
    assert caplog.text.count("ValueError: odd") == 2


def test_a_raising_save_ends_nothing(tmp_path: Path) -> None:
    world, engine = World(), make(tmp_path)
    engine.start(EngineOutputs(execute=world.execute, save=fail))
    recording_through(engine)
    engine.close()
    assert any(isinstance(effect, ObsStartRecord) for effect in world.effects)
    again = make(tmp_path)
    assert again.recovered.jobs
    again.start(EngineOutputs(execute=world.execute, save=fail))
    wait(again, lambda snapshot: snapshot.jobs)
    again.close()


def test_a_raising_effect_ends_nothing_is_said_and_the_effects_after_it_are_done(tmp_path: Path) -> None:
    engine, done = make(tmp_path), []

    def execute(effect: Effect) -> None:
        if effect.kind == "refresh_cards":
            raise RuntimeError("no cards today")
        done.append(effect)

    engine.start(EngineOutputs(execute=execute, save=lambda _: None))
    recording_through(engine)
    engine.close()
    assert any(isinstance(effect, ObsStartRecord) for effect in done)


def test_every_effect_that_raises_has_the_answer_that_is_waited_for(tmp_path: Path) -> None:
    engine = make(tmp_path)
    told: list[object] = []
    put = engine.mailbox.put

    def noted(body: object) -> None:
        told.append(body)
        put(body)  # type: ignore[arg-type]

    engine.mailbox.put = noted  # type: ignore[method-assign, assignment]
    engine.start(EngineOutputs(execute=fail, save=lambda _: None))
    engine.post(obs_connected())
    engine.submit(command("button", SetButton(place="1", words="record")))
    engine.submit(command("remedy", TakeRemedy(remedy="unmute", role="mic")))
    engine.submit(start_command("begin"))
    wait(engine, lambda snapshot: fate(snapshot, "button") == "refused")
    engine.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
    engine.submit(command("end", StopRecording()))
    engine.post(RecordStateEvent(generation=1, phase="stopped", path="/rec/a.flv"))
    wait(engine, lambda snapshot: not snapshot.jobs and fate(snapshot, "end") == "done")
    engine.close()
    kinds = {type(one) for one in told}
    assert {RequestAnswered, SetUpAnswered, RemedyTaken, JobDone, EffectFailed} <= kinds


def fate(snapshot: Snapshot, intent_id: str) -> str:
    return next((one.status for one in snapshot.answers if one.intent_id == intent_id), "")


@pytest.mark.parametrize(
    "broken",
    [
        "stagebox.engine.engine.snapshot_of",
        "stagebox.engine.engine.next_deadline",
        "stagebox.engine.engine.folder_seen",
        "stagebox.engine.suspend_detection.between",
        "stagebox.engine.engine.HealthState.see",
        "stagebox.engine.engine.HealthState.alarms",
    ],
)
def test_a_fault_of_ours_anywhere_in_a_turn_ends_no_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    world, engine = World(), make(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        engine.start(world.outputs)
        engine.post(obs_connected())
        engine.post(HOST)
        engine.submit(start_command())
        assert world.waits_for(ObsStartRecord)
    engine.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
    wait(engine, lambda snapshot: snapshot.recording)
    engine.close()


def test_a_deadline_that_cannot_be_worked_off_does_not_burn_the_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine = Engine(tmp_path, ReducerRules(start_s=0.01), event="Conf", room="Hall")
    engine.start(World().outputs)
    engine.post(obs_connected())
    engine.submit(start_command())
    monkeypatch.setattr("stagebox.engine.recording.tick", fail)
    before = engine.snapshots.latest.seq
    assert engine.snapshots.wait_for(lambda snapshot: snapshot.seq >= before + 3, 5.0)
    engine.close()
    assert caplog.text.count("the reducer failed") <= 3


# --- answers --------------------------------------------------------------------------------------------


def test_more_wishes_than_can_be_under_way_are_all_answered() -> None:
    box = Box()
    box.say(obs_connected())
    fates = [box.want(SetButton(place=f"p{number}", words="record")) for number in range(3 * ANSWERS_KEPT)]
    assert {one.status for one in fates} == {"pending", "refused"}
    assert sum(one.status == "pending" for one in box.state.answers) == len(box.state.wanted_set_up)
    assert box.want(SetTalk(talk=TalkDetails(title="Next"))).status == "done"
    box.wait(60.0)
    assert not box.state.wanted_set_up
    assert all(one.status != "pending" for one in box.state.answers)


def test_many_wishes_at_once_are_each_answered_in_a_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stagebox.engine.engine.BUSY_PUBLISH_S", 60.0)
    engine = make(tmp_path)
    answered: set[str] = set()

    def note(snapshot: Snapshot) -> None:
        answered.update(one.intent_id for one in snapshot.answers if one.status != "pending")

    engine.snapshots.listen(note)
    wanted = {f"i{number}" for number in range(1000)}
    for key in sorted(wanted):
        engine.submit(command(key, StopRecording()))
    engine.start(World().outputs)
    engine.mailbox.wait_for_rest(20.0)
    engine.close()
    assert answered >= wanted


# --- the disk hangs -------------------------------------------------------------------------------------


@dataclass
class HungDisk:
    """Every flush waits until the disk comes back."""

    back: threading.Event = field(default_factory=threading.Event)
    waited_for: threading.Event = field(default_factory=threading.Event)
    flush: Callable[[int], None] = os.fdatasync

    def fdatasync(self, handle: int) -> None:
        self.waited_for.set()
        assert self.back.wait(30.0)
        self.flush(handle)


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch) -> HungDisk:
    monkeypatch.setattr("stagebox.engine.journal_keeper.PATIENCE_S", 0.1)
    return HungDisk()


def test_a_disk_that_hangs_stops_no_engine_is_said_and_loses_nothing_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hung: HungDisk
) -> None:
    world, engine = World(), make(tmp_path)
    engine.start(world.outputs)
    wait(engine, lambda snapshot: snapshot.seq > 1)
    monkeypatch.setattr("os.fdatasync", hung.fdatasync)
    began = time.monotonic()
    engine.post(obs_connected())
    engine.submit(start_command())
    assert hung.waited_for.wait(5.0)
    assert world.waits_for(ObsStartRecord)
    engine.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
    seen = wait(engine, lambda snapshot: snapshot.recording and "does not answer" in snapshot.notice)
    assert time.monotonic() - began < 5.0
    assert engine.turned_s < 2.0
    hung.back.set()
    wait(engine, lambda snapshot: "can write its own memory again" in snapshot.notice)
    assert seen.session is not None
    again = make(tmp_path)
    assert again.recovered.session is not None
    assert [one.path for one in again.recovered.session.segments] == ["/rec/a.flv"]
    again.close()
    engine.close()


def test_an_engine_on_a_hung_disk_ends_in_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hung: HungDisk
) -> None:
    engine = make(tmp_path)
    engine.start(World().outputs)
    monkeypatch.setattr("os.fdatasync", hung.fdatasync)
    engine.post(obs_connected())
    assert hung.waited_for.wait(5.0)
    began = time.monotonic()
    engine.close(timeout_s=1.0)
    assert time.monotonic() - began < 4.0
    hung.back.set()


def test_a_message_that_the_journal_lacks_is_made_good_by_the_whole_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make(tmp_path)
    engine.start(World().outputs)
    engine.post(obs_connected())
    wait(engine, lambda snapshot: snapshot.obs.link == "up")

    def full(handle: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.write", full)
        engine.submit(start_command())
        wait(engine, lambda snapshot: snapshot.session is not None and "No space" in snapshot.notice)
    engine.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
    wait(engine, lambda snapshot: snapshot.recording)
    engine.close()
    again = make(tmp_path)
    assert again.recovered.session is not None
    assert again.recovered.session.talk.title == "A talk"
    assert [one.path for one in again.recovered.session.segments] == ["/rec/a.flv"]
    again.close()


# --- its own thread, and the catalogue's ---------------------------------------------------------------


def test_an_engine_closed_from_its_own_thread_works_off_what_waits_and_ends(tmp_path: Path) -> None:
    engine = make(tmp_path)
    closed = threading.Event()

    def close(snapshot: Snapshot) -> None:
        if snapshot.session is not None and not closed.is_set():
            engine.close()
            closed.set()

    engine.snapshots.listen(close)
    engine.start(World().outputs)
    engine.post(obs_connected())
    engine.submit(start_command())
    assert closed.wait(5.0)
    engine.close()
    assert not engine.alive
    again = make(tmp_path)
    assert again.recovered.session is not None
    again.close()


class Reluctant(SessionCatalogue):
    """A catalogue that stumbles over the first session and is slow with the others."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.go = threading.Event()
        self.stumbled = False

    def save(self, session: Session) -> None:
        assert self.go.wait(10.0)
        if not self.stumbled:
            self.stumbled = True
            raise ValueError("a fault of ours")
        super().save(session)


def test_a_catalogue_that_stumbles_or_is_slow_loses_no_session(tmp_path: Path) -> None:
    session = recording_box().state.session
    assert session is not None
    catalogue = Reluctant(tmp_path / "catalogue.sqlite")
    writer = CatalogueWriter(catalogue)
    for number in range(3000):
        writer.save(replaced(session, f"s{number % 3}", number))
    catalogue.go.set()
    writer.close()
    assert {(one.id, one.number) for one in catalogue.newest()} >= {("s0", 2997), ("s1", 2998), ("s2", 2999)}


def replaced(session: Session, key: str, number: int) -> Session:
    from dataclasses import replace

    return replace(session, id=key, number=number)


def test_a_state_is_whole_though_a_session_was_processed_by_nobody(tmp_path: Path) -> None:
    """Whoever cannot begin to process says so: no job is in work for ever."""
    engine = make(tmp_path)

    def execute(effect: Effect) -> None:
        if isinstance(effect, ProcessSession):
            raise OSError("cannot fork")

    engine.start(EngineOutputs(execute=execute, save=lambda _: None))
    recording_through(engine)
    wait(engine, lambda snapshot: not snapshot.jobs)
    engine.close()
    again = make(tmp_path)
    (done,) = again.recovered.finished
    assert (done.verdict, again.recovered.jobs) == ("failed", State().jobs)
    assert "stagebox process" in done.summary
    again.close()
