"""The catalogue survives a cut and a flipped byte anywhere: damage is said, older talks stay readable."""

import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.engine.engine import Engine
from stagebox.engine.inventory import Inventory
from stagebox.engine.journal import Journal
from stagebox.engine.rules import ReducerRules
from stagebox.engine.salvage import salvage
from stagebox.engine.session_catalogue import (
    MIGRATIONS,
    DamagedCatalogueError,
    SessionCatalogue,
    open_or_set_aside,
)
from stagebox.model.commands import TalkDetails
from stagebox.model.state import Phase, Segment, Session, State
from tests.engine.messages import recording_box

pytestmark = pytest.mark.slow

TALKS = 40


def session(number: int) -> Session:
    return Session(
        id=f"20270115T0801{number:02}Z-{number:08x}",
        name=f"20270115T0801{number:02}Z_Hall_Talk-{number}",
        talk=TalkDetails(title=f"Talk {number}: " + "ěščř " * 20, speaker="Žofie Nováková"),
        phase=Phase.DONE,
        wanted=False,
        origin="touch",
        asked_utc=1_800_000_000.0 + number,
        started_utc=1_800_000_001.0 + number,
        ended_utc=1_800_000_900.0 + number,
        recorded_s=899.0,
        number=number,
        segments=tuple(
            Segment(path=f"/rec/talk-{number}-{part}.flv", started_utc=1.0 * part, ended_utc=2.0, start_s=0.0)
            for part in range(1, 3)
        ),
        verdict="ok",
        output=f"/out/talk-{number}.mp4",
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of forty talks, all in one file: no log beside it."""
    path = tmp_path_factory.mktemp("whole") / "catalogue.sqlite"
    catalogue = SessionCatalogue(path)
    for _ in range(2):
        catalogue.save_all(session(number) for number in range(1, TALKS + 1))
    database = sqlite3.connect(path)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("PRAGMA journal_mode = DELETE")
    database.close()
    return path


def opened(path: Path) -> tuple[dict[int, Session], str]:
    catalogue, sentence = open_or_set_aside(path)
    return {one.number: one for one in catalogue.newest(1000)}, sentence


def check(found: dict[int, Session], sentence: str) -> int:
    """Whatever is told is true, and what is missing was said; how many talks are left."""
    for number, one in found.items():
        expected = session(number)
        kept = {segment for segment in expected.segments if segment in one.segments}
        assert replace(one, segments=()) == replace(expected, segments=())
        assert set(one.segments) == kept
    lacking = len(found) < TALKS or any(len(one.segments) < 2 for one in found.values())
    assert sentence or not lacking, "something is gone, and nobody said so"
    return len(found)


def test_cut_anywhere_it_tells_nothing_wrong_and_says_what_is_gone(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    chosen = random.Random(1)
    lengths = [0, 1, 15, 16, 99, 100, 4095, 4096, 4097, *(chosen.randrange(len(data)) for _ in range(14))]
    counts: list[int] = []
    for number, length in enumerate(lengths):
        path = tmp_path / str(number) / "catalogue.sqlite"
        path.parent.mkdir()
        path.write_bytes(data[:length])
        found, sentence = opened(path)
        check(found, sentence)
        counts.append(len(found))
        if sentence:
            assert list(path.parent.glob("*.damaged-*")), "the damaged file is kept"
    assert counts[:4] == [0, 0, 0, 0]
    assert any(0 < number < TALKS for number in counts), "a cut in the middle leaves the talks before it"


def test_a_byte_flipped_anywhere_costs_little_and_is_never_believed(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    chosen, kept, damaged = random.Random(2), [], 0
    places = [*range(0, 100, 7), *(chosen.randrange(len(data)) for _ in range(45))]
    for number, place in enumerate(places):
        path = tmp_path / str(number) / "catalogue.sqlite"
        path.parent.mkdir()
        flipped = bytearray(data)
        flipped[place] ^= 1 << chosen.randrange(8)
        path.write_bytes(bytes(flipped))
        found, sentence = opened(path)
        kept.append(check(found, sentence))
        damaged += bool(sentence)
        shutil.rmtree(path.parent)
    assert damaged > 12, "too few of these flips mattered: the test would prove nothing"
    # Most flips cost a talk at most; one in a page's own head costs that page.
    assert sorted(kept)[len(kept) // 4] >= TALKS - 1


def test_a_page_full_of_zeros_leaves_the_talks_of_the_other_pages(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    page = 4096
    counts = []
    for number in range(1, len(data) // page, 2):
        path = tmp_path / str(number) / "catalogue.sqlite"
        path.parent.mkdir()
        path.write_bytes(data[: number * page] + bytes(page) + data[(number + 1) * page :])
        counts.append(check(*opened(path)))
    assert max(counts) == TALKS
    assert sum(counts) / len(counts) > TALKS / 2


def test_a_title_changed_behind_our_back_is_no_title_of_ours(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    data = whole.read_bytes()
    path.write_bytes(data.replace(b"Talk 7: ", b"Talk 9: "))
    with pytest.raises(DamagedCatalogueError, match="rows"):
        SessionCatalogue(path)
    found, sentence = opened(path)
    assert 7 not in found
    assert len(found) == TALKS - 1
    assert f"Saved from it: {TALKS - 1}" in sentence


def test_what_is_known_from_elsewhere_fills_the_holes(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"nothing of this is a database" * 300)
    catalogue, sentence = open_or_set_aside(path, lambda: [session(1), session(2)])
    assert len(catalogue.newest()) == 2
    assert "made again from their reports: 2" in sentence


def test_half_a_journal_line_and_a_damaged_catalogue_in_one_start_cost_neither_talk_nor_recording(
    whole: Path, tmp_path: Path
) -> None:
    box = recording_box("/rec/now.flv")
    journal = Journal(tmp_path / "journal")
    journal.rotate(State())
    for message in box.messages:
        journal.append(message)
    journal.close()
    (newest,) = (tmp_path / "journal").glob("*.journal")
    lines = newest.read_bytes().splitlines(keepends=True)
    newest.write_bytes(b"".join(lines) + lines[-1][: len(lines[-1]) // 2])
    path = tmp_path / "catalogue.sqlite"
    data = whole.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"\0" * 4096 + data[len(data) // 2 + 4096 :])

    catalogue, sentence = open_or_set_aside(path)
    stock = Inventory(sessions=catalogue.newest(1000), paths=catalogue.paths())
    engine = Engine(tmp_path / "journal", ReducerRules(), event="E", room="R", inventory=stock)
    recovered, now = engine.recovered, box.state.session
    engine.close()

    assert engine.damaged_lines == 1
    assert recovered.session is not None
    assert now is not None
    assert (recovered.session.id, recovered.session.segments) == (now.id, now.segments)
    assert recovered.session.wanted
    assert sentence
    assert check({one.number: one for one in catalogue.newest(1000)}, sentence) > TALKS / 2
    assert recovered.jobs == (), "nothing that was done is done again"


def test_two_damages_in_one_second_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    for _ in range(3):
        path.write_bytes(b"nothing of this is a database" * 300)
        open_or_set_aside(path)
        path.unlink()
    assert len(list(tmp_path.glob("*.damaged-*.sqlite"))) == 3


def test_a_catalogue_from_before_the_checksums_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    database = sqlite3.connect(path)
    database.executescript(MIGRATIONS[0])
    values = ("a", "n", "T", "S", "", "", "", 0, "done", "touch", 1.0, 1.0, 2.0, 1.0, "ok", "", "", "")
    database.execute(f"INSERT INTO sessions VALUES ({','.join('?' * len(values))})", values)
    database.execute("INSERT INTO segments VALUES ('a', 1, '/rec/a.flv', 1.0, 2.0)")
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.close()
    (found,) = SessionCatalogue(path).newest()
    assert found.talk.title == "T"
    assert found.segments[0].path == "/rec/a.flv"


def test_rows_from_before_a_migration_keep_their_checksums_and_new_ones_hold_the_new_columns(
    tmp_path: Path,
) -> None:
    path = tmp_path / "catalogue.sqlite"
    database = sqlite3.connect(path)
    for migration in MIGRATIONS[:3]:
        database.executescript(migration)
    values = ("a", "n", "T", "S", "", "", "", 0, "done", "touch", 1.0, 1.0, 2.0, 1.0, "ok", "", "", "", 1)
    # What the version before wrote.
    row = (*values, 2229008453)
    database.execute(f"INSERT INTO sessions VALUES ({','.join('?' * len(row))})", row)
    segment = ("a", 1, "/rec/a.flv", 1.0, 2.0, 0.0, 1907736730)
    database.execute("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?, ?)", segment)
    database.execute("PRAGMA user_version = 3")
    database.commit()
    database.close()
    part = Segment(path="/rec/b.flv", started_utc=1.0, ended_utc=2.0, from_s=60.25, to_s=61.0)
    made = replace(session(2), segments=(part,), talk=TalkDetails(title="T", key="guid:1"))
    catalogue = SessionCatalogue(path)
    catalogue.save(made)
    assert SessionCatalogue(path).find(made.id) == made
    old = SessionCatalogue(path).find("a")
    assert old is not None
    assert (old.talk.key, old.segments[0].from_s) == ("", None)
    assert {one.id for one in salvage(path)} == {"a", made.id}
    for change in ("UPDATE segments SET to_s = 62.0", "UPDATE sessions SET talk_key = 'x'"):
        damaged = tmp_path / f"{len(change)}.sqlite"
        shutil.copy(path, damaged)
        database = sqlite3.connect(damaged)
        database.execute(change)
        database.commit()
        database.close()
        with pytest.raises(DamagedCatalogueError):
            SessionCatalogue(damaged)


def test_a_salvage_of_nothing_is_nothing(tmp_path: Path) -> None:
    assert salvage(tmp_path / "absent.sqlite") == ()


def test_the_order_of_talks_is_that_in_which_they_were_made(tmp_path: Path) -> None:
    catalogue = SessionCatalogue(tmp_path / "catalogue.sqlite")
    catalogue.save(session(1))
    # The clock was set back by an hour.
    catalogue.save(replace(session(2), asked_utc=session(1).asked_utc - 3600.0))
    assert [one.number for one in catalogue.newest()] == [2, 1]
