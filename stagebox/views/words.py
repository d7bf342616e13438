"""Lengths, times and sizes as people read them on the screen. Pure."""

from datetime import UTC, datetime, tzinfo

from stagebox.model import figures
from stagebox.model.file_names import STARTED_IN_OBS
from stagebox.model.snapshot import SessionView, Snapshot
from stagebox.views.seen import Translate


def clock(utc_s: float, zone: tzinfo | None = None) -> str:
    """The time of day, HH:MM, in `zone` (None: the computer's own)."""
    return datetime.fromtimestamp(utc_s, UTC).astimezone(zone).strftime("%H:%M")


def elapsed(seconds: float) -> str:
    """A length as h:mm:ss."""
    return figures.clock(seconds, hours=True)


def talk_title(talk: SessionView, translate: Translate) -> str:
    """What a talk without a title is called: by when it began, if somebody began it in OBS itself."""
    if talk.title:
        return talk.title
    began = talk.started_utc or talk.asked_utc
    if talk.origin == STARTED_IN_OBS and began:
        return translate("Recording in OBS, {time}").format(time=clock(began))
    return translate("Talk without a title")


def need_a_look(count: int, translate: Translate) -> str:
    """How many need a look."""
    if count == 1:
        return translate("1 needs a look")
    return translate("{n} need a look").format(n=count)


def since(seconds: float, translate: Translate) -> str:
    """How long something has been so: seconds up to a minute and a half, then m:ss, then hours."""
    whole = max(0, int(seconds))
    if whole < 90:
        return translate("{n} s").format(n=whole)
    return figures.clock(whole)


def time_left(minutes: float, translate: Translate) -> str:
    """How long recording can go on, in hours and minutes."""
    whole = max(0, int(minutes))
    if whole < 60:
        return translate("{m} min left").format(m=whole)
    if whole >= 100 * 60:
        return translate("over {h} h left").format(h=100)
    return translate("{h} h {m} min left").format(h=whole // 60, m=whole % 60)


def disk_minutes_left(snapshot: Snapshot) -> float | None:
    """Minutes of recording that the disk holds; None when nobody knows."""
    return snapshot.health.machine.disk_minutes_left
