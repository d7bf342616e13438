"""Another scene collection or profile, scenes that are gone, names that are taken: each by its name."""

from stagebox.health.check import alarm
from stagebox.messages.code_catalogue import say
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
    said = any(one.code is Code.SCENES_GONE for one in state.alarms)
    return None if said or state.obs.link != "up" else foreign.missing_at + BUILDING_S


def foreign_alarms(state: State, utc: float, at: float) -> list[Alarm]:
    """The alarms for what somebody opened or changed in OBS itself."""
    if state.obs.link != "up":
        return []
    on_air = state.session is not None or bool(state.obs.streaming)
    level = Severity.CRITICAL if on_air and state.foreign.collection else Severity.WARNING
    return [*_scenes(state, utc, at, level), *_profile(state, utc)]


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


def _scenes(state: State, utc: float, at: float, level: Severity) -> list[Alarm]:
    foreign, code = state.foreign, Code.SCENES_GONE
    if foreign.collection:
        return [alarm(code, SCENES, level, utc, "collection", name=foreign.collection)]
    if foreign.names_taken:
        reason, how = foreign.names_taken, foreign.names_remedy
        return [alarm(code, SCENES, level, utc, "taken", reason=reason, help=how)]
    if foreign.missing_at is None or at < foreign.missing_at + BUILDING_S:
        said = any(one.code is code for one in state.alarms)
        if not foreign.missing or not said:
            return []
    names = ", ".join(f"“{name}”" for name in foreign.missing)
    return [alarm(code, SCENES, level, utc, "missing", names=names)]


def _profile(state: State, utc: float) -> list[Alarm]:
    foreign = state.foreign
    if not foreign.profile and not foreign.records:
        return []
    known = ("profile" if foreign.profile else "", "records" if foreign.records else "")
    key = "_".join(filter(None, (*known, "later" if state.session is not None else "")))
    given = {"name": foreign.profile, "reason": foreign.records}
    return [alarm(Code.OBS_PROFILE, PROFILE, Severity.WARNING, utc, key, **given)]


def _offer(remedy: Remedy, role: str) -> RemedyWanted:
    return RemedyWanted(remedy=remedy, role=role, asks=True, words=say("person_asked"))
