"""The schedules that are made of days: frab's and pretalx's XML and JSON, and old Pentabarf's."""

import json
from typing import Any

import pytest

from stagebox.model.schedule import Consent, ScheduledRoom
from stagebox.model.talk_times import KEY_MOST, details_of
from stagebox.schedule.failure import ScheduleError
from tests.schedule.reading import event, one_day, read, times, xml


def test_an_event_has_all_that_it_says() -> None:
    schedule = read(
        xml(
            (
                'index="1" date="2026-11-29"',
                {
                    "Hall": [
                        event(
                            "On <b>time</b> &amp; space",
                            guid="g-1",
                            code="ABC123",
                            id="7",
                            date="2026-11-29T10:00:00+01:00",
                            start="10:00",
                            duration="00:45",
                            room="Hall",
                            subtitle="A subtitle",
                            language="cs",
                            url="https://example.org/talk/ABC123/",
                            persons="Žofie Nováková| |Jan  Novák",
                        )
                    ]
                },
            ),
            head="<time_zone_name>Europe/Prague</time_zone_name>",
        )
    )
    (talk,) = schedule.talks
    assert schedule.format == "frab-xml"
    assert (schedule.title, schedule.time_zone, schedule.problems) == ("Event", "Europe/Prague", ())
    assert schedule.rooms == (ScheduledRoom(name="Hall"),)
    assert (talk.key, talk.guid, talk.code) == ("g-1", "g-1", "ABC123")
    assert (talk.title, talk.subtitle) == ("On time & space", "A subtitle")
    assert talk.speakers == ("Žofie Nováková", "Jan Novák")
    assert (talk.language, talk.url) == ("cs", "https://example.org/talk/ABC123/")
    assert times(talk) == ("11-29 09:00", "11-29 09:45")


def test_the_date_beats_day_and_start() -> None:
    night = event(guid="a", date="2026-11-30T01:00:00+01:00", start="01:00", duration="01:00")
    elsewhere = event(guid="b", date="2026-11-29T10:00:00+05:30", start="23:59", duration="0:30")
    schedule = read(one_day(night, elsewhere))
    assert [times(talk) for talk in schedule.talks] == [
        ("11-29 04:30", "11-29 05:00"),
        ("11-30 00:00", "11-30 01:00"),
    ]


def test_without_dates_the_change_of_days_counts_but_never_before_the_rooms_first_talk() -> None:
    starts = ["08:30", "08:45", "23:30", "00:30"]
    events = [event(id=str(n), start=start, duration="00:30") for n, start in enumerate(starts)]
    schedule = read(one_day(*events, head="<day_change>09:00:00</day_change>"), zone="UTC")
    assert schedule.format == "pentabarf"
    assert [times(talk)[0] for talk in schedule.talks] == [
        "11-29 08:30",
        "11-29 08:45",
        "11-29 23:30",
        "11-30 00:30",
    ]


def test_the_beginning_of_a_day_is_its_change_where_nothing_else_is() -> None:
    schedule = read(
        one_day(
            event(guid="a", start="22:00", duration="1:00"),
            event(guid="b", start="02:00", duration="1:00"),
            day='date="2026-11-29" start="2026-11-29T04:00:00+01:00"',
        ),
        zone="UTC",
    )
    assert [times(talk)[0] for talk in schedule.talks] == ["11-29 22:00", "11-30 02:00"]


def test_days_on_both_sides_of_summer_time_have_the_same_clock() -> None:
    rooms = [
        (f'date="2026-10-{number}"', {"Hall": [event(guid=str(number), start="10:00", duration="24:00")]})
        for number in (24, 25, 26)
    ]
    schedule = read(xml(*rooms, head="<time_zone_name>Europe/Prague</time_zone_name>"), zone="UTC")
    assert [times(talk) for talk in schedule.talks] == [
        ("10-24 08:00", "10-25 08:00"),
        ("10-25 09:00", "10-26 09:00"),
        ("10-26 09:00", "10-27 09:00"),
    ]


