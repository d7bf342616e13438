"""How soon live health notices: each fault in a rehearsal with real OBS, from the fault to the snapshot."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from stagebox.rehearsal.faults import FAULTS, RehearsalFault

HELP = "from each fault to its alarm, and from its end to the alarm's"
POLL_S = 0.1
"""How often the rehearsal looks at the state: what it may add to each figure."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("faults", nargs="*", metavar="FAULT", help="only these (default: all)")
    parser.add_argument("--seconds", type=int, default=12, help="length of each rehearsal beside its fault")


def run(arguments: argparse.Namespace) -> int:
    """Play the faults, print the table, and return 0 when every goal holds, else 1."""
    names = arguments.faults or list(FAULTS)
    table = Table("fault", "alarm", "raised after", "goal", "cleared after", "goal", "besides", "holds")
    good = True
    for name in names:
        said = rehearse(name, arguments.seconds)
        cells, holds = row(FAULTS[name], said)
        good = good and holds
        table.add_row(name, *cells, "yes" if holds else "NO")
        print(name, *cells, "yes" if holds else "NO", flush=True)
        if "verdict" not in said:
            print(f"  the rehearsal itself failed: {' '.join(said['problems'])}", flush=True)
    Console(width=120).print(table)
    print(f"Seconds; each figure may hold up to {POLL_S:g} s of the rehearsal's own looking.")
    return 0 if good else 1


def rehearse(name: str, seconds: int) -> dict[str, Any]:
    """One rehearsal with the fault, as its JSON."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "stagebox", "rehearse", "--json", "--fault", name]
        command += ["--seconds", str(seconds), "--keep", str(Path(folder) / "kept")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if not done.stdout.strip():
            return {"alarms": [], "fault_ended_after_s": None, "problems": [done.stderr.strip()[-300:]]}
        said: dict[str, Any] = json.loads(done.stdout)
        return said


def row(fault: RehearsalFault, said: dict[str, Any]) -> tuple[list[str], bool]:
    """The cells of one fault, and whether its goals hold."""
    grave = [one for one in said["alarms"] if one["level"] != "note"]
    mine = [one for one in grave if one["code"] in fault.alarms and one["raised_after_s"] >= 0]
    others = sorted({one["code"] for one in grave if one not in mine})
    besides = ", ".join(others)
    if not fault.alarms:
        holds = not grave and said["fault_ended_after_s"] is not None
        return ["none", "", "none", "", "", besides], holds
    if not mine or said["fault_ended_after_s"] is None:
        return ["not noticed", "", f"{fault.raised_s:g}", "", f"{fault.cleared_s:g}", besides], False
    first = min(mine, key=lambda one: one["raised_after_s"])
    raised = first["raised_after_s"]
    cleared = None
    if first["cleared_after_s"] is not None:
        cleared = first["cleared_after_s"] - said["fault_ended_after_s"]
    holds = raised <= fault.raised_s + POLL_S and cleared is not None and cleared <= fault.cleared_s + POLL_S
    shown = "never" if cleared is None else f"{cleared:.1f}"
    cells = [first["code"], f"{raised:.1f}", f"{fault.raised_s:g}", shown, f"{fault.cleared_s:g}", besides]
    return cells, holds
