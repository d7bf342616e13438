"""What a rehearsal leaves behind: reports that are read, outputs that are put where a person finds them."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stagebox.model.errors import StageboxError


def findings_of(report: Path) -> list[dict[str, Any]]:
    """The findings of a report on disk; none when it cannot be read."""
    try:
        return list(json.loads(report.read_bytes())["findings"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def rescue_of(finished: dict[str, Any]) -> Path | None:
    """The output with the backup's sound that the report of a finished session names."""
    try:
        report = json.loads(Path(finished["report"]).read_bytes())
        made = (report.get("rescue") or {}).get("output")
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Path(made) if made else None


def save(output: Path, report: str, under: Path, rescue: Path | None = None) -> tuple[Path, Path | None]:
    """Move an MP4, its rescue and its report to a new folder `rehearsals/<UTC time>/`.

    Return where the MP4 and its rescue are now.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    folder = under / "rehearsals" / stamp
    number = 1
    while True:
        try:
            folder.mkdir(parents=True)
            break
        except FileExistsError:
            number += 1
            folder = under / "rehearsals" / f"{stamp}-{number}"
        except OSError as error:
            raise StageboxError(
                f"The MP4 cannot be put into {folder}: {os.strerror(error.errno or 0)}.",
                "Name another folder with --keep DIR.",
            ) from error
    if report and Path(report).is_file():
        shutil.move(report, folder / Path(report).name)
    if rescue is not None:
        rescue = Path(shutil.move(rescue, folder / rescue.name))
    return Path(shutil.move(output, folder / output.name)), rescue
