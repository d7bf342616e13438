"""The engine's thread, with a real journal and a real catalogue."""

import sqlite3
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.mailbox import Mailbox
from stagebox.engine.rules import ReducerRules
from stagebox.engine.session_catalogue import CatalogueWriter, SessionCatalogue, open_or_set_aside
from stagebox.engine.suspend_detection import ClockPair
from stagebox.model.commands import Command, StartRecording, StopRecording, TalkDetails
from stagebox.model.effects import Effect, ObsStartRecord, RefreshCards
from stagebox.model.errors import ApiError, StorageError
from stagebox.model.observations import JobProgress, ObsDisconnected, RecordStateEvent, Tick
from stagebox.model.snapshot import Snapshot
from stagebox.model.state import Session, State
from tests.engine.messages import obs_connected, recording_box
from tests.engine.test_recording import stats
from tests.health.machine_facts import HOST


class World:
    """What the engine calls: it remembers, and lets a test wait."""

    def __init__(self) -> None:
        self.effects: list[Effect] = []
        self.saved: list[Session] = []
        self.journal_when_effect: list[int] = []
        self.folder: Path | None = None
        self._came = threading.Condition()

    def waits_for(self, kind: type[Effect]) -> bool:
        """Whether such an effect was asked for, at the latest in five seconds."""
        with self._came:
            return self._came.wait_for(lambda: any(isinstance(one, kind) for one in self.effects), 5.0)

    def execute(self, effect: Effect) -> None:
        if self.folder is not None:
            self.journal_when_effect.append(max(self.folder.glob("*.journal")).read_bytes().count(b"\n"))
        with self._came:
            self.effects.append(effect)
            self._came.notify_all()

    @property
    def outputs(self) -> EngineOutputs:
        return EngineOutputs(execute=self.execute, save=self.saved.append)


def start_command(key: str = "a") -> Command:
    return Command(id=key, origin="touch", want=StartRecording(talk=TalkDetails(title="A talk")))


def wait(engine: Engine, predicate: object) -> Snapshot:
    found = engine.snapshots.wait_for(predicate, 5.0)  # type: ignore[arg-type]
    assert found is not None, engine.snapshots.latest
    return found


def make(folder: Path) -> Engine:
    return Engine(folder, ReducerRules(), event="Conf", room="Hall")


def test_an_effect_runs_only_after_its_cause_is_on_disk(tmp_path: Path) -> None:
    world, engine = World(), make(tmp_path)
    world.folder = tmp_path
    engine.start(world.outputs)
    engine.post(obs_connected())
    engine.submit(start_command())
    wait(engine, lambda snapshot: snapshot.session is not None)
    engine.close()
    # Checkpoint, engine started, connected, command: four lines before the first effect.
    assert world.journal_when_effect[0] >= 4
    assert any(isinstance(effect, ObsStartRecord) for effect in world.effects)


def test_a_killed_engine_comes_back_recording(tmp_path: Path) -> None:
    first = make(tmp_path)
    first.start(World().outputs)
    first.post(obs_connected())
    first.submit(start_command())
    first.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
    wait(first, lambda snapshot: snapshot.recording)
    # No close: the second reads what the first had flushed, as after a kill.
    world, second = World(), make(tmp_path)
    second.start(world.outputs)
    snapshot = wait(second, lambda snapshot: snapshot.session is not None)
    assert snapshot.session is not None
    assert snapshot.session.phase == "recording"
    assert snapshot.recording is None
    assert world.saved
    first.close()
    second.close()


def test_the_snapshot_is_refreshed_while_nothing_happens(tmp_path: Path) -> None:
    engine = make(tmp_path)
    engine.start(World().outputs)
    before = engine.snapshots.latest.seq
    assert engine.snapshots.wait_for(lambda snapshot: snapshot.seq >= before + 2, 5.0) is not None
    engine.close()


def lacking(state: State) -> list[float]:
    """What the marks of the active session say that its recording lacks, in seconds."""
    assert state.session is not None
    return [mark.lacks_s for mark in state.session.marks if mark.lacks_s]


class SleepyClocks:
    """The two clocks of a computer that slept: `slept_s` of it only the boot's clock counts."""

    def __init__(self) -> None:
        self.slept_s = 0.0

    def __call__(self) -> ClockPair:
        now = time.monotonic()
        return ClockPair(now, now + self.slept_s)


