"""Is the sound choppy, or does the device run at another speed than was agreed?"""

from stagebox.health.check import Check
from stagebox.health.listening import (
    MIC,
    calm,
    counted,
    fine,
    levels_of,
    listening_ear,
    program_sound,
)
from stagebox.model.facts import Facts
from stagebox.model.facts.sound import BackupRecorderFacts, MeterFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def dropouts(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A warning when holes are many, in OBS's sound or the backup recorder's, or the sample rate is wrong."""
    if not facts.sound.wanted.mic:
        return ()
    heard = listening_ear(facts, limits, now)
    if heard is not None and (wrong := _wrong_rate(heard, limits)):
        return wrong
    obs = program_sound(Code.DROPOUTS, facts, limits, now)
    if isinstance(obs, tuple):
        return obs
    in_obs = _recent(obs, limits, now)
    in_ear = _recent(heard, limits, now) if heard is not None else 0
    if not in_obs and not in_ear:
        return fine(Code.DROPOUTS)
    many = max(in_obs, in_ear) >= limits.sound.dropouts_count
    where = "The sound" if in_obs else "The second ear's sound"
    return (
        Check(
            code=Code.DROPOUTS,
            role=MIC,
            outcome="bad",
            level=Severity.WARNING if many else Severity.NOTE,
            summary=f"{where} is choppy." if many else f"{where} had a short hole.",
            remedy="Plug the sound device into a port of its own, without a hub; close other programs.",
            evidence={"in_obs": in_obs, "in_ear": in_ear, **levels_of(facts.sound)},
        ),
    )


def _recent(listener: MeterFacts | BackupRecorderFacts, limits: HealthSettings, now: float) -> int:
    if calm(listener.holes, listener.hearing, limits.sound.speech_dbfs, now):
        return 0
    return counted(listener.holes, now)[0]


def _wrong_rate(heard: BackupRecorderFacts, limits: HealthSettings) -> tuple[Check, ...]:
    seen = heard.seen
    if seen is None or not seen.rate_hz or seen.measured_rate_hz is None:
        return ()
    off = seen.measured_rate_hz / seen.rate_hz - 1
    if abs(off) <= limits.sound.rate_tolerance_share:
        return ()
    return (
        Check(
            code=Code.DROPOUTS,
            role=MIC,
            outcome="bad",
            level=Severity.WARNING,
            summary=(
                f"The microphone delivers {seen.measured_rate_hz:.0f} samples a second, "
                f"but {seen.rate_hz} were agreed: the sound is too fast, too slow or choppy."
            ),
            remedy=f"Set the device's sample rate to {seen.rate_hz} Hz, and plug it in again.",
            evidence={"rate_hz": seen.rate_hz, "measured_rate_hz": round(seen.measured_rate_hz, 1)},
        ),
    )
