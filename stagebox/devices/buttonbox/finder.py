"""Where a button box may be plugged in."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stagebox.model.button_words import is_id
from stagebox.model.errors import StageboxError

if TYPE_CHECKING:
    from serial.tools.list_ports_common import ListPortInfo

BOARD = (0x2E8A, 0x0005)
"""Raspberry Pi's USB vendor id, and the product id that MicroPython has on its boards."""
BY_ID = Path("/dev/serial/by-id")
LOOKS = 3


@dataclass(frozen=True, slots=True)
class PortCandidate:
    """A port at which a box may be. `wanted` is its entry in the settings; "": the box must name itself."""

    path: str
    wanted: str = ""


def candidates(boxes: tuple[str, ...]) -> tuple[PortCandidate, ...]:
    """The ports to open for these entries: each path, there or not, and, for ids, every board plugged in."""
    paths = [PortCandidate(entry, entry) for entry in boxes if not is_id(entry)]
    if len(paths) == len(boxes):
        return tuple(paths)
    named = {_real(one.path) for one in paths}
    return (*paths, *(PortCandidate(path) for path in boards() if _real(path) not in named))


def boards() -> tuple[str, ...]:
    """Every port with a MicroPython board from Raspberry Pi, by its stable path where there is one.

    Raises:
        StageboxError: the ports cannot be listed, as while one is being unplugged.
    """
    stable = {_real(str(link)): str(link) for link in sorted(BY_ID.glob("*"))} if BY_ID.is_dir() else {}
    found = [port.device for port in _ports() if (port.vid, port.pid) == BOARD]
    return tuple(sorted(stable.get(_real(device), device) for device in found))


def _ports() -> list["ListPortInfo"]:
    """What pyserial finds. It stumbles over a device that goes away while it looks: so it looks again."""
    from serial.tools import list_ports

    for _ in range(LOOKS):
        try:
            return list(list_ports.comports())
        except (TypeError, ValueError, OSError) as error:
            fault = error
    raise StageboxError(
        "The ports of this machine cannot be listed: a device is coming or going.",
        "Wait a moment, and name the port if it stays so: --port PATH.",
    ) from fault


def _real(path: str) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, RuntimeError):
        return path
