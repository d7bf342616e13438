"""`stagebox schedule check`, as somebody types it."""

import json
from pathlib import Path

import pytest

from stagebox.cli import run
from tests.schedule.reading import event, one_day
from tests.schedule.servers import serving

TALK = event("Opening", id="7", date="2026-11-29T10:00:00+01:00", duration="0:45", persons="Ann", room="Hall")
OPTED_OUT = event(
    "Quiet",
    guid="q",
    date="2026-11-30T00:15:00+01:00",
    duration="0:30",
    recording="<recording><optout>true</optout></recording>",
)
BAD = event("Bad", id="9", date="soon")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "schedule.xml"
    path.write_text(one_day(TALK, OPTED_OUT, head="<time_zone_name>Europe/Prague</time_zone_name>"))
    return path


def test_it_prints_a_schedule_by_day_in_its_own_time(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "check", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Event (frab-xml), times of Europe/Prague",
        "",
        "Sunday 2026-11-29",
        "  10:00–10:45  Hall  Opening · Ann",
        "",
        "Monday 2026-11-30",
        "  00:15–00:45  Hall  Quiet  [do not record, stream, publish]",
        "",
        "2 talks in 1 room.",
    ]


def test_its_json_is_the_contracts(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "check", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    talk = told.pop("talks")[0]
    assert told == {
        "schema": "stagebox.schedule/1",
        "source": str(file),
        "format": "frab-xml",
        "title": "Event",
        "version": "",
        "time_zone": "Europe/Prague",
        "rooms": [{"name": "Hall", "guid": ""}],
        "problems": [],
    }
    assert talk == {
        "key": "7",
        "guid": "",
        "code": "7",
        "title": "Opening",
        "subtitle": "",
        "speakers": ["Ann"],
        "room": "Hall",
        "rooms": ["Hall"],
        "start_utc": "2026-11-29T09:00:00Z",
        "end_utc": "2026-11-29T09:45:00Z",
        "language": "",
        "consent": {"record": "unknown", "stream": "unknown", "publish": "unknown"},
        "url": "",
    }


def test_a_lost_talk_needs_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "schedule.xml"
    path.write_text(one_day(TALK, BAD))
    assert run(["schedule", "check", str(path)]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "1 talk in 1 room. 1 thing to look at:",
        "  talk 9, “Bad”: Its start time cannot be read (“soon”), so it is left out.",
    ]


def test_the_zone_is_for_a_schedule_that_names_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talks.csv"
    path.write_text("date,start,title\n2026-11-29,10:00,One\n")
    assert run(["schedule", "check", str(path), "--time-zone", "Australia/Brisbane", "--json"]) == 0
    (talk,) = json.loads(capsys.readouterr().out)["talks"]
    assert talk["start_utc"] == "2026-11-29T00:00:00Z"


def test_it_reads_an_address(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(lambda request: request.tell(file.read_bytes())) as server:
        assert run(["schedule", "check", f"{server.address}/schedule.xml", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
    assert told["source"] == f"{server.address}/schedule.xml"
    assert len(told["talks"]) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.xml"], "There is no file nowhere.xml."),
        (["file:///etc/passwd"], "A schedule cannot be fetched from file:///etc/passwd."),
        (["nowhere.xml", "--time-zone", "Mars"], "There is no time zone “Mars”."),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schedule", "check", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"stagebox: {sentence}")
    assert len(error.splitlines()) == 2, "with what to do"
