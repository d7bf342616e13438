"""What `process` and `verify` show a person: a bar a file while they work, and a table at the end.

What draws on a terminal is loaded where there is one, or when the work is done.
"""

import os
import shlex
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from stagebox.commands.media_table import SIGNS, STYLES, print_table
from stagebox.media.batch_result import BatchResult, faults
from stagebox.media.collect import FoundRecording
from stagebox.media.index.gather import as_known, not_done, place_below
from stagebox.media.index.rows import (
    IndexedTalk,
    IndexRow,
    SkippedFile,
    counted,
    in_order,
    row_of,
    row_of_not_done,
)
from stagebox.media.index.run_log import CatalogueTalk
from stagebox.media.index.talk_place import TalkPlace
from stagebox.media.output_layout import OutputLayout
from stagebox.media.runner import exact, shown
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.verdicts import NOT_DONE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID
    from rich.text import Text

STEPS = {"copy": "copying", "look": "checking", "prove": "proving"}
SKIPPED = {"growing": "still being recorded", "part": "not whole yet", "no_recording": "no recording"}
COLOURS = {Severity.NOTE: "blue", Severity.WARNING: "yellow", Severity.CRITICAL: "red"}
_NAME_WIDTH = 60
_REASONS = 12


class MediaProgress:
    """A context manager. On a terminal it shows bars on standard error; elsewhere one line a recording."""

    def __init__(
        self, found: Sequence[FoundRecording], about: Mapping[str, CatalogueTalk] | None = None
    ) -> None:
        self._found = found
        self._about = about or {}
        self._roots = tuple(dict.fromkeys(one.root for one in found if one.root is not None))
        self._names = [_name(one) for one in found]
        self._console = _console(stderr=True) if _may_be_a_terminal() else None
        self._lock = threading.Lock()
        self._bars: Progress | None = None
        self._tasks: dict[int, TaskID] = {}
        self._shares: dict[int, float] = {}
        self._total: TaskID | None = None

    def __enter__(self) -> Self:
        if self._console is not None and self._console.is_terminal:
            from rich.progress import (
                BarColumn,
                Progress,
                TextColumn,
                TimeElapsedColumn,
                TimeRemainingColumn,
            )

            self._bars = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=24, style="grey30", complete_style="blue", finished_style="green"),
                TextColumn("{task.percentage:>3.0f} %", markup=False),
                TextColumn("{task.fields[step]}", markup=False),
                TimeElapsedColumn(),
                TimeRemainingColumn(compact=True),
                console=self._console,
                transient=True,
            )
            self._bars.start()
            if len(self._names) > 1:
                self._total = self._bars.add_task(
                    f"{len(self._names)} recordings", total=float(len(self._names)), step=""
                )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def progress(self, position: int, step: str, share: float) -> None:
        """A recording is being worked on."""
        if self._bars is None:
            return
        with self._lock:
            if position not in self._tasks:
                name = self._names[position]
                name = name if len(name) <= _NAME_WIDTH else f"…{name[-_NAME_WIDTH + 1 :]}"
                self._tasks[position] = self._bars.add_task(name, total=1.0, step="")
            self._bars.update(self._tasks[position], completed=share, step=STEPS.get(step, step))
            self._shares[position] = share
            self._show_total()

    def finished(self, position: int, done: BatchResult) -> None:
        """A recording is done; what was done before is told by its number at the end."""
        with self._lock:
            self._shares[position] = 1.0
            if done.skipped:
                return
            if self._bars is not None:
                if position in self._tasks:
                    self._bars.remove_task(self._tasks.pop(position))
                self._show_total()
                self._bars.console.print(_line(self._names[position], done))
            else:
                _, sign, name = _words(self._names[position], done)
                sys.stderr.write(f"{sign}  {name}\n")
                sys.stderr.flush()

    def _show_total(self) -> None:
        if self._bars is not None and self._total is not None:
            self._bars.update(self._total, completed=sum(self._shares.values()))

    def summary(self, done: Sequence[BatchResult], skipped: Sequence[SkippedFile], top: Path | None) -> None:
        """Print the table of what came out, why, and where the index is.

        Args:
            top: the folder whose index has it all, None where none was written.
        """
        console = _console(stderr=False)
        rows = self._rows(done)
        print_table(in_order(rows), console)
        if console.is_terminal:
            self._reasons(console, done)
        before = sum(one.skipped for one in done)
        noun = "recording" if len(rows) == 1 else "recordings"
        if joined := [one for one in done if one.joined is not None]:
            noun = f"{'talk' if len(rows) == 1 else 'talks'} ({len(joined)} recordings are joined)"
        states = Counter(str(row.state) for row in rows)
        console.print(
            f"\n{len(rows)} {noun}: {counted(states)}" + (f"; {before} done before." if before else "."),
            soft_wrap=True,
        )
        growing = [one for one in done if _growing(one)]
        passed = Counter([one.why for one in skipped] + ["growing"] * len(growing))
        if passed:
            words = ", ".join(f"{number} {SKIPPED[why]}" for why, number in passed.items())
            console.print(f"Passed over: {words}.", soft_wrap=True)
        anew = [one.compared for one in done if one.compared is not None and not one.skipped]
        if anew:
            from stagebox.media.verdict_comparison import in_short

            for line in in_short(anew):
                console.print(line, soft_wrap=True)
            if top is not None:
                console.print(f"  Talk by talk: stagebox compare {shlex.quote(shown(top))}", soft_wrap=True)
        for offer in dict.fromkeys(one.offer for one in done if one.offer is not None):
            console.print(f"\n{shown(f'{offer.what} {offer.why} {offer.apart}'.strip())}", soft_wrap=True)
            console.print(f"Join them: {offer.command}", soft_wrap=True)
        if top is not None:
            index = top / "reports" / "index.html"
            if index.exists():
                console.print(f"Index: {shown(index)}", soft_wrap=True)

    def faults(self, done: Sequence[BatchResult], out: Path | None) -> None:
        """Say on standard error once for each reason why recordings are not done yet."""
        sizes = [one.path.stat().st_size if one.path.is_file() else 0 for one in self._found]
        free = None
        for folder in (out, *(out.absolute().parents if out is not None else ())):
            if folder is not None and folder.is_dir():
                free = shutil.disk_usage(folder).free
                break
        for fault in faults(done, sizes, free):
            sys.stderr.write(f"stagebox: {fault.what}\n  {fault.remedy}\n")
        sys.stderr.flush()

    def stopped(self, done: int) -> None:
        """Say on standard error how far it came before it was stopped, and how to go on."""
        sys.stderr.write(
            f"stagebox: Stopped: {done} of {len(self._found)} recordings are done.\n"
            "  Run the same command again to go on: what is done is not done twice.\n"
        )
        sys.stderr.flush()

    def _rows(self, done: Sequence[BatchResult]) -> list[IndexRow]:
        layout = OutputLayout(None, self._roots)
        roots = [exact(root.absolute()) for root in self._roots]
        rows = []
        joined: set[str] = set()
        for one, came in zip(self._found, done, strict=True):
            if _growing(came) or (came.joined is not None and came.joined.output in joined):
                continue  # it is passed over, or told with the part before
            parts = came.joined.parts if came.joined is not None else ()
            joined |= {came.joined.output} if came.joined is not None else set()
            path = one.path.absolute()
            about = self._about.get(exact(path), CatalogueTalk())
            place = place_below(exact(path), layout.folders(path.parent), roots)
            place = as_known(place, about.room, about.started_at)
            if came.later:
                code = str(came.report.findings[0].code)
                rows.append(row_of_not_done(not_done(path, place, code, came.later)))
            else:
                first = Path(parts[0]) if parts else one.path
                name = first.stem if first.suffix else first.name
                talk = IndexedTalk("", shown(name), came.report, place, shown(about.title), parts=parts)
                rows.append(row_of(talk, came.judged))
        return rows

    def _reasons(self, console: "Console", done: Sequence[BatchResult]) -> None:
        """On a terminal, the first findings of the worst with what to do."""
        bad = [
            (name, finding)
            for name, one in zip(self._names, done, strict=True)
            if not one.later
            for finding in one.judged.counts
            if finding.severity is not Severity.NOTE
        ]
        bad.sort(key=lambda each: -each[1].severity.rank)
        if bad:
            console.print()
        for name, finding in bad[:_REASONS]:
            console.print(_reason(name, finding), soft_wrap=False)
        if len(bad) > _REASONS:
            console.print(f"and {len(bad) - _REASONS} more findings in the reports")


