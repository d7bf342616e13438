"""A file whose time is to come: a clock that was wrong, or another computer's. It proves no life."""

import os
import time
from pathlib import Path

import pytest

from stagebox.engine.inventory import Inventory, RecordingFile, take_stock
from stagebox.engine.journal import files_in
from stagebox.engine.reducer import reduce
from stagebox.engine.rules import ReducerRules
from stagebox.model.observations import EngineStarted, RecordStateEvent
from tests.engine.messages import obs_connected, recording_box
from tests.engine.test_engine import World, make, start_command, wait

HOUR_S = 3600.0


@pytest.mark.parametrize("ahead_s", [HOUR_S, 400 * 24 * HOUR_S])
def test_a_recording_that_was_left_long_ago_is_not_resumed_because_its_file_is_of_the_future(
    tmp_path: Path, ahead_s: float
) -> None:
    growing = tmp_path / "a.flv"
    growing.write_bytes(b"FLV")
    journal = tmp_path / "journal"
    engine = make(journal)
    engine.start(World().outputs)
    engine.post(obs_connected())
    engine.submit(start_command())
    engine.post(RecordStateEvent(generation=1, phase="started", path=str(growing)))
    wait(engine, lambda snapshot: snapshot.recording)
    engine.close()
    now = time.time()
    for path in files_in(journal):
        os.utime(path, (now - 5 * HOUR_S, now - 5 * HOUR_S))
    os.utime(growing, (now + ahead_s, now + ahead_s))
    again = make(journal)
    first = again.mailbox.take(1.0)
    again.close()
    assert first is not None
    assert isinstance(first.body, EngineStarted)
    assert first.body.alive_utc == pytest.approx(now - 5 * HOUR_S, abs=2.0)
    state, _ = reduce(again.recovered, first, ReducerRules(resume_within_s=HOUR_S))
    assert state.session is not None
    assert not state.session.may_resume


def test_when_all_times_are_to_come_nothing_is_known(tmp_path: Path) -> None:
    make(tmp_path).close()
    later = time.time() + HOUR_S
    for path in files_in(tmp_path):
        os.utime(path, (later, later))
    engine = make(tmp_path)
    first = engine.mailbox.take(1.0)
    engine.close()
    assert first is not None
    assert isinstance(first.body, EngineStarted)
    assert first.body.alive_utc == 0.0


def test_a_found_part_ends_now_at_the_latest() -> None:
    box = recording_box("/rec/first.flv")
    now = box.epoch + box.now
    session = box.state.session
    assert session is not None
    box.stop()
    box.stopped("/rec/first.flv")
    file = RecordingFile(f"/rec/{session.name}-part-2.flv", now + 30 * 24 * HOUR_S)
    state = take_stock(box.state, Inventory(files=(file,)), now)
    (job,) = state.jobs
    assert [one.ended_utc <= now for one in job.segments] == [True, True]
