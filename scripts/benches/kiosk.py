"""Touch to picture: a touch on the kiosk's tile against the same request sent bare to OBS, in one run.

Also how often meters and tiles are drawn anew, what the kiosk costs with everything live (CPU, memory), and
how soon it is back after a SIGKILL. Both ways of switching are timed to the moment when an observer of its
own hears OBS say that the program changed.
"""

import argparse
import logging
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from benches.switch import Observer
from stagebox.kiosk.app import RIGHT
from stagebox.rehearsal.canvas_ladder import LADDER
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue

HELP = "a touch on the kiosk against a bare request to OBS; what the kiosk costs; how soon it is back"
GOAL_MS = 25.0
GOAL_CPU_PERCENT = 15.0
GOAL_RSS_BYTES = 200e6
GOAL_BACK_S = 3.0
GOAL_METERS_HZ = 15.0
GOAL_TILES_HZ = 1.0
RATES_S = 10.0
BUSY = 2
SIZE = (1366, 768)
SCENES = ("speaker", "combo", "intro")
"""An odd number: both ways come to each."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--rounds", type=int, default=200, help="scene changes each way (default 200)")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long the cost is measured")


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, and return 0 when every goal holds, else 1."""
    logging.getLogger("obsws_python").setLevel(logging.CRITICAL)
    with (
        Venue() as venue,
        tempfile.TemporaryDirectory() as folder,
        ServingVenue(venue, Path(folder), rung=LADDER[1]) as serving,
    ):
        holds = [cost(serving, Path(folder) / "kiosk.log", arguments.seconds)]
        os.environ.update(venue.env() | {"QT_QUICK_BACKEND": "software"})
        holds.append(touches(serving, Path(folder), arguments.rounds))
    return 0 if all(holds) else 1


def cost(serving: ServingVenue, log: Path, seconds: float) -> bool:
    """CPU and memory of a kiosk at work, and its way back."""
    serving.client.send({"kind": "start_recording"}, timeout_s=30)
    env = serving.venue.env() | {"QT_QUICK_BACKEND": "software"}
    command = serving.command("kiosk", "--no-serve", "--windowed", f"{SIZE[0]}x{SIZE[1]}")
    with log.open("wb") as words:
        kiosk = subprocess.Popen(command, env=env, stdout=words, stderr=words)
    try:
        right(log, 1)
        screen = psutil.Process(kiosk.pid).children()[0]
        time.sleep(3.0)
        before, began = sum(screen.cpu_times()[:2]), time.monotonic()
        time.sleep(seconds)
        cpu_percent = (sum(screen.cpu_times()[:2]) - before) / (time.monotonic() - began) * 100
        rss_bytes = screen.memory_info().rss
        pss_bytes = sum(one.memory_full_info().pss for one in (psutil.Process(kiosk.pid), screen))
        back_s = back(kiosk, log, 2)
        with busy():
            time.sleep(2.0)
            busy_s = back(kiosk, log, 3)
    finally:
        kiosk.terminate()
        kiosk.wait(20)
        serving.client.send({"kind": "stop_recording"}, timeout_s=30)
    print(f"recording, everything live, {SIZE[0]}x{SIZE[1]}, software rendering, {seconds:g} s:")
    holds = all(
        [
            told("CPU of a core", cpu_percent, GOAL_CPU_PERCENT, "%"),
            told("memory (RSS of the screen)", rss_bytes / 1e6, GOAL_RSS_BYTES / 1e6, "MB"),
            told("memory (PSS of screen and parent)", pss_bytes / 1e6, GOAL_RSS_BYTES / 1e6, "MB"),
            told("back and right after SIGKILL", back_s, GOAL_BACK_S, "s"),
        ]
    )
    print(f"  the same with {BUSY} busy loops a core beside OBS and all: {busy_s:.1f} s (no goal)")
    return holds


def back(kiosk: "subprocess.Popen[bytes]", log: Path, times: int) -> float:
    """Kill the screen; the seconds until another shows what the appliance says, for the `times`th time."""
    (screen,) = psutil.Process(kiosk.pid).children()
    screen.send_signal(signal.SIGKILL)
    began = time.monotonic()
    right(log, times)
    return time.monotonic() - began


@contextmanager
def busy() -> Iterator[None]:
    """All cores busy with something else."""
    loops = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"])
        for _ in range(BUSY * (os.cpu_count() or 1))
    ]
    try:
        yield
    finally:
        for one in loops:
            one.kill()
            one.wait()


def told(name: str, value: float, goal: float, unit: str, *, least: bool = False) -> bool:
    """Print one figure beside its goal, which is the most it may be, or the least."""
    holds = value >= goal if least else value <= goal
    bound = "at least" if least else "at most"
    print(
        f"  {name}: {value:.1f} {unit}; the goal is {bound} {goal:g} {unit}: {'holds' if holds else 'FAILS'}"
    )
    return holds


def right(log: Path, times: int) -> None:
    """Wait until the kiosk has shown what the appliance says, so many times."""
    if not wait_until(lambda: log.read_text(errors="replace").count(RIGHT) >= times, 30.0):
        raise SystemExit(f"the kiosk did not show itself: {log.read_text(errors='replace')}")


