"""The index as one page that needs no other file: rows as JSON in it, drawn by a script of its own. Pure.

All text from outside is escaped here, or set as text by the script. The page lets no other script run: its
policy names the script by its hash.
"""

import base64
import functools
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from html import escape
from importlib import resources
from string import Template
from typing import Any

from stagebox.media.index.few_words import plain
from stagebox.media.index.gather import Index
from stagebox.media.index.rows import OTHER_WORDS, Row, natural
from stagebox.media.report_style import CSS
from stagebox.media.runner import shown
from stagebox.media.storage import amount
from stagebox.model.figures import lasting
from stagebox.model.report import Code, Severity
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


def made(index: Index, *, served: bool = False) -> bytes:
    """The page's content.

    Args:
        served: a box serves it, so that findings can be accepted in it; else it shows the command.
    """
    script = _file("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    told = Template(_file("page.html")).substitute(
        hash=f"sha256-{digest}",
        speaks=";connect-src 'self'" if served else "",
        title=escape(index.title),
        style=CSS + _file("page.css"),
        all=escape(_in_all(index)),
        counts=_counts(index),
        offers=_offers(index),
        beside=_beside(index),
        # Nothing in it may end the script element.
        data=json.dumps(_data(index, served), ensure_ascii=False, separators=(",", ":")).replace(
            "<", "\\u003c"
        ),
        script=script,
    )
    return told.encode("utf-8", "backslashreplace")


@functools.cache
def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _in_all(index: Index) -> str:
    all_of = index.totals
    noun = "talk" if all_of.talks == 1 else "talks"
    sizes = f"{amount(all_of.recordings_bytes)} recorded, {amount(all_of.outputs_bytes)} of MP4s"
    return f"{all_of.talks} {noun} · {lasting(all_of.length_s)} · {sizes}"


def _counts(index: Index) -> str:
    told = []
    for state, words in _WORDS:
        number = index.totals.states.get(state, 0)
        if state in OTHER_WORDS and not number:
            continue
        word = counted_words(words, number)
        told.append(
            f'<button type="button" class="{state if number else "none"}" data-verdict="{state}" '
            f'aria-pressed="false">{number} {word}</button>'
        )
    changed = sum(bool(row.changed) for row in index.rows)
    if changed:
        told.append(
            '<button type="button" class="changed" id="changed" aria-pressed="false" title="Judged with '
            'other settings, or by another version, than the time before">'
            f"{changed} changed since the last run</button>"
        )
    return "".join(told)


def _data(index: Index, served: bool) -> dict[str, Any]:
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
        "codes": sorted(([code, plain(Code(code))] for code in codes), key=lambda one: one[1]),
    }


def drawn(row: Row, picture: str) -> dict[str, Any]:
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


def _changes(row: Row) -> dict[str, Any]:
    """What is another since the last run; nothing for most."""
    if not row.changed:
        return {}
    before = OTHER_WORDS.get(row.state_before) or WORDS.get(row.state_before, "")
    told = [{"text": one.text, "worse": one.is_worse} for one in row.changes]
    return {"changed": row.changed, "changes": told, "since": row.since, "before": before}


def _place(row: Row) -> tuple[Any, ...]:
    return tuple(natural(text) for text in (row.day, row.room, row.time, row.talk))


def _values(values: Iterable[str]) -> list[str]:
    return sorted(set(values), key=natural)


def _offers(index: Index) -> str:
    """What looks like parts of one talk, each with the command that joins it."""
    if not index.offers:
        return ""
    told = "".join(
        f"<li><b>{escape(one.what)}</b> {escape(shown(f'{one.why} {one.apart}'.strip()))}"
        f'<p>Join them: <code class="command">{escape(one.command)}</code></p></li>'
        for one in index.offers[:_LISTED]
    )
    more = len(index.offers) - _LISTED
    rest = f"<li>and {more} more in index.json</li>" if more > 0 else ""
    return f'<ul class="offers" aria-label="Parts of one talk">{told}{rest}</ul>'


def _beside(index: Index) -> str:
    """What is no row: passed over, and MP4s whose recording is gone."""
    parts = []
    if index.skipped:
        counts = Counter(one.why for one in index.skipped)
        words = ", ".join(f"{number} {_SKIPPED[why]}" for why, number in counts.items())
        parts.append(
            _folded(f"Passed over: {words}", [f"{one.source}: {one.words}" for one in index.skipped])
        )
    if index.gone:
        links = [f'<a href="{one.video}">{escape(one.talk)}</a>' for one in index.gone]
        parts.append(_folded_html(f"Recordings that are gone, whose MP4s are here: {len(index.gone)}", links))
    return "".join(parts)


def _folded(title: str, lines: list[str]) -> str:
    return _folded_html(title, [escape(line) for line in lines])


def _folded_html(title: str, lines: list[str]) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines[:_LISTED])
    more = f"<li>and {len(lines) - _LISTED} more in index.json</li>" if len(lines) > _LISTED else ""
    return f'<details class="skipped"><summary>{escape(title)}</summary><ul>{items}{more}</ul></details>'
