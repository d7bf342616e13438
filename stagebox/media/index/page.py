"""What stands on the page of many talks: rows as JSON in it, drawn by its script. Pure.

How it looks is `html/index.html`. Text from outside is escaped there, or set as text by the script.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from stagebox.media import html
from stagebox.media.index.gather import EveningIndex
from stagebox.media.index.rows import OTHER_WORDS, IndexRow, natural
from stagebox.media.storage import amount
from stagebox.messages.code_catalogue import found_short
from stagebox.model.figures import lasting
from stagebox.model.report import Severity
from stagebox.model.verdicts import WORDS, counted_words

PICTURES_BYTES = 6_000_000
"""How much of the page may be pictures; the worst talks have theirs first."""

_SKIPPED = {
    "growing": "still being recorded",
    "part": "not whole yet",
    "no_recording": "no recording",
}
_LISTED = 200
_WORDS = [
    (state, OTHER_WORDS.get(state) or WORDS[state])
    for state in ("failed", "flagged", "not_done", "settled", "ok")
]


def made(index: EveningIndex, *, served: bool = False) -> bytes:
    """The page's content.

    Args:
        served: a box serves it, so that findings can be accepted in it; else it shows the command.
    """
    skipped = Counter(one.why for one in index.skipped)
    told = html.page(
        "index.html",
        scripts=True,
        script=html.source("index.js"),
        style=html.source("style.css") + html.source("index.css"),
        served=served,
        index=index,
        in_all=_in_all(index),
        counts=_counts(index),
        changed=sum(bool(row.changed) for row in index.rows),
        passed_over=", ".join(f"{number} {_SKIPPED[why]}" for why, number in skipped.items()),
        most=_LISTED,
        data=html.data(_data(index, served)),
    )
    return told.encode("utf-8", "backslashreplace")


def _in_all(index: EveningIndex) -> str:
    all_of = index.totals
    noun = "talk" if all_of.talks == 1 else "talks"
    sizes = f"{amount(all_of.recordings_bytes)} recorded, {amount(all_of.outputs_bytes)} of MP4s"
    return f"{all_of.talks} {noun} · {lasting(all_of.length_s)} · {sizes}"


def _counts(index: EveningIndex) -> list[tuple[str, int, str]]:
    """Each state with how many talks it has, and its word for so many."""
    numbered = [(state, index.totals.states.get(state, 0), words) for state, words in _WORDS]
    return [
        (state, number, counted_words(words, number))
        for state, number, words in numbered
        if number or state not in OTHER_WORDS
    ]


def _data(index: EveningIndex, served: bool) -> dict[str, Any]:
    in_place = sorted(range(len(index.rows)), key=lambda at: _place(index.rows[at]))
    places = {at: place for place, at in enumerate(in_place)}
    by_name = sorted(range(len(index.rows)), key=lambda at: natural(index.rows[at].talk))
    names = {at: place for place, at in enumerate(by_name)}
    codes = Counter(
        spot.code
        for row in index.rows
        for spot in row.spots
        if not spot.accepted and spot.severity != Severity.NOTE
    )
    left = PICTURES_BYTES
    rows = []
    for at, row in enumerate(index.rows):
        left -= len(row.picture)
        rows.append(
            {**drawn(row, row.picture if left >= 0 else ""), "place": places[at], "by_name": names[at]}
        )
    return {
        "rows": rows,
        "days": _values(row.day for row in index.rows),
        "rooms": _values(row.room for row in index.rows),
        "served": served,
        "words": {state: [counted_words(words, number) for number in (1, 2)] for state, words in _WORDS},
        "since": [one.text for one, _ in index.since],
        "codes": sorted(([code, found_short(code)] for code in codes), key=lambda one: one[1]),
    }


def drawn(row: IndexRow, picture: str) -> dict[str, Any]:
    """What the page's script draws a row from."""
    return {
        **_changes(row),
        "key": row.key,
        "talk": row.talk,
        "speaker": row.speaker,
        "day": row.day,
        "room": row.room,
        "time": row.time,
        "state": row.state,
        "word": row.word,
        "severity": row.severity,
        "wrong": row.wrong,
        "where_s": row.where_s,
        "more": row.more,
        "length_s": row.length_s,
        "length": lasting(row.length_s) if row.length_s else "",
        "size_bytes": row.size_bytes,
        "size": amount(row.size_bytes) if row.size_bytes else "",
        "source": row.source,
        "video": row.video,
        "report": row.report,
        "picture": picture,
        "small": row.small,
        "parts": list(row.parts),
        "apart": [{"name": one.name, "video": one.video, "report": one.report} for one in row.apart],
        "spots": [
            {
                "code": spot.code,
                "severity": spot.severity,
                "start_s": spot.start_s,
                "end_s": spot.end_s,
                "words": spot.words,
                "message": spot.message,
                "remedy": spot.remedy,
                "accepted": spot.accepted,
            }
            for spot in row.spots
        ],
    }


def _changes(row: IndexRow) -> dict[str, Any]:
    """What is another since the last run; nothing for most."""
    if not row.changed:
        return {}
    before = OTHER_WORDS.get(row.state_before) or WORDS.get(row.state_before, "")
    told = [{"text": one.text, "worse": one.is_worse} for one in row.changes]
    return {"changed": row.changed, "changes": told, "since": row.since, "before": before}


def _place(row: IndexRow) -> tuple[Any, ...]:
    return tuple(natural(text) for text in (row.day, row.room, row.time, row.talk))


def _values(values: Iterable[str]) -> list[str]:
    return sorted(set(values), key=natural)
