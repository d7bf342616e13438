"""The state of health to what a view shows. Pure."""

from collections.abc import Iterable
from typing import Literal

from stagebox.health.button_box_gone import BUTTON_BOX
from stagebox.health.check import Check
from stagebox.health.disk_low import free_bytes, room
from stagebox.health.fresh import fresh_host
from stagebox.health.health_state import HealthState
from stagebox.health.lacks import lack_of
from stagebox.health.listening import ear, meters, off_by_design
from stagebox.health.memory import memory_figures
from stagebox.health.not_recording import light_of
from stagebox.health.picture_size import size_words
from stagebox.health.picture_words import fresh
from stagebox.health.silent import silent
from stagebox.health.stream_rules import flow_of
from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts import HealthFacts
from stagebox.model.health_view import (
    BackupRecorderHealth,
    ButtonBoxHealth,
    HealthView,
    LightHealth,
    MachineHealth,
    PictureHealth,
    RoleHealth,
    RoleState,
    SoundHealth,
    StreamHealth,
)
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings

PICTURE_ROLES = ("slides", "camera")
_ORDER: tuple[RoleState, ...] = ("critical", "warning", "unset", "unknown", "note", "fine")


def health_view(health_state: HealthState, limits: HealthSettings, now: float) -> HealthView:
    """What to show at the monotonic time `now`."""
    facts = health_state.facts
    by_role: dict[str, list[Check]] = {}
    for check in health_state.checks:
        by_role.setdefault(check.role, []).append(check)
    light = _light(health_state, limits, now)
    raised = {entry.check.code for entry in health_state.tracker.raised}
    return HealthView(
        pictures={role: _picture(role, by_role.get(role, ()), facts, limits, now) for role in PICTURE_ROLES},
        sound=_sound(_worst(by_role.get("mic", ())), facts, limits, now),
        ear=_ear(_worst(by_role.get("ear", ())), facts, limits, now),
        disk=_worst(by_role.get("disk", ())),
        obs=_worst(by_role.get("obs", ())),
        proof=light,
        machine=_machine(_worst(by_role.get("machine", ())), facts, limits, now),
        button_box=_button_box(_worst(by_role.get(BUTTON_BOX, ())), facts, limits, now),
        stream=_stream(_worst(by_role.get("stream", ())), facts, limits, now),
        offers=health_state.offers,
        speaking_unrecorded=Code.SPEAKING_UNRECORDED in raised,
        card_on_program=Code.CARD_ON_PROGRAM in raised,
        room_left=Code.ROOM_LEFT in raised,
    )


def _light(health_state: HealthState, limits: HealthSettings, now: float) -> LightHealth:
    """What is written may be black and silent: then it is proven, and yet not green."""
    light = light_of(health_state.facts, limits, now)
    lack = (
        lack_of(health_state.facts, health_state.tracker.raised, limits, now)
        if light.colour == "green"
        else ""
    )
    if not lack:
        return LightHealth(state=light.colour, words=light.summary, remedy=light.remedy)
    lacking, how = say_live(Code.NOT_RECORDING, lack)
    words, remedy = say_live(Code.NOT_RECORDING, "but", lack=lacking, help=how)
    return LightHealth(state="amber", words=words, remedy=remedy, lack=lack)


def _worst(checks: Iterable[Check]) -> RoleHealth:
    """The state of a role: that of its worst check. A role without checks is unknown."""
    found = [(_state(check), check) for check in checks]
    if not found:
        return RoleHealth()
    state, check = min(found, key=lambda one: _ORDER.index(one[0]))
    return RoleHealth(state=state, words=check.summary, remedy=check.remedy)


def _state(check: Check) -> RoleState:
    if check.outcome == "bad" and check.code is Code.SOURCE_UNSET:
        return "unset"
    if check.outcome == "bad":
        return check.level.value
    return check.outcome


