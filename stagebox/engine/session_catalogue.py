"""The catalogue: every session and its files, in SQLite. The journal is the truth; this is the memory."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from stagebox.engine import catalogue_rows
from stagebox.engine.salvage import salvage
from stagebox.messages.code_catalogue import say
from stagebox.model.errors import StorageError
from stagebox.model.paths import legible
from stagebox.model.state import Session

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
    """
    ALTER TABLE sessions ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sessions ADD COLUMN crc INTEGER;
    ALTER TABLE segments ADD COLUMN crc INTEGER;
    CREATE INDEX sessions_by_number ON sessions (number, asked_utc);
    """,
    """
    ALTER TABLE sessions ADD COLUMN talk_key TEXT NOT NULL DEFAULT '';
    ALTER TABLE segments ADD COLUMN from_s REAL;
    ALTER TABLE segments ADD COLUMN to_s REAL;
    """,
    "ALTER TABLE sessions ADD COLUMN consent TEXT NOT NULL DEFAULT '';",
)
"""Migration n takes the schema from user_version n to n + 1. Never edit one that was released."""


HEADER_BYTES = 100
"""No SQLite file is shorter."""


class DamagedCatalogueError(StorageError):
    """The catalogue file is not a database, or its pages are damaged."""


class SessionCatalogue:
    """The sessions on disk. Each call opens its own connection, so any thread may call.

    Raises (all methods):
        DamagedCatalogueError: the file is no longer a whole database.
        StorageError: the file cannot be opened, or was made by a newer stagebox.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists() and path.stat().st_size < HEADER_BYTES:
            # SQLite takes such a file for a new one, and would not say that something is gone.
            raise DamagedCatalogueError(
                f"The catalogue {path} is cut off at its very start.", "Set the file aside."
            )
        with self._open() as database:
            problem = _problem(database)
            if problem:
                raise DamagedCatalogueError(
                    f"The catalogue {path} is damaged: {problem}.", "Set the file aside."
                )
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version != len(MIGRATIONS) and _schema(database) == _our_schema():
                raise DamagedCatalogueError(f"The version in {path} is damaged.", "Set the file aside.")
            if version > len(MIGRATIONS):
                raise StorageError(
                    f"The catalogue {path} was made by a newer stagebox.",
                    "Install that version, or set the file aside.",
                )
            for number in range(version, len(MIGRATIONS)):
                database.executescript(
                    f"BEGIN; {MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;"
                )
            if _schema(database) != _our_schema():
                raise DamagedCatalogueError(
                    f"The tables of the catalogue {path} are damaged.", "Set it aside."
                )
            if damaged := catalogue_rows.damaged(database):
                raise DamagedCatalogueError(
                    f"{damaged} rows of the catalogue {path} are damaged.", "Set it aside."
                )

    def save(self, session: Session) -> None:
        """Insert or replace a session and its segments, in one transaction."""
        self.save_all([session])

    def save_all(self, sessions: Iterable[Session]) -> None:
        """Insert or replace these sessions, all in one transaction."""
        with self._open() as database, database:
            for session in sessions:
                catalogue_rows.write(database, legible(session))

    def newest(self, limit: int = 100) -> tuple[Session, ...]:
        """The newest sessions, newest first, at most `limit`: in the order in which they were made.

        The wall clock may have been set back between two of them.
        """
        with self._open() as database:
            found = database.execute(
                "SELECT * FROM sessions ORDER BY number DESC, asked_utc DESC, id DESC LIMIT ?", (limit,)
            ).fetchall()
            return tuple(
                catalogue_rows.session_of(row, catalogue_rows.segments_of(database, row["id"]))
                for row in found
            )

    def find(self, session_id: str) -> Session | None:
        """The session of this id, or None."""
        with self._open() as database:
            row = database.execute("SELECT * FROM sessions WHERE id = ?", (session_id,)).fetchone()
            return (
                None
                if row is None
                else catalogue_rows.session_of(row, catalogue_rows.segments_of(database, session_id))
            )

    def paths(self) -> frozenset[str]:
        """Every file of every session."""
        with self._open() as database:
            found = database.execute("SELECT path FROM segments WHERE path != ''").fetchall()
            return frozenset(str(row["path"]) for row in found)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=5.0)) as database:
                database.row_factory = sqlite3.Row
                database.execute("PRAGMA journal_mode = WAL")
                database.execute("PRAGMA foreign_keys = ON")
                yield database
        except sqlite3.OperationalError as error:
            if not _is_of_the_disk(error):
                # A damaged schema is told as if our own words were wrong.
                raise DamagedCatalogueError(
                    f"The catalogue {self.path} is damaged: {error}.", "Set the file aside."
                ) from error
            raise StorageError(
                f"The catalogue {self.path} cannot be used: {error}.", "Check the disk and the file's rights."
            ) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise DamagedCatalogueError(
                f"The catalogue {self.path} is damaged: {error}.", "Set the file aside."
            ) from error


