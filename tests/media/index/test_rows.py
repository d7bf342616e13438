"""A row says in few words what is wrong, how badly and where; the worst come first."""

import pytest

from stagebox.media.findings import finding as made
from stagebox.media.index.few_words import brief
from stagebox.media.index.rows import (
    IndexedTalk,
    IndexRow,
    ReviewedReport,
    UndoneRecording,
    counted,
    in_order,
    row_of,
    row_of_not_done,
    totals,
)
from stagebox.media.index.talk_place import TalkPlace, is_day, place_of
from stagebox.messages.code_catalogue import found_short
from stagebox.model.figures import lasting
from stagebox.model.report import LIVE_ONLY, Code, Finding, Report, Severity, Verdict


def finding(
    code: Code, severity: Severity, start_s: float = 0.0, end_s: float = 0.0, **evidence: float
) -> Finding:
    return Finding(code, severity, start_s, end_s, "What was found.", "What to do.", evidence)


def row(*findings: Finding, usable: bool = True, name: str = "a", place: TalkPlace | None = None) -> IndexRow:
    report = Report(f"/in/{name}.flv", None, None, 100.0, findings=findings, usable=usable)
    return row_of(IndexedTalk("key", name, report, place or TalkPlace()))


BLACK = finding(Code.BLACK, Severity.WARNING, 70.0, 80.0)
MUTE = finding(Code.NO_AUDIO, Severity.CRITICAL, 0.0, 100.0)
NOTE = finding(Code.BLACK, Severity.NOTE, 10.0, 13.0)


def test_the_worst_finding_is_told_and_the_others_are_counted() -> None:
    made = row(NOTE, BLACK, MUTE)
    assert (made.word, made.severity, made.code) == ("needs a look", "critical", "no_audio")
    assert (made.wrong, made.where_s, made.more) == ("no sound at all", 0.0, 1)
    assert [spot.code for spot in made.spots] == ["no_audio", "black", "black"]


def test_a_note_alone_is_good_and_says_nothing_is_wrong() -> None:
    made = row(NOTE)
    assert (made.state, made.word, made.wrong, made.where_s) == ("ok", "good", "", None)


def test_what_failed_has_no_place_to_play() -> None:
    made = row(finding(Code.UNREADABLE, Severity.CRITICAL, 0.0, 5.0), usable=False)
    assert (made.state, made.where_s) == ("failed", None)


def test_a_place_behind_the_end_is_the_end() -> None:
    assert row(finding(Code.TRUNCATED, Severity.WARNING, 130.0, 160.0)).where_s == 100.0


def test_what_a_person_accepted_counts_no_more_and_is_small_print() -> None:
    report = Report("/in/a.flv", None, None, 100.0, findings=(MUTE, BLACK))
    judged = ReviewedReport(Verdict.FLAGGED, (BLACK,), ((MUTE, "accepted by Ada: a film without sound"),))
    made = row_of(IndexedTalk("key", "a", report, TalkPlace()), judged)
    assert (made.code, made.severity, made.more) == ("black", "warning", 0)
    assert made.small == "no sound at all: accepted by Ada: a film without sound"
    assert [bool(spot.accepted) for spot in made.spots] == [False, True]
    good = row_of(
        IndexedTalk("key", "a", report, TalkPlace()),
        ReviewedReport(Verdict.OK, (), ((MUTE, "x"), (BLACK, "y"))),
    )
    assert (good.state, good.wrong, good.severity) == ("ok", "", "")


def test_order_is_by_weight_then_day_room_and_time() -> None:
    late = TalkPlace("day 10", "B", "09:00")
    early = TalkPlace("day 2", "B", "10:00")
    rows = [
        row(name="good"),
        row_of_not_done(UndoneRecording("/in/l.flv", "later", TalkPlace(), "disk_full", "the disk is full")),
        row(BLACK, name="warning, no place"),
        row(BLACK, name="warning, late", place=late),
        row(BLACK, name="warning, early", place=early),
        row(MUTE, name="critical"),
        row(MUTE, usable=False, name="failed"),
    ]
    names = [one.talk for one in in_order(rows)]
    assert names == [
        *("failed", "critical", "warning, early", "warning, late", "warning, no place", "later", "good"),
    ]
    states = totals(rows, 0, 0).states
    assert counted(states) == "1 failed, 4 need a look, 1 not done yet, 1 good"


@pytest.mark.parametrize("code", [code for code in Code if code not in LIVE_ONLY])
def test_every_code_has_few_words_of_its_own(code: Code) -> None:
    words = brief(finding(code, Severity.WARNING, 5.0, 75.0))
    assert words.startswith(found_short(code))
    assert "_" not in words
    assert len(words) < 50
    others = [found_short(other) for other in Code if other not in LIVE_ONLY and other is not code]
    assert found_short(code) not in others


@pytest.mark.parametrize(
    ("length_s", "words"),
    [
        (0.34, "0.3 s"),
        (3.0, "3 s"),
        (9.96, "10 s"),
        (59.6, "1 min"),
        (69.999, "1 min 10 s"),
        (7500.0, "2 h 5 min"),
    ],
)
def test_lengths_are_told_as_people_say_them(length_s: float, words: str) -> None:
    assert lasting(length_s) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (finding(Code.SILENT, Severity.WARNING, 10.0, 20.0), "silent, 10 s"),
        (finding(Code.TRUNCATED, Severity.WARNING, 90.0, 90.0, lost_s=0.0), "the end is missing"),
        (
            finding(Code.TRUNCATED, Severity.WARNING, 90.0, 100.0, lost_s=70.0),
            "the end is missing, 1 min 10 s",
        ),
        (
            finding(Code.SHORT, Severity.CRITICAL, 0, 0, expected_s=100, duration_s=40),
            "shorter than the talk was, 1 min",
        ),
        (made(Code.DISCONTINUITY, Severity.WARNING, 9.0, 9.0, "back", by_s=5.0), "the clock jumps back"),
        (finding(Code.GAP, Severity.WARNING, 9.0, 9.0), "a gap"),
        (finding(Code.NO_AUDIO, Severity.WARNING, 0.0, 90.0), "no sound at all"),
    ],
)
def test_few_words_hold_the_figure_that_matters(found: Finding, words: str) -> None:
    assert brief(found) == words


@pytest.mark.parametrize("name", ["2026-11-28", "20261128", "Day 1", "day1", "Tag 2", "Saturday", "Sat 28"])
def test_a_day_is_known_by_its_folder(name: str) -> None:
    assert is_day(name)


@pytest.mark.parametrize("name", ["Room 1", "Main hall", "Saturn", "daylight", "Monorail", "d", "2026", ""])
def test_other_folders_are_no_days(name: str) -> None:
    assert not is_day(name)


def test_day_room_and_time_come_from_folders_and_name() -> None:
    assert place_of(("Day 1", "Main hall"), "2026-11-28 09-30-00 Talk") == TalkPlace(
        "Day 1", "Main hall", "09:30"
    )
    assert place_of(("Main hall", "Day 1"), "x") == TalkPlace("Day 1", "Main hall")
    assert place_of(("Main hall",), "2026-11-28 Talk", above="recordings").day == "2026-11-28"
    assert place_of(("Main hall",), "x", above="Day 2") == TalkPlace("Day 2", "Main hall")
    assert place_of((), "C0001") == TalkPlace()
    assert place_of((), "2026-13-45 99-99-99") == TalkPlace()
