"""Button to picture: a scene command through the API against the same request sent bare to OBS, in one run.

Both are timed to the same moment: when an observer of its own, on a third connection, hears OBS say that the
program scene changed. The two ways take turns, so that the machine's noise falls on both alike.
"""

import argparse
import logging
import queue
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import obsws_python
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from stagebox.obs.connection import STATE_EVENTS, ObsConnection, ObsTarget
from stagebox.rehearsal.canvas_ladder import LADDER
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue

HELP = "scene intent through the API against a bare request to OBS"
GOAL_MS = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--rounds", type=int, default=500, help="scene changes each way (default 500)")


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the table, and return 0 when the goal holds, else 1."""
    logging.getLogger("obsws_python").setLevel(logging.CRITICAL)
    bare: list[float] = []
    through: list[float] = []
    with (
        Venue() as venue,
        tempfile.TemporaryDirectory() as folder,
        ServingVenue(venue, Path(folder), rung=LADDER[1]) as serving,
    ):
        requests = obsws_python.ReqClient(**serving.obs, timeout=5)
        observer = Observer(serving.obs)
        scenes = ["speaker", "combo", "intro"]  # An odd number: both ways come to each.
        ways: list[tuple[list[float], Callable[[str], Any]]] = [
            (bare, requests.set_current_program_scene),
            (
                through,
                lambda scene: serving.client.send({"kind": "switch_scene", "scene": scene}, wait=False),
            ),
        ]
        for number in range(2 * arguments.rounds + 8):
            times, switch = ways[number % 2]
            took = observer.time(switch, scenes[number % 3])
            if number >= 8:  # The first few warm both ways up.
                times.append(took * 1000)
        requests.disconnect()
        observer.close()
    return report(bare, through)


def report(bare: list[float], through: list[float]) -> int:
    """Print both ways in milliseconds; the goal is on the difference of their p99."""
    table = Table(
        "ms, to OBS's own event", "p50", "p90", "p99", "worst", title=f"{len(bare)} changes each way"
    )
    rows = {"bare request (obsws-python)": bare, "intent through the API": through}
    figures = {}
    for name, times in rows.items():
        cuts = statistics.quantiles(times, n=100)
        figures[name] = cuts[98]
        table.add_row(name, *(f"{value:.2f}" for value in (cuts[49], cuts[89], cuts[98], max(times))))
    first, second = figures.values()
    Console(width=100).print(table)
    holds = second - first <= GOAL_MS
    verdict = "holds" if holds else "FAILS"
    print(f"p99 differs by {second - first:+.2f} ms; the goal is at most {GOAL_MS:g} ms: {verdict}")
    return 0 if holds else 1


class Observer:
    """Hears OBS's program events on a connection of its own, and notes when.

    It is stagebox's own kind of connection: one that acknowledges packets at once. On another, the kernel's
    delayed acknowledgement would add 40 ms to some events, whichever way the scene was asked for.
    """

    def __init__(self, obs: dict[str, Any]) -> None:
        self._heard: queue.Queue[tuple[float, str]] = queue.Queue()
        self._closing = threading.Event()
        target = ObsTarget(obs["host"], obs["port"], SecretStr(obs["password"]))
        self._connection = ObsConnection(target, timeout_s=5.0, events=STATE_EVENTS, on_event=self._event)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _event(self, kind: str, data: Mapping[str, Any]) -> None:
        if kind == "CurrentProgramSceneChanged":
            self._heard.put((time.perf_counter(), str(data["sceneName"])))

    def _listen(self) -> None:
        while not self._closing.is_set():
            self._connection.wait_for_event(0.1)

    def time(self, switch: Callable[[str], Any], scene: str) -> float:
        """Seconds from just before `switch(scene)` until OBS says that `scene` is on program."""
        began = time.perf_counter()
        switch(scene)
        while True:
            at, name = self._heard.get(timeout=10)
            if name == scene:
                return at - began

    def close(self) -> None:
        """Close the connection."""
        self._closing.set()
        self._thread.join(5)
        self._connection.close()
