"""Signs of the classic traps: two graphics processors, a device that is held, a crowded USB."""

import re
from dataclasses import dataclass
from pathlib import Path

import psutil

from stagebox.devices.sysfs import read_number, read_text

SYSFS = Path("/sys")
USB_2_MBPS = 480


@dataclass(frozen=True, slots=True)
class TrapSigns:
    """What was seen around one source. `holders`: other programs that have its device open.

    `gpus` is how many graphics processors there are. `usb_mbps` is the speed of its USB connection, None
    where there is none; `usb_shared_with` names the capture devices on the same USB bus.
    """

    gpus: int = 0
    holders: tuple[str, ...] = ()
    usb_mbps: int | None = None
    usb_shared_with: tuple[str, ...] = ()


def signs_of(device: str, *, obs_pids: frozenset[int], root: Path = SYSFS) -> TrapSigns:
    """The signs around the device file `device` (empty for sources without one)."""
    gpus = count_gpus(root)
    if not device.startswith("/dev/"):
        return TrapSigns(gpus=gpus)
    node = Path(device).resolve().name
    bus = _usb_bus(root, node)
    others: tuple[str, ...] = ()
    if bus is not None:
        nodes = sorted(one.name for one in (root / "class/video4linux").glob("video*"))
        others = tuple(
            one for one in nodes if _captures(root, one) and one != node and _usb_bus(root, one) == bus
        )
    return TrapSigns(gpus, holders(Path(device), obs_pids), _usb_speed(root, node), others)


def count_gpus(root: Path = SYSFS) -> int:
    """Graphics processors, by the devices behind the kernel's cards."""
    cards = [card for card in (root / "class/drm").glob("card*") if re.fullmatch(r"card\d+", card.name)]
    return len({(card / "device").resolve() for card in cards})


def holders(device: Path, obs_pids: frozenset[int]) -> tuple[str, ...]:
    """Names of programs, other than our OBS, that have `device` open, as far as we may look."""
    target = device.resolve()
    found = set()
    for process in psutil.process_iter(["pid", "name"]):
        pid = process.info["pid"]
        if pid in obs_pids:
            continue
        try:
            handles = list(Path(f"/proc/{pid}/fd").iterdir())
        except OSError:
            continue  # Another user's, or gone by now.
        if any(_points_to(handle, target) for handle in handles):
            found.add(str(process.info["name"]))
    return tuple(sorted(found))


def _points_to(handle: Path, target: Path) -> bool:
    try:
        return handle.readlink() == target
    except OSError:
        return False


def _captures(root: Path, node: str) -> bool:
    """A camera has several nodes, of which the first gives pictures and the others tell about them."""
    return (read_text(root / "class/video4linux" / node / "index") or "0") == "0"


def _usb_device(root: Path, node: str) -> Path | None:
    here = (root / "class/video4linux" / node / "device").resolve()
    for folder in (here, *here.parents):
        if (folder / "busnum").is_file():
            return folder
    return None


def _usb_bus(root: Path, node: str) -> str | None:
    device = _usb_device(root, node)
    return read_text(device / "busnum") if device is not None else None


def _usb_speed(root: Path, node: str) -> int | None:
    device = _usb_device(root, node)
    return read_number(device / "speed") if device is not None else None
