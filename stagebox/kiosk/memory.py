"""What the kiosk remembers over a crash: its screen, the lock, wrong PINs."""

import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagebox.kiosk.pin import Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """All of it. `screen` is live, sessions or setup; `report` the id of the talk whose report is open."""

    screen: str = "live"
    report: str = ""
    locked: bool = False
    guard: Guard = field(default_factory=Guard)

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "screen": self.screen,
            "report": self.report,
            "locked": self.locked,
            "wrong_pins": self.guard.wrong,
            "closed_until_utc": self.guard.closed_until,
        }


def recall(path: Path) -> Memory:
    """What was remembered. A file that is absent or damaged is an empty memory: nothing in it is vital."""
    try:
        found = json.loads(path.read_text())
        return Memory(
            screen=found["screen"] if found["screen"] in ("live", "sessions", "setup") else "live",
            report=str(found.get("report", "")),
            locked=bool(found["locked"]),
            guard=Guard(wrong=int(found["wrong_pins"]), closed_until=float(found["closed_until_utc"])),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Memory()


def remember(path: Path, memory: Memory) -> None:
    """Write the memory aside, flush it, and put it in its place. A disk that refuses is no reason to stop."""
    aside = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        with aside.open("w") as out:
            json.dump(memory.to_json(), out)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
