"""The index as JSON and as CSV. Pure."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from stagebox.media.index.gather import EveningIndex
from stagebox.media.index.rows import IndexRow
from stagebox.model.figures import lasting

SCHEMA = "stagebox.index/1"

COLUMNS = (
    *("verdict", "severity", "code", "what", "at_s", "more", "day", "room", "time", "talk", "speaker"),
    *("length_s", "length", "size_bytes", "recording", "output", "report", "note", "changed"),
)
"""The columns of the CSV."""


def as_json(index: EveningIndex) -> bytes:
    """The object of `reports/index.json`, one talk a line."""
    totals = asdict(index.totals)
    parts = {
        "schema": json.dumps(SCHEMA),
        "title": _dumped(index.title),
        "totals": _dumped({**totals, "length_s": round(totals["length_s"], 3)}),
        "talks": _lines(row.to_json() for row in index.rows),
        "recordings": _lines(
            {**report.to_json(), **said, "session": page} for report, page, said in index.reports
        ),
        "not_done": _lines(
            {"source": row.source, "code": row.code, "why": row.wrong, "size_bytes": row.size_bytes}
            for row in index.rows
            if row.state == "not_done"
        ),
        "skipped": _lines({"source": one.source, "why": one.why} for one in index.skipped),
        "since": _lines({**asdict(one), "talks": talks} for one, talks in index.since),
        "offers": _lines(one.to_json() for one in index.offers),
        "unrecorded": _lines(asdict(one) for one in index.unrecorded),
        "gone": _lines({"talk": one.talk, "output": one.output} for one in index.gone),
    }
    told = ",\n".join(f'"{name}": {value}' for name, value in parts.items())
    return f"{{\n{told}\n}}\n".encode("utf-8", "backslashreplace")


def as_csv(index: EveningIndex) -> bytes:
    """`reports/index.csv`: a head, and one line a talk. A byte-order mark goes first, for spreadsheets."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in index.rows:
        writer.writerow([_plain(value) for value in _cells(row)])
    return stream.getvalue().encode("utf-8-sig", "backslashreplace")


def _cells(row: IndexRow) -> tuple[str | int | float, ...]:
    return (
        *(row.word, row.severity, row.code, row.wrong),
        *("" if row.where_s is None else row.where_s, row.more),
        *(row.day, row.room, row.time, row.talk, row.speaker),
        *(row.length_s, lasting(row.length_s) if row.length_s else "", row.size_bytes),
        *(row.source, row.output, row.report, row.small, row.changed),
    )


def _plain(value: str | int | float) -> str | int | float:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _lines(values: Iterable[Any]) -> str:
    told = ",\n".join(_dumped(value) for value in values)
    return f"[\n{told}\n]" if told else "[]"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