def test_offsets_may_be_mixed_and_missing() -> None:
    schedule = read(
        one_day(
            event(guid="a", date="2026-11-29T10:00:00+01:00", duration="0:30"),
            event(guid="b", date="2026-11-29T10:00:00Z", duration="0:30"),
            event(guid="c", date="2026-11-29T12:00:00", duration="0:30"),
        )
    )
    assert [times(talk)[0] for talk in schedule.talks] == ["11-29 09:00", "11-29 10:00", "11-29 11:00"]


def test_an_end_beats_a_length() -> None:
    schedule = read(
        one_day(
            event(guid="a", date="2026-11-29T10:00:00Z", duration="1:00:30", end="2026-11-29T11:00:30Z"),
            event(guid="b", date="2026-11-29T12:00:00Z", duration="nobody knows"),
            event(guid="c", date="2026-11-29T12:20:00Z", duration="0:30", end="2026-11-29T12:00:00Z"),
            event(guid="d", date="2026-11-29T13:00:00Z"),
        )
    )
    assert [times(talk)[1] for talk in schedule.talks] == [
        "11-29 11:00",
        "11-29 12:20",
        "11-29 12:50",
        "11-29 13:30",
    ]
    assert [(one.where, str(one.what), one.left_out) for one in schedule.problems] == [
        ("“Talk”", "Its length cannot be read (“nobody knows”), so 20 min are assumed.", False),
        ("“Talk”", "It ends before it begins, so 30 min are assumed.", False),
        ("“Talk”", "Its length cannot be read (“”), so 30 min are assumed.", False),
    ]


def test_a_length_that_no_talk_has_is_kept_and_told() -> None:
    schedule = read(one_day(event(guid="a", date="2026-11-29T10:00:00Z", duration="6944:11:40")))
    (talk,) = schedule.talks
    assert talk.end_utc - talk.start_utc == (6944 * 1440 + 700) * 60
    (problem,) = schedule.problems
    assert str(problem.what) == "It lasts 6944 d 11 h. Check whether that is right."


def test_a_bad_event_costs_itself_and_is_told_with_its_place() -> None:
    good = event("Good", guid="a", date="2026-11-29T10:00:00Z", duration="0:30")
    for bad, place, what in (
        (event("Bad", id="33", date="rubbish", start="10:00"), "talk 33, “Bad”", "(“rubbish”)"),
        (event("Bad", start="quarter past"), "“Bad”", "(“quarter past”)"),
        (event("", id="5"), "talk 5", "(“”)"),
        ("<event/>", "number 1 of the list", "(“”)"),
    ):
        schedule = read(one_day(bad, good))
        assert [talk.title for talk in schedule.talks] == ["Good"]
        (problem,) = schedule.problems
        assert problem.left_out
        assert problem.where == place
        assert what in problem.what


def test_a_day_without_a_date_costs_the_talks_that_have_none_of_their_own() -> None:
    schedule = read(
        one_day(
            event("Lost", start="10:00", duration="0:30"),
            event("Kept", date="2026-11-29T10:00:00Z", duration="0:30"),
            day='index="1"',
        )
    )
    assert [talk.title for talk in schedule.talks] == ["Kept"]
    assert [one.left_out for one in schedule.problems] == [True]


