"""The index tells which talks of the schedule have no recording, by what `serve` leaves beside it."""

import json
from pathlib import Path

import pytest

from stagebox.media import pages, storage
from stagebox.media.index import sheets, writing
from stagebox.media.index.gather import gathered
from stagebox.media.index.run_log import RunLog
from stagebox.media.index.unrecorded import FILE, unrecorded_in


def talk(title: str, state: str, start: str, *, output: str = "", why: str = "") -> dict[str, object]:
    return {
        "title": title,
        "speakers": ["Ann", "Ben"],
        "state": state,
        "start_utc": start,
        "output": output,
        "why": why,
    }


TOLD = {
    "time_zone": "Europe/Prague",
    "talks": [
        talk("Recorded", "checked", "2026-11-29T09:00:00Z", output="/talks/a.mp4"),
        talk("Quiet", "refused", "2026-11-29T08:00:00Z", why="Its speaker does not want it recorded."),
        talk("To come", "expected", "2026-11-30T09:00:00Z"),
        talk("Late <b>night</b>", "missing", "2026-11-29T23:30:00Z", why="Nothing was recorded of it."),
        talk("Missing", "missing", "2026-11-29T10:00:00Z", why="Nothing was recorded of it."),
    ],
}


@pytest.fixture
def top(tmp_path: Path) -> Path:
    storage.prepare(tmp_path)
    (tmp_path / pages.FOLDER).mkdir(exist_ok=True)
    (tmp_path / pages.FOLDER / FILE).write_text(json.dumps(TOLD))
    return tmp_path


def test_the_missing_ones_come_first_by_the_schedules_own_time(top: Path) -> None:
    found = unrecorded_in(top / pages.FOLDER)
    assert [(one.talk, one.day, one.time, one.word) for one in found] == [
        ("Missing", "2026-11-29", "11:00", "missing"),
        ("Late <b>night</b>", "2026-11-30", "00:30", "missing"),
        ("Quiet", "2026-11-29", "09:00", "not to be recorded"),
    ]


def test_the_index_tells_them_on_its_page_and_in_json(top: Path) -> None:
    page = writing.write(top)
    assert page is not None, "there is something to tell, though nothing was recorded"
    told = page.read_text()
    assert "Talks of the schedule without a recording: 3" in told
    assert "Late &lt;b&gt;night&lt;/b&gt;" in told
    (first, *_) = json.loads(page.with_suffix(".json").read_text())["unrecorded"]
    assert first == {
        "talk": "Missing",
        "speaker": "Ann, Ben",
        "day": "2026-11-29",
        "time": "11:00",
        "state": "missing",
        "word": "missing",
        "why": "Nothing was recorded of it.",
    }


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"talks": 5}', b'{"time_zone": "x", "talks": [{}]}'])
def test_without_a_schedule_or_with_a_spoilt_file_there_are_none(top: Path, content: bytes | None) -> None:
    path = top / pages.FOLDER / FILE
    path.unlink() if content is None else path.write_bytes(content)
    index = gathered(top, [], RunLog())
    assert index.unrecorded == ()
    assert b'"unrecorded": []' in sheets.as_json(index)
