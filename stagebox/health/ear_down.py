"""Does the backup recorder hear, and does it write its backup?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import cut_off, ear, levels_of, meters, on_air, silent_s
from stagebox.messages.code_catalogue import REMEDY, say
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import BackupRecorderFacts
from stagebox.model.report import Code, Severity
from stagebox.model.said import Fact
from stagebox.model.settings import HealthSettings

SPEECH_S = 0.8
STARTING_S = 10.0
"""The backup recorder may take so long to start before that is said."""

EAR = "ear"


def ear_down(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when the backup recorder does not hear, writes no backup although asked, or is deaf while OBS
    hears.

    A warning while a talk is or should be recorded (there is no backup then), else a note.
    """
    if not facts.sound.wanted.ear:
        return ()
    heard = ear(facts, limits, now)
    if heard is None or heard.seen is None:
        return (unknown(Code.EAR_DOWN, EAR, "not_known"),)
    seen = heard.seen
    if seen.status in ("starting", "off"):
        late = heard.status_since is not None and now - heard.status_since > STARTING_S
        return (_bad(facts, "no_start") if late else unknown(Code.EAR_DOWN, EAR, "starting"),)
    if seen.status != "listening":
        key = "told" if seen.detail else "not_running"
        return (_bad(facts, key, reason=seen.detail, help=seen.remedy),)
    if seen.backup_fault:
        help_ = say(f"{Code.EAR_DOWN}.not_written.{REMEDY}")
        return (_bad(facts, "told", reason=seen.backup_fault, help=help_),)
    if _deaf(facts, heard, limits, now):
        return (_bad(facts, "deaf"),)
    return (fine(Code.EAR_DOWN, EAR),)


def _deaf(facts: HealthFacts, heard: BackupRecorderFacts, limits: HealthSettings, now: float) -> bool:
    obs = meters(facts, limits, now)
    if obs is None or not on_air(obs) or cut_off(obs):
        return False
    sound = limits.sound
    return (
        silent_s(heard.hearing, sound.silent_dbfs, now) >= sound.silent_s
        and obs.hearing.loudest.spell_s(sound.speech_dbfs, now) >= SPEECH_S
    )


def _bad(facts: HealthFacts, key: str, **given: Fact) -> Check:
    seen = facts.sound.ear.seen
    evidence = {
        "status": seen.status if seen is not None else "",
        "backup": seen.backup if seen is not None else "",
        **levels_of(facts.sound),
    }
    level = Severity.WARNING if facts.recording or facts.session_wanted else Severity.NOTE
    return bad(Code.EAR_DOWN, EAR, level, key, evidence=evidence, **given)
