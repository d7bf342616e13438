"""The recording folder: what its state means, in one place for the alarms, the refusal and the start.

Nothing else says these sentences: the rules (`folder_gone`, `disk_full`) raise them as alarms, the engine
refuses a recording with them, and `serve` does not start with them.
"""

from dataclasses import dataclass, replace
from typing import Literal

from stagebox.health.fresh import fresh_host
from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import FolderState, HostReading
from stagebox.model.observations import FolderEvent
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings


def folder_health(folder: str, state: FolderState, free_bytes: int | None, reserve_bytes: int) -> FolderEvent:
    """What the facts about the folder mean, with a sentence and its remedy where they are not good."""
    if state in ("gone", "read_only"):
        key = f"{state}_named" if folder else state
        detail, remedy = say_live(Code.FOLDER_GONE, key, folder=folder)
        return FolderEvent(health=state, detail=detail, remedy=remedy)
    if free_bytes is not None and free_bytes < reserve_bytes:
        key = "reserve_in" if folder else "reserve"
        detail, remedy = say_live(
            Code.DISK_FULL, key, folder=folder, free_bytes=free_bytes, reserve_bytes=reserve_bytes
        )
        return FolderEvent(health="full", detail=detail, remedy=remedy)
    return FolderEvent(health="ok")


OBS_STOPS_BYTES = 50 * 1024 * 1024
"""OBS ends a recording by itself when less than this is free."""


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """One folder for recordings as the operating system tells it. `state` None: nobody can tell."""

    path: str
    state: FolderState | None
    free_bytes: int | None


def folder_at(host: HostReading, place: Literal["main", "second"]) -> FolderFacts:
    """The main folder or the second one."""
    if place == "main":
        return FolderFacts(host.recording_path, host.recording_folder, host.recording_free_bytes)
    return FolderFacts(host.second_path, host.second_folder, host.second_free_bytes)


def folder_seen(facts: HealthFacts, limits: HealthSettings, now: float) -> FolderEvent:
    """The folders by which a recording begins, moves, or is refused. Unknown when OBS records elsewhere."""
    host = fresh_host(facts, limits, now)
    if host is None or host.recording_folder is None:
        return FolderEvent(health="unknown")
    main, second = folder_at(host, "main"), folder_at(host, "second")
    seen = folder_health(main.path, host.recording_folder, main.free_bytes, host.reserve_bytes)
    if second.state is not None:
        beside = folder_health(second.path, second.state, second.free_bytes, host.reserve_bytes)
        seen = replace(seen, second=beside.health)
    places: tuple[Literal["main", "second"], ...] = ("main", "second")
    stops = tuple(
        place
        for place in places
        if (free := folder_at(host, place).free_bytes) is not None and free < 1.5 * OBS_STOPS_BYTES
    )
    return replace(seen, obs_stops_in=stops)