def _may_be_a_terminal() -> bool:
    """Whether standard error is one, or is to be taken for one, as rich decides in the end."""
    return sys.stderr.isatty() or any(os.environ.get(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False)


def _name(one: FoundRecording) -> str:
    """The recording's name with the folders in which it lies below what was named."""
    if one.root is not None and one.path.is_relative_to(one.root) and one.path != one.root:
        return shown(one.path.relative_to(one.root))
    return shown(one.path.name)


def _growing(done: BatchResult) -> bool:
    return any(finding.code is Code.GROWING for finding in done.report.findings)


def _words(name: str, done: BatchResult) -> tuple[str, str, str]:
    """The state of what is done, the sign and the word for it, and the name."""
    row = row_of(IndexedTalk("", name, done.report, TalkPlace()), done.judged)
    state, word = ("not_done", NOT_DONE) if done.later else (str(row.state), row.word)
    part = "" if done.joined is None else f", part {done.joined.number} of {len(done.joined.parts)}"
    return state, f"{SIGNS[state]} {word}", f"{name}{part}"


def _line(name: str, done: BatchResult) -> "Text":
    from rich.text import Text

    state, sign, name = _words(name, done)
    return Text.assemble((sign, STYLES[state]), f"  {name}")


def _reason(name: str, finding: Finding) -> "Text":
    from rich.text import Text

    return Text.assemble(
        (f"{name}: ", COLOURS[finding.severity]), shown(finding.message), " ", shown(finding.remedy)
    )
