"""What the rules about the sound share: who can be believed now, and how grave it is. Pure."""

from typing import Any

from stagebox.health.check import Check, fine, unknown
from stagebox.hearing.limits import EVENTS_WINDOW_S
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import (
    BackupRecorderFacts,
    ChannelLevel,
    ListenerFacts,
    MeterFacts,
    RecentCount,
    Sort,
    SoundFacts,
)
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

MIC = "mic"
CALM_S = 2.0
"""Clipping and dropouts are over when none came for this long."""

SPOKEN_SINCE_S = 1.5
"""Or for this long, when somebody was heard meanwhile: only a pause could hide that they go on."""

FADER_DOWN_DB = -60.0

SOFT_VOICE_SHARE = 0.3
"""In so many of the last seconds somebody speaks where silence is none, but a voice far too soft."""


def meters(facts: HealthFacts, limits: HealthSettings, now: float) -> MeterFacts | None:
    """OBS's meters, or None when they are missing, stale, or OBS cannot be asked."""
    obs = facts.sound.obs
    fresh = obs.seen is not None and _fresh(obs.at, limits, now)
    return obs if fresh and obs.seen is not None and obs.seen.up else None


def ear(facts: HealthFacts, limits: HealthSettings, now: float) -> BackupRecorderFacts | None:
    """What the backup recorder says of itself, or None when that is missing or stale."""
    heard = facts.sound.ear
    return heard if heard.seen is not None and _fresh(heard.at, limits, now) else None


def listening_ear(facts: HealthFacts, limits: HealthSettings, now: float) -> BackupRecorderFacts | None:
    """The backup recorder, or None when it does not hear now."""
    known = ear(facts, limits, now)
    if known is None or known.seen is None or known.seen.status != "listening" or not known.seen.levels:
        return None
    return known


def on_air(obs: MeterFacts) -> bool:
    """Whether the microphone's input sounds in what is on program, as OBS says."""
    return obs.seen is not None and obs.seen.live


def off_by_design(facts: HealthFacts, obs: MeterFacts) -> bool:
    """Whether the microphone is out of the program because a title card is on."""
    return not on_air(obs) and facts.program_scene in facts.sound.wanted.silent_scenes


def program_sound(
    code: Code, facts: HealthFacts, limits: HealthSettings, now: float
) -> MeterFacts | tuple[Check, ...]:
    """OBS's meters while the microphone is heard on program; else what a rule about its sound says then."""
    obs = meters(facts, limits, now)
    if obs is None:
        return (unknown(code, MIC, "no_levels"),)
    if on_air(obs):
        return obs
    if off_by_design(facts, obs):
        return (fine(code, MIC, key="off_by_design"),)
    return (unknown(code, MIC, "off_program"),)


def silent_s(hearing: ListenerFacts, level_dbfs: float, now: float) -> float:
    """How long a listener has heard nothing at or above the level; 0 when it has not listened."""
    if hearing.since is None:
        return 0.0
    last = hearing.loudest.last_above(level_dbfs)
    return max(0.0, now - max(hearing.since, last if last is not None else hearing.since))


def heard_within(hearing: ListenerFacts, level_dbfs: float, within_s: float, now: float) -> bool:
    """Whether a listener heard something at or above the level in the last `within_s` seconds."""
    last = hearing.loudest.last_above(level_dbfs)
    return last is not None and now - last < within_s


def spoken_share(hearing: ListenerFacts, level_dbfs: float, within_s: float, now: float) -> float | None:
    """In which share of the last `within_s` seconds the level was heard; None: not listened so long."""
    if hearing.since is None or now - hearing.since < within_s:
        return None
    loud = sum(1 for second, dbfs in hearing.seconds if now - within_s < second and dbfs >= level_dbfs)
    return min(1.0, loud / within_s)


def sorts_within(
    heard: BackupRecorderFacts | None, within_s: float, now: float
) -> tuple[tuple[int, Sort, bool], ...] | None:
    """What the backup recorder says of each of the last `within_s` seconds; None: not known for so long."""
    if heard is None or not heard.sorts or now - heard.sorts[0][0] < within_s:
        return None
    return tuple(one for one in heard.sorts if now - within_s < one[0])


def voice_share(heard: BackupRecorderFacts | None, within_s: float, now: float) -> float | None:
    """In which share of the last `within_s` seconds somebody spoke, as the backup recorder heard; None: not
    known."""
    known = sorts_within(heard, within_s, now)
    return None if not known else sum(sort == "voice" for _, sort, _ in known) / len(known)


def soft_voice(facts: HealthFacts, obs: MeterFacts, limits: HealthSettings, now: float) -> bool:
    """Whether what is below the level of silence is somebody speaking, far too softly."""
    sound, heard = limits.sound, listening_ear(facts, limits, now)
    share = voice_share(heard, sound.silent_s, now)
    if heard is None or share is None or share < SOFT_VOICE_SHARE or cut_off(obs):
        return False
    # Where the backup recorder hears it well, or OBS nothing at all, the voice is lost on its way to OBS.
    ear_soft = silent_s(heard.hearing, sound.speech_dbfs, now) >= sound.silent_s
    return ear_soft and silent_s(obs.hearing, sound.dead_dbfs, now) < sound.silent_s


def cut_off(obs: MeterFacts) -> bool:
    """Whether the input is muted in OBS, or its fader is down."""
    seen = obs.seen
    if seen is None:
        return False
    return bool(seen.muted) or (seen.volume_db is not None and seen.volume_db <= FADER_DOWN_DB)


def counted(tally: RecentCount, now: float) -> tuple[int, int]:
    """(how often, in how many different seconds) it happened within the last EVENTS_WINDOW_S seconds."""
    recent = [count for second, count in tally.seconds if now - second <= EVENTS_WINDOW_S]
    return sum(recent), len(recent)


def calm(tally: RecentCount, hearing: ListenerFacts, speech_dbfs: float, now: float) -> bool:
    """Whether it is over: CALM_S seconds ago, or SPOKEN_SINCE_S with speech in between."""
    if tally.last_at is None or now - tally.last_at > CALM_S:
        return True
    spoken = hearing.loudest.last_above(speech_dbfs)
    return spoken is not None and spoken - tally.last_at > SPOKEN_SINCE_S


def grave(facts: HealthFacts) -> Severity:
    """Critical while a talk is or should be recorded, else a warning."""
    return Severity.CRITICAL if facts.recording or facts.session_wanted else Severity.WARNING


def levels_of(sound: SoundFacts) -> dict[str, Any]:
    """The evidence: what OBS and the backup recorder last heard, in dBFS a channel."""
    return {
        "obs_dbfs": _rms(sound.obs.hearing.levels),
        "ear_dbfs": _rms(sound.ear.hearing.levels),
    }


def _fresh(at: float | None, limits: HealthSettings, now: float) -> bool:
    return at is not None and now - at <= limits.stale_s


def _rms(levels: tuple[ChannelLevel, ...]) -> list[float]:
    return [round(level.rms_dbfs, 1) for level in levels]
