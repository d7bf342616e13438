"""`stagebox compare`: what changed in verdicts since the last run with other settings or another version."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stagebox.commands.common import JsonOption, print_json
from stagebox.model.errors import ExitCode

if TYPE_CHECKING:
    from stagebox.media.verdict_comparison import FolderComparison


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare")(compare)


def compare(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The folder of the MP4s, as --out named it.", readable=False),
    ],
    as_json: JsonOption = False,
) -> int:
    """Say what changed, talk by talk, since the last run with other settings or another version of stagebox.

    Nothing is written. Exit code 1 when something is worse, or cannot be compared.
    """
    from stagebox.media import verdict_comparison

    told = verdict_comparison.of(folder)
    if as_json:
        print_json(_as_json(told))
    else:
        _tell(told)
    return int(ExitCode.NEEDS_PERSON if told.needs_person else ExitCode.GOOD)


def _as_json(told: "FolderComparison") -> dict[str, Any]:
    from dataclasses import asdict

    from stagebox.media.verdict_comparison import SCHEMA

    return {"schema": SCHEMA, **asdict(told)}


def _tell(told: "FolderComparison") -> None:
    from rich.console import Console

    from stagebox.commands.media_table import SIGNS, TableLine, print_lines
    from stagebox.media.verdict_comparison import summary
    from stagebox.model.verdicts import verdict_words

    listed = [one for one in told.talks if one.state not in ("first", "same")]
    days, rooms = any(one.day for one in listed), any(one.room for one in listed)
    heads = (
        *("Verdict", "Before"),
        *(["Day"] if days else []),
        *(["Room"] if rooms else []),
        *("Talk", "What changed"),
    )
    lines = [
        TableLine(
            one.verdict,
            (
                f"{SIGNS[one.verdict]} {one.word}",
                verdict_words(one.verdict_before) if one.verdict_before else "not known",
                *([one.day] if days else []),
                *([one.room] if rooms else []),
                one.talk,
                one.text,
            ),
        )
        for one in listed
    ]
    console = Console(highlight=False, markup=False)
    if lines:
        print_lines(heads, lines, console)
        typer.echo("")
    for line in summary(told):
        typer.echo(line)
