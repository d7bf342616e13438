"""What keeps a recording that is written from being whole: no sound, no picture. Pure."""

from collections.abc import Collection

from stagebox.health.alarm_tracker import AlarmState
from stagebox.health.listening import meters, off_by_design, on_air
from stagebox.health.missing_mic import missing_mic
from stagebox.health.muted import muted
from stagebox.health.picture_words import fresh
from stagebox.health.program_black import is_program_black
from stagebox.model.facts import HealthFacts
from stagebox.model.health_view import LOST, Lack
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def lack_of(facts: HealthFacts, raised: Collection[AlarmState], limits: HealthSettings, now: float) -> Lack:
    """What a recording of now lacks, the gravest first; empty for nothing.

    A camera that is not chosen lacks nothing: a box may do without. A title card on program has no sound on
    purpose.

    Args:
        raised: the alarms that are up, for what wants patience before it is said.
    """
    lost = {
        (entry.check.role, entry.check.code)
        for entry in raised
        if entry.check.level is not Severity.NOTE and entry.check.outcome == "bad"
    }
    if {"slides", "camera", "mic"} <= facts.unset:
        return "nothing_chosen"
    sound = lack_of_sound(facts, limits, now)
    if sound:
        return sound
    if silence := _first("mic", lost):
        return silence
    return _pictures(facts, lost, limits, now)


def lack_of_sound(facts: HealthFacts, limits: HealthSettings, now: float) -> Lack:
    """What a recording of now lacks of sound, as far as that can be said at once."""
    if "mic" in facts.unset:
        return "mic_unset"
    obs = meters(facts, limits, now)
    if not facts.sound.wanted.mic or obs is None:
        return "mic_unknown"
    if any(check.outcome == "bad" for check in missing_mic(facts, limits, now)):
        away = obs.absent_since is None and not on_air(obs) and not off_by_design(facts, obs)
        return "mic_off_program" if away else "mic_missing"
    graver = (check for check in muted(facts, limits, now) if check.outcome == "bad")
    return "mic_muted" if any(check.level is not Severity.NOTE for check in graver) else ""


def _pictures(facts: HealthFacts, lost: set[tuple[str, Code]], limits: HealthSettings, now: float) -> Lack:
    if {"slides", "camera"} <= facts.unset:
        return "no_picture_chosen"
    if is_program_black(facts, limits, now):
        return "program_black"
    if "slides" in facts.unset:
        return "slides_unset"
    if loss := _first("slides", lost) or _first("camera", lost):
        return loss
    if not _is_seen(facts, "slides", limits, now):
        return "slides_unknown"
    if "camera" not in facts.unset and not _is_seen(facts, "camera", limits, now):
        return "camera_unknown"
    return ""


def _first(role: str, lost: set[tuple[str, Code]]) -> Lack:
    """The gravest loss of a role, or empty."""
    return next((lack for key, lack in LOST.items() if key[0] == role and key in lost), "")


def _is_seen(facts: HealthFacts, role: str, limits: HealthSettings, now: float) -> bool:
    picture = facts.pictures.get(role)
    return picture is not None and fresh(picture, limits, now) is not None
