"""Does the backup recorder hear, and does it write its backup?"""

from stagebox.health.check import Check
from stagebox.health.listening import cut_off, ear, levels_of, meters, on_air, silent_s
from stagebox.model.facts import Facts
from stagebox.model.facts.sound import BackupRecorderFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

SPEECH_S = 0.8
STARTING_S = 10.0
"""The backup recorder may take so long to start before that is said."""

EAR = "ear"


def ear_down(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when the backup recorder does not hear, writes no backup although asked, or is deaf while OBS
    hears.

    A warning while a talk is or should be recorded (there is no backup then), else a note.
    """
    if not facts.sound.wanted.ear:
        return ()
    heard = ear(facts, limits, now)
    if heard is None or heard.seen is None:
        return _unknown("Nothing is known of the second ear.")
    seen = heard.seen
    if seen.status in ("starting", "off"):
        late = heard.status_since is not None and now - heard.status_since > STARTING_S
        if not late:
            return _unknown("The second ear is starting.")
        return _bad(facts, "The second ear does not start.", "Check the microphone; stagebox keeps trying.")
    if seen.status != "listening":
        return _bad(facts, seen.detail or "The second ear does not hear.", seen.remedy)
    if seen.backup_fault:
        return _bad(facts, seen.backup_fault, seen.remedy or "Check the disk.")
    if _deaf(facts, heard, limits, now):
        return _bad(
            facts,
            "The second ear hears nothing while OBS does: the backup has no sound.",
            "Choose the microphone again in Set-up, Sources.",
        )
    return (Check(code=Code.EAR_DOWN, role=EAR, outcome="fine"),)


def _deaf(facts: Facts, heard: BackupRecorderFacts, limits: HealthSettings, now: float) -> bool:
    obs = meters(facts, limits, now)
    if obs is None or not on_air(obs) or cut_off(obs):
        return False
    sound = limits.sound
    return (
        silent_s(heard.hearing, sound.silent_dbfs, now) >= sound.silent_s
        and obs.hearing.loudest.spell_s(sound.speech_dbfs, now) >= SPEECH_S
    )


def _unknown(summary: str) -> tuple[Check, ...]:
    return (Check(code=Code.EAR_DOWN, role=EAR, outcome="unknown", summary=summary),)


def _bad(facts: Facts, summary: str, remedy: str) -> tuple[Check, ...]:
    seen = facts.sound.ear.seen
    return (
        Check(
            code=Code.EAR_DOWN,
            role=EAR,
            outcome="bad",
            level=Severity.WARNING if facts.recording or facts.session_wanted else Severity.NOTE,
            summary=summary,
            remedy=remedy,
            evidence={
                "status": seen.status if seen is not None else "",
                "backup": seen.backup if seen is not None else "",
                **levels_of(facts.sound),
            },
        ),
    )
