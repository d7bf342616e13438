"""The `stagebox` command: assembles the commands and turns every error into a sentence and an exit code."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from stagebox import __version__
from stagebox.commands import ALL
from stagebox.commands.common import Context, print_error
from stagebox.model.errors import ExitCode, StageboxError

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""The base of the parser's own complaints (unknown option, missing argument)."""

INTERRUPTED = 130

app = typer.Typer(
    name="stagebox",
    help="Records and streams conference talks with OBS Studio, and proves that nothing was lost.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stagebox {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", metavar="FILE", help="Settings file. Default: ./stagebox.toml, if any."
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    del version
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    # obsws-python logs the websocket password at INFO.
    logging.getLogger("obsws_python").setLevel(logging.CRITICAL)
    context.obj = Context(config_path=config)


for register in ALL:
    register(app)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every foreseen error is printed as a sentence.

    Exit codes: 0 good, 1 something needs a person, 2 unusable input or broken set-up, 64 usage.
    """
    try:
        result = app(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except StageboxError as error:
        print_error(error)
        return int(error.exit_code)
    except UsageError as error:
        print_error(StageboxError(getattr(error, "message", str(error)), "See `stagebox --help`."))
        return int(ExitCode.USAGE)
    except typer.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`stagebox sessions | head`): not our fault, and no traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.GOOD)
    return result if isinstance(result, int) else int(ExitCode.GOOD)


def main() -> None:
    """Entry point of the `stagebox` script."""
    sys.exit(run())


if __name__ == "__main__":
    main()
