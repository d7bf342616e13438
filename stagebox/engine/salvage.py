"""What can still be read of a damaged catalogue: row by row, by checksums, around the damaged pages."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from stagebox.engine import catalogue_rows
from stagebox.model.state import Session

MOST_ROWS = 1 << 20
FAILURES_MOST = 3000
"""Ranges that cannot be read, until the rest is given up: newer rows are read first."""
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError, OverflowError)


def salvage(path: Path) -> tuple[Session, ...]:
    """The sessions in the damaged catalogue at `path` that are whole, in the order they were made."""
    try:
        with closing(sqlite3.connect(path, timeout=5.0)) as database:
            database.row_factory = sqlite3.Row
            # Else a file that is shorter than its header says is not read at all.
            database.execute("PRAGMA writable_schema = ON")
            database.execute(
                "SELECT * FROM sqlite_master"
            ).fetchall()  # Raises when it is no database at all.
            segments = defaultdict(list)
            for row in _table(database, "segments", catalogue_rows.SEGMENT):
                segments[row["session_id"]].append(row)
            found = {}
            for row in _table(database, "sessions", catalogue_rows.SESSION):
                mine = sorted(segments[row["id"]], key=lambda one: int(one["number"]))
                try:
                    session = catalogue_rows.session_of(row, [catalogue_rows.segment_of(one) for one in mine])
                except (ValueError, TypeError, KeyError):
                    continue
                found[session.id] = session
    except _UNREADABLE:
        return ()
    return tuple(sorted(found.values(), key=lambda one: (one.number, one.asked_utc, one.id)))


def _table(
    database: sqlite3.Connection, table: str, columns: catalogue_rows.Columns
) -> Iterator[dict[str, Any]]:
    """The whole rows of a table. Missing columns (an older schema) are None.

    Columns are told by their place: the damage may be in their names.
    """
    for row in _between(database, table, 1, _last_row(database, table), [FAILURES_MOST]):
        values: dict[str, Any] = dict.fromkeys(columns.in_order)
        values |= dict(zip(columns.in_order, tuple(row), strict=False))
        if values["number"] is None:
            values["number"] = 0
        try:
            if catalogue_rows.whole(values, columns):
                yield values
        except (TypeError, ValueError):
            continue


def _last_row(database: sqlite3.Connection, table: str) -> int:
    try:
        found = database.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
    except _UNREADABLE:
        return MOST_ROWS
    return min(MOST_ROWS, int(found or 1))


def _between(
    database: sqlite3.Connection, table: str, first: int, last: int, left: list[int]
) -> Iterator[sqlite3.Row]:
    """The rows with these row ids; where a range cannot be read, each of its halves is tried."""
    if left[0] <= 0:
        return
    try:
        found = database.execute(
            f"SELECT * FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ?", (first, last)
        ).fetchall()
    except _UNREADABLE:
        left[0] -= 1
        if first == last:
            return
        middle = (first + last) // 2
        yield from _between(database, table, middle + 1, last, left)
        yield from _between(database, table, first, middle, left)
    else:
        yield from found
