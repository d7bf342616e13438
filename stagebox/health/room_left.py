"""Was the room left with the recording running? Nothing is heard, and no slide changes."""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import listening_ear, meters, on_air, silent_s
from stagebox.health.picture_words import fresh
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

ROLE = "recording"


def room_left(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A note when, while recording, nobody was heard and the slides stood still for room_left_s.

    The camera is not asked: its noise makes every picture another one. Unknown when nobody listens.
    """
    code, least_s = Code.ROOM_LEFT, limits.forgotten.room_left_s
    if facts.recording is None or not facts.obs_up:
        return (unknown(code, ROLE, "recording_unknown"),)
    if not facts.recording:
        return (fine(code, ROLE),)
    heard, obs = listening_ear(facts, limits, now), meters(facts, limits, now)
    listeners = [heard.hearing] if heard is not None else []
    if obs is not None and on_air(obs):
        listeners.append(obs.hearing)
    if not listeners:
        return (unknown(code, ROLE, "nobody_listens"),)
    quiet_s = min(silent_s(one, limits.sound.silent_dbfs, now) for one in listeners)
    still_s = _slides_still_s(facts, limits, now)
    if still_s is None:
        return (unknown(code, ROLE, "not_seen"),)
    empty_s = min(quiet_s, still_s, now - (facts.recording_since or now))
    if empty_s < least_s:
        return (fine(code, ROLE),)
    evidence = {"quiet_s": round(quiet_s), "slides_still_s": round(min(still_s, 86_400.0))}
    return (bad(code, ROLE, Severity.NOTE, "empty", evidence=evidence, n=round(empty_s / 60)),)


def _slides_still_s(facts: HealthFacts, limits: HealthSettings, now: float) -> float | None:
    """How long the slides have not changed; without slides, for ever; None for unknown."""
    if "slides" not in facts.pictures:
        return float("inf")
    picture = facts.pictures["slides"]
    if fresh(picture, limits, now) is None:
        return None
    # A source that is gone shows nothing new either.
    return now - picture.same_since if picture.same_since is not None else float("inf")