def _schema(database: sqlite3.Connection) -> set[tuple[str, str]]:
    """All that the file holds tables and indexes for, by name and definition."""
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(str(name), str(sql)) for name, sql in found}


def _our_schema() -> set[tuple[str, str]]:
    """What a file of this very version holds."""
    with closing(sqlite3.connect(":memory:")) as database:
        for migration in MIGRATIONS:
            database.executescript(migration)
        return _schema(database)


def _problem(database: sqlite3.Connection) -> str:
    """What SQLite finds wrong with the file, in its own words; empty for nothing."""
    found = str(database.execute("PRAGMA integrity_check(1)").fetchone()[0])
    return "" if found == "ok" else found


_OF_THE_DISK = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


def _is_of_the_disk(error: sqlite3.OperationalError) -> bool:
    """Whether the operating system refused, rather than that the file holds nonsense."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    short = getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR_SHORT_READ"
    return code & 0xFF in _OF_THE_DISK and not short


def open_or_set_aside(
    path: Path, others: Callable[[], Iterable[Session]] = tuple
) -> tuple[SessionCatalogue, str]:
    """The catalogue at `path`; a damaged one is renamed aside, and a new one begun with what can be saved.

    Args:
        others: sessions that are known from elsewhere; asked for only when the catalogue was damaged.

    Returns the catalogue and a sentence on what was set aside, empty when all was well. Recordings, MP4s
    and reports are files of their own, so a damaged catalogue loses none of them.

    Raises:
        StorageError: the folder cannot be written.
    """
    try:
        return SessionCatalogue(path), ""
    except DamagedCatalogueError as error:
        log.warning("%s", error)
    aside = _set_aside(path)
    catalogue = SessionCatalogue(path)
    saved = salvage(aside)
    names = {session.name for session in saved}
    rebuilt = [session for session in others() if session.name not in names]
    catalogue.save_all((*saved, *rebuilt))
    return catalogue, say("catalogue_damaged", file=aside.name, saved=len(saved), rebuilt=len(rebuilt))


def _set_aside(path: Path) -> Path:
    """Rename a damaged catalogue with all that belongs to it; never onto another one."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside, number = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}"), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


class CatalogueWriter:
    """Saves sessions on a thread of its own, so that the engine never waits for the disk.

    Of each session the newest waits, so a disk that hangs for an hour costs neither room nor a session.
    """

    def __init__(self, catalogue: SessionCatalogue) -> None:
        self._catalogue = catalogue
        self._changed = threading.Condition()
        self._waiting: dict[str, Session] = {}
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="catalogue", daemon=True)
        self._thread.start()

    def save(self, session: Session) -> None:
        """Save soon. Never waits."""
        with self._changed:
            self._waiting[session.id] = session
            self._changed.notify_all()

    def close(self, timeout_s: float = 5.0) -> None:
        """Save what waits, then end."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            log.error("the catalogue did not take its last sessions in time; the journal has them")

    def _run(self) -> None:
        while (session := self._next()) is not None:
            try:
                self._catalogue.save(session)
            except StorageError as error:
                log.error("session %s was not saved: %s", session.id, error)
            except Exception:
                # A fault of ours must not end the thread: the next talk is to be saved, too.
                log.exception("session %s was not saved", session.id)

    def _next(self) -> Session | None:
        """The session that waits longest; None when all are saved and this was closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closing)
            return self._waiting.pop(next(iter(self._waiting))) if self._waiting else None
