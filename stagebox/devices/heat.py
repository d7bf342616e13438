"""How hot the machine is, and whether heat slows it down."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from stagebox.devices.sysfs import read_number, read_text

LIKELY_C = (1.0, 130.0)
"""Sensors that are not wired up read 0, -40 or 255."""

BELOW_CRITICAL_C = 5.0
USUAL_LIMIT_C = 90.0

Sensor = tuple[float | None, float | None, float | None]
"""Now, high and critical in °C; None for what the sensor does not tell."""


@dataclass(frozen=True, slots=True)
class HeatState:
    """The sensor nearest to its limit. `now_c` None is unknown, `high_c` is the limit if it names one."""

    now_c: float | None = None
    high_c: float | None = None


def hottest() -> HeatState:
    """The sensor that is nearest to its own limit (Linux; elsewhere unknown)."""
    try:
        has: Any = psutil
        chips = has.sensors_temperatures()
    except (AttributeError, OSError, RuntimeError, ValueError):
        return HeatState()
    return nearest_to_limit((one.current, one.high, one.critical) for chip in chips.values() for one in chip)


def nearest_to_limit(sensors: Iterable[Sensor]) -> HeatState:
    """Of all sensors, the one nearest to its limit. Pure.

    The limit is a little below critical, since several chips name a `high` that is their usual temperature.
    """
    nearest, margin_c = HeatState(), float("inf")
    for now, high, critical in sensors:
        if now is None or not _likely(now):
            continue
        limit = high if _likely(high) else None
        if critical is not None and _likely(critical):
            limit = critical - BELOW_CRITICAL_C
        left_c = (limit or USUAL_LIMIT_C) - now
        if left_c < margin_c:
            nearest, margin_c = HeatState(now, limit), left_c
    return nearest


def _likely(degrees: float | None) -> bool:
    return degrees is not None and LIKELY_C[0] < degrees < LIKELY_C[1]


class ThrottleDetector:
    """Tells whether heat slowed the processor since the last question.

    Sources below `root` (/sys): Intel's counters of throttling, Linux's cooling devices that are
    processors, and the Raspberry Pi's own flags.
    """

    def __init__(self, root: Path = Path("/sys")) -> None:
        cpus = root / "devices/system/cpu"
        self._counters = sorted(cpus.glob("cpu[0-9]*/thermal_throttle/*_throttle_count"))
        self._coolers = [
            cooler / "cur_state"
            for cooler in sorted((root / "class/thermal").glob("cooling_device*"))
            if (read_text(cooler / "type") or "")
            .lower()
            .startswith(("processor", "cpufreq", "thermal-cpufreq"))
        ]
        self._pi = root / "devices/platform/soc/soc:firmware/get_throttled"
        self._count: int | None = None

    def seen(self) -> bool | None:
        """Whether the processor is, or was since the last call, slowed by heat; None where nobody tells."""
        known: list[bool] = []
        counts = [number for path in self._counters if (number := read_number(path)) is not None]
        if counts:
            before, self._count = self._count, sum(counts)
            known.append(before is not None and self._count > before)
        states = [number for path in self._coolers if (number := read_number(path)) is not None]
        if states:
            known.append(any(state > 0 for state in states))
        flags = read_text(self._pi)
        if flags is not None:
            known.append(_pi_is_slowed(flags))
        return any(known) if known else None


def _pi_is_slowed(flags: str) -> bool:
    """Bits 1 to 3: frequency capped, throttled, soft temperature limit, all at this moment."""
    try:
        return bool(int(flags, 16) & 0b1110)
    except ValueError:
        return False
