"""The `stagebox` command: assembles the commands and turns every error into a sentence and an exit code."""

import gc
import importlib
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from stagebox import __version__
from stagebox.commands import command_in, modules_for
from stagebox.commands.common import Context, print_error
from stagebox.model.errors import ExitCode, StageboxError
from stagebox.system.processes import reader_is_gone

INTERRUPTED = 130


@dataclass(slots=True)
class _GivenOptions:
    """Carries the options out of the parser, for what happens after a command failed."""

    options: Context = field(default_factory=Context)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stagebox {__version__}")
        raise typer.Exit


def _root(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            "-c",
            metavar="FILE",
            help="Settings file. Default: $STAGEBOX_CONFIG, ./stagebox.toml, or"
            " ~/.config/stagebox/stagebox.toml, whichever comes first.",
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
    options = Context(config_path=config, verbose=verbose)
    if isinstance(context.obj, _GivenOptions):
        context.obj.options = options
    context.obj = options


def assembled(command: str | None) -> typer.Typer:
    """The command line with this command and its module's others; None: with all there are."""
    app = typer.Typer(
        name="stagebox",
        help="Records and streams conference talks with OBS Studio, and proves that nothing was lost.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    for module in modules_for(command):
        importlib.import_module(f"stagebox.commands.{module}").register(app)
    return app


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every foreseen error is printed as a sentence.

    Exit codes: 0 good, 1 something needs a person, 2 unusable input or broken set-up, 64 usage.
    """
    told = _GivenOptions()
    try:
        result = _invoke(arguments, told)
        sys.stdout.flush()
    except StageboxError as error:
        print_error(error)
        return int(error.exit_code)
    except TyperException as error:
        return _refuse_usage(error)
    except typer.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, BrokenPipeError) and reader_is_gone(sys.stdout):
            # (`stagebox sessions | head`): not our fault, and no complaint.
            _drop_output()
            return int(ExitCode.GOOD)
        if told.options.verbose:
            traceback.print_exc()
        from stagebox.commands import unforeseen

        print_error(unforeseen.keep(error, told.options.config_path))
        if isinstance(error, OSError):
            # If what failed was writing our output, Python would try it again at its exit, and complain.
            _drop_output()
        return int(ExitCode.UNUSABLE)
    return result if isinstance(result, int) else int(ExitCode.GOOD)


def _invoke(arguments: Sequence[str] | None, told: _GivenOptions) -> object:
    words = list(sys.argv[1:] if arguments is None else arguments)
    app = assembled(command_in(words))
    streams = sys.stdout, sys.stderr
    try:
        return app(
            args=words,
            standalone_mode=False,
            prog_name="stagebox",
            obj=told,
        )
    except SystemExit as stop:
        # typer makes a silent exit of any broken pipe, also of one that is not our output.
        if isinstance(stop.__context__, BrokenPipeError):
            sys.stdout, sys.stderr = streams
            raise stop.__context__ from None
        raise


def _refuse_usage(error: TyperException) -> int:
    """Print the parser's complaint (unknown option, missing argument) and return the exit code for it."""
    words = error.format_message() if hasattr(error, "format_message") else str(error)
    if words.startswith("Usage:"):  # no arguments at all: the parser hands us the help
        sys.stderr.write(f"{words}\n")
        return int(ExitCode.USAGE)
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "stagebox"
    print_error(StageboxError(words, f"See `{command} --help`."))
    return int(ExitCode.USAGE)


def _drop_output() -> None:
    """Let what is still unwritten go nowhere."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, descriptor)
    os.close(devnull)


def main() -> None:
    """Run the command that this process was started with, and end with its exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        # File names need not be text: what cannot be written is escaped, which in JSON is even right.
        sys.stdout.reconfigure(errors="backslashreplace")
    code = run()
    # Looking for cycles in all that was loaded takes longer than some commands.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