def test_keys_are_told_once_however_often_guids_and_ids_repeat() -> None:
    schedule = read(
        one_day(
            event("A", guid="g", date="2026-11-29T10:00:00Z", duration="0:30"),
            event("A again", guid="g", date="2026-11-30T10:00:00Z", duration="0:30"),
            event("B", id="5", date="2026-11-29T11:00:00Z", duration="0:30"),
            event("B in two slots", id="5", date="2026-11-29T12:00:00Z", duration="0:30"),
            event("C", code="XYZ", id="6", date="2026-11-29T13:00:00Z", duration="0:30"),
            event("D", date="2026-11-29T14:00:00Z", duration="0:30"),
            event("D", date="2026-11-29T15:00:00Z", duration="0:30"),
            event("E", id="9", date="2026-11-29T16:00:00Z", duration="0:30"),
            event("E", id="9", date="2026-11-29T16:00:00Z", duration="0:30"),
        )
    )
    assert [talk.key for talk in schedule.talks] == [
        "g@2026-11-29T10:00Z",
        "5@2026-11-29T11:00Z",
        "5@2026-11-29T12:00Z",
        "XYZ",
        "D@Hall@2026-11-29T14:00Z",
        "D@Hall@2026-11-29T15:00Z",
        "9",
        "g@2026-11-30T10:00Z",
    ]
    assert [str(one.what) for one in schedule.problems] == ["It is in the file twice, and counts once."]


YES, NO, UNKNOWN = Consent.YES, Consent.NO, Consent.UNKNOWN


