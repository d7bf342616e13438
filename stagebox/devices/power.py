"""Where the machine's power comes from."""

from dataclasses import dataclass
from pathlib import Path

import psutil

from stagebox.devices.sysfs import read_number, read_text
from stagebox.system import LINUX

SUPPLIES = Path("/sys/class/power_supply")


@dataclass(frozen=True, slots=True)
class PowerState:
    """`mains` is False on battery; None for unknown. `battery_percent` is None without a battery."""

    mains: bool | None = None
    battery_percent: float | None = None


def power(supplies: Path = SUPPLIES) -> PowerState:
    """What the operating system says of the power."""
    if LINUX:
        return _linux(supplies)
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError):
        return PowerState()
    return PowerState() if battery is None else PowerState(battery.power_plugged, battery.percent)


def _linux(supplies: Path) -> PowerState:
    """Read here and not by psutil, which takes the battery of a wireless mouse for the machine's own."""
    try:
        all_supplies = sorted(supplies.iterdir())
    except OSError:
        return PowerState()
    own = [one for one in all_supplies if (read_text(one / "scope") or "System") != "Device"]
    batteries = [one for one in own if read_text(one / "type") == "Battery"]
    lines = [one for one in own if read_text(one / "type") in ("Mains", "USB", "Wireless")]
    online = [state for one in lines if (state := read_number(one / "online")) is not None]
    charges = [charge for one in batteries if (charge := read_number(one / "capacity")) is not None]
    percent = sum(charges) / len(charges) if charges else None
    if any(state > 0 for state in online):
        return PowerState(True, percent)
    if any(read_text(one / "status") == "Discharging" for one in batteries):
        return PowerState(False, percent)
    if online and batteries:
        return PowerState(False, percent)
    # A machine that tells of its supplies, and has no battery, runs on mains.
    return PowerState(True) if all_supplies and not batteries else PowerState(None, percent)
