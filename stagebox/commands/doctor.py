"""`stagebox doctor`: every check once, each with its remedy."""

import logging
import sys
from typing import TYPE_CHECKING

import typer

from stagebox.commands.common import JsonOption, load_settings, print_json

if TYPE_CHECKING:
    from stagebox.doctor.result import CheckResult

SHAPES = {"good": ("✔", "green"), "note": ("◆", "cyan"), "look": ("▲", "yellow"), "broken": ("✖", "red")}
SHOWN = frozenset({"picture", "error", "ffmpeg"})
"""What a terminal shows of the evidence: where a picture was saved, and what a program said."""
WORDS = {"good": "good", "note": "note", "look": "look at this", "broken": "broken"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(context: typer.Context, as_json: JsonOption = False) -> int:
    """Go through the crew's checklist: programs, folders, machine, OBS, pictures, sound, a test recording.

    Uses the OBS that runs, or starts the private one for the duration. A running recording is left alone.
    Exit code 0: all good; 1: something needs a person; 2: the set-up is broken.
    """
    from stagebox.devices.self_measurement import measured
    from stagebox.doctor.doctor_run import DoctorRun
    from stagebox.doctor.result import exit_code

    settings = load_settings(context)
    logging.getLogger("stagebox.obs").setLevel(logging.ERROR)  # What it warns of is on the checklist.
    printer = _Printer(quiet=as_json)
    with measured("doctor"):
        doctor_run = DoctorRun(settings, printer.tell, printer.ask)
        results = doctor_run.run()
    code = exit_code(results)
    if as_json:
        print_json({"exit_code": int(code), "results": [result.to_json() for result in results]})
    else:
        printer.end(results)
    return int(code)


class _Printer:
    """Prints the checklist line by line, as it comes."""

    def __init__(self, *, quiet: bool) -> None:
        from rich.console import Console

        self._quiet = quiet
        self._console = Console(highlight=False)

    def tell(self, result: "CheckResult") -> None:
        """Print one line, and its remedy below."""
        if self._quiet:
            return
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        shape, colour = SHAPES[result.level]
        row = Table.grid(padding=(0, 1))
        row.add_column(width=1)
        row.add_column(width=16)
        row.add_column(overflow="fold")
        row.add_row(Text(shape, colour), Text(result.title, "bold"), Text(_words(result)))
        for name in SHOWN & result.evidence.keys():
            row.add_row("", "", Text(str(result.evidence[name]), "dim"))
        if result.remedy:
            row.add_row("", "", Text(f"→ {result.remedy}", "dim" if result.level == "note" else ""))
        self._console.print(Padding(row, (0, 0, 0, 1)))

    def ask(self, seconds: float) -> None:
        """Ask people to speak; on standard error, so that JSON stays JSON."""
        sys.stderr.write(f"   Please speak into the microphone for {seconds:.0f} seconds …\n")
        sys.stderr.flush()

    def end(self, results: "list[CheckResult]") -> None:
        """Sum up."""
        counts = {level: sum(result.level == level for result in results) for level in SHAPES}
        parts = [f"{SHAPES[level][0]} {count} {WORDS[level]}" for level, count in counts.items() if count]
        self._console.print()
        self._console.print(f" {'   '.join(parts)}", markup=False)


def _words(result: "CheckResult") -> str:
    return result.summary if result.level == "good" else f"{WORDS[result.level].upper()}: {result.summary}"
