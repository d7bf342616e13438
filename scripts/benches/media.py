"""One hour of 1080p30: cp, stream copy, ffmpeg's full-decode check and `stagebox process`, as ratios.

With `--old` another tree's `process` runs in turns with this one's.
"""

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benches.recording import make_hour

HELP = "one hour of recording: process against cp and against a full decode"
FASTER_THAN_FULL_CHECK = 40
SLOWER_THAN_CP = 9
SLOWER_THAN_OLD = 1.15
MEMORY_BYTES = 300_000_000
MEMORY_EVERY_S = 0.05


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's options."""
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "stagebox-bench")
    parser.add_argument("--hours", type=float, default=1.0, help="length of the recording")
    parser.add_argument(
        "--check-share",
        type=float,
        default=1.0,
        help="share of it that the full-decode check runs on, 0 to 1",
    )
    parser.add_argument(
        "--memory",
        action="store_true",
        help="read the memory of each process of one run of `process`, and no times; with --hours 8",
    )
    parser.add_argument(
        "--rounds", type=int, default=5, help="of cp, stream copy and process in turns; the middle one counts"
    )
    parser.add_argument("--old", type=Path, metavar="TREE", help="another checkout, to be measured too")


def run(chosen: argparse.Namespace) -> int:
    """Measure, print the table and return 0 when both limits hold, 1 when one does not."""
    source = make_hour(chosen.work, chosen.hours)
    with source.open("rb") as whole:
        while whole.read(1 << 24):
            pass  # into the page cache, so that no command pays for the disk
    length_s = chosen.hours * 3600
    checked_s = length_s * min(1.0, chosen.check_share)
    stagebox = Path(sys.executable).with_name("stagebox")
    if not stagebox.exists():
        stagebox = Path(shutil.which("stagebox") or "stagebox")
    with tempfile.TemporaryDirectory(dir=chosen.work) as folder:
        out = Path(folder)
        if chosen.memory:
            return _memory(
                [str(stagebox), "process", str(source), "--out", str(out / "talks"), "--json"], source
            )
        copy = ["cp", str(source), str(out / "copy.flv")]
        remux = _ffmpeg("-i", str(source), "-map", "0", "-c", "copy", str(out / "remux.mp4"))
        check = _ffmpeg(
            *("-t", str(checked_s), "-i", str(source)),
            *("-vf", "blackdetect,freezedetect", "-af", "silencedetect,ebur128"),
            *("-f", "null", "-"),
        )
        process = [str(stagebox), "process", str(source), "--out", str(out / "talks"), "--json"]
        # In turns: what a copy costs depends much on which memory it gets, so each needs the others' company.
        commands = [copy, remux, process, *([process] if chosen.old else [])]
        trees = [None, None, None, chosen.old]
        rounds = [
            [_timed_alone(command, out, tree) for command, tree in zip(commands, trees, strict=False)]
            for _ in range(max(1, chosen.rounds))
        ]
        cp_s, remux_s, process_s = (statistics.median(taken) for taken in list(zip(*rounds, strict=True))[:3])
        slower = statistics.median(taken[2] / taken[0] for taken in rounds)
        fastest = [min(taken) for taken in zip(*rounds, strict=True)]
        check_s = _timed(check) * length_s / checked_s
    print(f"{source.name}: {source.stat().st_size / 1e9:.2f} GB, {length_s:.0f} s")
    if checked_s < length_s:
        print(f"The full-decode check ran on the first {checked_s:.0f} s and was scaled.")
    print(f"{'':<20}{'seconds':>9}{'of cp':>9}{'of real time':>14}  command")
    rows = (("cp", cp_s, copy), ("stream copy", remux_s, remux), ("full-decode check", check_s, check))
    for name, taken_s, command in (*rows, ("stagebox process", process_s, process)):
        line = f"{name:<20}{taken_s:>9.2f}{taken_s / cp_s:>8.1f}×{length_s / taken_s:>13.0f}×"
        print(f"{line}  {' '.join(Path(word).name or word for word in command[:6])} …")
    faster = check_s / process_s
    print(
        f"process is {faster:.1f} times as fast as the full-decode check (wanted: {FASTER_THAN_FULL_CHECK})"
    )
    print(f"process takes {slower:.1f} times as long as cp (wanted: at most {SLOWER_THAN_CP})")
    print(f"  by round: {', '.join(f'{taken[2] / taken[0]:.1f}' for taken in rounds)}")
    print(
        f"  its fastest run {fastest[2]:.2f} s, of cp {fastest[0]:.2f} s: {fastest[2] / fastest[0]:.1f} times"
    )
    old = statistics.median(taken[2] / taken[3] for taken in rounds) if chosen.old else 0.0
    if chosen.old:
        old_s = statistics.median(taken[3] for taken in rounds)
        print(f"process takes {old:.2f} times as long as the old tree's {old_s:.2f} s, the middle")
        by_round = ", ".join(f"{taken[2] / taken[3]:.2f}" for taken in rounds)
        print(f"  (wanted: at most {SLOWER_THAN_OLD}; by round: {by_round})")
    return int(faster < FASTER_THAN_FULL_CHECK or slower > SLOWER_THAN_CP or old > SLOWER_THAN_OLD)


def _memory(command: list[str], source: Path) -> int:
    """Print the largest memory of each program that `process` starts, and of all together at one moment."""
    running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    root, largest, together = psutil.Process(running.pid), dict[str, int](), 0
    while running.poll() is None:
        now = 0
        with contextlib.suppress(psutil.Error):
            for one in [root, *root.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    size, name = one.memory_info().rss, _name(one.cmdline())
                    largest[name] = max(largest.get(name, 0), size)
                    now += size
        together = max(together, now)
        time.sleep(MEMORY_EVERY_S)
    if running.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed with {running.returncode}")
    print(f"{source.name}: {source.stat().st_size / 1e9:.2f} GB; resident memory at its largest")
    for name, size in sorted(largest.items(), key=lambda pair: -pair[1]):
        print(f"{name:<30}{size / 1e6:>7.0f} MB")
    print(f"{'all at one moment':<30}{together / 1e6:>7.0f} MB (what they share counted for each)")
    print(f"each process is to stay below {MEMORY_BYTES / 1e6:.0f} MB")
    return int(max(largest.values()) > MEMORY_BYTES)


def _name(words: list[str]) -> str:
    """A program's name, or the module that Python runs."""
    if "-m" in words:
        return words[words.index("-m") + 1]
    return next((Path(word).name for word in words if not Path(word).name.startswith("python")), "")


def _ffmpeg(*arguments: str) -> list[str]:
    return ["ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-y", *arguments]


def _timed_alone(command: list[str], out: Path, tree: Path | None = None) -> float:
    """Seconds that it takes, `stagebox` by the code of `tree`; what it made is removed."""
    if tree is not None:
        command = [sys.executable, "-m", "stagebox", *command[1:]]
    taken_s = _timed(command, good=(0, 1), tree=tree)
    for made in out.iterdir():
        shutil.rmtree(made) if made.is_dir() else made.unlink()
    return taken_s


def _timed(command: list[str], good: tuple[int, ...] = (0,), tree: Path | None = None) -> float:
    surroundings = os.environ | ({"PYTHONPATH": str(tree.resolve())} if tree is not None else {})
    start_s = time.monotonic()
    done = subprocess.run(
        command,
        check=False,
        timeout=3600,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=surroundings,
        cwd=tree,
    )
    taken_s = time.monotonic() - start_s
    if done.returncode not in good:
        raise SystemExit(f"{command[0]} failed with {done.returncode}: {done.stderr[-500:]}")
    return taken_s
