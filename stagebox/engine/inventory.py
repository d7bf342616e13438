"""What lies on the disk after a crash is compared with what journal and catalogue know.

A recording that no session knows of, but that bears a session's name, is the session's: OBS had begun it and
stagebox did not live to hear of it. A session that the journal lost and the catalogue remembers is finished.
Other recordings are named and not touched.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stagebox.engine.step import NOTES_MOST, TOLD_S
from stagebox.messages.code_catalogue import say
from stagebox.model.paths import text_of
from stagebox.model.said import Note, said_of, together
from stagebox.model.state import Phase, Segment, Session, State

SUFFIXES = frozenset({".flv", ".mkv"})
NAMED_MOST = 3
_EVASION = re.compile(r" \(\d+\)$")


@dataclass(frozen=True, slots=True)
class RecordingFile:
    """A recording on the disk, by `paths.text_of`, and when it was last written to (UTC seconds)."""

    path: str
    changed_utc: float

    @property
    def stem(self) -> str:
        """Its name without folder and suffix."""
        return Path(self.path).stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What is known beside the journal: the catalogue's newest sessions, all its files, those on the disk."""

    sessions: Sequence[Session] = ()
    paths: frozenset[str] = frozenset()
    files: Sequence[RecordingFile] = ()


def recordings_in(folders: Iterable[Path]) -> tuple[RecordingFile, ...]:
    """The recordings in these folders, by name. A folder that cannot be read has none."""
    found = []
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if Path(entry.name).suffix.lower() in SUFFIXES and entry.is_file(follow_symlinks=False):
                        found.append(RecordingFile(text_of(entry.path), entry.stat().st_mtime))
        except OSError:
            continue
    return tuple(sorted(found, key=lambda file: (file.stem, file.path)))


def take_stock(state: State, inventory: Inventory, utc: float) -> State:
    """The state of before, completed by what catalogue and disk tell; `utc` is now."""
    lost = [one for one in inventory.sessions if one.phase is not Phase.DONE and not _held(state, one.id)]
    state = replace(state, jobs=(*state.jobs, *(_ended(one) for one in lost if _files(one))))
    newest = max((one.number for one in inventory.sessions), default=0)
    state = replace(state, sessions_made=max(state.sessions_made, newest))
    known = {path for session in (*_sessions(state), *inventory.sessions) for path in _files(session)}
    known |= inventory.paths
    found, foreign = 0, []
    # A file of the future was written by a clock that was wrong.
    files = [replace(one, changed_utc=min(one.changed_utc, utc)) for one in inventory.files]
    changed_utc = {file.path: file.changed_utc for file in files}
    for file in sorted(files, key=lambda one: one.changed_utc):
        if file.path in known:
            continue
        if state.session is not None and (more := _split(state.session, file, changed_utc)) is not None:
            # It may bear the name of an earlier talk, in whose recording this one goes on.
            state, found = replace(state, session=more), found + 1
            continue
        owner = _owner(file, (*_sessions(state), *inventory.sessions))
        if owner is None:
            foreign.append(Path(file.path).name)
        else:
            state = _with_file(state, owner, file)
            found += 1
    notes = [
        Note(said=said_of(words), utc=utc, lasts_s=TOLD_S)
        for words in _words(len(lost), found, sorted(foreign))
    ]
    return replace(state, notes=(*state.notes, *notes)[-NOTES_MOST:]) if notes else state


def is_of(stem: str, name: str) -> bool:
    """Whether a file's stem is the name of a session, of one of its parts, or OBS's evasion of either."""
    rest = stem.removeprefix(name)
    return stem.startswith(name) and (not rest or rest.startswith(("-part-", " (")))


def _owner(file: RecordingFile, sessions: Sequence[Session]) -> Session | None:
    """The session whose name the file bears; of two with the same name, the one that asked last before."""
    alike = [one for one in sessions if is_of(file.stem, one.name)]
    return max(alike, key=lambda one: (len(one.name), one.asked_utc), default=None)


def _with_file(state: State, owner: Session, file: RecordingFile) -> State:
    if state.session is not None and state.session.id == owner.id:
        return replace(state, session=_grown(state.session, file))
    if any(job.id == owner.id for job in state.jobs):
        return replace(
            state, jobs=tuple(_more(job, file) if job.id == owner.id else job for job in state.jobs)
        )
    # It was finished without this file: it is processed again, with it.
    again = replace(_more(owner, file), phase=Phase.PROCESSING, wanted=False)
    return replace(
        state,
        jobs=(*state.jobs, again),
        finished=tuple(one for one in state.finished if one.id != owner.id),
    )


def _split(session: Session, file: RecordingFile, changed_utc: Mapping[str, float]) -> Session | None:
    """The active session with a file that OBS split off by itself while nobody looked; None when it is none.

    OBS calls the parts of one recording "NAME", "NAME (2)", "NAME (3)": what was begun anew has another name.
    """
    last = session.segments[-1] if session.segments else None
    if last is None or last.ended_utc or not last.path or last.path not in changed_utc:
        return None
    base = _EVASION.sub("", Path(last.path).stem)
    ended_utc = changed_utc[last.path]
    if _EVASION.sub("", file.stem) != base or file.stem == base or file.changed_utc < ended_utc:
        return None
    more = Segment(path=file.path, started_utc=ended_utc, split=True)
    return replace(session, segments=(*session.segments[:-1], replace(last, ended_utc=ended_utc), more))


def _grown(session: Session, file: RecordingFile) -> Session:
    """The active session with a file that may still grow: OBS will tell."""
    last = session.segments[-1] if session.segments else None
    if last is not None and not last.path:
        return replace(session, segments=(*session.segments[:-1], replace(last, path=file.path)))
    if last is not None and not last.ended_utc:
        return _more(session, file)
    start_s = None if session.segments else 0.0
    growing = Segment(path=file.path, started_utc=session.asked_utc or file.changed_utc, start_s=start_s)
    return replace(session, segments=(*session.segments, growing))


def _more(session: Session, file: RecordingFile) -> Session:
    """The session with one more file that has ended, before the one that grows."""
    ended = [one for one in session.segments if one.ended_utc]
    growing = [one for one in session.segments if not one.ended_utc]
    start_s = None if session.segments else 0.0
    extra = Segment(path=file.path, started_utc=file.changed_utc, ended_utc=file.changed_utc, start_s=start_s)
    return replace(session, segments=(*ended, extra, *growing))


def _ended(session: Session) -> Session:
    segments = tuple(
        one if one.ended_utc else replace(one, ended_utc=max(one.started_utc, 0.001))
        for one in session.segments
    )
    return replace(
        session, phase=Phase.PROCESSING, wanted=False, deadline=None, clock_lost=True, segments=segments
    )


def _words(lost: int, found: int, foreign: Sequence[str]) -> list[str]:
    said: list[str] = []
    if lost:
        said.append(say("taken_up_again", n=lost))
    if found:
        said.append(say("found_and_kept", n=found))
    if foreign:
        names = ", ".join(foreign[:NAMED_MOST]) + (", …" if len(foreign) > NAMED_MOST else "")
        said.append(together(say("not_made_here", n=len(foreign), names=names), say("not_made_here_help")))
    return said


def _held(state: State, session_id: str) -> bool:
    return any(one.id == session_id for one in _sessions(state))


def _sessions(state: State) -> tuple[Session, ...]:
    active = (state.session,) if state.session is not None else ()
    return (*state.finished, *state.jobs, *active)


def _files(session: Session) -> tuple[str, ...]:
    return tuple(one.path for one in session.segments if one.path)
