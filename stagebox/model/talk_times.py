"""Which of a room's talks is on, and which one comes next. Pure.

The schedule says what should be; a person's edit beats it. The clock asks for a talk, and never ends one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from stagebox.model.commands import TalkDetails
from stagebox.model.schedule import Consent, ScheduledTalk, TalkEdit

ASK_BEFORE_S = 120.0
"""So long before its start a talk is asked for by name."""

LATE_S = 180.0
"""So long after its start a talk that nobody records is late, by the clock alone; a short one sooner."""

LONGEST_S = 24 * 3600.0
"""What lasts longer (an exhibition) is nothing that anybody starts to record."""

EARLY_S = 900.0
"""A talk that begins within this time is what somebody means who touches Record."""

SAME_S = 12 * 3600.0
"""A recording whose talk was to begin so long before or after this one is another talk's."""

TITLE_MOST = SPEAKER_MOST = 200
KEY_MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksNow:
    """A room at a moment.

    Args:
        now: the talk that should be on.
        due: the talk that should be recorded, and is not: from two minutes before its start to its end.
        upcoming: the first one that begins later.
    """

    now: ScheduledTalk | None = None
    due: ScheduledTalk | None = None
    upcoming: ScheduledTalk | None = None

    @property
    def wanted(self) -> ScheduledTalk | None:
        """The one that the record control asks for."""
        return self.due or self.upcoming

    def meant(self, utc: float) -> ScheduledTalk | None:
        """The one that somebody means who records at this moment without naming one."""
        soon = self.upcoming if self.upcoming and self.upcoming.start_utc - utc <= EARLY_S else None
        return self.due or soon


def edited(talk: ScheduledTalk, edits: Iterable[TalkEdit]) -> ScheduledTalk:
    """The talk as a person left it."""
    edit = next((one for one in edits if one.key == talk.key), None)
    if edit is None:
        return talk
    start = talk.start_utc if edit.start_utc is None else edit.start_utc
    end = talk.end_utc if edit.end_utc is None else edit.end_utc
    if end <= start:
        end = start + (talk.end_utc - talk.start_utc)
    return replace(
        talk,
        title=talk.title if edit.title is None else edit.title,
        speakers=talk.speakers if edit.speaker is None else ((edit.speaker,) if edit.speaker else ()),
        start_utc=start,
        end_utc=end,
        consent=replace(
            talk.consent,
            record=edit.record or talk.consent.record,
            stream=edit.stream or talk.consent.stream,
            publish=edit.publish or talk.consent.publish,
        ),
    )


def all_edited(talks: Iterable[ScheduledTalk], edits: Iterable[TalkEdit]) -> tuple[ScheduledTalk, ...]:
    """A room's talks as people left them, by start."""
    known = tuple(edits)
    return tuple(sorted((edited(talk, known) for talk in talks), key=lambda one: (one.start_utc, one.key)))


def is_of(named: TalkDetails, asked_utc: float, talk: ScheduledTalk) -> bool:
    """Whether a recording is of this very talk: the same key is another talk's on another day.

    Lists of every day have an “Opening”, numbers begin anew with each event, guids are copied from last year.

    Args:
        named: as what it was recorded; its planned start counts.
        asked_utc: when it was asked for, in seconds since 1970: counts where no start was planned.
    """
    try:
        meant = datetime.fromisoformat(named.planned_start).timestamp()
    except ValueError:
        meant = asked_utc
    return named.key == talk.key and abs(meant - talk.start_utc) < SAME_S


def talks_at(
    talks: Iterable[ScheduledTalk], utc: float, *, recorded: Collection[str] = (), active: str = ""
) -> TalksNow:
    """What is on and what comes next at a moment.

    Args:
        talks: the room's, as people left them.
        utc: seconds since 1970.
        recorded: the keys of talks that need no recording any more.
        active: the key of the talk that is recorded now; those before it are over, whatever the clock says.
    """
    there = [talk for talk in talks if talk.end_utc - talk.start_utc <= LONGEST_S]
    on = next((talk for talk in there if talk.key == active), None)
    now = _newest(there, utc, active)
    left = [
        talk
        for talk in there
        if talk.key != active
        and talk.key not in recorded
        and (on is None or (talk.start_utc, talk.key) > (on.start_utc, on.key))
    ]
    due = _newest(left, utc + ASK_BEFORE_S, active, until=utc)
    upcoming = next((talk for talk in left if talk.start_utc > utc and talk != due), None)
    if on is not None and due is None and upcoming is None:
        # The talk that is recorded runs over all others: the last of them is still the next one.
        due = left[-1] if left and left[-1].end_utc > on.end_utc else None
    return TalksNow(now=now, due=due, upcoming=upcoming)


def _newest(
    there: Iterable[ScheduledTalk], utc: float, active: str, until: float | None = None
) -> ScheduledTalk | None:
    """Of the talks that have begun by `utc`, and are not over at `until`, the one that began last.

    Of several that begin in one minute, the one that is recorded, else the first: the others follow it.
    """
    ends = utc if until is None else until
    begun = (talk for talk in there if talk.start_utc <= utc and ends < talk.end_utc)
    return min(begun, key=lambda talk: (-talk.start_utc, talk.key != active, talk.key), default=None)


def next_change_utc(talks: Iterable[ScheduledTalk], utc: float) -> float | None:
    """When `talks_at` says something else by the clock alone; None: never again."""
    moments = (
        moment
        for talk in talks
        for moment in (talk.start_utc - ASK_BEFORE_S, talk.start_utc, late_utc(talk), talk.end_utc)
        if moment > utc
    )
    return min(moments, default=None)


def late_utc(talk: ScheduledTalk) -> float:
    """From when on a talk that is not recorded is late by the clock alone, in seconds since 1970."""
    return talk.start_utc + min(LATE_S, (talk.end_utc - talk.start_utc) / 4)


def clock_of(utc: float, zone: str) -> str:
    """The time of day in a zone, as `16:30`; in UTC where there is no such zone."""
    try:
        rules: tzinfo = ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        rules = UTC
    return f"{datetime.fromtimestamp(utc, rules):%H:%M}"


def details_of(talk: ScheduledTalk) -> TalkDetails:
    """A scheduled talk as the engine records it; what is too long for it is cut."""
    return TalkDetails(
        title=_cut(talk.title, TITLE_MOST),
        speaker=_cut(", ".join(talk.speakers), SPEAKER_MOST),
        planned_start=_iso(talk.start_utc),
        planned_end=_iso(talk.end_utc),
        do_not_record=talk.consent.record is Consent.NO,
        key=talk.key[:KEY_MOST],
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _iso(utc: float) -> str:
    return datetime.fromtimestamp(utc, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
