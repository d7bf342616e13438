"""The formats that are one list: schedule2, broadcast-tools, iCalendar, tables and typed lists."""

import json
from datetime import date

import pytest

from stagebox.model.schedule import Consent
from stagebox.schedule.failure import ScheduleError
from tests.schedule.reading import read, times

FORBIDDEN = {"recording": "recording_forbidden"}


def test_schedule2_has_rooms_by_guid_and_breaks_that_are_no_talks() -> None:
    schedule = read(
        json.dumps(
            {
                "schedule": {
                    "version": "v2",
                    "conference": {
                        "title": "Event",
                        "time_zone_name": "Europe/Prague",
                        "rooms": [
                            {"name": "Hall", "guid": "r-1"},
                            {
                                "name": "Quiet",
                                "guid": "r-2",
                                "features": {"recording": "recording_forbidden"},
                            },
                        ],
                    },
                    "events": [
                        {
                            "type": "talk",
                            "guid": "g-1",
                            "code": "ABC",
                            "title": "One",
                            "start": "2026-11-29T10:00:00+01:00",
                            "end": "2026-11-29T10:30:00+01:00",
                            "room": {"guid": "r-1", "name": "another name"},
                            "participants": [{"name": "A", "role": "speaker"}, {"name": "B"}],
                        },
                        {
                            "type": "talk",
                            "guid": "g-2",
                            "title": "Two",
                            "start": "2026-11-29T10:00:00+01:00",
                            "duration": "00:20",
                            "room": {"guid": "r-2"},
                        },
                        {"type": "break", "title": "Lunch", "start": "x", "end": "y"},
                        {"type": "talk", "guid": "g-3", "title": "Three", "start": "never"},
                    ],
                }
            }
        )
    )
    one, two = schedule.talks
    assert schedule.format == "schedule2"
    assert (one.room, one.speakers, one.code) == ("Hall", ("A", "B"), "ABC")
    assert times(one) == ("11-29 09:00", "11-29 09:30")
    assert (two.room, times(two)) == ("Quiet", ("11-29 09:00", "11-29 09:20"))
    assert (one.consent.record, two.consent.record) == (Consent.UNKNOWN, Consent.NO)
    assert [problem.left_out for problem in schedule.problems] == [True]


def test_broadcast_tools_tell_seconds_which_beat_the_clock_beside_them() -> None:
    talk = {
        "id": 12,
        "title": "One",
        "start": "10:00",
        "start_ts": 1795942800,
        "end": "10:30",
        "end_ts": 1795944600,
        "persons": ["A"],
        "room": "Hall",
        "locale": "de",
        "do_not_record": False,
        "urls": {"public": "https://example.org/1"},
    }
    modern = {
        "id": 13,
        "title": "Two",
        "start": "2026-11-29T11:00:00+01:00",
        "end": "2026-11-29T11:30:00+01:00",
    }
    talks = [talk, modern, {"title": "No time"}, 5]
    schedule = read(json.dumps({"rooms": ["Hall", "Other"], "talks": talks}))
    one, two = schedule.talks
    assert schedule.format == "broadcast"
    assert [room.name for room in schedule.rooms] == ["Hall", "Other"]
    assert (one.key, one.language, one.url) == ("12", "de", "https://example.org/1")
    assert one.consent.stream is Consent.YES
    assert times(one) == ("11-29 09:00", "11-29 09:30")
    assert (two.key, times(two)) == ("13", ("11-29 10:00", "11-29 10:30"))
    assert two.consent.record is Consent.UNKNOWN
    assert [problem.left_out for problem in schedule.problems] == [True, True]


def test_rooms_of_schedule2_may_be_in_any_shape() -> None:
    event = {"guid": "g", "title": "T", "start": "2026-11-29T10:00:00Z", "duration": "0:30", "room": "r"}
    hall = {"name": "Hall", "guid": "r"}
    for rooms, called in (([hall], "Hall"), ({"r": hall}, "Hall"), (5, "r"), (None, "r"), ([7], "r")):
        told = {"schedule": {"conference": {"rooms": rooms}, "events": [event]}}
        (talk,) = read(json.dumps(told)).talks
        assert talk.room == called


