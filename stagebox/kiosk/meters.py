"""Meters that move like meters: fast up, slow down, the peak held, a clip latched. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stagebox.kiosk.seen import number, rows

FLOOR_DBFS = -60.0
FALL_DB_PER_S = 20.0
HOLD_S = 1.5
CLIP_DBFS = -0.1
MOST_CHANNELS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One bar. Levels are dBFS; `clipped` stays until a person touches the meter."""

    level_dbfs: float = FLOOR_DBFS
    peak_dbfs: float = FLOOR_DBFS
    peak_at: float = 0.0
    clipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meters:
    """All bars at the monotonic second `at`; `known` is False while nobody tells levels."""

    channels: tuple[Channel, ...] = ()
    at: float = 0.0
    known: bool = False


def moved(before: Meters, sound: Mapping[str, Any], now: float, *, fresh: bool) -> Meters:
    """The meters after `sound` (the snapshot's health.sound) was seen at `now`."""
    told = rows(sound, "channels")[:MOST_CHANNELS]
    if not fresh or not told:
        return Meters(at=now)
    fall_db = FALL_DB_PER_S * max(0.0, now - before.at)
    channels = []
    for index, one in enumerate(told):
        old = before.channels[index] if before.known and index < len(before.channels) else Channel()
        rms = _level(number(one, "rms_dbfs"))
        peak = _level(number(one, "peak_dbfs"), rms)
        held = old.peak_dbfs if now - old.peak_at < HOLD_S else max(FLOOR_DBFS, old.peak_dbfs - fall_db)
        risen = peak >= held
        channels.append(
            Channel(
                level_dbfs=max(rms, old.level_dbfs - fall_db),
                peak_dbfs=peak if risen else held,
                peak_at=now if risen else old.peak_at,
                clipped=old.clipped or peak >= CLIP_DBFS,
            )
        )
    return Meters(channels=tuple(channels), at=now, known=True)


def unlatched(before: Meters) -> Meters:
    """The meters with every clip light off."""
    channels = tuple(
        Channel(level_dbfs=one.level_dbfs, peak_dbfs=one.peak_dbfs, peak_at=one.peak_at)
        for one in before.channels
    )
    return Meters(channels=channels, at=before.at, known=before.known)


def _level(value: float | None, floor_dbfs: float = FLOOR_DBFS) -> float:
    return floor_dbfs if value is None else max(FLOOR_DBFS, min(0.0, value))