@pytest.mark.parametrize(
    ("recording", "expected"),
    [
        ("", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("<recording/>", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("<recording><optout/></recording>", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("<recording><optout>maybe</optout></recording>", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("<recording><optout>false</optout></recording>", (YES, YES, YES)),
        ("<recording><optout>true</optout></recording>", (NO, NO, NO)),
        ("<recording><optout> True </optout></recording>", (NO, NO, NO)),
        ("<recording><optout>1</optout></recording>", (NO, NO, NO)),
        ("<recording><optout>false</optout></recording><do_not_stream>true</do_not_stream>", (YES, NO, YES)),
        ("<do_not_stream>true</do_not_stream>", (UNKNOWN, NO, UNKNOWN)),
        ("<recording><optout>false</optout></recording><do_not_record>true</do_not_record>", (NO, NO, NO)),
        ("<recording><optout/></recording><do_not_record>false</do_not_record>", (YES, YES, YES)),
        ("<recording><optout>true</optout></recording><do_not_stream>false</do_not_stream>", (NO, NO, NO)),
    ],
)
def test_consent_is_never_more_than_what_was_said(recording: str, expected: tuple[Consent, ...]) -> None:
    (talk,) = read(one_day(event(date="2026-11-29T10:00:00Z", duration="0:30", recording=recording))).talks
    assert (talk.consent.record, talk.consent.stream, talk.consent.publish) == expected


def test_rooms_are_told_once_with_the_guid_that_the_file_gives_them() -> None:
    head = '<rooms><room name="Hall" guid="r-1"/><room name="Empty room"/></rooms>'
    schedule = read(one_day(event(date="2026-11-29T10:00:00Z", duration="0:30", room=" hall "), head=head))
    assert schedule.rooms == (ScheduledRoom(name="Hall", guid="r-1"), ScheduledRoom(name="Empty room"))


def test_talks_at_one_time_in_one_room_are_shown_and_stay() -> None:
    schedule = read(
        one_day(
            event("First", guid="a", date="2026-11-29T10:00:00Z", duration="1:00"),
            event("Second", guid="b", date="2026-11-29T10:30:00Z", duration="0:10"),
            event("Third", guid="c", date="2026-11-29T10:50:00Z", duration="0:10"),
            event("Fourth", guid="d", date="2026-11-29T11:00:00Z", duration="0:10"),
        ),
        zone="UTC",
    )
    assert len(schedule.talks) == 4
    assert [(one.where, str(one.what)) for one in schedule.problems] == [
        ("room Hall", "“First” (2026-11-29 10:00–11:00) and “Second” (2026-11-29 10:30–10:40) overlap."),
        ("room Hall", "“First” (2026-11-29 10:00–11:00) and “Third” (2026-11-29 10:50–11:00) overlap."),
    ]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ('What? A/B: <C> | "D" * \\ …', 'What? A/B: <C> | "D" * \\ …'),
        ("Vec<T> and the <script> element", "Vec<T> and the <script> element"),
        ("<em>Nested <b>bold</b></em><br/>line", "Nested bold line"),
        ("Tom &amp; Jerry &lt;3", "Tom & Jerry <3"),
        ("Caf&eacute; &ndash; it&rsquo;s&hellip; &AMP; &#8364; &#xd800;", "Café – it’s… & € \ufffd"),
        ("AT&T; R&D &notit; &copy", "AT&T; R&D &notit; &copy"),
        ("two\nlines\tand \x85 more", "two lines and more"),
        ("z\u0301a", "źa"),
        ("🎉" * 300, "🎉" * 300),
    ],
)
def test_titles_are_kept_as_people_wrote_them(title: str, told: str) -> None:
    (talk,) = read(one_day(event(title, date="2026-11-29T10:00:00Z", duration="0:30"))).talks
    assert talk.title == told


@pytest.mark.parametrize("before", [b"\n", b" \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_a_line_end_before_the_xml_costs_nothing(before: bytes) -> None:
    assert len(read(before + one_day(event(date="2026-11-29T10:00:00Z")).encode()).talks) == 1


def test_a_default_namespace_changes_nothing() -> None:
    plain = one_day(event(guid="g", date="2026-11-29T10:00:00Z", duration="0:30"))
    named = plain.replace("<schedule>", '<schedule xmlns="http://example.org/schedule">')
    assert read(named) == read(plain)


def test_persons_may_be_one_name() -> None:
    told = {"guid": "g", "title": "T", "date": "2026-11-29T10:00:00Z", "duration": 30, "persons": "Ann"}
    assert read(_json(told)).talks[0].speakers == ("Ann",)


def test_markup_that_is_not_escaped_cuts_no_title() -> None:
    told = one_day(event("TITLE", date="2026-11-29T10:00:00Z"))
    (talk,) = read(told.replace("TITLE", "One <b>two <i>three</i></b> <!-- no --> <![CDATA[& four]]>")).talks
    assert talk.title == "One two three & four"


def test_a_key_is_never_longer_than_what_a_command_takes() -> None:
    long = "x" * 900
    schedule = read(
        one_day(
            event(long, date="2026-11-29T10:00:00Z", room=long),
            event(long, date="2026-11-29T10:00:00Z", room=f"{long}y"),
            event("A", guid=f"{long}1", date="2026-11-29T11:00:00Z", room=f"{long}1"),
            event("B", guid=f"{long}1", date="2026-11-29T11:00:00Z", room=f"{long}2"),
            event("C", guid=f"{long}2", date="2026-11-29T12:00:00Z"),
        )
    )
    assert len({talk.key for talk in schedule.talks}) == 5
    for talk in schedule.talks:
        assert len(talk.key) <= KEY_MOST
        assert details_of(talk).key == talk.key


def test_a_date_without_a_time_of_day_takes_the_start() -> None:
    schedule = read(
        one_day(
            event("A", date="2026-12-01", start="10:00", duration="0:30"),
            event("B", date="2026-12-01T12:00:00", start="11:00", duration="0:30"),
            event("C", date="2026-12-01", duration="0:30"),
        ),
        zone="UTC",
    )
    assert [times(talk)[0] for talk in schedule.talks] == ["12-01 10:00", "12-01 12:00"]
    assert [one.left_out for one in schedule.problems] == [True]


def test_a_room_has_its_guid_wherever_the_file_says_it() -> None:
    told = one_day(head="<rooms><room name='Hall'/></rooms>").replace(
        '<room name="Hall">', '<room name="Hall" guid="r">'
    )
    assert read(told).rooms == (ScheduledRoom(name="Hall", guid="r"),)


def test_half_an_emoji_is_no_letter_that_can_be_written() -> None:
    told = (
        '{"talks": [{"id": "\\udc00", "title": "Cut \\ud83d", "start_ts": 1795942800, "end_ts": 1795944600}]}'
    )
    (talk,) = read(told).talks
    assert (talk.title, talk.key) == ("Cut \ufffd", "\ufffd")
    assert f"{talk}".encode()


def _json(*events: object, conference: dict[str, Any] | None = None) -> str:
    begins = "2026-11-29T04:00:00+01:00"
    days = [{"index": 1, "date": "2026-11-29", "day_start": begins, "rooms": {"Hall": events}}]
    told = {"title": "Event", "days": days, **(conference or {})}
    return json.dumps({"schedule": {"version": "1.0", "conference": told}})


def test_the_json_of_frab_and_pretalx_says_the_same_as_their_xml() -> None:
    told = {
        "guid": "g",
        "id": 7,
        "title": "Talk",
        "date": "2026-11-29T10:00:00+01:00",
        "start": "10:00",
        "duration": "00:45",
        "room": "Hall",
        "do_not_record": True,
        "persons": [{"public_name": "A"}, {"full_public_name": "B"}, {"name": "C"}, "D", {}],
    }
    conference = {"time_zone_name": "Europe/Prague", "rooms": [{"name": "Hall", "guid": "r"}]}
    schedule = read(_json(told, conference=conference))
    (talk,) = schedule.talks
    assert (schedule.format, schedule.version, schedule.time_zone) == ("frab-json", "1.0", "Europe/Prague")
    assert schedule.rooms == (ScheduledRoom(name="Hall", guid="r"),)
    assert talk.speakers == ("A", "B", "C", "D")
    assert times(talk) == ("11-29 09:00", "11-29 09:45")
    assert talk.consent.publish is NO


@pytest.mark.parametrize(
    ("flags", "record", "stream"),
    [
        ({}, UNKNOWN, UNKNOWN),
        ({"do_not_record": None}, UNKNOWN, UNKNOWN),
        ({"do_not_record": False}, YES, YES),
        ({"do_not_record": "maybe"}, UNKNOWN, UNKNOWN),
        ({"do_not_record": False, "do_not_stream": True}, YES, NO),
        ({"do_not_record": 1}, NO, NO),
        ({"optout": False, "do_not_record": True}, NO, NO),
    ],
)
def test_flags_of_json(flags: dict[str, Any], record: Consent, stream: Consent) -> None:
    told = {"guid": "g", "title": "T", "date": "2026-11-29T10:00:00Z", "duration": 30, **flags}
    (talk,) = read(_json(told)).talks
    assert (talk.consent.record, talk.consent.stream) == (record, stream)


def test_rubbish_among_events_costs_itself() -> None:
    good = {"guid": "g", "title": "T", "date": "2026-11-29T10:00:00Z", "duration": "0:30"}
    schedule = read(_json(None, 5, {"title": ["no"]}, good, {"persons": 5, "start": {}}))
    assert [talk.title for talk in schedule.talks] == ["T"]
    assert [one.left_out for one in schedule.problems] == [True] * 4


def test_a_zone_that_there_is_not_is_told_and_the_computers_taken() -> None:
    told = {"guid": "g", "title": "T", "date": "2026-11-29T10:00:00", "duration": "0:30"}
    schedule = read(_json(told, conference={"time_zone_name": "Mars/Olympus"}))
    assert schedule.time_zone == "Europe/Prague"
    assert [str(one.what) for one in schedule.problems] == [
        "There is no time zone “Mars/Olympus”: times are read as in Europe/Prague."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "[1, 2]",
        '{"schedule": null}',
        '{"schedule": {"conference": {"title": "x"}}}',
        '{"schedule": {"conference": {"days": {}}}}',
        '{"schedule": {"conference": {"days": [{"rooms": [{"name": "R", "events": []}]}]}}}',
        '{"schedule": {"events": 5}}',
        '{"talks": "none", "rooms": []}',
        '{"count": 3, "next": null, "results": []}',
        '{"error": ["Could not find value"]}',
    ],
)
def test_a_json_that_only_looks_alike_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(ScheduleError, match="talks is JSON, but no schedule that stagebox knows: "):
        read(text)
