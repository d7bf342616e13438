"""What the kiosk remembers over a crash: its screen, the lock, wrong PINs, how far the guide has come."""

import contextlib
import json
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from stagebox.kiosk.pin import Guard
from stagebox.system.files import write_whole
from stagebox.views.progress import STEPS, Progress

SCREENS = ("live", "sessions", "setup", "guide")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """All of it. `screen` is one of SCREENS; `report` the id of the talk whose report is open."""

    screen: str = "live"
    report: str = ""
    locked: bool = False
    guard: Guard = field(default_factory=Guard)
    guide: Progress = field(default_factory=Progress)

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "screen": self.screen,
            "report": self.report,
            "locked": self.locked,
            "wrong_pins": self.guard.wrong,
            "closed_until_utc": self.guard.closed_until,
            "guide": asdict(self.guide),
        }


def recall(path: Path) -> Memory:
    """What was remembered. A file that is absent or damaged is an empty memory: nothing in it is vital."""
    try:
        found = json.loads(path.read_text())
        return Memory(
            screen=found["screen"] if found["screen"] in SCREENS else "live",
            report=str(found.get("report", "")),
            locked=bool(found["locked"]),
            guard=Guard(wrong=int(found["wrong_pins"]), closed_until=float(found["closed_until_utc"])),
            guide=_guide(found.get("guide")),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Memory()


def _guide(found: object) -> Progress:
    """How far the guide had come; an older memory, or a damaged one, knows nothing of it."""
    told = found if isinstance(found, dict) else {}
    state, step = told.get("state"), told.get("step")
    if state not in ("new", "open", "left", "finished") or step not in STEPS:
        return Progress()
    settled = {
        key: tuple(one for one in STEPS if isinstance(told.get(key), list) and one in told[key])
        for key in ("confirmed", "skipped")
    }
    return Progress(state=state, step=step, **settled)


def remember(path: Path, memory: Memory) -> None:
    """Write the memory aside, flush it, and put it in its place. A disk that refuses is no reason to stop."""
    with contextlib.suppress(OSError):
        write_whole(path, json.dumps(memory.to_json()).encode())


class Keeper:
    """Writes the memory in a thread of its own, so that no touch waits for the disk.

    At most one memory is being written and one waits; a newer one takes the place of the one that waits, and
    they are written in the order in which they came.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changed = threading.Condition()
        self._waiting: Memory | None = None
        self._writing = False

    def keep(self, memory: Memory) -> None:
        """Have this memory written soon; returns at once."""
        with self._changed:
            self._waiting = memory
            if not self._writing:
                self._writing = True
                threading.Thread(target=self._write, name="kiosk-memory", daemon=True).start()

    def flush(self, timeout_s: float) -> bool:
        """Wait until all is written, at most `timeout_s` seconds; returns whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._writing, timeout_s)

    def _write(self) -> None:
        while True:
            with self._changed:
                memory, self._waiting = self._waiting, None
                if memory is None:
                    self._writing = False
                    self._changed.notify_all()
                    return
            remember(self._path, memory)
