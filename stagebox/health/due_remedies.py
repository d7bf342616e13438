"""Which remedy is due: a pure decision. What viewers would see or hear is offered, never done unasked."""

from collections.abc import Mapping
from math import inf

from stagebox.health.frozen import frozen
from stagebox.health.lacks import lack_of_sound
from stagebox.health.listening import meters, off_by_design
from stagebox.health.listening import on_air as on_program
from stagebox.health.obs_stuck import writes
from stagebox.health.picture_words import fresh, roles_of
from stagebox.messages.code_catalogue import say
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.remedies import Remedy, RemedyLedger, RemedyTries, RemedyWanted
from stagebox.model.settings import HealthSettings, RemedySettings
from stagebox.system.backoff import Backoff


def due_remedies(
    facts: HealthFacts,
    health: HealthSettings,
    settings: RemedySettings,
    ledger: RemedyLedger,
    now: float,
    *,
    on_air: bool,
    muted: bool | None,
    declared_live: bool,
) -> tuple[RemedyLedger, tuple[RemedyWanted, ...]]:
    """The remedies due at the monotonic time `now`, and the ledger after them.

    Args:
        on_air: something is recorded or streamed, or nobody knows that it is not.
        muted: the microphone's input is muted in OBS; None is unknown.
        declared_live: the scene pack says that the microphone is heard in the program scene.

    A remedy that asks is returned each time while it would help; the others are counted and spaced in time.
    """
    wanted = [
        remedy
        for role in roles_of(facts)
        if (remedy := _picture_remedy(role, facts, health, settings, now)) is not None
    ]
    if (replace_obs := _obs_remedy(facts, health, settings, now)) is not None:
        wanted.append(replace_obs)
    if (build := _scenes_remedy(facts, health, now)) is not None:
        wanted.append(build)
    if settings.unmute and muted and declared_live:
        wanted.append(
            RemedyWanted(
                remedy="unmute",
                role="mic",
                asks=on_air,
                words=say("unmuted"),
            )
        )
    held = {(remedy.remedy, remedy.role) for remedy in wanted}
    tries = {
        key: tried for key, tried in ledger.tries.items() if key in held or _recent(tried, settings, now)
    }
    due = []
    for remedy in wanted:
        key = (remedy.remedy, remedy.role)
        if remedy.asks:
            due.append(remedy)
        elif _may_try(tries.get(key), settings, now):
            count = tries[key].count if key in tries else 0
            tries[key] = RemedyTries(count=count + 1, last_at=now)
            due.append(remedy)
    return RemedyLedger(tries), tuple(due)


def _obs_remedy(
    facts: HealthFacts, health: HealthSettings, settings: RemedySettings, now: float
) -> RemedyWanted | None:
    """An OBS that hangs is replaced when it certainly writes nothing; while it writes, it is left alone."""
    if facts.obs_hung_since is None:
        return None
    state = writes(facts, health, now)
    if state == "yes":
        return None
    return _wanted("replace_obs", "obs", "obs_replaced", asks=state != "no" or not settings.replace_obs)


def _scenes_remedy(facts: HealthFacts, health: HealthSettings, now: float) -> RemedyWanted | None:
    """What is not in OBS, or was taken out of its scene, a person has put back by a touch."""
    looks = {role: fresh(facts.pictures[role], health, now) for role in roles_of(facts)}
    role = next((role for role, seen in looks.items() if seen is not None and not seen.exists), "")
    if not role and lack_of_sound(facts, health, now) in ("mic_off_program", "mic_missing"):
        obs = meters(facts, health, now)
        role = "mic" if obs is not None and not on_program(obs) and not off_by_design(facts, obs) else ""
    if not role:
        return None
    return _wanted("build_scenes", role, "put_back", asks=True)


def _picture_remedy(
    role: str, facts: HealthFacts, health: HealthSettings, settings: RemedySettings, now: float
) -> RemedyWanted | None:
    picture: PictureFacts = facts.pictures[role]
    seen = fresh(picture, health, now)
    if seen is None or not seen.exists or seen.device == "absent":
        return None
    if seen.stale_source:
        # What viewers see is the dead picture of before: nothing that lives is interrupted.
        if not settings.bring_back:
            return None
        return _wanted("bring_back", role, f"{role}_came_back", asks=False)
    if not settings.reset_source:
        return None
    if seen.picture is None:
        return _wanted("reset_source", role, f"{role}_no_picture", asks=False)
    still = role == "camera" and any(check.outcome == "bad" for check in frozen(facts, health, now))
    if still:
        return _wanted("reset_source", role, "camera_frozen", asks=seen.on_program is not False)
    return None


def _wanted(remedy: Remedy, role: str, code: str, *, asks: bool) -> RemedyWanted:
    return RemedyWanted(remedy=remedy, role=role, asks=asks, words=say(code))


def _may_try(tried: RemedyTries | None, settings: RemedySettings, now: float) -> bool:
    if tried is None:
        return True
    return tried.count < settings.tries and now - tried.last_at >= _pause_s(tried, settings)


def _pause_s(tried: RemedyTries, settings: RemedySettings) -> float:
    """Twice as long after each try: a device that wakes slowly gets its time."""
    return Backoff(settings.again_after_s, inf).pause_s(tried.count - 1)


def _recent(tried: RemedyTries, settings: RemedySettings, now: float) -> bool:
    """Kept for a while after the fault ended, so that a loose plug does not restart a source all the time."""
    return now - tried.last_at < _pause_s(tried, settings)


def on_air(recording: bool | None, streaming: bool | None) -> bool:
    """Whether somebody may be watching or will watch; unknown counts as yes."""
    return recording is not False or streaming is not False


def declared_live(sound_by_scene: Mapping[str, bool], program_scene: str) -> bool:
    """Whether the scene pack says that the microphone is heard in the program scene."""
    return sound_by_scene.get(program_scene, False)
