"""Can the folders be written, and does what was written come back?"""

import errno
import os
import secrets
import time
from pathlib import Path
from typing import Any

from stagebox.doctor.result import CheckLevel, CheckResult, checked

SAMPLE_BYTES = 16_000_000
SLOW_BYTES_PER_S = 4_000_000
"""A recording needs about 1 MB/s, and a disk that is busy with a copy must still manage that."""


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def write_test(folder: Path, key: str) -> CheckResult:
    """Write a file, flush it to the disk, read it back and remove it. The folder is made where it is missing.

    Args:
        folder: to be tested.
        key: the setting that names it.
    """
    check = f"folder_{key.rpartition('.')[2]}"
    sample = secrets.token_bytes(1_000_000) * (SAMPLE_BYTES // 1_000_000)
    path = folder / f".stagebox-doctor-{secrets.token_hex(8)}"
    began = time.monotonic()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("xb") as file:
                file.write(sample)
                file.flush()
                os.fsync(file.fileno())
            took_s = time.monotonic() - began
            same = path.read_bytes() == sample
        finally:
            path.unlink(missing_ok=True)
    except OSError as error:
        why = "full" if error.errno in _FULL else "no_right" if error.errno in _NO_RIGHT else "not_written"
        evidence: dict[str, Any] = {"folder": str(folder), "error": error.strerror}
        return checked(check, CheckLevel.BROKEN, why, evidence, folder=str(folder), setting=key)
    rate = SAMPLE_BYTES / max(took_s, 1e-6)
    evidence = {"folder": str(folder), "bytes_per_s": round(rate)}
    if not same:
        return checked(check, CheckLevel.BROKEN, "changed", evidence, folder=str(folder))
    slow = rate < SLOW_BYTES_PER_S
    level, why = (CheckLevel.LOOK, "slow") if slow else (CheckLevel.GOOD, "good")
    return checked(check, level, why, evidence, folder=str(folder), rate_bytes=rate)
