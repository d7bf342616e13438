"""Is a title card on program while a talk is recorded? Then its pictures are not in the recording."""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

ROLE = "program"


def card_on_program(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A note when a scene without sound has been on program for a while, and OBS records."""
    code = Code.CARD_ON_PROGRAM
    if facts.recording is None or not facts.obs_up or not facts.program_scene or facts.program_since is None:
        return (unknown(code, ROLE, "not_known"),)
    began = max(facts.program_since, facts.recording_since or facts.program_since)
    card = facts.program_scene in facts.sound.wanted.silent_scenes
    if not facts.recording or not card or now - began < limits.forgotten.card_s:
        return (fine(code, ROLE),)
    evidence = {"scene": facts.program_scene, "on_program_s": round(now - began)}
    return (bad(code, ROLE, Severity.NOTE, "card", evidence=evidence, scene=facts.program_scene),)
