"""Button to picture, and picture to lamp: a press on a simulated box against the bare request, in one run.

A press is timed from the closing of the contact to OBS's own event, heard by an observer of its own; the
bare request to the same event. The two take turns. A lamp is timed from that event, as the observer hears it,
to the box's firmware showing the new scene: after presses, and after bare requests, of which stagebox knows
nothing before OBS tells it. The observer's own delay is the same as stagebox's, so a lamp may even be first.
"""

import argparse
import logging
import statistics
import tempfile
import time
from pathlib import Path

import obsws_python
from rich.console import Console
from rich.table import Table

from benches.switch import Observer
from stagebox.rehearsal.canvas_ladder import LADDER
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.simulated_button_box import SimulatedBox
from stagebox.rehearsal.venue import Venue

HELP = "a press on a button box against a bare request to OBS, and lamps that follow"
GOAL_MS = 10.0
LAMP_GOAL_MS = 50.0
SCENES = ["speaker", "combo", "intro"]  # An odd number: both ways come to each.
WARM = 8
PAUSE_S = 0.06
"""Between two presses: a finger lifts, and the contact is seen open."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--rounds", type=int, default=300, help="scene changes each way (default 300)")


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the table, and return 0 when both goals hold, else 1."""
    logging.getLogger("obsws_python").setLevel(logging.CRITICAL)
    bare: list[float] = []
    pressed: list[float] = []
    own_lamps: list[float] = []
    lamps: list[float] = []
    asked: list[float] = []
    with tempfile.TemporaryDirectory() as name, Venue() as venue:
        folder = Path(name)
        link = folder / "box"
        with (
            SimulatedBox(link) as box,
            ServingVenue(venue, folder, more=settings(link), rung=LADDER[1]) as serving,
        ):
            requests = obsws_python.ReqClient(**serving.obs, timeout=5)
            observer = Observer(serving.obs)
            requests.set_current_program_scene("screen")
            box.wait_for_lamps(lambda shown: shown == "000000", 20.0)
            for number in range(2 * arguments.rounds + WARM):
                scene = SCENES[number % 3]
                button = 1 + number % 3
                wanted = "".join("1" if lamp == button else "0" for lamp in range(1, 7))
                began = time.monotonic()
                if number % 2:
                    took = observer.time(lambda _, button=button: box.press(button), scene)
                else:
                    took = observer.time(requests.set_current_program_scene, scene)
                lit = box.wait_for_lamps(lambda shown, wanted=wanted: shown == wanted, 10.0) - began
                if number >= WARM:  # The first few warm everything up.
                    (pressed if number % 2 else bare).append(took * 1000)
                    (own_lamps if number % 2 else lamps).append((lit - took) * 1000)
                    if number % 2 == 0:
                        asked.append(lit * 1000)
                box.release(button)
                time.sleep(PAUSE_S)
            requests.disconnect()
            observer.close()
    return report(
        {
            "bare request, to OBS's own event": bare,
            "press, to OBS's own event": pressed,
            "OBS's own event after a press, to the lamp": own_lamps,
            "OBS's own event after a bare request, to the lamp": lamps,
            "bare request, to the lamp": asked,
        }
    )


def settings(link: Path) -> str:
    """The box's part of stagebox.toml."""
    buttons = "\n".join(f'{number} = "scene {scene}"' for number, scene in enumerate(SCENES, 1))
    shows = "\n".join(f'{number} = "program {scene}"' for number, scene in enumerate(SCENES, 1))
    return f'[button_box]\nboxes = ["{link}"]\n[button_box.buttons]\n{buttons}\n[button_box.lamps]\n{shows}\n'


def report(rows: dict[str, list[float]]) -> int:
    """Print all in milliseconds, and whether the goals hold."""
    count = len(next(iter(rows.values())))
    table = Table("ms", "p50", "p90", "p99", "worst", title=f"{count} changes each way")
    p99 = []
    for name, times in rows.items():
        cuts = statistics.quantiles(times, n=100)
        p99.append(cuts[98])
        table.add_row(name, *(f"{value:.2f}" for value in (cuts[49], cuts[89], cuts[98], max(times))))
    Console(width=100).print(table)
    bare, press, own_lamp, lamp, _ = p99
    goals = (
        ("p99 of a press differs by", press - bare, GOAL_MS),
        ("p99 from OBS's event to the lamp, after a press, is", own_lamp, LAMP_GOAL_MS),
        ("p99 from OBS's event to the lamp, after a change made elsewhere, is", lamp, LAMP_GOAL_MS),
    )
    for words, value, goal in goals:
        holds = "holds" if value <= goal else "FAILS"
        print(f"{words} {value:.2f} ms; the goal is at most {goal:g} ms: {holds}")
    return 0 if all(value <= goal for _, value, goal in goals) else 1
