"""What is no schedule is told in a sentence, read in a child that has little and may do nothing else."""

import json
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stagebox.model.errors import ExitCode
from stagebox.model.schedule import Schedule
from stagebox.schedule import reading
from stagebox.schedule.draft import Defaults, zone_named
from stagebox.schedule.failure import ScheduleError
from stagebox.schedule.reading import read_schedule
from tests.schedule.reading import event, one_day, read

ZONE = zone_named("Europe/Prague")
assert ZONE is not None
DEFAULTS = Defaults(ZONE, date(2026, 11, 29))

GOOD = one_day(event("Good", guid="g", date="2026-11-29T10:00:00Z", duration="0:30"))
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><schedule><conference><title>&i;</title></conference></schedule>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><schedule><title>&a;</title></schedule>'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "talks is empty."),
        (b" \r\n\t ", "talks is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "talks is no text"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "talks is a web page"),
        (b"\n<html lang='en'><form>password</form></html>", "talks is a web page"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "talks is a web page"),
        (BOMB.encode(), "talks defines text of its own"),
        (OUTSIDE.encode(), "talks defines text of its own"),
        (GOOD[: len(GOOD) // 2].encode(), "talks cannot be read as XML"),
        (b"<rss><channel/></rss>", "talks is XML, but no schedule: it begins with <rss>."),
        (b'{"schedule": {"conference": {"days": [', "talks cannot be read as JSON"),
        (b"[" * 100_000, "talks cannot be read as JSON"),
        (b'{"a":' * 100_000, "talks cannot be read as JSON"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "END:VCALENDAR is missing"),
        (b"Hello, this is a letter.", "talks is no schedule that stagebox knows."),
    ],
)
def test_rubbish_is_told_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ScheduleError) as told:
        read_schedule(data, "talks", DEFAULTS)
    assert sentence in told.value.what
    assert told.value.remedy
    assert told.value.exit_code is ExitCode.UNUSABLE


def test_a_hundred_megabytes_are_refused_unread() -> None:
    with pytest.raises(ScheduleError, match="No schedule is"):
        read_schedule(bytes(100 * 1024**2), "talks", DEFAULTS)


