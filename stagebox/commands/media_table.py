"""The table at the end of `process` and `verify`: one line a talk, the worst first."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stagebox.media.index.rows import IndexRow
from stagebox.model.figures import clock

if TYPE_CHECKING:
    from rich.console import Console

SIGNS = {"failed": "✗", "flagged": "▲", "not_done": "○", "settled": "–", "ok": "✓"}
STYLES = {"failed": "red", "flagged": "yellow", "not_done": "blue", "settled": "dim", "ok": "green"}
FEW = 60
"""On a terminal, the good ones are listed up to so many talks."""
_NARROW = 80
_WIDEST = {"Day": 14, "Room": 24, "Talk": 60}


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line, cell by cell; `state` gives the colour of the first."""

    state: str
    cells: tuple[str, ...]


def lines(rows: Sequence[IndexRow]) -> tuple[tuple[str, ...], list[TableLine]]:
    """The heads and the lines. Day and room are columns only where one is known."""
    days, rooms = any(row.day for row in rows), any(row.room for row in rows)
    heads = ["Verdict", *(["Day"] if days else []), *(["Room"] if rooms else []), "Talk", "Length", "What"]
    told = []
    for row in rows:
        where = "" if row.where_s is None else f" at {clock(row.where_s)}"
        more = f", and {row.more} more" if row.more else ""
        told.append(
            TableLine(
                row.state,
                (
                    f"{SIGNS[row.state]} {row.word}",
                    *([row.day] if days else []),
                    *([row.room] if rooms else []),
                    row.talk,
                    clock(row.length_s) if row.length_s else "",
                    f"{row.wrong}{where}{more}" if row.wrong else row.small,
                ),
            )
        )
    return tuple(heads), told


def laid_out(
    heads: Sequence[str], told: Iterable[TableLine], width: int | None
) -> list[tuple[str, TableLine | None]]:
    """Each line as text with its columns under each other; at most `width` wide, whole without one.

    Of a talk's name that does not fit, the middle goes: names are told apart by how they begin and end.
    """
    from rich.cells import cell_len

    listed = list(told)
    table = [tuple(heads), *(line.cells for line in listed)]
    widths = [max(cell_len(cells[at]) for cells in table) for at in range(len(heads))]
    if width is None:
        widths = [min(one, _WIDEST.get(head, one)) for one, head in zip(widths, heads, strict=True)]
    else:
        for at, head in enumerate(heads):
            widths[at] = min(widths[at], _WIDEST.get(head, widths[at]))
        talk = heads.index("Talk")
        over = sum(widths) + 2 * (len(widths) - 1) - width
        if over > 0:
            widths[talk] = max(widths[talk] - over, 16)
    made = []
    for cells, line in zip(table, (None, *listed), strict=True):
        fitted = [
            _fitted(cell, widths[at], heads[at] == "Length", cut=width is not None)
            for at, cell in enumerate(cells[:-1])
        ]
        made.append(("  ".join((*fitted, cells[-1])).rstrip(), line))
    return made


def print_table(rows: Sequence[IndexRow], console: "Console") -> None:
    """Print it: into a pipe one whole line a talk, on a terminal so that it fits."""
    terminal = console.is_terminal
    shown = rows
    if terminal and len(rows) > FEW:
        shown = [row for row in rows if row.state != "ok"]
    print_lines(*lines(shown), console)
    if len(shown) < len(rows):
        console.print(f"and {len(rows) - len(shown)} good ones, which the index lists.")


def print_lines(heads: Sequence[str], told: Sequence[TableLine], console: "Console") -> None:
    """Print heads and lines under each other, as `print_table` does; one head is "Talk"."""
    terminal = console.is_terminal
    width = max(shutil.get_terminal_size().columns, _NARROW) if terminal else None
    if not terminal:
        sys.stdout.write("".join(f"{text}\n" for text, _ in laid_out(heads, told, None)))
        return
    from rich.text import Text

    for text, line in laid_out(heads, told, width):
        if line is None:
            console.print(Text(text, style="bold", no_wrap=True, overflow="ellipsis"))
            continue
        painted = Text(text, no_wrap=True, overflow="ellipsis")
        painted.stylize(STYLES[line.state], 0, len(line.cells[0]))
        console.print(painted)


def _fitted(text: str, width: int, right: bool, *, cut: bool) -> str:
    from rich.cells import cell_len, set_cell_size

    length = cell_len(text)
    if length > width and not cut:
        return text
    if length > width:
        keep = (width - 1) // 2
        text = f"{set_cell_size(text, width - 1 - keep).rstrip()}…{text[-keep:]}" if keep else text[:width]
        return set_cell_size(text, width)
    return " " * (width - length) + text if right else text + " " * (width - length)
