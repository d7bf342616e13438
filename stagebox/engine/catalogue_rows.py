"""Sessions as rows of the catalogue, each with a checksum: SQLite itself has none for what is in a row."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stagebox.model.commands import TalkDetails
from stagebox.model.state import Phase, Segment, Session


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, in the order of the file: the checksum stands between `first` and `later`.

    `later` came with migrations, in this order: a row that was written before one has a checksum of those
    alone that were there.
    """

    first: tuple[str, ...]
    later: tuple[str, ...]

    @property
    def in_order(self) -> tuple[str, ...]:
        """As they stand in the file."""
        return (*self.first, "crc", *self.later)


SESSION = Columns(
    (
        *("id", "name", "title", "speaker", "room", "planned_start", "planned_end", "do_not_record", "phase"),
        *("origin", "asked_utc", "started_utc", "ended_utc", "recorded_s", "verdict", "output", "report"),
        *("summary", "number"),
    ),
    ("talk_key", "consent"),
)
SEGMENT = Columns(("session_id", "number", "path", "started_utc", "ended_utc", "start_s"), ("from_s", "to_s"))

Row = Mapping[str, Any]


def write(database: sqlite3.Connection, session: Session) -> None:
    """Insert or replace a session and its segments, within the caller's transaction."""
    talk = session.talk
    values = (
        *(session.id, session.name, talk.title, talk.speaker, talk.room, talk.planned_start),
        *(talk.planned_end, int(talk.do_not_record), str(session.phase), session.origin),
        *(session.asked_utc, session.started_utc, session.ended_utc, session.recorded_s),
        *(session.verdict, session.output, session.report, session.summary, session.number, talk.key),
        session.consent,
    )
    database.execute("DELETE FROM segments WHERE session_id = ?", (session.id,))
    _insert(database, "sessions", SESSION, values)
    for number, one in enumerate(session.segments, start=1):
        segment = (
            *(session.id, number, one.path, one.started_utc, one.ended_utc, one.start_s),
            *(one.from_s, one.to_s),
        )
        _insert(database, "segments", SEGMENT, segment)


def whole(row: Row, columns: Columns) -> bool:
    """Whether a row is as it was written. A row from before there were checksums is taken as it is."""
    first, later = ([row[name] for name in names] for names in (columns.first, columns.later))
    if row["crc"] is None:
        return True
    return any(
        row["crc"] == _crc([*first, *later[:known]])
        for known in range(len(later), -1, -1)
        if all(value in (None, "") for value in later[known:])
    )


def damaged(database: sqlite3.Connection) -> int:
    """How many rows are not as they were written."""
    bad = 0
    for table, columns in (("sessions", SESSION), ("segments", SEGMENT)):
        bad += sum(not whole(_row(one), columns) for one in database.execute(f"SELECT * FROM {table}"))
    return bad


def segments_of(database: sqlite3.Connection, session_id: str) -> tuple[Segment, ...]:
    """The segments of a session, in order."""
    found = database.execute("SELECT * FROM segments WHERE session_id = ? ORDER BY number", (session_id,))
    return tuple(segment_of(_row(row)) for row in found)


def segment_of(row: Row) -> Segment:
    """The segment in a row."""
    return Segment(
        path=row["path"],
        started_utc=row["started_utc"],
        ended_utc=row["ended_utc"],
        start_s=row["start_s"],
        from_s=row["from_s"],
        to_s=row["to_s"],
    )


def session_of(row: Row | sqlite3.Row, segments: Iterable[Segment]) -> Session:
    """The session in a row. Raises ValueError when its phase is none."""
    return Session(
        id=row["id"],
        name=row["name"],
        talk=TalkDetails(
            title=row["title"],
            speaker=row["speaker"],
            room=row["room"],
            planned_start=row["planned_start"],
            planned_end=row["planned_end"],
            do_not_record=bool(row["do_not_record"]),
            key=row["talk_key"] or "",
        ),
        phase=Phase(row["phase"]),
        wanted=False,
        origin=row["origin"],
        asked_utc=row["asked_utc"],
        started_utc=row["started_utc"],
        ended_utc=row["ended_utc"],
        recorded_s=row["recorded_s"],
        number=row["number"],
        segments=tuple(segments),
        verdict=row["verdict"],
        consent=row["consent"] or "",
        output=row["output"],
        report=row["report"],
        summary=row["summary"],
    )


def _insert(database: sqlite3.Connection, table: str, columns: Columns, values: Sequence[object]) -> None:
    names = ",".join((*columns.first, *columns.later, "crc"))
    marks = ",".join("?" * (len(values) + 1))
    database.execute(
        f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", (*values, _crc(list(values)))
    )


def _crc(values: list[object]) -> int:
    return zlib.crc32(json.dumps([_plain(value) for value in values]).encode())


def _plain(value: object) -> object:
    """As SQLite gives it back: a REAL column makes 5 a 5.0."""
    return repr(float(value)) if isinstance(value, (int, float)) else value


def _row(row: sqlite3.Row) -> Row:
    return {name: row[name] for name in row.keys()}  # noqa: SIM118  # its iteration gives values
