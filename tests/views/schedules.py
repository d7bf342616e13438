"""A room's schedule at different moments, as `serve` tells it in its snapshots."""

from datetime import UTC, datetime
from typing import Any

from tests.views.snapshots import NOW, RECORDING, session, well

LONG = "On the " + "thoroughly unreasonable " * 7 + "effectiveness"  # as long as real ones are
LONG = (LONG + " of it all, with a subtitle")[:189]


def talk(
    key: str, title: str, starts_s: float, *, utc: float = NOW, length_s: float = 2700.0, **more: Any
) -> dict[str, Any]:
    """A talk that begins so many seconds after `utc`."""
    return {
        "key": key,
        "title": title,
        "speakers": ["Ada Example"],
        "room": "Hall B",
        "start_utc": utc + starts_s,
        "end_utc": utc + starts_s + length_s,
        "consent": {"record": "yes", "stream": "yes", "publish": "unknown"},
    } | more


def at(
    now: dict[str, Any] | None = None,
    due: dict[str, Any] | None = None,
    upcoming: dict[str, Any] | None = None,
    recorded: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A room with a schedule, and a talk that is recorded or is not."""
    schedule = {
        "source": "https://conf.example/schedule.xml",
        "title": "DevConf 2026",
        "time_zone": "Europe/Prague",
        "room": "Hall B",
        "rooms": 3,
        "talks": 12,
        "fetched_utc": NOW - 120,
        "trouble": "",
        "now": now,
        "due": due,
        "upcoming": upcoming,
    } | more
    wanted = due or upcoming or {}
    named = {"title": wanted.get("title", ""), "speaker": ", ".join(wanted.get("speakers", [])), "room": ""}
    named["key"] = wanted.get("key", "")
    room = well(schedule=schedule, next_talk=named)
    if recorded is None:
        return room
    told = session(
        title=recorded["title"],
        speaker=", ".join(recorded["speakers"]),
        talk_key=recorded["key"],
        planned_end=datetime.fromtimestamp(recorded["end_utc"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return room | RECORDING | {"session": told}


TYPES = talk("t", "Types for everyone", 600)
NO = {"record": "no", "stream": "no", "publish": "no"}


def moments(utc: float = NOW) -> dict[str, dict[str, Any]]:
    """Each moment that the touch screen has words for, by its name."""

    def one(key: str, title: str, starts_s: float, **more: Any) -> dict[str, Any]:
        return talk(key, title, starts_s, utc=utc, **more)

    types, profiling = one("t", "Types for everyone", 600), one("p", "Profiling", -1900)
    old = {"fetched_utc": utc - 3 * 3600, "trouble": "The network is not there."}
    return {
        "no schedule": well(),
        "not this room": at(room="", talks=0),
        "nothing in this room": at(talks=0),
        "nothing today": at(upcoming=one("k", "Keynote", 20 * 3600)),
        "before the first": at(upcoming=one("k", "Keynote", 3000)),
        "soon": at(upcoming=one("k", LONG, 600)),
        "due": at(due=one("k", "Keynote: the next ten years", 90)),
        "due, a long title": at(due=one("k", LONG, 90)),
        "due, no speaker": at(due=one("k", "Lightning talks", 30, speakers=[])),
        "late": at(due=one("k", "Keynote", -400), upcoming=types),
        "no consent": at(due=one("k", "Private matters", 60, consent=NO), upcoming=types),
        "no consent, long": at(due=one("k", LONG, 60, consent=NO), upcoming=types),
        "recording": at(recorded=profiling, upcoming=types),
        "ends soon": at(recorded=one("p", "Profiling", -2500), upcoming=types),
        "over-run": at(recorded=one("p", "Profiling", -2940), due=one("t", LONG, -30)),
        "far over": at(recorded=one("p", LONG, -9000), due=one("t", "Types", -3600)),
        "the last one": at(recorded=profiling),
        "over": at(),
        "old": at(upcoming=types, **old),
        "old, recording": at(recorded=profiling, upcoming=types, **old),
        "never had": at(room="", talks=0, fetched_utc=0.0, trouble="There is no such file."),
    }
