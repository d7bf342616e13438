"""Can the folders be written, and does what was written come back?"""

import os
import secrets
import time
from pathlib import Path

from stagebox.doctor.result import CheckLevel, CheckResult

SAMPLE_BYTES = 16_000_000
SLOW_BYTES_PER_S = 4_000_000
"""A recording needs about 1 MB/s, and a disk that is busy with a copy must still manage that."""


def write_test(folder: Path, name: str, key: str) -> CheckResult:
    """Write a file, flush it to the disk, read it back and remove it. The folder is made where it is missing.

    Args:
        folder: to be tested.
        name: the folder's name for people.
        key: the setting that names it.
    """
    check, title = f"folder_{key.rpartition('.')[2]}", name
    remedy = f"Give stagebox the right to write there, or set another {key} in stagebox.toml."
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
        words = f"{folder} cannot be written: {error.strerror}."
        return CheckResult(check, title, CheckLevel.BROKEN, words, remedy, {"folder": str(folder)})
    rate = SAMPLE_BYTES / max(took_s, 1e-6)
    evidence = {"folder": str(folder), "bytes_per_s": round(rate)}
    if not same:
        words = f"What was written to {folder} came back changed."
        return CheckResult(
            check, title, CheckLevel.BROKEN, words, "Do not use this disk: it loses data.", evidence
        )
    if rate < SLOW_BYTES_PER_S:
        return CheckResult(
            check,
            title,
            CheckLevel.LOOK,
            f"{folder} takes only {rate / 1e6:.1f} MB a second: that may be too slow for a recording.",
            "Use a disk inside the computer, or a faster one; avoid network folders.",
            evidence,
        )
    return CheckResult(
        check,
        title,
        CheckLevel.GOOD,
        f"{folder} can be written ({rate / 1e6:.0f} MB a second).",
        evidence=evidence,
    )
