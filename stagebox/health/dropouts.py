"""Is the sound choppy, or does the device run at another speed than was agreed?"""

from stagebox.health.check import Check, bad, fine
from stagebox.health.listening import MIC, calm, counted, levels_of, listening_ear, program_sound
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import BackupRecorderFacts, MeterFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def dropouts(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
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
        return (fine(Code.DROPOUTS, MIC),)
    many = max(in_obs, in_ear) >= limits.sound.dropouts_count
    level, key = (Severity.WARNING, "choppy") if many else (Severity.NOTE, "hole")
    evidence = {"in_obs": in_obs, "in_ear": in_ear, **levels_of(facts.sound)}
    return (bad(Code.DROPOUTS, MIC, level, key if in_obs else f"backup_{key}", evidence=evidence),)


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
        bad(
            Code.DROPOUTS,
            MIC,
            Severity.WARNING,
            "rate",
            evidence={"rate_hz": seen.rate_hz, "measured_rate_hz": round(seen.measured_rate_hz, 1)},
            rate=round(seen.measured_rate_hz),
            agreed=seen.rate_hz,
        ),
    )