def touches(serving: ServingVenue, folder: Path, rounds: int) -> bool:
    """Count what a window in this process draws, then time touches on it against bare requests."""
    import obsws_python
    from PySide6.QtCore import QSize

    from stagebox import resources
    from stagebox.kiosk.app import link_for
    from stagebox.kiosk.controller import KioskController
    from stagebox.kiosk.window import Kiosk, make_application

    application = make_application()
    box = KioskController(memory_file=folder / "bench-kiosk.json")
    kiosk = Kiosk(resources.folder("ui"), box, QSize(*SIZE))
    kiosk.show()
    link = link_for(box, serving.connect)
    link.start()
    bare: list[float] = []
    touched: list[float] = []
    observer = Observer(serving.obs)
    requests = obsws_python.ReqClient(**serving.obs, timeout=5)
    finger = Finger(kiosk)
    pump(application, lambda: bool(box.tiles[0]["enabled"]))
    drawn = rates(application, box, kiosk)
    try:
        for number in range(2 * rounds + 8):
            scene = SCENES[number % 3]
            times, switch = (
                (bare, requests.set_current_program_scene) if number % 2 else (touched, finger.tap_scene)
            )
            took_s = observer.time(switch, scene)
            if number >= 8:  # The first few warm both ways up.
                times.append(took_s * 1000)
            pump(application, lambda scene=scene: [t["scene"] for t in box.tiles if t["program"]] == [scene])
    finally:
        link.close()
    requests.disconnect()
    observer.close()
    kiosk.close()
    return report(bare, touched) and drawn


def rates(application: Any, box: Any, kiosk: Any) -> bool:
    """Count, frame by frame, the meters and tile pictures that differ from the frame before."""
    from PySide6.QtCore import QTimer

    def shows_all() -> bool:
        return box.meters["known"] and all(box.pictureUrls.get(one["picture"]) for one in box.tiles)

    pump(application, shows_all)
    counts = {"meters": 0} | {one["picture"]: 0 for one in box.tiles}
    last: dict[str, Any] = {}

    def on_frame() -> None:
        now = {"meters": box.meters} | {
            name: box.pictureUrls.get(name) for name in counts if name != "meters"
        }
        for name in counts:
            counts[name] += name in last and last[name] != now[name]
        last.update(now)

    kiosk.view.frameSwapped.connect(on_frame)
    began = time.monotonic()
    # Qt's own loop, as in the kiosk: it lets the link's threads run while it waits.
    QTimer.singleShot(round(RATES_S * 1000), application.quit)
    application.exec()
    passed_s = time.monotonic() - began
    kiosk.view.frameSwapped.disconnect(on_frame)
    meters_hz = counts.pop("meters") / passed_s
    print(f"drawn anew, {len(counts)} tiles, {passed_s:.0f} s:")
    return all(
        [
            told("meters", meters_hz, GOAL_METERS_HZ, "Hz", least=True),
            told("the slowest tile", min(counts.values()) / passed_s, GOAL_TILES_HZ, "Hz", least=True),
        ]
    )


class Finger:
    """Touches a tile of a window."""

    def __init__(self, kiosk: Any) -> None:
        from PySide6.QtTest import QTest

        self._test = QTest
        self._view = kiosk.view
        self._device = QTest.createTouchDevice()

    def tap_scene(self, scene: str) -> None:
        """Press and release on the scene's tile."""
        from PySide6.QtCore import QPointF

        tile = _named(self._view.rootObject(), f"tile-{scene}")
        at = tile.mapToScene(QPointF(tile.width() / 2, tile.height() / 2)).toPoint()
        self._test.touchEvent(self._view, self._device).press(0, at, self._view).commit()
        self._test.touchEvent(self._view, self._device).release(0, at, self._view).commit()


def _named(item: Any, name: str) -> Any:
    """The item below `item` with this objectName; None when there is none."""
    if item.objectName() == name:
        return item
    return next((found for child in item.childItems() if (found := _named(child, name)) is not None), None)


def pump(application: Any, ready: Any, timeout_s: float = 20.0) -> None:
    """Let Qt work until `ready` is true."""
    deadline = time.monotonic() + timeout_s
    while not ready():
        if time.monotonic() > deadline:
            raise SystemExit("the kiosk did not follow")
        application.processEvents()
        time.sleep(0.002)


def report(bare: list[float], touched: list[float]) -> bool:
    """Print both ways in milliseconds; the goal is on the difference of their p99."""
    table = Table(
        "ms, to OBS's own event", "p50", "p90", "p99", "worst", title=f"{len(bare)} changes each way"
    )
    p99 = {}
    for name, times in {"bare request (obsws-python)": bare, "touch on a tile": touched}.items():
        cuts = statistics.quantiles(times, n=100)
        p99[name] = cuts[98]
        table.add_row(name, *(f"{value:.2f}" for value in (cuts[49], cuts[89], cuts[98], max(times))))
    first, second = p99.values()
    Console(width=100).print(table)
    return told("p99 over the bare request", second - first, GOAL_MS, "ms")