def test_an_engine_says_that_the_computer_slept_and_records_on_and_a_replay_says_the_same(
    tmp_path: Path,
) -> None:
    clocks, world = SleepyClocks(), World()
    engine = Engine(tmp_path, ReducerRules(), event="Conf", room="Hall", clocks=clocks)
    engine.start(world.outputs)
    engine.post(obs_connected())
    engine.submit(start_command())
    engine.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
    wait(engine, lambda snapshot: snapshot.recording)
    assert engine.snapshots.latest.notice == ""
    clocks.slept_s = 754.0
    seen = wait(engine, lambda snapshot: "slept for 12 min" in snapshot.notice)
    assert seen.session is not None
    assert seen.session.phase == "recording"
    assert [type(effect) for effect in world.effects] == [RefreshCards, ObsStartRecord]
    again = make(tmp_path)
    assert again.recovered.session is not None
    assert again.recovered.session.slept_s == pytest.approx(754.0)
    assert lacking(again.recovered) == [pytest.approx(754.0)]
    engine.close()
    again.close()


def test_obs_is_asked_whether_it_stood_as_well_and_its_figures_of_before_are_no_answer(
    tmp_path: Path,
) -> None:
    class StoppedOnce:
        """The clocks of a computer on which nothing ran for a minute, once."""

        def __init__(self) -> None:
            self.lost_s = 0.0

        def __call__(self) -> ClockPair:
            now = time.monotonic() + self.lost_s
            return ClockPair(now, now)

    clocks, world = StoppedOnce(), World()
    engine = Engine(tmp_path, ReducerRules(), event="Conf", room="Hall", clocks=clocks)
    engine.start(world.outputs)
    engine.post(obs_connected())
    engine.submit(start_command())
    engine.post(RecordStateEvent(generation=1, phase="started", path="/rec/a.flv"))
    before = replace(stats(recording=True), render_skipped_frames=3)
    engine.post(before)
    wait(engine, lambda snapshot: snapshot.recording and snapshot.obs.render_skipped_frames == 3)
    clocks.lost_s = 60.0
    wait(engine, lambda snapshot: "stagebox did not run for 1 min" in snapshot.notice)
    engine.post(before)
    engine.post(replace(before, render_skipped_frames=3 + 1790))
    seen = wait(engine, lambda snapshot: "The computer did not respond" in snapshot.notice)
    assert seen.session is not None
    assert seen.session.phase == "recording"
    engine.close()
    again = make(tmp_path)
    assert lacking(again.recovered) == [pytest.approx(60.0, abs=0.5)]
    again.close()


def test_a_deadline_passes_without_any_message(tmp_path: Path) -> None:
    engine = Engine(tmp_path, ReducerRules(start_s=0.05), event="Conf", room="Hall")
    engine.start(World().outputs)
    engine.post(obs_connected())
    engine.submit(start_command())
    snapshot = wait(engine, lambda snapshot: snapshot.alarms)
    assert snapshot.alarms[0].code == "not_recording"
    engine.close()


def test_a_journal_that_cannot_be_written_does_not_stop_the_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, engine = World(), make(tmp_path)
    engine.start(world.outputs)
    wait(engine, lambda snapshot: snapshot.seq > 1)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdatasync", full)
    engine.post(obs_connected())
    engine.submit(start_command())
    snapshot = wait(engine, lambda snapshot: snapshot.notice and snapshot.session)
    assert "No space left" in snapshot.notice
    assert any(isinstance(effect, ObsStartRecord) for effect in world.effects)
    engine.close()


def test_a_message_that_the_reducer_cannot_take_is_dropped_and_the_next_is_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = make(tmp_path)
    engine.start(World().outputs)
    engine.mailbox.put(SimpleNamespace(kind="rubbish"))  # type: ignore[arg-type]
    engine.post(obs_connected())
    wait(engine, lambda snapshot: snapshot.obs.link == "up")
    assert "the reducer failed" in caplog.text
    engine.close()


def test_the_mailbox_keeps_the_newest_of_what_floods() -> None:
    mailbox = Mailbox(capacity=4)
    for number in range(10_000):
        mailbox.put(stats(recording=bool(number % 2)))
        mailbox.put(JobProgress(session_id=f"s{number % 3}", step="copy", share=0.5))
    assert len(mailbox) == 4
    assert mailbox.coalesced == 20_000 - 4


def test_the_mailbox_keeps_every_record_event_and_their_order() -> None:
    mailbox = Mailbox(capacity=2)
    phases = ["starting", "started", "stopping", "stopped"] * 10
    for phase in phases:
        mailbox.put(RecordStateEvent(generation=1, phase=phase))  # type: ignore[arg-type]
    taken = [mailbox.take(0.0) for _ in phases]
    assert [message.body.phase for message in taken if message] == phases  # type: ignore[union-attr]
    assert mailbox.take(0.0) is None


