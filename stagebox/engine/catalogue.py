"""The catalogue: every session and its files, in SQLite. The journal is the truth; this is the memory."""

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from stagebox.model.errors import StorageError
from stagebox.model.intents import TalkDetails
from stagebox.model.state import Phase, Segment, Session

log = logging.getLogger(__name__)

MIGRATIONS = (
    """
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, speaker TEXT NOT NULL,
        room TEXT NOT NULL, planned_start TEXT NOT NULL, planned_end TEXT NOT NULL,
        do_not_record INTEGER NOT NULL, phase TEXT NOT NULL, origin TEXT NOT NULL, asked_utc REAL NOT NULL,
        started_utc REAL NOT NULL, ended_utc REAL NOT NULL, recorded_s REAL NOT NULL,
        verdict TEXT NOT NULL, output TEXT NOT NULL, report TEXT NOT NULL, summary TEXT NOT NULL
    ) STRICT;
    CREATE TABLE segments (
        session_id TEXT NOT NULL REFERENCES sessions (id), number INTEGER NOT NULL, path TEXT NOT NULL,
        started_utc REAL NOT NULL, ended_utc REAL NOT NULL, PRIMARY KEY (session_id, number)
    ) STRICT;
    CREATE INDEX sessions_by_time ON sessions (asked_utc);
    """,
    "ALTER TABLE segments ADD COLUMN start_s REAL;",
)
"""Migration n takes the schema from user_version n to n + 1. Never edit one that was released."""


class DamagedError(StorageError):
    """The catalogue file is not a database, or its pages are damaged."""


class Catalogue:
    """The sessions on disk. Each call opens its own connection, so any thread may call.

    Raises (all methods):
        DamagedError: the file is no longer a whole database.
        StorageError: the file cannot be opened, or was made by a newer stagebox.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as database:
            problem = database.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise DamagedError(f"The catalogue {path} is damaged: {problem}.", "Set the file aside.")
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise StorageError(
                    f"The catalogue {path} was made by a newer stagebox.",
                    "Install that version, or set the file aside.",
                )
            for number in range(version, len(MIGRATIONS)):
                database.executescript(
                    f"BEGIN; {MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;"
                )

    def save(self, session: Session) -> None:
        """Insert or replace a session and its segments, in one transaction."""
        talk = session.talk
        row = (
            *(session.id, session.name, talk.title, talk.speaker, talk.room, talk.planned_start),
            *(talk.planned_end, int(talk.do_not_record), str(session.phase), session.origin),
            *(session.asked_utc, session.started_utc, session.ended_utc, session.recorded_s),
            *(session.verdict, session.output, session.report, session.summary),
        )
        with self._open() as database, database:
            database.execute("DELETE FROM segments WHERE session_id = ?", (session.id,))
            database.execute(f"INSERT OR REPLACE INTO sessions VALUES ({','.join('?' * len(row))})", row)
            database.executemany(
                "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (session.id, number, one.path, one.started_utc, one.ended_utc, one.start_s)
                    for number, one in enumerate(session.segments, start=1)
                ],
            )

    def newest(self, limit: int = 100) -> tuple[Session, ...]:
        """The newest sessions, newest first, at most `limit`."""
        with self._open() as database:
            rows = database.execute(
                "SELECT * FROM sessions ORDER BY asked_utc DESC, id DESC LIMIT ?", (limit,)
            ).fetchall()
            return tuple(_session(row, _segments(database, row["id"])) for row in rows)

    def paths(self) -> frozenset[str]:
        """Every file of every session."""
        with self._open() as database:
            rows = database.execute("SELECT path FROM segments WHERE path != ''").fetchall()
            return frozenset(str(row["path"]) for row in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=5.0)) as database:
                database.row_factory = sqlite3.Row
                database.execute("PRAGMA journal_mode = WAL")
                database.execute("PRAGMA foreign_keys = ON")
                yield database
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"The catalogue {self.path} cannot be used: {error}.", "Check the disk and the file's rights."
            ) from error
        except sqlite3.DatabaseError as error:
            raise DamagedError(
                f"The catalogue {self.path} is damaged: {error}.", "Set the file aside."
            ) from error


def open_or_set_aside(path: Path) -> tuple[Catalogue, str]:
    """The catalogue at `path`; a damaged one is renamed aside and a new one begun.

    Returns the catalogue and a sentence on what was set aside, empty when all was well. Recordings, MP4s
    and reports are files of their own, so a damaged catalogue loses none of them.

    Raises:
        StorageError: the folder cannot be written.
    """
    try:
        return Catalogue(path), ""
    except DamagedError as error:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
        log.warning("%s", error)
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
        return Catalogue(path), (
            f"The catalogue of sessions was damaged. It was set aside as {aside.name} and a new one begun; "
            "no recording was touched."
        )


class Writer:
    """Saves sessions on a thread of its own, in order, so that the engine never waits for the disk."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._waiting: queue.Queue[Session | None] = queue.Queue(maxsize=1000)
        self._thread = threading.Thread(target=self._run, name="catalogue", daemon=True)
        self._thread.start()

    def save(self, session: Session) -> None:
        """Save soon. When a thousand wait (the disk hangs), it is dropped here; the journal has it."""
        try:
            self._waiting.put_nowait(session)
        except queue.Full:
            log.error("the catalogue is too slow: session %s was not saved now", session.id)

    def close(self, timeout_s: float = 5.0) -> None:
        """Save what waits, then end."""
        deadline = time.monotonic() + timeout_s
        try:
            self._waiting.put(None, timeout=timeout_s)
        except queue.Full:
            log.error("the catalogue did not take its last sessions in time")
            return
        self._thread.join(max(0.0, deadline - time.monotonic()))

    def _run(self) -> None:
        while (session := self._waiting.get()) is not None:
            try:
                self._catalogue.save(session)
            except StorageError as error:
                log.error("session %s was not saved: %s", session.id, error)


def _segments(database: sqlite3.Connection, session_id: str) -> tuple[Segment, ...]:
    rows = database.execute("SELECT * FROM segments WHERE session_id = ? ORDER BY number", (session_id,))
    return tuple(
        Segment(
            path=row["path"],
            started_utc=row["started_utc"],
            ended_utc=row["ended_utc"],
            start_s=row["start_s"],
        )
        for row in rows
    )


def _session(row: sqlite3.Row, segments: tuple[Segment, ...]) -> Session:
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
        ),
        phase=Phase(row["phase"]),
        wanted=False,
        origin=row["origin"],
        asked_utc=row["asked_utc"],
        started_utc=row["started_utc"],
        ended_utc=row["ended_utc"],
        recorded_s=row["recorded_s"],
        segments=segments,
        verdict=row["verdict"],
        output=row["output"],
        report=row["report"],
        summary=row["summary"],
    )
