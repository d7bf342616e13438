"""`stagebox accept`: a person's word on what was found in a talk, and on what became of it."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from stagebox.commands.common import JsonOption, load_settings, print_json
from stagebox.model.errors import ExitCode


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("accept")(accept)


def accept(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The talk's MP4, recording or report.", readable=False)
    ],
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODE[@S]…", help="What is fine as it is: silent, or the one at 1:10."),
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why. It stands in the report.")] = "",
    who: Annotated[str, typer.Option("--as", metavar="NAME", help="Who says so. Default: your login.")] = "",
    lost: Annotated[
        bool, typer.Option("--lost", help="The talk is lost: nobody needs to look again.")
    ] = False,
    other: Annotated[
        Path | None, typer.Option("--other", metavar="FILE", help="The talk is in this other file.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was said: of CODE, or all.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the MP4s are, if PATH is a recording.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Accept what was found in a talk: it is shown small, and counts no more, also after new runs.

    stagebox accept talks/opening.mp4 silent@1:10 --note "The speaker showed a silent film"
    """
    from stagebox.media import processed_talk, reviewing, talk_review

    wanted = [_parsed(text) for text in codes or []]
    if sum((lost, other is not None, undo, bool(wanted and not undo))) > 1:
        raise typer.BadParameter("CODE, --lost, --other and --undo exclude one another.")
    outs = [out] if out is not None else [load_settings(context).recording.out]
    known = processed_talk.find(path, outs)
    report = known.entry.report
    found = [one for text, at_s in wanted for one in reviewing.meant(report, reviewing.code_of(text), at_s)]
    who = who or _login()
    if undo:
        judged = reviewing.undo(known, found or None)
    elif lost or other is not None:
        judged = reviewing.settle(known, note, who, other)
    elif found:
        judged = reviewing.accept(known, found, note, who)
    else:
        judged = talk_review.of_entry(known.hidden, known.key, known.entry)
    if as_json:
        print_json(reviewing.as_json(known))
        return int(ExitCode.GOOD)
    for finding, words in judged.accepted:
        if words:
            typer.echo(f"{finding.code}@{finding.start_s:g}: {words}")
    if not wanted and not undo and judged.counts:
        typer.echo(f"Counts: {reviewing.listed(judged.counts)}")
    typer.echo(talk_review.in_words(judged))
    return int(ExitCode.GOOD)


def _parsed(text: str) -> tuple[str, float | None]:
    """`CODE@S` apart; S is seconds, or a player's clock such as 1:02:03."""
    code, at, place = text.partition("@")
    if not at:
        return code, None
    try:
        parts = [float(part) for part in place.split(":")]
    except ValueError:
        parts = []
    if not 1 <= len(parts) <= 3 or not all(0 <= part < 1e6 for part in parts):
        raise typer.BadParameter(f"“{text}”: the place is seconds, or a clock such as 1:10.")
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + part
    return code, seconds


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
