"""OBS does not answer although its process runs: is it still recording, or must it be replaced?"""

from typing import Literal

from stagebox.health.check import Check, bad, fine
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

SILENT_STALLED_S = 3.0
"""An OBS that does not answer and has written nothing for so long hangs: two signs need less time than one.
An FLV grows every two seconds at least, even where nothing moves."""

Writes = Literal["yes", "no", "nothing", "unknown"]
"""yes: the file grows. no: it does not. nothing: OBS was not recording. unknown: nobody can tell."""


def writes(facts: HealthFacts, limits: HealthSettings, now: float) -> Writes:
    """Whether an OBS that does not answer still writes the recording, by the bytes on the disk."""
    if not facts.session_wanted:
        return "nothing" if facts.recording_since is None else "unknown"
    if facts.recording_since is None:
        return "no"
    if facts.paused:
        return "unknown"
    proof, limit_s = facts.proof, min(limits.proof.stalled_s, SILENT_STALLED_S)
    looked = proof.file_at is not None and now - proof.file_at <= limits.stale_s
    if not facts.local or not proof.path or not looked:
        return "unknown"
    grew_at = proof.file_grew_at if proof.file_grew_at is not None else facts.recording_since
    return "yes" if now - grew_at <= limit_s else "no"


def obs_stuck(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while the private OBS runs and does not answer. Fine says nothing of an OBS that is down."""
    since = facts.obs_hung_since
    if since is None:
        return (fine(Code.OBS_STUCK, "obs"),)
    state = writes(facts, limits, now)
    level = Severity.WARNING if state == "nothing" else Severity.CRITICAL
    evidence = {"writes": state, "silent_s": round(now - since, 1)}
    return (bad(Code.OBS_STUCK, "obs", level, f"hung_{state}", evidence=evidence),)