def test_a_reader_that_has_worked_off_everything_is_waited_for() -> None:
    mailbox = Mailbox()
    assert not mailbox.wait_for_rest(0.0)
    read: list[object] = []

    def work() -> None:
        while (message := mailbox.take(None)) is not None:
            read.append(message.body)

    for number in range(50):
        mailbox.put(start_command(f"i{number}"))
    reader = threading.Thread(target=work)
    reader.start()
    assert mailbox.wait_for_rest(10.0)
    assert len(read) == 50
    mailbox.close()
    reader.join(10.0)
    assert not reader.is_alive()


def test_readings_alone_make_no_snapshot_and_a_decision_makes_one_at_once(tmp_path: Path) -> None:
    engine = Engine(tmp_path, ReducerRules(), event="PyConf", room="Hall 1")
    engine.start(EngineOutputs(execute=lambda _: None, save=lambda _: None))
    wait(engine, lambda _: True)
    seen: list[Snapshot] = []
    stop = engine.snapshots.listen(seen.append)
    began = time.monotonic()
    for _ in range(200):
        engine.post(HOST)
        assert engine.mailbox.wait_for_rest(10.0)
    took_s = time.monotonic() - began
    stop()
    assert len(seen) <= 2 + took_s / 0.25
    engine.post(obs_connected())
    wait(engine, lambda snapshot: snapshot.obs.link == "up")
    engine.close()


def test_a_full_mailbox_tells_the_sender_of_a_command() -> None:
    mailbox = Mailbox(capacity=3)
    for number in range(3):
        mailbox.put(start_command(f"i{number}"))
    with pytest.raises(ApiError, match="too busy"):
        mailbox.put(start_command("one-too-many"))
    mailbox.put(ObsDisconnected(generation=1, fault="lost"))
    assert len(mailbox) == 4


def test_closing_wakes_a_waiting_reader() -> None:
    mailbox = Mailbox()
    woken = threading.Event()

    def read() -> None:
        mailbox.take(None)
        woken.set()

    reader = threading.Thread(target=read)
    reader.start()
    mailbox.close()
    assert woken.wait(5.0)
    reader.join(5.0)
    with pytest.raises(ApiError):
        mailbox.put(Command(id="late", origin="cli", want=StopRecording()))
    mailbox.put(Tick())


def test_the_catalogue_gives_back_what_was_saved(tmp_path: Path) -> None:
    session = recording_box().state.session
    assert session is not None
    catalogue = SessionCatalogue(tmp_path / "catalogue.sqlite")
    writer = CatalogueWriter(catalogue)
    writer.save(session)
    writer.save(session)
    writer.close()
    (found,) = SessionCatalogue(tmp_path / "catalogue.sqlite").newest()
    assert (found.id, found.talk, found.segments) == (session.id, session.talk, session.segments)


def test_a_damaged_catalogue_is_set_aside_and_said(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"this is no database at all, it is only text" * 100)
    catalogue, sentence = open_or_set_aside(path)
    assert catalogue.newest() == ()
    assert "set aside" in sentence
    assert len(list(tmp_path.glob("*.damaged-*"))) == 1


def test_a_catalogue_of_a_newer_stagebox_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StorageError, match="newer stagebox"):
        open_or_set_aside(path)


def test_a_folder_that_is_gone_is_one_alarm_and_refuses_a_start_until_it_is_back(tmp_path: Path) -> None:
    engine = make(tmp_path)
    engine.start(World().outputs)
    engine.post(obs_connected())
    engine.post(replace(HOST, recording_folder="gone", recording_path="/rec", recording_free_bytes=None))
    gone = wait(engine, lambda snapshot: snapshot.folder == "gone" and snapshot.alarms)
    of_the_folder = [alarm for alarm in gone.alarms if alarm.role == "disk"]
    assert [(alarm.code, alarm.message) for alarm in of_the_folder] == [
        ("folder_gone", "The recording folder /rec is gone.")
    ]
    engine.submit(start_command())
    refused = wait(engine, lambda snapshot: snapshot.answers)
    assert refused.answers[-1].status == "refused"
    assert refused.answers[-1].detail.startswith(of_the_folder[0].message)
    engine.post(HOST)
    back = wait(engine, lambda snapshot: snapshot.folder == "ok")
    engine.submit(start_command("b"))
    begun = wait(engine, lambda snapshot: snapshot.session is not None)
    assert back.seq < begun.seq
    engine.close()
