"""Is what is recorded black? The recording's own picture tells, whatever the sources show."""

from stagebox.health.check import Check
from stagebox.health.fresh import is_fresh, unknown
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

ROLE = "program"
NOBODY_KNOWS = "The recording's own picture was not looked at in time."


def is_program_black(facts: Facts, limits: HealthSettings, now: float) -> bool | None:
    """Whether the end of the growing recording is black; None is unknown."""
    proof, of = facts.proof, limits.pictures
    tail = proof.tail
    if not is_fresh(proof.file_at, limits, now) or tail is None or proof.tail_at is None:
        return None
    if tail.fault or tail.mean_level is None or tail.peak_level is None:
        return None
    if now - proof.tail_at > limits.proof.proven_s:
        return None
    return tail.mean_level < of.black_level and tail.peak_level < of.black_peak_level


def program_black(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS records black; unknown while the recording's picture is not known."""
    if facts.recording is False and not facts.session_wanted:
        return (Check(code=Code.BLACK, role=ROLE, outcome="fine"),)
    black = is_program_black(facts, limits, now)
    if black is None:
        return unknown(Code.BLACK, ROLE, NOBODY_KNOWS)
    if not black:
        return (Check(code=Code.BLACK, role=ROLE, outcome="fine"),)
    tail = facts.proof.tail
    assert tail is not None
    return (
        Check(
            code=Code.BLACK,
            role=ROLE,
            outcome="bad",
            level=Severity.WARNING,
            summary="The program is black: the recording shows nothing.",
            remedy="Touch a scene that shows a picture. If all are black, wake the laptop, switch the camera "
            "on, and look at Set-up, Sources.",
            evidence={
                "mean_level": tail.mean_level,
                "peak_level": tail.peak_level,
                "scene": facts.program_scene,
            },
        ),
    )
