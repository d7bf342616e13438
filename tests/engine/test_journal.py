"""The journal: what it held before a crash, cut or damaged anywhere, it still tells."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from stagebox.engine.engine import replay
from stagebox.engine.journal import FILES_KEPT, Journal, encode, read
from stagebox.engine.reducer import durable
from stagebox.engine.rules import ReducerRules
from stagebox.health.check import alarm
from stagebox.messages.code_catalogue import say
from stagebox.messages.languages import language
from stagebox.model.errors import StorageError
from stagebox.model.messages import Message
from stagebox.model.observations import AlarmsEvent, EffectFailed, RecordStateEvent
from stagebox.model.report import Code, Severity
from stagebox.model.said import Said, said_of, sentences_in
from stagebox.model.state import State
from tests.engine.messages import recording_box


def written(folder: Path) -> State:
    """A journal of a talk that is being recorded; the state it must give back."""
    box = recording_box()
    journal = Journal(folder)
    journal.rotate(State())
    for message in box.messages:
        journal.append(message)
    journal.close()
    return durable(box.state)


def test_what_was_journalled_comes_back(tmp_path: Path) -> None:
    state = written(tmp_path)
    found = read(tmp_path)
    assert replay(found.state, found.messages, ReducerRules()) == state
    assert found.damaged_lines == 0


def test_an_empty_folder_is_an_empty_state(tmp_path: Path) -> None:
    assert read(tmp_path).state == State()


def test_a_checkpoint_carries_the_whole_state(tmp_path: Path) -> None:
    state = written(tmp_path)
    journal = Journal(tmp_path)
    journal.rotate(state)
    journal.close()
    assert read(tmp_path).state == state
    assert read(tmp_path).messages == ()


def test_cut_at_any_byte_it_keeps_every_whole_line(tmp_path: Path) -> None:
    written(tmp_path)
    (path,) = tmp_path.glob("*.journal")
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for length in range(len(lines[0]), len(whole) + 1):
        path.write_bytes(whole[:length])
        found = read(tmp_path)
        kept = whole[:length].count(b"\n") - 1
        assert len(found.messages) == kept
        assert found.damaged_lines == (0 if whole[:length].endswith(b"\n") else 1)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_flipped_bit_costs_one_line(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("journal")
    written(folder)
    (path,) = folder.glob("*.journal")
    whole = bytearray(path.read_bytes())
    first = whole.index(b"\n") + 1
    place = data.draw(st.integers(first, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(bytes(whole))
    before = len(recording_box().messages)
    found = read(folder)
    # A flip that makes or unmakes a line's end touches two lines.
    assert found.damaged_lines in (1, 2)
    assert before - 2 <= len(found.messages) < before


def test_a_damaged_checkpoint_falls_back_to_the_file_before(tmp_path: Path) -> None:
    state = written(tmp_path)
    journal = Journal(tmp_path)
    journal.rotate(state)
    journal.close()
    newest = max(tmp_path.glob("*.journal"))
    newest.write_bytes(b"00000000 {}\n")
    found = read(tmp_path)
    assert replay(found.state, found.messages, ReducerRules()) == state
    assert found.damaged_lines == 1


def test_old_files_are_forgotten_and_the_newest_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for _ in range(FILES_KEPT + 4):
        journal.rotate(State())
    journal.close()
    names = sorted(path.name for path in tmp_path.glob("*.journal"))
    assert len(names) == FILES_KEPT
    assert names[-1] == f"{FILES_KEPT + 4:08}.journal"


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("a file")
    with pytest.raises(StorageError, match="cannot write its own memory"):
        Journal(tmp_path / "journal").rotate(State())


def test_a_sentence_is_told_in_every_language_after_a_restart_too(tmp_path: Path) -> None:
    box = recording_box()
    box.say(RecordStateEvent(generation=1, phase="stopped", path="/rec/a.flv"))
    box.say(EffectFailed(effect_id="x", what=say("cards_old"), remedy=say("cards_old_help")))
    box.say(AlarmsEvent(alarms=(alarm(Code.DISK_LOW, "disk", Severity.WARNING, 1.0, "minutes", n=3),)))
    journal = Journal(tmp_path)
    journal.rotate(State())
    for message in box.messages:
        journal.append(message)
    found = read(tmp_path)
    again = replay(found.state, found.messages, ReducerRules())
    assert again == durable(box.state)
    assert [one.said.code for one in again.notes] == ["stopped_by_itself", "together"]
    (raised,) = again.health_alarms
    assert said_of(raised.message) == Said(code="disk_low.minutes", facts={"n": 3}, words=raised.message)
    journal.rotate(again)
    journal.close()
    kept = read(tmp_path).state
    assert sentences_in(kept) == sentences_in(durable(box.state)) != {}
    assert (
        language("cs").told(said_of(kept.health_alarms[0].message))
        == "Na disku je místo jen na 3 minuty záznamu."
    )


def test_a_line_of_a_stagebox_that_kept_no_sentences_is_read(tmp_path: Path) -> None:
    failed = EffectFailed(effect_id="x", what="The disk is full.")
    line = TypeAdapter(Message).dump_json(Message(at=1.0, utc=2.0, body=failed))
    (tmp_path / "00000001.journal").write_bytes(encode(TypeAdapter(State).dump_json(State())) + encode(line))
    assert [one.body for one in read(tmp_path).messages] == [failed]
