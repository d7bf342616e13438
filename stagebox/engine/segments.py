"""The reducer's part for segments: the files that OBS wrote for a session, and the session's own clock."""

from dataclasses import replace

from stagebox.engine import pausing
from stagebox.engine.step import Step
from stagebox.model.ranges import FileRange
from stagebox.model.state import Segment, Session


def note(step: Step, path: str) -> None:
    """Keep count of the files: a new path is a new segment, an empty one is filled in when it is known."""
    session = _active(step)
    segments = session.segments
    growing = bool(segments) and segments[-1].ended_utc == 0.0
    began_at = step.at if session.began_at is None else session.began_at
    if growing and (not path or segments[-1].path == path or path in session.before_files):
        pass
    elif growing and not segments[-1].path:
        segments = (*segments[:-1], replace(segments[-1], path=path))
    else:
        if growing:
            segments = (*segments[:-1], replace(segments[-1], ended_utc=step.utc))
        start_s = max(0.0, step.at - began_at)
        segments = (*segments, Segment(path=path, started_utc=step.utc, start_s=start_s))
    step.session(
        segments=segments,
        began_at=began_at,
        running_since=step.at if session.running_since is None else session.running_since,
        started_utc=session.started_utc or step.utc,
    )


def split(step: Step, path: str, began_utc: float) -> None:
    """OBS goes on in the file `path` since `began_utc` (0: now), and nothing lies between it and the last."""
    session = _active(step)
    segments = session.segments
    if not segments or not path or segments[-1].ended_utc or not segments[-1].path:
        return
    if any(one.path == path for one in segments):
        return
    ago_s = step.utc - began_utc if began_utc else 0.0
    running = session.running_since
    if not 0.0 <= ago_s <= (0.0 if running is None else step.at - running):
        ago_s = 0.0  # The wall clock was set, or the file is older than what is recorded.
    start_s = None if session.began_at is None else max(0.0, step.at - ago_s - session.began_at)
    ended = replace(segments[-1], ended_utc=step.utc - ago_s)
    more = Segment(path=path, started_utc=step.utc - ago_s, start_s=start_s, split=True)
    step.session(segments=(*segments[:-1], ended, more))


def grows(session: Session) -> bool:
    """Whether the last file is one that OBS writes."""
    return (
        bool(session.segments) and session.segments[-1].ended_utc == 0.0 and session.running_since is not None
    )


def file_s(session: Session, at: float) -> float:
    """How much the file that grows holds at the monotonic time `at`, in seconds of its own time."""
    last, since = session.segments[-1], session.running_since
    if last.split and last.start_s is not None and session.began_at is not None:
        since = session.began_at + last.start_s
    return (last.from_s or 0.0) + (0.0 if since is None else max(0.0, at - since))


def of_this_recording(session: Session) -> tuple[str, ...]:
    """The files that OBS ended in the recording that it makes now, with those of earlier talks."""
    ended = _growing(session.segments)[:-1]
    return (*session.before_files, *(one.path for one in ended))


def ranges(session: Session) -> tuple[FileRange, ...]:
    """Which part of each file is the session's; empty when all of each is."""
    found = tuple(segment.range for segment in session.segments if segment.path)
    return () if all(one.whole for one in found) else found


def splits(session: Session) -> tuple[int, ...]:
    """The positions of the files, from 0, that go on where the one before ended."""
    named = [segment for segment in session.segments if segment.path]
    return tuple(number for number, one in enumerate(named) if one.split and number)


def _growing(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The file that grows, after those that OBS split from it: one recording of OBS."""
    first = len(segments) - 1
    while first > 0 and segments[first].split:
        first -= 1
    return segments[first:]


def is_of_before(session: Session, path: str) -> bool:
    """Whether `path` is a file of this session that had ended already: late news of it say nothing of now.

    Of a recording that it split by itself, OBS names the first part when it ends.
    """
    if not path or not session.segments:
        return False
    last = session.segments[-1]
    growing = (*session.before_files, *(one.path for one in _growing(session.segments)))
    if last.ended_utc == 0.0 and path in growing:
        return False
    another_grows = last.ended_utc == 0.0 and last.path not in ("", path)
    return another_grows or any(one.path == path and one.ended_utc for one in session.segments)


def name_last(step: Step, path: str) -> None:
    """OBS told the path of a segment only when it ended."""
    session = _active(step)
    if path and session.segments and not session.segments[-1].path:
        step.session(segments=(*session.segments[:-1], replace(session.segments[-1], path=path)))


def close(step: Step, ended_at: float) -> None:
    """Stop the session's clock and the growing segment's, at the monotonic time `ended_at`.

    The segment's end is its beginning and what the monotonic clock counted since, and sleep: the wall clock
    may have been set meanwhile.
    """
    pausing.close(step, ended_at)
    session = _active(step)
    segments = session.segments
    ran = 0.0 if session.running_since is None else max(0.0, ended_at - session.running_since)
    if segments and segments[-1].ended_utc == 0.0:
        last = segments[-1]
        grew_s = ran
        if last.split and last.start_s is not None and session.began_at is not None:
            grew_s = max(0.0, ended_at - session.began_at - last.start_s)
        ended_utc = last.started_utc + grew_s + last.slept_s + last.paused_s
        segments = (*segments[:-1], replace(last, ended_utc=max(ended_utc, 0.001)))
    step.session(
        segments=segments,
        running_since=None,
        recorded_s=session.recorded_s + ran,
        before_s=0.0,
        before_files=(),
    )


def slept(step: Step, slept_s: float) -> None:
    """The computer slept in the active session."""
    session = _active(step)
    segments = session.segments
    if segments and segments[-1].ended_utc == 0.0:
        last = replace(segments[-1], slept_s=segments[-1].slept_s + slept_s)
        segments = (*segments[:-1], last)
    step.session(segments=segments, slept_s=session.slept_s + slept_s)


def end_last(step: Step, ended_utc: float) -> None:
    """The last segment ended at the wall time `ended_utc`; nobody's clock counted it."""
    session = _active(step)
    last = replace(session.segments[-1], ended_utc=max(ended_utc, 0.001))
    step.session(segments=(*session.segments[:-1], last))


def starts_s(session: Session) -> tuple[float, ...]:
    """When each file began by the session's clock, in seconds; empty when one is not known.

    Of one that OBS split off while nobody looked, the file times tell about when that was.
    """
    starts: list[float | None] = []
    named = [segment for segment in session.segments if segment.path]
    for before, segment in zip((None, *named), named, strict=False):
        start_s = segment.start_s
        if start_s is None and segment.split and before is not None and starts[-1] is not None:
            start_s = starts[-1] + max(0.0, segment.started_utc - before.started_utc - before.paused_s)
        starts.append(start_s)
    known = [start for start in starts if start is not None]
    return tuple(known) if len(known) == len(starts) else ()


def _active(step: Step) -> Session:
    session = step.state.session
    if session is None:
        raise LookupError("there is no active session")
    return session
