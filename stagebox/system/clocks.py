"""What the operating system says of time: wall clock, boot, sleep."""

import ctypes
import time
from pathlib import Path

from stagebox.system import LINUX

_TIMESYNCD = Path("/run/systemd/timesync/synchronized")
_STA_UNSYNC = 0x40


class _Timex(ctypes.Structure):
    """The head of Linux's `struct timex` (adjtimex(2)); the rest is only room."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def clock_synced() -> bool | None:
    """Whether something keeps the wall clock right (NTP, PTP); None where nobody tells.

    Source: the kernel's own flag by adjtimex(2), which every time service sets; systemd-timesyncd's mark.
    """
    if not LINUX:
        return None
    timex = _Timex()
    try:
        answer = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(timex))
    except (OSError, AttributeError):
        answer = -1
    if answer >= 0 and not timex.status & _STA_UNSYNC:
        return True
    if _TIMESYNCD.exists():
        return True
    return False if answer >= 0 else None


def wall_offset_s() -> float | None:
    """Wall time minus seconds since boot: constant, but for steps of the wall clock. None: not told."""
    since_boot = _since_boot_s()
    return None if since_boot is None else time.time() - since_boot


def slept_s() -> float | None:
    """How many seconds this machine has slept since its boot; None where nobody tells."""
    since_boot = _since_boot_s()
    return None if since_boot is None else since_boot - time.monotonic()


def counted_in_sleep_s() -> float:
    """Seconds by a clock that goes on while the computer sleeps; where there is none, the monotonic one."""
    since_boot = _since_boot_s()
    return time.monotonic() if since_boot is None else since_boot


def boot_id() -> str:
    """Names this run of the machine: changes with each restart."""
    path = Path("/proc/sys/kernel/random/boot_id")
    if path.exists():
        return path.read_text().strip()
    import psutil

    return f"boot-{psutil.boot_time():.0f}"


def _since_boot_s() -> float | None:
    clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None and hasattr(time, "clock_gettime") else None
