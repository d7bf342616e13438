"""What became of each talk of the schedule."""

from dataclasses import replace

import pytest

from stagebox.model.commands import TalkDetails
from stagebox.model.schedule import Consent, ScheduledTalk, TalkConsent
from stagebox.model.state import Phase, Session
from stagebox.schedule.ledger import TalkFate, ledger, needs_person, totals

T0 = 1_795_946_400.0
TALK = ScheduledTalk(key="a", title="Talk", start_utc=T0, end_utc=T0 + 1800.0)
REFUSING = replace(TALK, consent=TalkConsent(record=Consent.NO))
BEFORE, DURING, AFTER = T0 - 600.0, T0 + 600.0, T0 + 3600.0


def session(number: int = 1, phase: Phase = Phase.DONE, **more: object) -> Session:
    fields: dict[str, object] = {
        "id": f"s{number}",
        "name": "x",
        "talk": TalkDetails(key="a"),
        "phase": phase,
        "wanted": False,
        "origin": "touch",
        "asked_utc": T0,
        "number": number,
        "recorded_s": 1700.0,
        **more,
    }
    return Session(**fields)  # type: ignore[arg-type]


GOOD = session(verdict="ok", output="/talks/a.mp4")
FAILED = session(verdict="failed")
DISCARDED = session(2, consent="discarded")


@pytest.mark.parametrize(
    ("talk", "sessions", "utc", "fate", "why"),
    [
        (TALK, (), BEFORE, TalkFate.EXPECTED, ""),
        (TALK, (), DURING, TalkFate.EXPECTED, ""),
        (TALK, (), AFTER, TalkFate.MISSING, "Nothing was recorded of it."),
        (REFUSING, (), BEFORE, TalkFate.REFUSED, "Its speaker does not want it recorded."),
        (REFUSING, (), AFTER, TalkFate.REFUSED, "Its speaker does not want it recorded."),
        (TALK, (session(phase=Phase.STARTING),), DURING, TalkFate.RECORDING, ""),
        (TALK, (session(phase=Phase.RECORDING),), AFTER, TalkFate.RECORDING, ""),
        (TALK, (session(phase=Phase.PROCESSING),), AFTER, TalkFate.RECORDED, ""),
        (TALK, (GOOD,), AFTER, TalkFate.CHECKED, ""),
        (REFUSING, (GOOD,), AFTER, TalkFate.CHECKED, ""),
        (REFUSING, (DISCARDED,), DURING, TalkFate.REFUSED, "Its speaker does not want it recorded: w"),
        (TALK, (DISCARDED,), AFTER, TalkFate.REFUSED, "Its speaker does not want it recorded: w"),
        (TALK, (DISCARDED, GOOD), AFTER, TalkFate.CHECKED, ""),
        (TALK, (FAILED,), DURING, TalkFate.EXPECTED, ""),
        (TALK, (FAILED,), AFTER, TalkFate.MISSING, "It was recorded, but no MP4 could be made of it."),
        (TALK, (replace(GOOD, recorded_s=60.0),), AFTER, TalkFate.CHECKED, "Only 1 min of 30 min"),
        (TALK, (replace(GOOD, trial_s=10.0),), AFTER, TalkFate.MISSING, "Nothing was recorded of it."),
        (TALK, (replace(GOOD, talk=TalkDetails(title="Talk")),), AFTER, TalkFate.MISSING, "Nothing"),
    ],
)
def test_each_talk_has_one_fate(
    talk: ScheduledTalk, sessions: tuple[Session, ...], utc: float, fate: TalkFate, why: str
) -> None:
    (line,) = ledger((talk,), (), sessions, utc)
    assert line.fate is fate
    assert line.why.startswith(why)
    assert bool(line.why) == bool(why)


def test_a_recording_of_another_days_talk_with_the_same_key_is_not_this_ones() -> None:
    last_year = replace(GOOD, asked_utc=T0 - 365 * 86_400.0)
    named = replace(GOOD, talk=TalkDetails(key="a", planned_start="2025-11-29T10:00:00Z"))
    for other in (last_year, named):
        (line,) = ledger((TALK,), (), (other,), AFTER)
        assert (line.fate, line.sessions) == (TalkFate.MISSING, ())
    given = replace(last_year, talk=TalkDetails(key="a", planned_start="2026-11-29T10:00:00Z"))
    assert ledger((TALK,), (), (given,), AFTER)[0].fate is TalkFate.CHECKED


def test_several_recordings_of_a_talk_are_told_together() -> None:
    second = session(2, verdict="flagged", output="/talks/b.mp4", recorded_s=90.0)
    (line,) = ledger((TALK,), (), (second, GOOD), AFTER)
    assert (line.sessions, line.recorded_s) == (("s1", "s2"), 1790.0)
    assert (line.verdict, line.output) == ("flagged", "/talks/a.mp4"), "the worst verdict, the longest file"


def test_what_is_not_in_the_schedule_any_more_is_cancelled_and_its_recording_is_told() -> None:
    (line,) = ledger((), (TALK,), (), AFTER)
    assert (line.fate, str(line.why)) == (TalkFate.CANCELLED, "It is not in the schedule any more.")
    (line,) = ledger((), (TALK,), (GOOD,), AFTER)
    assert line.fate is TalkFate.CHECKED
    assert [one.fate for one in ledger((TALK,), (TALK,), (), BEFORE)] == [TalkFate.EXPECTED], "it came back"


def test_totals_name_every_fate() -> None:
    lines = ledger((TALK, replace(TALK, key="b")), (), (GOOD,), AFTER)
    assert totals(lines) == {**dict.fromkeys(map(str, TalkFate), 0), "checked": 1, "missing": 1}
    assert needs_person(lines)
    assert not needs_person(ledger((TALK,), (), (GOOD,), AFTER))
    assert needs_person(ledger((TALK,), (), (replace(GOOD, verdict="flagged"),), AFTER))
