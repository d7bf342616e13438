"""One hour of 1080p30: `stagebox process` against `cp`, and against a full decode by ffmpeg's own filters.

All in one run on two cores, the recording in the page cache. The recording is made here: x264 FLV with a GOP
of 250, slides that change four times a minute, a camera inset that never stands still, 2.6 Mbit/s. One
minute of it is encoded and repeated.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

HELP = "one hour of recording: process against cp and against a full decode"
CORES = 2
UNIT_S = 60
GOAL_FASTER = 40.0
GOAL_OF_CP = 8.0
FILTERS = ("-vf", "blackdetect=d=2,freezedetect", "-af", "silencedetect=n=-50dB:d=2,ebur128")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--minutes", type=int, default=60, help="length of the recording (default 60)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often cp and process are timed (default 3)"
    )
    parser.add_argument("--folder", type=Path, help="where to work; needs 4 GB an hour (default: a new one)")


def run(arguments: argparse.Namespace) -> int:
    """Measure, print the table, and return 0 when both goals hold, else 1."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with tempfile.TemporaryDirectory(prefix="stagebox-bench-", dir=arguments.folder) as name:
        folder = Path(name)
        source = make_recording(folder, arguments.minutes * 60)
        size = source.stat().st_size
        full_s = _timed(["ffmpeg", "-v", "error", "-nostdin", "-i", str(source), *FILTERS, "-f", "null", "-"])
        copies, processes = [], []
        for number in range(arguments.rounds):
            copies.append(_clocked(lambda: shutil.copyfile(source, folder / "copy")))
            (folder / "copy").unlink()
            out = folder / f"out{number}"
            command = [sys.executable, "-m", "stagebox", "process", str(source), "--out", str(out)]
            # The exit code is the verdict on a made-up talk; that an MP4 is there is what counts.
            processes.append(_timed(command, may_fail=True))
            if not list(out.glob("*.mp4")):
                raise SystemExit("process made no MP4")
            shutil.rmtree(out)
    copy_s, process_s = statistics.median(copies), statistics.median(processes)
    return _print(arguments.minutes, size, full_s, copy_s, process_s)


def make_recording(folder: Path, length_s: int) -> Path:
    """The recording to be timed; `length_s` is rounded to whole minutes."""
    unit, whole = folder / "unit.flv", folder / "hour.flv"
    slides = "testsrc2=s=1920x1080:r=1/15,fps=30[slides]"
    camera = "mandelbrot=s=480x270:r=30,noise=alls=10:allf=t[camera]"
    picture = f"{slides};{camera};[slides][camera]overlay=W-w-40:H-h-40"
    quiet = ["ffmpeg", "-v", "error", "-nostdin", "-y"]
    sound = "anoisesrc=a=0.2:c=pink:r=48000,tremolo=f=4:d=0.9"
    _timed(
        [
            *(*quiet, "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", str(UNIT_S)),
            *("-c:v", "libx264", "-preset", "veryfast", "-b:v", "2600k", "-maxrate", "2600k"),
            *("-bufsize", "5200k", "-g", "250", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "160k"),
            str(unit),
        ]
    )
    repeats = max(round(length_s / UNIT_S), 1) - 1
    _timed([*quiet, "-stream_loop", str(repeats), "-i", str(unit), "-c", "copy", str(whole)])
    unit.unlink()
    return whole


def _timed(command: Sequence[str], *, may_fail: bool = False) -> float:
    return _clocked(
        lambda: subprocess.run(
            command, check=not may_fail, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    )


def _clocked(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _print(minutes: int, size: int, full_s: float, copy_s: float, process_s: float) -> int:
    table = Table(title=f"{minutes} min of 1080p30, {size / 1e9:.2f} GB, {CORES} cores, page cache")
    for title in ("", "seconds", "process is"):
        table.add_column(title, justify="left" if not title else "right")
    table.add_row("cp", f"{copy_s:.2f}", f"{process_s / copy_s:.1f} × its time (goal ≤ {GOAL_OF_CP:.0f})")
    table.add_row("stagebox process", f"{process_s:.2f}", "")
    faster = full_s / process_s
    table.add_row("full-decode check", f"{full_s:.2f}", f"{faster:.1f} × as fast (goal ≥ {GOAL_FASTER:.0f})")
    Console().print(table)
    print(f"The full-decode check: ffmpeg -i RECORDING {' '.join(FILTERS)} -f null -")
    return 0 if faster >= GOAL_FASTER and process_s <= GOAL_OF_CP * copy_s else 1
