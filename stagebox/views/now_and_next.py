"""Now and next, by the schedule: what should be on, how long it goes on, what comes after it. Pure."""

import math
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from stagebox.model.schedule import Consent, ScheduledTalk
from stagebox.model.snapshot import SessionView
from stagebox.model.talk_times import TalksNow
from stagebox.views.seen import Seen, Translate
from stagebox.views.values import TimeLevel
from stagebox.views.words import clock, time_left

ENDS_SOON_S = 300.0
OLD_S = 1800.0
"""A schedule that could not be had anew is called old after this time: networks are down for less."""
TITLE_MOST = 48
DAY_S = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NowAndNext:
    """The talk's time, in words and how urgent it is, and what else there is to say of it."""

    left: str = ""
    level: TimeLevel = ""
    subtitle: str = ""


def now_and_next(seen: Seen, translate: Translate) -> NowAndNext | None:
    """What the schedule says at this moment; None where it says nothing."""
    session, schedule = seen.snapshot.session, seen.snapshot.schedule
    if session is not None:
        return _recorded(seen, session, translate)
    named = seen.snapshot.next_talk
    wanted = schedule.due or schedule.upcoming
    if named.key and wanted is not None:
        return _awaited(seen, wanted, translate)
    if named.title or not schedule.room:
        return None
    nothing = (
        translate("nothing more in the schedule") if schedule.talks else translate("no talk in the schedule")
    )
    return NowAndNext(subtitle=f"{nothing} · {translate('touch to type title and speaker')}")


def meant(seen: Seen) -> ScheduledTalk | None:
    """The scheduled talk that a touch on Record would begin; None where it is another one, or none."""
    named, schedule = seen.snapshot.next_talk, seen.snapshot.schedule
    if seen.snapshot.session is not None or not named.key:
        return None
    return TalksNow(due=schedule.due, upcoming=schedule.upcoming).meant(seen.utc_s)


def forbidden(seen: Seen) -> bool:
    """Whether the talk that a touch on Record would begin must not be recorded."""
    talk = meant(seen)
    return talk is not None and talk.consent.record is Consent.NO


def following(seen: Seen) -> ScheduledTalk | None:
    """The talk that comes after the one that is recorded; None where none does within half a day."""
    schedule = seen.snapshot.schedule
    talk = schedule.due or schedule.upcoming
    if seen.snapshot.session is None or talk is None or talk.start_utc - seen.utc_s > DAY_S / 2:
        return None
    return talk


def end_of(session: SessionView) -> float | None:
    """When the talk is to end, in seconds since 1970; None where nobody planned it."""
    try:
        return datetime.fromisoformat(session.planned_end).timestamp()
    except ValueError:
        return None


def minutes_left(end_utc: float, utc: float, translate: Translate) -> tuple[str, TimeLevel]:
    """How long a talk goes on, or how far it is over, and how urgent that is."""
    left_s = end_utc - utc
    if left_s > 0:
        level: TimeLevel = "amber" if left_s <= ENDS_SOON_S else ""
        return time_left(math.ceil(left_s / 60), translate), level
    over = int(-left_s // 60)
    if over < 60:
        return translate("{m} min over").format(m=over), "red"
    return translate("{h} h {m} min over").format(h=over // 60, m=over % 60), "red"


def zone_of(seen: Seen) -> tzinfo | None:
    """The time zone of the schedule; None, the computer's own, where there is none."""
    schedule = seen.snapshot.schedule
    return _zone(schedule.time_zone) if schedule.source else None


@lru_cache(8)
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # unknown here, or no name of a zone
        return None


def age_words(seen: Seen, translate: Translate) -> str:
    """How old the schedule is, where the newest one cannot be had; else nothing."""
    schedule = seen.snapshot.schedule
    if not schedule.source or not schedule.trouble:
        return ""
    if not schedule.fetched_utc:
        return translate("no schedule yet")
    age_s = seen.utc_s - schedule.fetched_utc
    if age_s < OLD_S:
        return ""
    if age_s < 2 * 3600:
        return translate("schedule: {n} min old").format(n=int(age_s // 60))
    if age_s < 2 * DAY_S:
        return translate("schedule: {n} h old").format(n=int(age_s // 3600))
    return translate("schedule: {n} days old").format(n=int(age_s // DAY_S))


def shortened(title: str, most: int = TITLE_MOST) -> str:
    """A title for a button; a longer one is cut."""
    return title if len(title) <= most else title[: most - 1].rstrip() + "…"


def _recorded(seen: Seen, session: SessionView, translate: Translate) -> NowAndNext | None:
    schedule, end = seen.snapshot.schedule, end_of(session)
    if not schedule.room and end is None:
        return None
    left, level = minutes_left(end, seen.utc_s, translate) if end is not None else ("", "")
    after = schedule.due or schedule.upcoming
    if after is not None:
        words = translate("next {time} {title}").format(
            time=day_and_time(after.start_utc, seen), title=after.title
        )
    elif session.talk_key:
        words = translate("nothing follows")
    else:
        words = session.speaker or translate("touch to name the speaker")
    return NowAndNext(left=left, level=level, subtitle=words)


def _awaited(seen: Seen, talk: ScheduledTalk, translate: Translate) -> NowAndNext:
    zone = zone_of(seen)
    times = f"{day_and_time(talk.start_utc, seen)} – {clock(talk.end_utc, zone)}"
    subtitle = " · ".join(part for part in (times, seen.snapshot.next_talk.speaker) if part)
    if talk.consent.record is Consent.NO:
        return NowAndNext(left=translate("do not record"), level="red", subtitle=subtitle)
    left, level = _until(talk.start_utc - seen.utc_s, translate)
    return NowAndNext(left=left, level=level, subtitle=subtitle)


def _until(wait_s: float, translate: Translate) -> tuple[str, TimeLevel]:
    """How long it is until a talk begins, or since it should have begun; nothing for another day's."""
    if wait_s > DAY_S / 2:
        return "", ""
    if wait_s > 0:
        minutes = math.ceil(wait_s / 60)
        if minutes < 60:
            return translate("in {m} min").format(m=minutes), ""
        return translate("in {h} h {m} min").format(h=minutes // 60, m=minutes % 60), ""
    since = int(-wait_s // 60)
    if since < 60:
        return translate("began {m} min ago").format(m=since), "amber"
    return translate("began {h} h {m} min ago").format(h=since // 60, m=since % 60), "amber"


def day_and_time(utc_s: float, seen: Seen) -> str:
    """The time of day by the schedule's zone; of another day, the day as well."""
    zone = zone_of(seen)
    day, today = (datetime.fromtimestamp(one, tz=zone).date() for one in (utc_s, seen.utc_s))
    told = clock(utc_s, zone)
    return told if day == today else f"{day:%Y-%m-%d} {told}"
