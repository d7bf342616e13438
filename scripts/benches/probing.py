"""What live health costs: probing on and off in turns, the same OBS, the same scenes, one run.

Off is `serve` and its backup recorder stopped as they stand (SIGSTOP), so that nobody asks OBS for anything;
on is both going on. Processor time is of `serve` and the backup recorder together, lost pictures are OBS's
own counters.
"""

import argparse
import os
import signal
import threading
from dataclasses import dataclass

import psutil
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.rehearsal.real_soak import ear_of
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue

HELP = "what probing costs in processor time and in OBS's lost pictures"
GOAL_PERCENT = 8.0
SETTLE_S = 6.0
"""After going on, `serve` first catches up with what it missed."""
LOOK_EVERY_S = 1.0
LOST_MORE_SHARE = 0.005
"""On may lose this share of pictures more than off: less cannot be told from the computer's own noise."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Processor seconds of `serve` with the backup recorder, and of OBS; OBS's pictures due and lost."""

    ours_s: float
    obs_s: float
    due: int
    undrawn: int
    unencoded: int

    def since(self, before: "Counted") -> "Counted":
        """What came since `before`."""
        return Counted(
            self.ours_s - before.ours_s,
            self.obs_s - before.obs_s,
            self.due - before.due,
            self.undrawn - before.undrawn,
            self.unencoded - before.unencoded,
        )

    def plus(self, other: "Counted") -> "Counted":
        """Both together."""
        return Counted(
            self.ours_s + other.ours_s,
            self.obs_s + other.obs_s,
            self.due + other.due,
            self.undrawn + other.undrawn,
            self.unencoded + other.unencoded,
        )

    @property
    def lost_share(self) -> float:
        """Pictures lost of pictures due."""
        return (self.undrawn + self.unencoded) / self.due if self.due else 0.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--seconds", type=float, default=20.0, help="length of each turn")
    parser.add_argument("--turns", type=int, default=3, help="turns of on and off")


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the table, and return 0 when both goals hold, else 1."""
    with Venue() as venue:
        work = venue.folder / "work"
        work.mkdir()
        with ServingVenue(venue, work) as serving:
            on, off = _turns(serving, arguments.seconds, arguments.turns)
    span_s = arguments.seconds * arguments.turns
    table = Table("", "serve and ear", "OBS", "pictures due", "not drawn", "not encoded", "lost")
    for name, one in (("probing on", on), ("probing off", off)):
        table.add_row(
            name,
            f"{100 * one.ours_s / span_s:.1f} %",
            f"{100 * one.obs_s / span_s:.1f} %",
            str(one.due),
            str(one.undrawn),
            str(one.unencoded),
            f"{one.lost_share:.2%}",
        )
    Console(width=120).print(table)
    cost = 100 * (on.ours_s - off.ours_s) / span_s
    cheap = cost < GOAL_PERCENT
    harmless = on.lost_share - off.lost_share <= LOST_MORE_SHARE
    print(
        f"percent are of one core, over {span_s:g} s each; probing costs {cost:.1f} % (goal {GOAL_PERCENT:g})"
    )
    print(
        f"pictures lost with probing beyond those without: {on.lost_share - off.lost_share:+.2%} "
        f"(goal {LOST_MORE_SHARE:.1%})"
    )
    return 0 if cheap and harmless else 1


def _turns(serving: ServingVenue, seconds: float, turns: int) -> tuple[Counted, Counted]:
    serve = psutil.Process(serving.pid)
    target = ObsTarget(serving.obs["host"], serving.obs["port"], SecretStr(serving.obs["password"]))
    serving.client.send({"kind": "start_recording"}, origin="rehearsal", timeout_s=30.0)
    on = off = Counted(0.0, 0.0, 0, 0, 0)
    with ObsConnection(target, timeout_s=10.0) as obs:
        for _ in range(turns):
            _wait(serving, SETTLE_S)
            ear = ear_of(serve)
            ours = [serve] if ear is None else [serve, ear]
            before = _count(obs, serve, ours)
            _wait(serving, seconds)
            on = on.plus(_count(obs, serve, ours).since(before))
            for process in ours:
                os.kill(process.pid, signal.SIGSTOP)
            try:
                before = _count(obs, serve, ours)
                threading.Event().wait(seconds)
                off = off.plus(_count(obs, serve, ours).since(before))
            finally:
                for process in ours:
                    os.kill(process.pid, signal.SIGCONT)
    _wait(serving, SETTLE_S)
    serving.client.send({"kind": "stop_recording"}, origin="rehearsal", timeout_s=30.0)
    return on, off


def _wait(serving: ServingVenue, seconds: float) -> None:
    """Let time pass, with one view that looks at the state and at the program's picture each second."""
    for _ in range(round(seconds / LOOK_EVERY_S)):
        serving.client.state()
        threading.Event().wait(LOOK_EVERY_S)


def _count(obs: ObsConnection, serve: psutil.Process, ours: list[psutil.Process]) -> Counted:
    stats = obs.request("GetStats")
    of_obs = sum(
        sum(child.cpu_times()[:2])
        for child in serve.children(recursive=True)
        if child.name().startswith("obs")
    )
    return Counted(
        ours_s=sum(sum(one.cpu_times()[:2]) for one in ours),
        obs_s=of_obs,
        due=int(stats["renderTotalFrames"]),
        undrawn=int(stats["renderSkippedFrames"]),
        unencoded=int(stats["outputSkippedFrames"]),
    )
