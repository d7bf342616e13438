"""Is a capture device there? Asked cheaply, without opening it: OBS has it open.

A source in OBS keeps its last picture when its device dies, so the picture alone cannot tell.
"""

import contextlib
import stat
from collections.abc import Iterable
from pathlib import Path

from stagebox.model.facts.pictures import DevicePresence
from stagebox.system import LINUX
from stagebox.system.files import node_identity
from stagebox.system.sockets import unix_socket

UNKNOWN = DevicePresence(state="unknown")
ABSENT = DevicePresence(state="absent")

_SOCKETS = Path("/tmp/.X11-unix")
_LISTENING = "00010000"
_CONNECT_TIMEOUT_S = 0.2


def presence_of(kind: str, device: str) -> DevicePresence:
    """Whether the device of a source (`kind` and `device` as in stagebox.toml) is there now.

    Unknown for kinds that cannot be asked without opening the device, and for what this account may not
    see. Never raises, and takes at most 0.2 s.
    """
    try:
        match kind:
            case "v4l2" if LINUX and device:
                return _device_node(Path(device))
            case "x11" if LINUX:
                return _display(device)
            case "media" if device:
                return _file(Path(device).expanduser())
    except OSError:
        return UNKNOWN
    return UNKNOWN


def display_number(name: str) -> int | None:
    """The number of a local X display named as in DISPLAY; None for a remote or unreadable one."""
    host, colon, rest = name.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or host not in ("", "unix") or not (number.isascii() and number.isdigit()):
        return None
    return int(number)


def listening_inode(number: int, lines: Iterable[str]) -> str | None:
    """The inode of display `number`'s listening socket in the lines of /proc/net/unix; None: not listed."""
    names = (f"@/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}")
    # The abstract name first: its socket ends with the server, a socket file can be left behind.
    inodes: dict[str, str] = {}
    for line in lines:
        fields = line.split()
        if len(fields) == 8 and fields[3] == _LISTENING and fields[7] in names:
            inodes.setdefault(fields[7], fields[6])
    return next((inodes[name] for name in names if name in inodes), None)


def _display(name: str) -> DevicePresence:
    number = display_number(name)
    if number is None:
        return UNKNOWN
    with Path("/proc/net/unix").open(encoding="utf-8", errors="replace") as lines:
        inode = listening_inode(number, lines)
    if inode is not None:
        return DevicePresence(state="present", identity=inode)
    # Not listed: no server, or one in another network namespace (a container).
    path = _SOCKETS / f"X{number}"
    with contextlib.closing(unix_socket()) as probe:
        probe.settimeout(_CONNECT_TIMEOUT_S)
        try:
            probe.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            return ABSENT
    return DevicePresence(state="present", identity=node_identity(path))


def _device_node(path: Path) -> DevicePresence:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    if not stat.S_ISCHR(status.st_mode):
        return ABSENT
    return DevicePresence(state="present", identity=node_identity(path))


def _file(path: Path) -> DevicePresence:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    # Without the identity: a file that is written anew is no device that went away.
    return DevicePresence(state="present")