def test_seconds_of_broadcast_tools_may_be_odd() -> None:
    talks = [
        {"id": 1, "title": "Text", "start_ts": "1795942800", "end_ts": "1795944600"},
        {"id": 2, "title": "Milliseconds", "start_ts": 1795942800000, "start": "2026-11-29T11:00:00Z"},
        {"id": 3, "title": "Parts of a second", "start_ts": 1795950000.2, "end_ts": 1795950000.9},
    ]
    schedule = read(json.dumps({"talks": talks, "rooms": []}))
    assert [times(talk)[0] for talk in schedule.talks] == ["11-29 09:00", "11-29 11:00", "11-29 11:00"]
    for talk in schedule.talks:
        assert talk.end_utc - talk.start_utc >= 1800


def _calendar(*events: str, head: str = "", line_end: str = "\r\n") -> bytes:
    blocks = [f"BEGIN:VEVENT\n{text}\nEND:VEVENT" for text in events]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *([head] if head else []), *blocks, "END:VCALENDAR", ""]
    text = "\n".join(lines)
    return text.replace("\n", line_end).encode()


PLAIN = "UID:u1\nSUMMARY:One\nDTSTART:20261129T100000Z\nDTEND:20261129T103000Z"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_calendar_has_any_line_ends_and_folds(line_end: str) -> None:
    event = PLAIN.replace("One", "A title th\n at is folded") + "\nLOCATION:Hall"
    schedule = read(_calendar(event, head="X-WR-CALNAME:Event\\, the", line_end=line_end))
    (talk,) = schedule.talks
    assert (schedule.format, schedule.title) == ("ical", "Event, the")
    assert (talk.title, talk.room, talk.key, talk.guid) == ("A title that is folded", "Hall", "u1", "u1")
    assert times(talk) == ("11-29 10:00", "11-29 10:30")