@pytest.mark.parametrize(
    "data",
    [
        b'{"talks": [{"title": "' + b"<b>" * 60_000 + b'", "start_ts": 1795942800, "end_ts": 1795944600}]}',
        b"BEGIN:VCALENDAR\n" + b"\r" * 200_000 + b"x\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\n\xff" + b"\r" * 200_000 + b"x\nEND:VCALENDAR\n",
    ],
)
def test_what_repeats_without_end_is_read_in_its_time(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE_S", 8.0)
    read_schedule(data, "talks", DEFAULTS)


def test_the_child_says_the_same_as_the_parser() -> None:
    assert read_schedule(GOOD.encode(), "talks", DEFAULTS) == read(GOOD)
    bad = one_day(event("Bad", id="3", date="x"), event("Odd", date="2026-11-29T10:00:00Z", duration="?"))
    told = read_schedule(bad.encode(), "talks", DEFAULTS)
    assert told == read(bad)
    assert [one.what.said for one in told.problems] == [one.what.said for one in read(bad).problems]


SPOILT = """
import itertools, sys
import stagebox.schedule.parsing as parsing
from stagebox.schedule import child
child.MEMORY_BYTES = 400 * 1024**2
parsing.parsed = lambda *_: {does}
sys.exit(child.main())
"""


@pytest.mark.parametrize(
    ("does", "sentence"),
    [
        ("bytearray(2 * 1024**3)", "MemoryError"),
        ("all(itertools.count(1))", "took longer than 1.5 s"),
        ("sys.exit(3)", "its reader ended with 3"),
        ("__import__('os').abort()", "its reader ended with -6"),
    ],
)
def test_a_child_that_does_not_get_through_is_told(
    monkeypatch: pytest.MonkeyPatch, does: str, sentence: str
) -> None:
    monkeypatch.setattr(reading, "CHILD", ("-P", "-c", SPOILT.replace("{does}", does)))
    if "longer" in sentence:
        monkeypatch.setattr(reading, "PATIENCE_S", 1.5)
    with pytest.raises(ScheduleError) as told:
        read_schedule(GOOD.encode(), "talks", DEFAULTS)
    assert sentence in told.value.what


CONFINED = """
import json, os, socket, subprocess, sys
from stagebox.system.confinement import confine
confine(512 * 1024**2, 20)
told = {}
def tried(name, call):
    try:
        call()
        told[name] = "done"
    except (OSError, MemoryError) as error:
        told[name] = type(error).__name__
tried("network", lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=2))
tried("names", lambda: socket.getaddrinfo("localhost", 80))
tried("program", lambda: subprocess.run(["true"]))
tried("shell", lambda: os.system("true"))
tried("memory", lambda: bytearray(1024**3))
def write():
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open(sys.argv[2], "w") as file:
        file.write("x")
tried("file", write)
print(json.dumps(told))
"""


def test_a_confined_process_has_no_network_no_programs_and_little_memory(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        command = [sys.executable, "-c", CONFINED, port, str(tmp_path / "file")]
        ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(ended.stdout) == {
        "network": "PermissionError",
        "names": "PermissionError",
        "program": "PermissionError",
        "shell": "PermissionError",
        "memory": "MemoryError",
        "file": "OSError",
    }


PIECES = """
<schedule>|</schedule>|<day date='2026-11-29'>|</day>|<room name='R'>|</room>|<event>|</event>|<date>|</date>
<start>10:00</start>|<duration>0:30</duration>|{"schedule":|{"conference":|"days":|[|]|}|"talks":|null|1e999
BEGIN:VCALENDAR~|END:VCALENDAR~|BEGIN:VEVENT~|END:VEVENT~|DTSTART:20261129T100000~|DURATION:-P1D~|SUMMARY:x~
DTSTART;TZID=X:99999999T999999~|DTEND;VALUE=DATE:20260230~|10:00 Talk~
title,start~|9999-12-31~|24:61~|0001-01-01
"""
_WORDS = st.sampled_from([one.replace("~", "\n") for one in PIECES.replace("\n", "|").split("|")])


def _read(data: bytes) -> Schedule | None:
    """The schedule; None: a sentence says why there is none."""
    try:
        return read(data)
    except ScheduleError:
        return None


@given(st.lists(_WORDS | st.text(max_size=8), max_size=25).map("".join))
@example('{"schedule": {"events": [{"start": "0001-01-01T00:00:00+14:00", "title": "x"}]}}')
@example('{"talks": [{"start_ts": 1e300, "title": "x"}]}')
@example('{"talks": [{"start_ts": NaN, "title": "x"}]}')
@example("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:00010101T000000\nEND:VEVENT\nEND:VCALENDAR\n")
@example("9999-12-31\n23:00 Last\n01:00 After")
def test_no_text_gets_anything_but_a_schedule_or_a_sentence(text: str) -> None:
    schedule = _read(text.encode())
    if schedule is None:
        return
    assert len({talk.key for talk in schedule.talks}) == len(schedule.talks)
    for talk in schedule.talks:
        assert talk.end_utc > talk.start_utc
    json.loads(reading.answer_of({"source": "talks"}, text.encode(), b"", DEFAULTS).splitlines()[1])


@given(st.binary(max_size=400))
def test_no_bytes_get_anything_but_a_schedule_or_a_sentence(data: bytes) -> None:
    _read(data)


NAMES = ("title", "date", "start", "end", "duration", "persons", "room", "guid", "id", "do_not_record")
TEXTS = ("2026-11-29T10:00:00Z", "10:00", "0:30", "9999-12-31T23:59:00Z")
_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
_FIELD = _PLAIN | st.just([]) | st.just({})
_EVENT = st.dictionaries(st.sampled_from(NAMES), _FIELD | st.sampled_from(TEXTS))


@given(st.lists(_EVENT | _FIELD, max_size=6), st.sampled_from(["frab", "schedule2", "broadcast"]))
def test_fields_of_any_kind_cost_their_event_at_most(events: list[object], shape: str) -> None:
    good = {"title": "Good", "guid": "good", "duration": "0:30", "end": "2026-11-29T10:30:00Z"}
    good["start" if shape != "frab" else "date"] = "2026-11-29T10:00:00Z"
    there = [*events, good]
    told: object = {
        "frab": {"schedule": {"conference": {"days": [{"date": "2026-11-29", "rooms": {"R": there}}]}}},
        "schedule2": {"schedule": {"conference": {}, "events": there}},
        "broadcast": {"talks": there, "rooms": ["R"]},
    }[shape]
    schedule = read(json.dumps(told))
    assert any(talk.title == "Good" and talk.end_utc - talk.start_utc == 1800 for talk in schedule.talks)
    assert reading.answer_of({"source": "talks"}, json.dumps(told).encode(), b"", DEFAULTS)
