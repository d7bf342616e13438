"""The reducer's part for segments: the files that OBS wrote for a session, and the session's own clock."""

from dataclasses import replace

from stagebox.engine.step import Step
from stagebox.model.state import Segment, Session


def note(step: Step, path: str) -> None:
    """Keep count of the files: a new path is a new segment, an empty one is filled in when it is known."""
    session = _active(step)
    segments = session.segments
    growing = bool(segments) and segments[-1].ended_utc == 0.0
    began_at = step.at if session.began_at is None else session.began_at
    if growing and (not path or segments[-1].path == path):
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


def is_of_before(session: Session, path: str) -> bool:
    """Whether `path` is a file of this session that had ended already: late news of it say nothing of now."""
    if not path or not session.segments:
        return False
    last = session.segments[-1]
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
    session = _active(step)
    segments = session.segments
    ran = 0.0 if session.running_since is None else max(0.0, ended_at - session.running_since)
    if segments and segments[-1].ended_utc == 0.0:
        ended_utc = segments[-1].started_utc + ran + segments[-1].slept_s
        segments = (*segments[:-1], replace(segments[-1], ended_utc=max(ended_utc, 0.001)))
    step.session(segments=segments, running_since=None, recorded_s=session.recorded_s + ran)


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
    """When each file began by the session's clock, in seconds; empty when one is not known."""
    starts = [segment.start_s for segment in session.segments if segment.path]
    known = [start for start in starts if start is not None]
    return tuple(known) if len(known) == len(starts) else ()


def _active(step: Step) -> Session:
    session = step.state.session
    if session is None:
        raise LookupError("there is no active session")
    return session