def _picture(
    role: str, checks: Iterable[Check], facts: HealthFacts, limits: HealthSettings, now: float
) -> PictureHealth:
    worst = _worst(checks)
    picture = facts.pictures.get(role)
    seen = fresh(picture, limits, now) if picture is not None else None
    if worst.state == "fine" and picture is not None:
        said = size_words(role, picture, limits, now)
        worst = worst if said is None else RoleHealth(state="note", words=said[0], remedy=said[1])
    return PictureHealth(
        state=worst.state,
        words=worst.words,
        remedy=worst.remedy,
        width=seen.width if seen is not None else 0,
        height=seen.height if seen is not None else 0,
    )


def _sound(worst: RoleHealth, facts: HealthFacts, limits: HealthSettings, now: float) -> SoundHealth:
    obs = meters(facts, limits, now)
    seen = obs.seen if obs is not None else None
    heard: Literal["", "off", "quiet"] = ""
    if obs is not None and off_by_design(facts, obs):
        heard = "off"
    elif worst.state == "note" and any(check.outcome == "bad" for check in silent(facts, limits, now)):
        heard = "quiet"
    return SoundHealth(
        state=worst.state,
        words=worst.words,
        remedy=worst.remedy,
        channels=seen.levels if seen is not None else (),
        muted=seen.muted if seen is not None else None,
        clipped=seen.clipped if seen is not None else 0,
        heard=heard,
    )


def _ear(worst: RoleHealth, facts: HealthFacts, limits: HealthSettings, now: float) -> BackupRecorderHealth:
    known = ear(facts, limits, now)
    seen = known.seen if known is not None else None
    if seen is None:
        return BackupRecorderHealth(state=worst.state, words=worst.words)
    return BackupRecorderHealth(
        state=worst.state,
        words=worst.words or seen.detail,
        device=seen.device,
        channels=seen.levels,
        backup=seen.backup,
        backup_s=known.backed_up.all_s if known is not None and seen.backup else 0.0,
        dropped=seen.dropped,
    )


def _stream(worst: RoleHealth, facts: HealthFacts, limits: HealthSettings, now: float) -> StreamHealth:
    flow = flow_of(facts, limits, now)
    return StreamHealth(
        state=worst.state,
        words=worst.words,
        remedy=worst.remedy,
        bitrate_kbps=flow.bitrate_kbps if flow is not None else None,
        congestion=flow.congestion if flow is not None else None,
        behind_s=flow.behind_s if flow is not None else None,
        dropped_share=flow.dropped_share if flow is not None else None,
    )


def _machine(worst: RoleHealth, facts: HealthFacts, limits: HealthSettings, now: float) -> MachineHealth:
    host = fresh_host(facts, limits, now)
    left = room(facts, limits, now)
    memory = memory_figures(facts.machine) if host is not None else ()
    return MachineHealth(
        state=worst.state,
        words=worst.words,
        remedy=worst.remedy,
        disk_minutes_left=left.minutes if left is not None else None,
        free_bytes=free_bytes(facts, limits, now),
        cpu_percent=host.cpu_percent if host is not None else None,
        temperature_c=host.temperature_c if host is not None else None,
        battery_percent=host.battery_percent if host is not None else None,
        clock_synced=host.clock_synced if host is not None else None,
        memory_bytes={one.group: one.rss_bytes for one in memory},
        memory_high_bytes={one.group: one.high_bytes for one in memory},
        memory_growth_bytes_per_h={
            one.group: one.growth_bytes_per_h for one in memory if one.growth_bytes_per_h is not None
        },
    )


def _button_box(worst: RoleHealth, facts: HealthFacts, limits: HealthSettings, now: float) -> ButtonBoxHealth:
    known = facts.button_boxes
    fresh = known.at is not None and now - known.at <= limits.stale_s
    seen = known.seen if fresh else None
    return ButtonBoxHealth(
        state=worst.state,
        words=worst.words,
        remedy=worst.remedy,
        wanted=known.wanted,
        boxes=seen.boxes if seen is not None else (),
        learning=seen is not None and seen.learning,
        learned=seen.learned if seen is not None else None,
    )
