"""Button to picture: a scene intent through the API against the same request sent bare to OBS, in one run.

Both are timed to the same moment: when an observer of its own, on a third connection, hears OBS say that the
program scene changed. The two ways take turns, so that the machine's noise falls on both alike.
"""

import argparse
import logging
import queue
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import obsws_python
from rich.console import Console
from rich.table import Table

from stagebox.api.client import Client
from stagebox.api.token import token_path
from stagebox.obs.home import ObsHome
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.flow import free_port, settings_toml
from stagebox.rehearsal.venue import Venue
from stagebox.secrets import read_secret

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


class Serving:
    """A `stagebox serve` with its own OBS in a venue."""

    def __init__(self, venue: Venue, folder: Path) -> None:
        self._venue = venue
        self._folder = folder

    def __enter__(self) -> Self:
        api_port, obs_port = free_port(), free_port()
        config = self._folder / "stagebox.toml"
        config.write_text(settings_toml(self._venue, self._folder, api_port, obs_port))
        arguments = [sys.executable, "-m", "stagebox", "--config", str(config), "serve"]
        self._child = self._venue.spawn_appliance(arguments)
        state = self._folder / "state"
        token = token_path(state)
        if not wait_until(token.exists, 30.0):
            raise SystemExit(f"serve did not start: {self._child.last_words()}")
        self.client = Client(api_port, read_secret(token))
        wait_until(self._ready, 30.0)
        password = read_secret(ObsHome(state / "obs").password_file).get_secret_value()
        self.obs = {"host": "127.0.0.1", "port": obs_port, "password": password}
        return self

    def _ready(self) -> bool:
        try:
            return {"screen", "intro", "outro"} <= set(self.client.state()["scenes"])
        except Exception:
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self._child.stop()


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
