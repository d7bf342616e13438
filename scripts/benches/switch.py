"""Button to picture: a scene intent through the API against the same request sent bare to OBS, in one run.

Both are timed to the same moment: when an observer of its own, on a third connection, hears OBS say that the
program scene changed. The two ways take turns, so that the machine's noise falls on both alike.
"""

import argparse
import logging
import queue
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import obsws_python
from rich.console import Console
from rich.table import Table

from stagebox.rehearsal.serving import Serving
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
    with Venue() as venue, tempfile.TemporaryDirectory() as folder, Serving(venue, Path(folder)) as serving:
        requests = obsws_python.ReqClient(**serving.obs, timeout=5)
        observer = Observer(serving.obs)
        scenes = ["speaker", "combo", "intro", "screen"]
        ways: list[tuple[list[float], Callable[[str], Any]]] = [
            (bare, requests.set_current_program_scene),
            (
                through,
                lambda scene: serving.client.send({"kind": "switch_scene", "scene": scene}, wait=False),
            ),
        ]
        for number in range(2 * arguments.rounds + 8):
            times, switch = ways[number % 2]
            took = observer.time(switch, scenes[number % 4])
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
    """Hears OBS's program events on a connection of its own."""

    def __init__(self, obs: dict[str, Any]) -> None:
        self._heard: queue.Queue[tuple[float, str]] = queue.Queue()
        self._events = obsws_python.EventClient(**obs, subs=obsws_python.Subs.SCENES)
        heard = self._heard

        def on_current_program_scene_changed(data: Any) -> None:
            heard.put((time.perf_counter(), data.scene_name))

        self._events.callback.register(on_current_program_scene_changed)

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
        self._events.disconnect()
