"""Is what is recorded black? The recording's own picture tells, whatever the sources show."""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.fresh import is_fresh
from stagebox.health.picture_words import is_dark
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

ROLE = "program"


def is_program_black(facts: HealthFacts, limits: HealthSettings, now: float) -> bool | None:
    """Whether the end of the growing recording is black; None is unknown."""
    proof, tail = facts.proof, facts.proof.tail
    if not is_fresh(proof.file_at, limits, now) or tail is None or proof.tail_at is None:
        return None
    if tail.fault or tail.mean_level is None or tail.peak_level is None:
        return None
    if now - proof.tail_at > limits.proof.proven_s:
        return None
    return is_dark(tail.mean_level, tail.peak_level, limits)


def program_black(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS records black; unknown while the recording's picture is not known."""
    if facts.recording is False and not facts.session_wanted:
        return (fine(Code.BLACK, ROLE),)
    black = is_program_black(facts, limits, now)
    if black is None:
        return (unknown(Code.BLACK, ROLE, "program_not_seen"),)
    if not black:
        return (fine(Code.BLACK, ROLE),)
    tail = facts.proof.tail
    assert tail is not None
    evidence = {
        "mean_level": tail.mean_level,
        "peak_level": tail.peak_level,
        "scene": facts.program_scene,
    }
    return (bad(Code.BLACK, ROLE, Severity.WARNING, "program", evidence=evidence),)
