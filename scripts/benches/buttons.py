"""Button to picture, and picture to lamp: a press on a simulated box against the bare request, in one run.

A press is timed from the closing of the contact to OBS's own event, heard by an observer of its own; the
bare request to the same event. The two take turns. A lamp is timed from a bare request, which stagebox knows
nothing of, to the box's firmware showing it.
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
from stagebox.rehearsal.button_box import SimulatedBox
from stagebox.rehearsal.serving import Serving
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
    lamps: list[float] = []
    with tempfile.TemporaryDirectory() as name, Venue() as venue:
        folder = Path(name)
        link = folder / "box"
        with SimulatedBox(link) as box, Serving(venue, folder, more=settings(link)) as serving:
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
                    if number % 2 == 0:
                        lamps.append(lit * 1000)
                box.release(button)
                time.sleep(PAUSE_S)
            requests.disconnect()
            observer.close()
    return report(bare, pressed, lamps)


def settings(link: Path) -> str:
    """The box's part of stagebox.toml."""
    buttons = "\n".join(f'{number} = "scene {scene}"' for number, scene in enumerate(SCENES, 1))
    shows = "\n".join(f'{number} = "program {scene}"' for number, scene in enumerate(SCENES, 1))
    return f'[button_box]\nboxes = ["{link}"]\n[button_box.buttons]\n{buttons}\n[button_box.lamps]\n{shows}\n'


def report(bare: list[float], pressed: list[float], lamps: list[float]) -> int:
    """Print all three in milliseconds, and whether both goals hold."""
    table = Table("ms", "p50", "p90", "p99", "worst", title=f"{len(pressed)} changes each way")
    rows = {
        "bare request, to OBS's own event": bare,
        "press, to OBS's own event": pressed,
        "bare request, to the lamp": lamps,
    }
    p99 = {}
    for name, times in rows.items():
        cuts = statistics.quantiles(times, n=100)
        p99[name] = cuts[98]
        table.add_row(name, *(f"{value:.2f}" for value in (cuts[49], cuts[89], cuts[98], max(times))))
    Console(width=100).print(table)
    first, second, third = p99.values()
    press_holds, lamp_holds = second - first <= GOAL_MS, third <= LAMP_GOAL_MS
    print(
        f"p99 of a press differs by {second - first:+.2f} ms; the goal is at most {GOAL_MS:g} ms: "
        + ("holds" if press_holds else "FAILS")
    )
    print(
        f"p99 to the lamp is {third:.2f} ms; the goal is at most {LAMP_GOAL_MS:g} ms: "
        + ("holds" if lamp_holds else "FAILS")
    )
    return 0 if press_holds and lamp_holds else 1
