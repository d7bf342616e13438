"""`stagebox release`: may I delete the recordings? It says so, moves them, or deletes by a typed word."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stagebox.commands.common import JsonOption, load_settings, print_error, print_json
from stagebox.model.errors import ExitCode, RefusedError, StageboxError, StorageError
from stagebox.system.locks import try_lock

if TYPE_CHECKING:
    from stagebox.media.release.inspection import TalkRecordings

SCHEMA = "stagebox.release/1"
WORD = "delete"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("release")(release)


def release(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The recordings, or their MP4s.", readable=False)
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the MP4s of these recordings are.")
    ] = None,
    move_to: Annotated[
        Path | None, typer.Option("--move-to", metavar="DIR", help="Move what may go there.")
    ] = None,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete what may go, when you type it at a terminal.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Say which recordings may go: an MP4 holds them, compared again now, and nobody has to look any more.

    Without --move-to or --delete nothing is touched. Exit code 1 when some stay.
    """
    from stagebox.media.release import inspection

    if move_to is not None and delete:
        raise typer.BadParameter("--move-to and --delete exclude one another.")
    if delete and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise RefusedError(
            "Recordings are deleted only by somebody who types it at a terminal.",
            "Run the same command in a terminal, or use --move-to DIR.",
        )
    outs = [out] if out is not None else [load_settings(context).recording.out]
    found = inspection.groups(folder, outs, looking=_looking)
    going = [one for one in found if one.why is None]
    ways: dict[Path, Path | None] = {}
    fault: StageboxError | None = None
    if going and not as_json:
        _tell(found)
    if going and (move_to is not None or (delete and _typed(going))):
        fault = _let_go(going, folder.absolute(), move_to, ways)
    if as_json:
        print_json(_as_json(folder, found, ways))
    else:
        if not going:
            _tell(found)
        if ways:
            done = "deleted" if move_to is None else "moved"
            typer.echo(f"{_recordings(len(ways))} {done}.")
    if fault is not None:
        print_error(fault)
        return int(fault.exit_code)
    return int(ExitCode.GOOD if len(going) == len(found) else ExitCode.NEEDS_PERSON)


def _looking(path: Path) -> None:
    from stagebox.media.runner import shown

    if sys.stderr.isatty():
        sys.stderr.write(f"Comparing {shown(path.name)} with its MP4 …\n")


def _typed(going: "Sequence[TalkRecordings]") -> bool:
    """Whether the person at the terminal types the word."""
    sys.stderr.write(f"Type {WORD} to delete {_amount(going)} for good: ")
    sys.stderr.flush()
    typed = sys.stdin.readline().strip()
    if typed != WORD:
        sys.stderr.write("Nothing was deleted.\n")
    return typed == WORD


def _let_go(
    going: "Sequence[TalkRecordings]", top: Path, move_to: Path | None, ways: dict[Path, Path | None]
) -> StageboxError | None:
    """Move or delete; `ways` tells where each is now. Returns what went wrong: nothing was tried after it."""
    from stagebox.media.release import move, remembered
    from stagebox.media.release.inspection import still_may_go
    from stagebox.media.release.moved_paths import places
    from stagebox.model.paths import path_of

    targets = places([source for one in going for source in one.sources], top)
    for one in going:
        try:
            with contextlib.ExitStack() as held:
                locks = [talk.hidden / f"{talk.key}.lock" for talk in one.talks]
                obtained = [held.enter_context(try_lock(lock)) for lock in locks]
                if not all(obtained) or not all(still_may_go(talk) for talk in one.talks):
                    raise RefusedError(
                        f"What was made of {one.sources[0].name} was changed meanwhile, so it stays.",
                        "Run the same command again.",
                    )
                # Of a recording that several talks share, the last one saw all.
                seen = [stamp for talk in one.talks for stamp in talk.entry.sources]
                seen.sort(key=lambda stamp: stamp.mtime_ns)
                stamps = {path_of(stamp.path): stamp for stamp in seen}
                if move_to is None:
                    for source in one.sources:
                        move.deleted(source, stamps[source])
                        ways[source] = None
                else:
                    whither = {source: move_to.absolute() / targets[source] for source in one.sources}
                    for talk in one.talks:
                        remembered.keep(talk, whither)
                    for source in one.sources:
                        whither[source] = move.moved(source, whither[source], stamps[source])
                        ways[source] = whither[source]
                        for talk in one.talks:
                            remembered.keep(talk, whither)
        except StageboxError as error:
            return error
        except OSError as error:
            return StorageError(
                f"{one.sources[0]} could not be moved or deleted: {error.strerror or error}.",
                "Nothing else was touched.",
            )
    return None


def _recordings(number: int) -> str:
    return f"{number} recording{'' if number == 1 else 's'}"


def _amount(groups: "Sequence[TalkRecordings]") -> str:
    from stagebox.media.storage import amount

    number = sum(len(one.sources) for one in groups)
    return f"{_recordings(number)} ({amount(sum(one.size_bytes for one in groups))})"


def _tell(found: "Sequence[TalkRecordings]") -> None:
    from stagebox.media.runner import shown
    from stagebox.media.storage import amount

    if not found:
        typer.echo("There are no recordings here.")
        return
    going = [one for one in found if one.why is None]
    staying = [one for one in found if one.why is not None]
    for one in going:
        for source in one.sources:
            typer.echo(f"✓ may go  {shown(source)}")
        assert one.known is not None
        typer.echo(f"          {amount(one.size_bytes)}, in {shown(one.known.entry.report.output or '')}")
    for one in staying:
        for source in one.sources:
            typer.echo(f"– stays   {shown(source)}")
        assert one.why is not None
        typer.echo(f"          {one.why.why} {one.why.remedy}")
    typer.echo(f"{_amount(going)} may go, {_amount(staying)} stay.")


def _as_json(
    folder: Path, found: "Sequence[TalkRecordings]", ways: dict[Path, Path | None]
) -> dict[str, Any]:
    from stagebox.media import growing
    from stagebox.media.runner import exact

    def state(one: "TalkRecordings", source: Path) -> dict[str, Any]:
        moved_to = ways.get(source)
        return {
            "source": exact(source),
            "bytes": growing.size_of(moved_to or source),
            "output": None if one.known is None else one.known.entry.report.output,
            "state": "may_go" if one.why is None else "stays",
            "code": None if one.why is None else one.why.code,
            "why": "" if one.why is None else one.why.why,
            "remedy": "" if one.why is None else one.why.remedy,
            "moved_to": None if moved_to is None else exact(moved_to),
            "deleted": source in ways and moved_to is None,
        }

    rows = [state(one, source) for one in found for source in one.sources]
    return {"schema": SCHEMA, "folder": exact(folder.absolute()), "recordings": rows}
