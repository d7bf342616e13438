"""Another scene collection or profile, scenes that are gone, names that are taken: each by its name."""

from stagebox.model.alarms import Alarm
from stagebox.model.remedies import Remedy, RemedyWanted
from stagebox.model.report import Code, Severity
from stagebox.model.state import State

SCENES, PROFILE = "scenes", "profile"
BUILDING_S = 10.0
"""So long may stagebox take to build its scenes in an OBS that it has just started."""


def missing_due(state: State) -> float | None:
    """The monotonic second from which missing scenes are an alarm; None when nothing is waited for."""
    foreign = state.foreign
    if foreign.missing_at is None or foreign.collection or foreign.names_taken:
        return None
    said = any(alarm.code is Code.SCENES_GONE for alarm in state.alarms)
    return None if said or state.obs.link != "up" else foreign.missing_at + BUILDING_S


def foreign_alarms(state: State, utc: float, at: float) -> list[Alarm]:
    """The alarms for what somebody opened or changed in OBS itself."""
    if state.obs.link != "up":
        return []
    found = []
    if scenes := _scenes(state, at):
        on_air = state.session is not None or bool(state.obs.streaming)
        level = Severity.CRITICAL if on_air and state.foreign.collection else Severity.WARNING
        found.append(_alarm(Code.SCENES_GONE, level, SCENES, utc, scenes))
    if profile := _profile(state):
        found.append(_alarm(Code.OBS_PROFILE, Severity.WARNING, PROFILE, utc, profile))
    return found


def foreign_offers(state: State) -> tuple[RemedyWanted, ...]:
    """The touches that put it right."""
    foreign, offers = state.foreign, []
    if state.obs.link != "up":
        return ()
    if foreign.collection:
        offers.append(_offer("open_collection", SCENES))
    elif foreign.names_taken:
        offers.append(_offer("rename_aside" if foreign.asides else "build_scenes", SCENES))
    elif foreign.missing:
        offers.append(_offer("build_scenes", SCENES))
    if foreign.profile and state.home.profile:
        offers.append(_offer("open_profile", PROFILE))
    elif foreign.records and state.session is None:
        offers.append(_offer("build_scenes", PROFILE))
    return tuple(offers)


def may_offer(state: State, wanted: RemedyWanted) -> bool:
    """Whether a touch could do this now: nothing is built in a collection that is not stagebox's."""
    return wanted.remedy != "build_scenes" or not state.foreign.collection


def _scenes(state: State, at: float) -> tuple[str, str] | None:
    foreign = state.foreign
    if foreign.collection:
        return (
            f"stagebox's scenes are gone: another scene collection is open (“{foreign.collection}”).",
            "Touch “Back to stagebox's scenes”.",
        )
    if foreign.names_taken:
        return foreign.names_taken, foreign.names_remedy
    if foreign.missing_at is None or at < foreign.missing_at + BUILDING_S:
        said = any(alarm.code is Code.SCENES_GONE for alarm in state.alarms)
        if not foreign.missing or not said:
            return None
    names = ", ".join(f"“{name}”" for name in foreign.missing)
    lack = "scene is" if len(foreign.missing) == 1 else "scenes are"
    return f"In OBS stagebox's {lack} missing: {names}.", "Touch “Build the scenes again”."


def _profile(state: State) -> tuple[str, str] | None:
    foreign = state.foreign
    if foreign.profile:
        words = f"Another profile of OBS is open (“{foreign.profile}”). {foreign.records}".strip()
        when = "After the talk, touch" if state.session is not None else "Touch"
        return words, f"{when} “Back to stagebox's profile”."
    if foreign.records:
        when = "After the talk, touch" if state.session is not None else "Touch"
        return foreign.records, f"{when} “Build the scenes again”: how OBS records is set right too."
    return None


def _alarm(code: Code, level: Severity, role: str, utc: float, words: tuple[str, str]) -> Alarm:
    return Alarm(code=code, level=level, role=role, since_utc=utc, message=words[0], remedy=words[1])


def _offer(remedy: Remedy, role: str) -> RemedyWanted:
    return RemedyWanted(remedy=remedy, role=role, asks=True, words="A person asked for it.")
