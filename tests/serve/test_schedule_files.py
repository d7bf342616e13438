"""Schedules on a plugged-in disk, and the list that somebody typed."""

from datetime import date
from pathlib import Path

import pytest

from stagebox.model.errors import StorageError
from stagebox.schedule.defaults import defaults_in
from stagebox.schedule.parsing import parsed
from stagebox.serve.schedule_files import FILES_MOST, found_schedules, keep_typed

TODAY = date(2026, 9, 21)


def test_files_that_may_be_a_schedule_are_found_at_the_top_and_in_folders(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "deeper").mkdir()
    for name in ("schedule.XML", "a.txt", ".hidden.xml", "talks/days.ics", "talks/deeper/no.json"):
        (tmp_path / name).write_text("x")
    found = found_schedules([tmp_path, tmp_path / "gone"])
    assert [Path(one).name for one in found] == ["schedule.XML", "days.ics"]


def test_a_disk_full_of_them_is_told_in_part(tmp_path: Path) -> None:
    for number in range(FILES_MOST + 5):
        (tmp_path / f"{number}.csv").write_text("x")
    assert len(found_schedules([tmp_path])) == FILES_MOST


def test_a_typed_list_is_of_the_day_on_which_it_was_typed(tmp_path: Path) -> None:
    path = keep_typed(tmp_path, "10:00 Opening\tAda\n\n11:00 On time, and space\t", TODAY)
    read = parsed(path.read_bytes(), str(path), defaults_in("UTC"))
    assert [(one.title, one.speakers) for one in read.talks] == [
        ("Opening", ("Ada",)),
        ("On time, and space", ()),
    ]
    assert read.talks[0].start_utc == 1789984800.0
    assert not read.problems


def test_a_list_that_names_its_day_keeps_it(tmp_path: Path) -> None:
    path = keep_typed(tmp_path, "2026-12-01\n10:00 Opening", TODAY)
    assert path.read_text().splitlines() == ["2026-12-01", "10:00 Opening"]


def test_a_disk_that_takes_no_list_says_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    with pytest.raises(StorageError, match="cannot be kept"):
        keep_typed(file / "state", "10:00 Opening", TODAY)
