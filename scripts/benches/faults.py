"""What each fault costs: the box is broken in a rehearsal with real OBS, and the outputs are read back.

Noticed and recovered are timed from the fault; what was lost is counted by the counter on the slides and the
clock in the sound. Picture is of the talk's MP4, and so is the second sound; the first sound is the rescue
output's. Every output must decode from end to end by an ffmpeg that stops at the first fault. A machine that
is too busy for OBS loses pictures without any fault: the column `late` says how long it kept even the venue's
painters waiting.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from stagebox.rehearsal.breakages import ASLEEP_S
from stagebox.rehearsal.flow import FAULT_SCENE

HELP = "what each fault that breaks the box costs: time, picture, sound"
POLL_S = 0.1
"""How often the rehearsal looks at the state: what it may add to each time."""
TIMEOUT_S = 900
SOUND_S = 0.2


@dataclass(frozen=True)
class Goal:
    """What a fault may cost, in seconds; None: it is not judged."""

    noticed_s: float | None = None
    picture_s: float | None = None
    sound_s: float | None = SOUND_S
    besides_outage: bool = False
    """The power was away: what was not recorded meanwhile is not counted."""


GOALS: dict[str, Goal] = {
    "obs-killed": Goal(noticed_s=0.5, picture_s=3.0),
    "obs-hung": Goal(),
    "obs-killed-twice": Goal(noticed_s=0.5, picture_s=6.0),
    "engine-killed": Goal(picture_s=0.0),
    "kiosk-killed": Goal(picture_s=0.0),
    "ear-killed": Goal(picture_s=0.0),
    "power-cut": Goal(picture_s=2.0, sound_s=2.0, besides_outage=True),
    "disk-full": Goal(picture_s=3.0),
    "folder-gone": Goal(picture_s=3.0),
    # The disk takes the backup's last moment with it.
    "folder-read-only": Goal(picture_s=3.0, sound_s=0.5),
    "network-cut": Goal(picture_s=0.0),
    # What is said while no microphone is there is lost; the room's own player had 0.2 s of it in hand.
    "mic-pulled": Goal(picture_s=0.0, sound_s=None),
    "camera-pulled": Goal(picture_s=0.0),
    "clock-jump": Goal(picture_s=0.0),
    # What was slept through is nobody's. OBS leaves out up to 3 s while it catches up.
    "machine-sleeps": Goal(picture_s=ASLEEP_S + 3.0, sound_s=ASLEEP_S + 1.5),
    "stream-server-killed": Goal(noticed_s=3.0, picture_s=0.0),
    "stream-server-hung": Goal(noticed_s=10.0, picture_s=0.0),
    "stream-wrong-key": Goal(noticed_s=3.0, picture_s=0.0),
    "stream-slow": Goal(noticed_s=10.0, picture_s=0.0),
    "random": Goal(sound_s=None),
}
"""In the order of the table. Where picture may not be lost at all, 0.2 s is what a reading can tell."""
NOTHING_S = 0.2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("faults", nargs="*", metavar="FAULT", help="only these (default: all that exist)")
    parser.add_argument("--seconds", type=int, default=12, help="length of each rehearsal beside its fault")
    parser.add_argument("--storm-seconds", type=int, default=300, help="length of the storm `random`")
    parser.add_argument("--seed", type=int, default=1, help="the storm's seed")


def run(arguments: argparse.Namespace) -> int:
    """Play the faults, print the table, and return 0 when every goal holds, else 1."""
    from stagebox.rehearsal import storm
    from stagebox.rehearsal.fault_catalogue import EVERY_FAULT

    names = arguments.faults or [name for name in GOALS if name in EVERY_FAULT or name == storm.NAME]
    table = Table(
        Column("fault", no_wrap=True),
        "noticed after",
        "recovered after",
        "picture lost",
        "sound lost in rescue",
        "sound lost in talk",
        "late",
        "verdict",
    )
    good = True
    for name in names:
        said = rehearse(name, arguments)
        cells, holds = row(GOALS.get(name, Goal()), said)
        good = good and holds
        table.add_row(name, *cells)
        print(name, *cells, flush=True)
    Console(width=120).print(table)
    print(f"Seconds; each time may hold up to {POLL_S:g} s of the rehearsal's own looking.")
    print(
        "Picture lost is counted in the talk's MP4. *: there was nothing to rescue; the sound is the talk's."
    )
    return 0 if good else 1


def rehearse(name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """One rehearsal with the fault, as its JSON; an empty object with `problems` when it failed."""
    storm = name == "random"
    seconds = arguments.storm_seconds if storm else arguments.seconds
    with tempfile.TemporaryDirectory(prefix="stagebox-bench-") as folder:
        command = [sys.executable, "-m", "stagebox", "rehearse", "--json", "--fault", name]
        command += ["--seconds", str(seconds), "--keep", str(Path(folder) / "kept")]
        command += ["--seed", str(arguments.seed)] if storm else []
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            return {"problems": [f"it took longer than {TIMEOUT_S} s"]}
        if not done.stdout.strip():
            return {"problems": [done.stderr.strip()[-300:]]}
        said: dict[str, Any] = json.loads(done.stdout)
        said["undecoded"] = undecoded(Path(folder) / "kept")
        return said


def undecoded(folder: Path) -> list[str]:
    """The outputs below `folder` that are not decoded by an ffmpeg that stops at the first fault."""
    found = []
    for output in sorted(one for one in folder.rglob("*.m[pk][4v]") if one.is_file()):
        command = ["ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", f"file:{output}", "-f", "null", "-"]
        if subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False).returncode != 0:
            found.append(output.name)
    return found


def row(goal: Goal, said: dict[str, Any]) -> tuple[list[str], bool]:
    """The cells of one fault, and whether its goals hold."""
    if "gap_s" not in said:
        return ["", "", "", "", "", "", f"NOT PLAYED: {'; '.join(said['problems'])}"], False
    noticed, recovered = noticed_s(said), said["recovered_after_s"]
    picture, sound = said["gap_s"], said["audio_gap_s"]
    if goal.besides_outage and recovered is not None:
        picture, sound = max(0.0, picture - recovered), max(0.0, sound - recovered)
    missed = []
    if noticed is None:
        missed.append("not noticed")
    elif goal.noticed_s is not None and noticed > goal.noticed_s + POLL_S:
        missed.append(f"noticed later than {goal.noticed_s:g}")
    if goal.picture_s is not None and picture > max(goal.picture_s, NOTHING_S):
        missed.append(f"more picture than {goal.picture_s:g}")
    if goal.sound_s is not None and sound > goal.sound_s:
        missed.append(f"more sound than {goal.sound_s:g}")
    if FAULT_SCENE not in said["scenes"]:
        missed.append(f"{FAULT_SCENE} was not on program again")
    missed += [f"does not decode: {output}" for output in said.get("undecoded", ())]
    missed += [f"unaccounted: {seconds}" for seconds in [said.get("unaccounted_s")] if seconds]
    cells = [
        _figure(noticed),
        _figure(recovered),
        f"{picture:.2f}",
        f"{sound:.2f}" + ("" if said["rescue"] else "*"),
        f"{said['own_audio_gap_s']:.2f}",
        f"{said['venue_late_s']:.2f}",
        "holds" if not missed else f"MISSED: {', '.join(missed)}",
    ]
    return cells, not missed


def noticed_s(said: dict[str, Any]) -> float | None:
    """When the box noticed the fault, in seconds from it."""
    found: float | None = said["noticed_after_s"]
    return found


def _figure(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.2f}"
