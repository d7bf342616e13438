"""What `process` and `verify` show a person: a bar a file while they work, and a table at the end."""

import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from stagebox.media.batch import Done
from stagebox.media.runner import shown
from stagebox.model.report import Finding, Report, Severity, Verdict

STEPS = {"copy": "copying", "look": "checking", "prove": "proving"}
MARKS = {
    Verdict.OK: ("✓ ok", "green"),
    Verdict.FLAGGED: ("▲ look", "yellow"),
    Verdict.FAILED: ("✗ failed", "red"),
}
COLOURS = {Severity.NOTE: "blue", Severity.WARNING: "yellow", Severity.CRITICAL: "red"}
_NAME_WIDTH = 44


class View:
    """A context manager. On a terminal it shows bars on standard error; elsewhere one line a recording."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._names = [Text(shown(path.name), overflow="ellipsis", no_wrap=True) for path in paths]
        self._console = Console(stderr=True, highlight=False, markup=False)
        self._lock = threading.Lock()
        self._bars: Progress | None = None
        self._tasks: dict[int, TaskID] = {}
        self._shares: dict[int, float] = {}
        self._total: TaskID | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal:
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
                name = self._names[position].plain
                name = name if len(name) <= _NAME_WIDTH else name[: _NAME_WIDTH - 1] + "…"
                self._tasks[position] = self._bars.add_task(name, total=1.0, step="")
            self._bars.update(self._tasks[position], completed=share, step=STEPS.get(step, step))
            self._shares[position] = share
            self._show_total()

    def finished(self, position: int, done: Done) -> None:
        """A recording is done."""
        with self._lock:
            if self._bars is not None:
                self._shares[position] = 1.0
                if position in self._tasks:
                    self._bars.remove_task(self._tasks.pop(position))
                self._show_total()
                self._bars.console.print(_line(self._names[position].plain, done))
            else:
                self._console.print(_line(self._names[position].plain, done), soft_wrap=True)

    def _show_total(self) -> None:
        if self._bars is not None and self._total is not None:
            self._bars.update(self._total, completed=sum(self._shares.values()))

    def summary(self, done: Sequence[Done]) -> None:
        """Print the table of what came out, the ones that need a person with their reasons."""
        console = Console(highlight=False, markup=False)
        table = Table(box=None, pad_edge=False, header_style="bold")
        for title, justify in (
            ("", "left"),
            ("Recording", "left"),
            ("Length", "right"),
            ("What to look at", "left"),
        ):
            table.add_column(title, justify="right" if justify == "right" else "left", overflow="fold")
        for name, one in zip(self._names, done, strict=True):
            word, colour = MARKS[one.report.verdict]
            table.add_row(
                Text(word, style=colour), Text(name.plain), clock(one.report.duration_s), _reasons(one.report)
            )
        console.print(table)
        counts = [sum(one.report.verdict is verdict for one in done) for verdict in Verdict]
        before = sum(one.skipped for one in done)
        noun = "recording" if len(done) == 1 else "recordings"
        console.print(
            f"\n{len(done)} {noun}: {counts[0]} ok, {counts[1]} to look at, {counts[2]} failed"
            + (f"; {before} were done before." if before else ".")
        )
        pages = sorted({one.page_path.parent / "index.html" for one in done if one.page_path is not None})
        for page in pages:
            console.print(f"Reports: {shown(page)}", soft_wrap=True)


def clock(seconds: float) -> str:
    """Seconds as a player shows them: 1:02:03."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def _line(name: str, done: Done) -> Text:
    word, colour = MARKS[done.report.verdict]
    before = " (done before)" if done.skipped else ""
    return Text.assemble((word, colour), f"  {name}{before}")


def _reasons(report: Report) -> Text:
    shown_ones = sorted(report.findings, key=lambda finding: (-finding.severity.rank, finding.start_s))
    lines = [_reason(finding) for finding in shown_ones if finding.severity is not Severity.NOTE][:5]
    more = sum(finding.severity is not Severity.NOTE for finding in report.findings) - len(lines)
    if more > 0:
        lines.append(Text(f"and {more} more in the report"))
    return Text("\n").join(lines)


def _reason(finding: Finding) -> Text:
    where = f"{clock(finding.start_s)} " if finding.end_s > 0 else ""
    return Text.assemble(
        (f"{where}{finding.code}: ", COLOURS[finding.severity]),
        shown(finding.message),
        " ",
        shown(finding.remedy),
    )
