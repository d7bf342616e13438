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


TOLD_SCHEDULE: dict[str, Any] = {
    "schema": "stagebox.schedule.coverage/1",
    "source": "https://conf.example/schedule.xml",
    "title": "DevConf 2026",
    "time_zone": "Europe/Prague",
    "room": "",
    "rooms": ["Main hall", "Hall B", "The room at the very end of the long corridor on the second floor"],
    "talks": [],
}
"""What `GET /api/schedule` tells."""


def ledger(utc: float = NOW) -> dict[str, Any]:
    """The same with a day of talks, and what became of each."""
    fates = (
        ("Keynote", -9000, "checked", "ok", "", {}),
        ("Profiling in production", -6000, "checked", "flagged", "", {}),
        (LONG, -4000, "missing", "", "ledger_missing", {}),
        ("Private matters", -1900, "refused", "", "ledger_refused", NO),
        ("Types for everyone", -600, "recording", "", "", {}),
        ("Lightning talks", 2400, "expected", "", "", {}),
    )
    talks = []
    for number, (title, starts_s, state, verdict, code, consent) in enumerate(fates):
        one = talk(f"k{number}", title, starts_s, utc=utc, length_s=1200)
        for edge in ("start_utc", "end_utc"):
            one[edge] = datetime.fromtimestamp(one[edge], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        said = {"code": code, "facts": {}} if code else None
        one |= {"consent": one["consent"] | consent, "sessions": ["talk-1"] if verdict else []}
        talks.append(one | {"state": state, "verdict": verdict, "why": "Why." if code else "", "said": said})
    return TOLD_SCHEDULE | {"room": "Hall B", "talks": talks}


def with_files() -> dict[str, Any]:
    """A box into which a stick with two schedules is plugged."""
    set_up = well()["set_up"]
    files = ["/media/crew/STICK/schedule.xml", "/media/crew/STICK/talks/an-export-with-a-long-name-2026.csv"]
    return {"set_up": set_up | {"devices": set_up["devices"] | {"schedules": files}}}
