"""A whole walk: a venue, a `serve` with real OBS, the window, the weather, and what is left in the end."""

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from stagebox import resources
from stagebox.api.client import Client
from stagebox.kiosk.app import link_for
from stagebox.kiosk.window import Kiosk
from stagebox.system.priority import FIRST, take_turn
from tests.kiosk.conftest import Finger
from tests.kiosk.walk.hall import Hall
from tests.kiosk.walk.naming import Names
from tests.kiosk.walk.walker import NotedBox, Say, Walk

PROCESSED_S = 180.0
MOST = 500


@dataclass(slots=True)
class Evening:
    """What a walk came to."""

    seed: int
    touches: int
    seconds: float = 0.0
    beside_s: float = 0.0
    effects: dict[str, int] = field(default_factory=dict)
    controls: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    talks: int = 0
    asked: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)


def spend(
    application: QGuiApplication, touches: int, seed: int, size: tuple[int, int], out: Path, say: Say
) -> Evening:
    """Walk so many touches, and hold everything that was recorded against what was touched.

    Raises StageboxError when the venue or `serve` does not start.
    """
    evening = Evening(seed, touches)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stagebox-walk-") as folder, Hall() as hall:
        if not hall.disk:
            say("there is no small disk to fill: that takes root")
        client = hall.connect()
        take_turn(FIRST)  # after the hall, which has its own order: a finger waits for nothing
        box = NotedBox(memory_file=Path(folder) / "kiosk.json")
        kiosk = Kiosk(resources.folder("ui"), box, QSize(*size))
        kiosk.show()
        QTest.qWaitForWindowExposed(kiosk.view, 10_000)
        finger = Finger(application, kiosk)
        walk = Walk(finger, seed, out, say, lambda: list(hall.on))
        link = link_for(box, hall.connect)
        link.start()
        try:
            finger.wait(lambda: box.property("tiles")[0]["enabled"], 60)
            hall.begin(seed)
            walk.go(touches)
        finally:
            hall.calm()
            _end_talk(client, walk.names)
            walk.settle()
            box.listener = None
            link.close()
            kiosk.close()
            box.close()
        recorded = _processed(client)
        walk.violations += _held_against(walk.names, client, recorded)
        client.close()
    evening.seconds, evening.beside_s = time.monotonic() - began, walk.beside_s / max(1, touches)
    evening.effects, evening.controls = dict(walk.effects), dict(walk.touched)
    evening.faults, evening.talks, evening.asked = hall.came, len(walk.names.talks), len(walk.sent)
    for one in recorded:
        evening.verdicts[one["verdict"]] = evening.verdicts.get(one["verdict"], 0) + 1
    evening.violations = walk.violations
    return evening


def _end_talk(client: Client, names: Names) -> None:
    """Stop what is on, as the finger would, and wait until the screen has heard of it."""
    deadline = time.monotonic() + 60
    while client.state()["session"] is not None and time.monotonic() < deadline:
        names.stopped(time.monotonic())
        client.send({"kind": "stop_recording"}, timeout_s=20)
        QTest.qWait(500)
    QTest.qWait(1000)


def _processed(client: Client) -> list[dict[str, Any]]:
    """All sessions, once each was judged."""
    deadline = time.monotonic() + PROCESSED_S
    while client.state()["jobs"] and time.monotonic() < deadline:
        time.sleep(0.5)
    return client.sessions(MOST)


def _held_against(names: Names, client: Client, recorded: list[dict[str, Any]]) -> list[str]:
    """What of the sessions and their reports is not as the touches want it."""
    found = list(names.mixed_up(recorded))
    for one in recorded:
        if not one["verdict"]:
            found.append(f"{one['id']} (“{one['title']}”) was never judged")
        elif one["output"] and not Path(one["output"]).name.startswith(one["name"]):
            found.append(f"{one['id']} is in {one['output']}, and its files are called {one['name']}")
        if one["report"]:
            told = client.report(one["id"])
            sources = [str(told.get("output") or ""), str(told.get("source") or "")]
            if not any(one["name"] in each for each in sources):
                found.append(f"the report of {one['id']} is about {sources}, not {one['name']}")
    return found
