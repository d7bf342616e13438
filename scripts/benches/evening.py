"""The evening after: sixty recordings beside a plain loop of stream copies, and ten thousand that are done.

The loop is `for f in …; do ffmpeg -i $f -c copy $f.mp4; done`, which proves nothing and looks at nothing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

HELP = "sixty recordings against a loop of stream copies; ten thousand that are done, and their page"
NOTHING_TO_DO_S = 15.0
OPENS_S = 2.0
FILTERS_MS = 100.0
MANY = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the bench's options."""
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "stagebox-bench")
    parser.add_argument("--many", type=int, default=MANY, help="how many recordings are done already")


def run(chosen: argparse.Namespace) -> int:
    """Measure, print and return 0 when the limits hold, 1 when one does not."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    chosen.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=chosen.work) as name:
        folder = Path(name)
        _beside_a_loop(folder)
        many = folder / "many"
        _finished(folder / "talks", many, chosen.many)
        command = _process(many / "recordings", many / "talks")
        _timed([command])  # the page of them all is written for the first time
        nothing_s = _timed([command])
        print(f"process with nothing to do on {chosen.many} finished: {nothing_s:.1f} s (at most 15 s)")
        opens_s, filters_ms = _opened(many / "talks" / "reports" / "index.html")
        print(f"the page opens in {opens_s:.2f} s (at most 2 s); filters, each in ms (at most 100):")
        print("  " + ", ".join(f"{what} {taken:.0f}" for what, taken in filters_ms.items()))
    slow = nothing_s > NOTHING_TO_DO_S or opens_s > OPENS_S or max(filters_ms.values()) > FILTERS_MS
    return int(slow)


def _beside_a_loop(folder: Path) -> None:
    from tests.media import evening

    made = evening.make(folder / "recordings", folder / "store")
    copies = folder / "copies"
    copies.mkdir()
    paths = [*(one.path for one in made.truths), made.growing]
    loop = [
        ["ffmpeg", "-v", "error", "-nostdin", "-i", f"file:{path}", "-c", "copy", str(copies / f"{at}.mp4")]
        for at, path in enumerate(paths)
    ]
    loop_s, process_s = _timed(loop), _timed([_process(made.folder, folder / "talks")])
    print(
        f"{len(paths)} recordings of some seconds: the loop of stream copies {loop_s:.1f} s, process ", end=""
    )
    print(f"{process_s:.1f} s: {process_s / loop_s:.1f} times, with proof, look and pages")


def _finished(talks: Path, many: Path, number: int) -> None:
    """Recordings that are done, as far as manifests and sizes tell: each is one of the evening's again."""
    from stagebox.media import manifest, storage
    from stagebox.media.job import Job

    found = [manifest.load(path) for path in sorted(talks.rglob(f"{storage.HIDDEN}/*.json"))]
    entries = [one for one in found if one is not None and one.output is not None]
    for at in range(number):
        entry, inner = entries[at % len(entries)], Path(f"day {at % 4 + 1}") / f"room {at % 25}"
        source = many / "recordings" / inner / f"2026-11-2{at % 4 + 5} 10-{at % 60:02}-00 talk {at}.flv"
        out = many / "talks" / inner
        hidden = out / storage.HIDDEN
        for made in (source.parent, hidden):
            made.mkdir(parents=True, exist_ok=True)
        source.write_bytes(b"recording")
        output = out / f"{source.stem}.mp4"
        output.write_bytes(b"output")
        job = Job((source,), out)
        done = replace(
            entry,
            sources=manifest.stamps([source]) or (),
            asked=manifest.asked_of(job),
            stem=source.stem,
            output=manifest.stamp(output),
            report=replace(entry.report, source=str(source), output=str(output)),
        )
        manifest.save(hidden, storage.key_of(job.sources), done)
    top = many / "talks" / storage.HIDDEN
    top.mkdir(exist_ok=True)
    os.sync()


def _opened(page: Path) -> tuple[float, dict[str, float]]:
    """Seconds until the first row stands, and milliseconds that each filter takes until it is drawn."""
    from playwright.sync_api import sync_playwright

    touches = {
        "verdict": "document.querySelector('[data-verdict=flagged]').click()",
        "search": "search.value = 'talk 77'; search.dispatchEvent(new Event('input'))",
        "day": "day.value = 'day 2'; day.dispatchEvent(new Event('change'))",
        "all": "clear.click()",
        "order": "sort.value = 'talk'; sort.dispatchEvent(new Event('change'))",
    }
    with sync_playwright() as driver:
        path = shutil.which("chromium") or "chromium"
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1280, "height": 800})
        began_s = time.monotonic()
        view.goto(page.as_uri())
        view.locator("li.row").first.wait_for()
        opens_s = time.monotonic() - began_s
        filters = {
            what: float(
                view.evaluate(
                    "() => { const [search, day, clear, sort] = ['search', 'day', 'clear', 'sort']"
                    ".map((id) => document.getElementById(id)); const began = performance.now(); "
                    f"{touch}; document.body.offsetHeight; return performance.now() - began; }}"
                )
            )
            for what, touch in touches.items()
        }
        browser.close()
    return opens_s, filters


def _process(source: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "stagebox", "process", str(source), "--out", str(out)]


def _timed(commands: Sequence[Sequence[str]]) -> float:
    began_s = time.monotonic()
    for command in commands:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - began_s