OUR_ZONE = """BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("start", "head", "expected"),
    [
        ("DTSTART:20261129T100000Z", "", "11-29 10:00"),
        ("DTSTART;TZID=Australia/Brisbane:20261129T100000", "", "11-29 00:00"),
        ("DTSTART;TZID=Australia/Brisbane;VALUE=DATE-TIME:20261129T100000", "", "11-29 00:00"),
        ("DTSTART:20261129T100000", "", "11-29 09:00"),
        ("DTSTART:20261129T100000", "X-WR-TIMEZONE:Australia/Brisbane", "11-29 00:00"),
        ("DTSTART;TZID=Nowhere/Else:20261129T100000", "", "11-29 09:00"),
        (
            "DTSTART;TZID=Ours:20261129T100000",
            OUR_ZONE,
            "11-29 05:00",
        ),
    ],
)
def test_the_zone_of_a_calendars_times(start: str, head: str, expected: str) -> None:
    schedule = read(_calendar(f"UID:u\nSUMMARY:One\n{start}\nDURATION:PT30M", head=head))
    (talk,) = schedule.talks
    assert times(talk)[0] == expected
    assert talk.end_utc - talk.start_utc == 1800
    assert bool(schedule.problems) == ("Nowhere" in start)


def test_odd_properties_of_a_calendar() -> None:
    schedule = read(
        _calendar(
            PLAIN + "\nSUMMARY;LANGUAGE=cs;CHARSET=UTF-8:Přednáška\rse vším".replace("SUMMARY:One\n", ""),
            "UID:u2\nSUMMARY:Two\nDTSTART:20261129T110000Z\nDTEND:20261129T113000Z\n"
            "DESCRIPTION:Speaker: Ann One\\, Ben Two and Cy Three\\nAll about it\nLOCATION:Hall\\, Garden",
            "UID:u3\nSUMMARY:Three\nDTSTART:20261129T120000Z\nDTEND:20261129T123000Z\nLOCATION:Hall\n"
            "ATTENDEE;CN=Dora Four:mailto:d@example.org",
            "UID:u4\nSUMMARY:Four\nDTSTART:20261129T130000Z\nDTEND:20261129T133000Z\nLOCATION:Garden",
            "UID:u5\nSUMMARY:Five\nDTSTART:20261129T130000Z\nDTEND:20261129T133000Z\nLOCATION:Brno\\, Hall 7",
            "UID:u6\nSUMMARY:Gone\nDTSTART:20261129T140000Z\nSTATUS:CANCELLED",
            "UID:u7\nSUMMARY:All day\nDTSTART;VALUE=DATE:20261130",
            "UID:u8\nSUMMARY:Weekly\nDTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nRRULE:FREQ=WEEKLY",
        )
    )
    told = {talk.guid: talk for talk in schedule.talks}
    assert set(told) == {"u1", "u2", "u3", "u4", "u5", "u7", "u8"}
    assert told["u2"].speakers == ("Ann One", "Ben Two", "Cy Three")
    assert told["u2"].rooms == ("Hall", "Garden")
    assert told["u2"].room == "Hall, Garden"
    assert told["u3"].speakers == ("Dora Four",)
    assert told["u5"].rooms == ("Brno, Hall 7",), "a comma alone makes no second room"
    assert [room.name for room in schedule.rooms] == ["Hall", "Garden", "Brno, Hall 7"]
    assert "It repeats. Only the first one counts." in [str(one.what) for one in schedule.problems]


def test_a_bad_event_of_a_calendar_costs_itself() -> None:
    schedule = read(
        _calendar(
            PLAIN,
            "UID:u2\nSUMMARY:Two\nDTSTART:tomorrow",
            "no property at all",
            "UID:u4\nSUMMARY:Four",
        )
    )
    assert [talk.title for talk in schedule.talks] == ["One"]
    assert [one.left_out for one in schedule.problems] == [True, True, True]
    assert schedule.problems[0].where == "“Two”"
    assert "tomorrow" in schedule.problems[0].what


def test_an_event_without_its_end_is_told_and_costs_itself() -> None:
    broken = "UID:u2\nSUMMARY:Two\nDTSTART:20261129T110000Z\nEND:VEVENT"
    data = _calendar(PLAIN, broken, PLAIN.replace("u1", "u3"))
    schedule = read(data.replace(b"END:VEVENT\r\nEND:VEVENT\r\n", b""))
    assert [talk.key for talk in schedule.talks] == ["u1", "u3"]
    assert [(one.where, one.left_out) for one in schedule.problems] == [("number 2 of the list", True)]


@pytest.mark.parametrize("bad", ["", "BEGIN:STANDARD\nDTSTART:x\nTZOFFSETTO:y\nEND:STANDARD"])
def test_a_zone_that_is_spoilt_costs_no_other_zone(bad: str) -> None:
    spoilt = f"BEGIN:VTIMEZONE\nTZID:Bad\n{bad}\nEND:VTIMEZONE".replace("\n\n", "\n")
    start = "UID:u\nSUMMARY:One\nDTSTART;TZID=Ours:20261129T100000\nDURATION:PT30M"
    bad_start = start.replace("UID:u", "UID:v").replace("Ours", "Bad")
    schedule = read(_calendar(start, bad_start, head=f"{spoilt}\n{OUR_ZONE}"))
    assert [(talk.key, times(talk)[0]) for talk in schedule.talks] == [
        ("u", "11-29 05:00"),
        ("v", "11-29 09:00"),
    ]
    assert len(schedule.problems) == 1


def test_a_fold_within_a_letter_is_mended() -> None:
    whole = _calendar(PLAIN.replace("One", "Přednáška čtvrtá"))
    for letter in "řáč":
        (talk,) = read(
            whole.replace(letter.encode(), letter.encode()[:1] + b"\r\n " + letter.encode()[1:])
        ).talks
        assert talk.title == "Přednáška čtvrtá"


def test_a_byte_that_is_spoilt_spoils_no_other_letter() -> None:
    good = "start;title\n10:00;Žluťoučký kůň\n11:00;Příliš#".encode()
    first, second = read(good.replace(b"#", b"\xff")).talks
    assert (first.title, second.title) == ("Žluťoučký kůň", "Příliš\ufffd")
    (old,) = read("start;title\n10:00;Größe “x”".encode("cp1252")).talks
    assert old.title == "Größe “x”"


def test_a_calendar_in_two_languages_with_its_rooms_as_guests() -> None:
    (talk,) = read(
        _calendar(
            "UID:u\nSUMMARY;LANGUAGE=de:Eins\nSUMMARY;LANGUAGE=en:One\nLOCATION:Hall\nLOCATION:Hall\n"
            "DTSTART:20261129T100000Z\nDURATION:PT30M\nATTENDEE;CUTYPE=ROOM;CN=Hall:mailto:hall@x\n"
            'ATTENDEE;CN="One, Dr. Ann":mailto:a@x'
        )
    ).talks
    assert (talk.title, talk.language, talk.room) == ("Eins", "de", "Hall")
    assert talk.speakers == ("One, Dr. Ann",)


def test_half_a_calendar_is_no_schedule() -> None:
    whole = _calendar(PLAIN, PLAIN.replace("u1", "u2"))
    for length in (len(whole) // 2, len(whole) - 10):
        with pytest.raises(ScheduleError, match="END:VCALENDAR is missing"):
            read(whole[:length])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_names_its_columns(delimiter: str, encoding: str) -> None:
    title, speakers = f'"Commas{delimiter} and so on"', '"Ann; Žofie"'
    rows = [
        ["Date", "Start", "End", "Title", "Speakers", "Room", "Record", "Publish", "ID"],
        ["2026-11-29", "10:00", "10:30", title, speakers, "Hall", "yes", "no", "1"],
        ["2026-11-29", "23:45", "00:15", "Late", "", "Hall", "", "", "2"],
        ["30.11.2026", "9:00", "", "Early", "", "Hall", "maybe", "", "3"],
    ]
    schedule = read("\n".join(delimiter.join(row) for row in rows).encode(encoding))
    first, late, early = schedule.talks
    assert schedule.format == "csv"
    assert (first.title, first.speakers) == (
        " ".join(f"Commas{delimiter} and so on".split()),
        ("Ann", "Žofie"),
    )
    assert (first.consent.record, first.consent.stream, first.consent.publish) == (
        Consent.YES,
        Consent.UNKNOWN,
        Consent.NO,
    )
    assert times(late) == ("11-29 22:45", "11-29 23:15")
    assert times(early) == ("11-30 08:00", "11-30 08:30")
    assert early.consent.record is Consent.UNKNOWN
    assert schedule.problems == ()


def test_a_typed_list_has_time_title_and_speaker_on_a_line() -> None:
    schedule = read(
        "10:00, Opening, Ann\n10:30 – Second thoughts – Ben and Cy\n\n11:00-11:20; Third, and last; Dora\n"
        "23:30 | Late show\n00:30 After midnight\n2026-12-01\n9:00 Breakfast\nno time here\n"
    )
    assert [(talk.title, talk.speakers, *times(talk)) for talk in schedule.talks] == [
        ("Opening", ("Ann",), "11-29 09:00", "11-29 09:30"),
        ("Second thoughts", ("Ben", "Cy"), "11-29 09:30", "11-29 10:00"),
        ("Third, and last", ("Dora",), "11-29 10:00", "11-29 10:20"),
        ("Late show", (), "11-29 22:30", "11-29 23:30"),
        ("After midnight", (), "11-29 23:30", "11-30 00:00"),
        ("Breakfast", (), "12-01 08:00", "12-01 08:30"),
    ]
    (problem,) = schedule.problems
    assert (problem.where, problem.left_out) == ("line 9", True)
    assert "no time here" in problem.what


def test_a_title_may_begin_with_the_letters_of_a_half_of_the_day() -> None:
    lines = ["9:00 Amazing", "9:30 AMD, now", "10:00 PMIx", "10:30 Am I late?", "11:00 am Pm", "1:00p.m. X"]
    lines.append("13:30:00-14:00:00: Y")
    assert [(talk.title, times(talk)[0]) for talk in read("\n".join(lines), zone="UTC").talks] == [
        ("Amazing", "11-29 09:00"),
        ("AMD", "11-29 09:30"),
        ("PMIx", "11-29 10:00"),
        ("Am I late?", "11-29 10:30"),
        ("Pm", "11-29 11:00"),
        ("X", "11-29 13:00"),
        ("Y", "11-29 13:30"),
    ]


def test_a_typed_line_may_begin_with_its_day() -> None:
    schedule = read(
        "2026-11-29 10:00, One, Ann\n23:00 Two\n30.11.2026 9:00-9:30 Three\n12. 12. 2026: 8:00 Four\n"
        "2026-12-13 (Sunday)\n22:00 Five\n2026-12-13\n9:00 Six",
        zone="UTC",
    )
    assert [(talk.title, times(talk)[0]) for talk in schedule.talks] == [
        ("One", "11-29 10:00"),
        ("Two", "11-29 23:00"),
        ("Three", "11-30 09:00"),
        ("Four", "12-12 08:00"),
        ("Six", "12-13 09:00"),
        ("Five", "12-13 22:00"),
    ]
    assert not schedule.problems


def test_a_table_may_have_day_and_time_in_one_column_or_the_day_once() -> None:
    rows = "start;end;title\n29.11.2026 10:00;29.11.2026 10:45;One\n2026-11-30 9:00;2026-11-30 9:30;Two"
    assert [times(talk) for talk in read(rows, zone="UTC").talks] == [
        ("11-29 10:00", "11-29 10:45"),
        ("11-30 09:00", "11-30 09:30"),
    ]
    rows = "date,start,title\n2026-11-29,10:00,A\n,23:00,B\n,0:30,C\n2026-11-29,11:00,D"
    assert [(talk.title, times(talk)[0]) for talk in read(rows, zone="UTC").talks] == [
        ("A", "11-29 10:00"),
        ("D", "11-29 11:00"),
        ("B", "11-29 23:00"),
        ("C", "11-30 00:30"),
    ]


def test_a_row_that_is_odd_costs_no_other_row() -> None:
    rows = [
        "date,start,title,speaker",
        '2026-11-29,10:00,"Never closed,Ann',
        "2026-11-29,11:00,Two\u2028lines,Ben",
        '2026-11-29,12:00,"Commas, and ""quotes""",Cy',
        f"2026-11-29,13:00,{'x' * 200_000},Dora",
        '2026-11-29,14:00,"Amid" it,Eve',
        '2026-11-29,15:00,"In two',
        'lines",Fay',
        '2026-11-29,16:00,"Never closed either,Guy',
        "2026-11-29,17:00,Last,Hal",
    ]
    schedule = read("\r\n".join(rows), zone="UTC")
    assert [(talk.title[:22], talk.speakers, times(talk)[0][-5:]) for talk in schedule.talks] == [
        ('"Never closed', ("Ann",), "10:00"),
        ("Two lines", ("Ben",), "11:00"),
        ('Commas, and "quotes"', ("Cy",), "12:00"),
        ("x" * 22, ("Dora",), "13:00"),
        ('"Amid" it', ("Eve",), "14:00"),
        ("In two lines", ("Fay",), "15:00"),
        ('"Never closed either', ("Guy",), "16:00"),
        ("Last", ("Hal",), "17:00"),
    ]
    assert not schedule.problems
    assert len(read(f"10:00 One\n11:00 Two, {'x' * 200_000}").talks) == 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *(("yes", Consent.NO), ("ja", Consent.NO), ("Ano", Consent.NO), ("oui", Consent.NO)),
        *(("no", Consent.YES), ("nein", Consent.YES), ("", Consent.UNKNOWN), ("perhaps", Consent.UNKNOWN)),
    ],
)
def test_a_table_says_who_opts_out_in_its_language(written: str, expected: Consent) -> None:
    (talk,) = read(f"start,title,do not record\n10:00,A,{written}").talks
    assert (talk.consent.record, talk.consent.publish) == (expected, expected)


def test_a_table_may_name_its_delimiter_first_and_a_thing_twice() -> None:
    (talk,) = read("sep=;\r\nZeit;Titel;Name;Sprecher\r\n10:00;One;Else;Ann\r\n").talks
    assert (talk.title, talk.speakers) == ("One", ("Ann",))


def test_the_hour_that_comes_twice_makes_no_talk_of_a_day() -> None:
    told = read("2026-10-25\n01:30-02:30 A\n02:30-03:30 B\n02:50-02:10 C\n2026-03-29\n1:30-3:30 D").talks
    lengths = {talk.title: (talk.end_utc - talk.start_utc) / 60 for talk in told}
    assert lengths == {"A": 60, "B": 120, "C": 20, "D": 60}


def test_a_typed_list_is_of_today() -> None:
    (talk,) = read("9:00 Only", zone="UTC", today=date(2027, 1, 2)).talks
    assert times(talk)[0] == "01-02 09:00"


@pytest.mark.parametrize("text", ["hello", "Dear all,\nthe schedule follows.", "<p", "title,speaker\nx,y"])
def test_any_other_text_is_no_schedule(text: str) -> None:
    with pytest.raises(ScheduleError):
        read(text)
