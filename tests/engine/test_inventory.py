"""What lies on the disk after a crash finds its talk, once; what is not ours is named and left alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.engine.inventory import Inventory, RecordingFile, is_of, recordings_in, take_stock
from stagebox.engine.reducer import reduce
from stagebox.engine.rules import ReducerRules
from stagebox.model.effects import ProcessSession
from stagebox.model.messages import Message
from stagebox.model.observations import EngineStarted, JobDone
from stagebox.model.state import Phase, Session, State
from tests.engine.messages import EPOCH, Box, notice, obs_connected, recording_box

NOW = EPOCH + 500.0


def file(name: str) -> RecordingFile:
    return RecordingFile(f"/rec/{name}", EPOCH + 400.0)


def starting() -> Box:
    """OBS was asked to record, and the computer went down before stagebox heard that it does."""
    box = Box()
    box.say(obs_connected())
    box.start()
    return box


def active(state: State) -> Session:
    assert state.session is not None
    return state.session


def finished_box() -> Box:
    box = recording_box("/rec/first.flv")
    box.stop()
    box.stopped("/rec/first.flv")
    box.say(JobDone(session_id=box.state.jobs[0].id, verdict="ok", output="/out/first.mp4"))
    return box


def test_a_file_that_obs_began_and_nobody_heard_of_is_the_talks() -> None:
    box = starting()
    name = active(box.state).name
    state = take_stock(box.state, Inventory(files=(file(f"{name}.flv"),)), NOW)
    assert [one.path for one in active(state).segments] == [f"/rec/{name}.flv"]
    assert "found and kept" in notice(state)


def test_a_file_whose_path_obs_had_not_told_is_filled_in() -> None:
    box = recording_box("")
    name = active(box.state).name
    state = take_stock(box.state, Inventory(files=(file(f"{name}.flv"),)), NOW)
    (segment,) = active(state).segments
    assert segment.path == f"/rec/{name}.flv"
    assert segment.ended_utc == 0.0


def test_a_known_file_is_never_taken_twice() -> None:
    box = starting()
    name = active(box.state).name
    inventory = Inventory(files=(file(f"{name}.flv"),))
    once = take_stock(box.state, inventory, NOW)
    assert take_stock(once, inventory, NOW) == once


def test_a_late_file_of_a_finished_talk_is_processed_with_the_rest() -> None:
    box = finished_box()
    name = box.state.finished[0].name
    found = Inventory(files=(file("first.flv"), file(f"{name}-part-2.flv")))
    state = take_stock(box.state, found, NOW)
    assert state.finished == ()
    _, effects = reduce(
        state, Message(at=1.0, utc=NOW, body=EngineStarted(boot_id="b", alive_utc=NOW)), ReducerRules()
    )
    (effect,) = [one for one in effects if isinstance(one, ProcessSession)]
    assert effect.segments == ("/rec/first.flv", f"/rec/{name}-part-2.flv")


def test_a_talk_that_the_journal_lost_and_the_catalogue_remembers_is_finished() -> None:
    lost = active(recording_box("/rec/a.flv").state)
    state = take_stock(State(), Inventory(sessions=(lost,)), NOW)
    (job,) = state.jobs
    assert (job.id, job.phase, job.wanted) == (lost.id, Phase.PROCESSING, False)
    assert "1 talk was not finished yet" in notice(state)
    again = take_stock(state, Inventory(sessions=(lost,)), NOW)
    assert again.jobs == state.jobs


def test_a_talk_that_the_catalogue_says_is_done_is_left_alone() -> None:
    done = replace(active(recording_box("/rec/a.flv").state), phase=Phase.DONE)
    state = take_stock(State(), Inventory(sessions=(done,), files=(file("a.flv"),)), NOW)
    # The next talk comes after it in the order of talks; nothing else changes.
    assert state == State(sessions_made=done.number)


def test_a_foreign_recording_is_named_and_not_touched() -> None:
    files = tuple(file(f"holiday{number}.flv") for number in range(5))
    state = take_stock(State(), Inventory(files=files), NOW)
    assert (state.jobs, state.session) == ((), None)
    assert "5 recordings" in notice(state)
    assert "holiday0.flv" in notice(state)
    assert "stagebox process" in notice(state)


def test_files_of_sessions_long_ago_are_not_foreign() -> None:
    inventory = Inventory(paths=frozenset({"/rec/old.flv"}), files=(file("old.flv"),))
    assert take_stock(State(), inventory, NOW) == State()


@pytest.mark.parametrize(
    ("stem", "mine"),
    [
        ("20270115T080140Z_Hall_A-talk", True),
        ("20270115T080140Z_Hall_A-talk-part-2", True),
        ("20270115T080140Z_Hall_A-talk (2)", True),
        ("20270115T080140Z_Hall_A-talk-on-parts", False),
        ("another", False),
    ],
)
def test_a_file_is_known_by_its_stem(stem: str, mine: bool) -> None:
    assert is_of(stem, "20270115T080140Z_Hall_A-talk") is mine


def test_the_look_at_the_disk_takes_recordings_alone_and_forgives_a_folder_that_is_gone(
    tmp_path: Path,
) -> None:
    for name in ("b.flv", "a.FLV", "notes.txt", "c.mp4"):
        (tmp_path / name).touch()
    (tmp_path / "folder.flv").mkdir()
    found = recordings_in([tmp_path, tmp_path / "absent"])
    assert [Path(one.path).name for one in found] == ["a.FLV", "b.flv"]
