"""What all commands share: the context, the `--json` option, and how errors are printed."""

import contextlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stagebox.model.errors import StageboxError

if TYPE_CHECKING:
    from stagebox.api.client import Client
    from stagebox.model.settings import Settings

JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON for programs instead of text for people.")
]


@dataclass(frozen=True, slots=True)
class Context:
    """What the options before the command said."""

    config_path: Path | None = None
    verbose: bool = False


def print_json(value: Any) -> None:
    """Print one JSON value on standard output."""
    told = json.dumps(value, ensure_ascii=False, indent=2)
    # A file name that is no UTF-8 becomes JSON's own escape.
    sys.stdout.write(told.encode("utf-8", "backslashreplace").decode() + "\n")
    sys.stdout.flush()


def print_error(error: StageboxError) -> None:
    """Print an error's sentence and, on a line of its own, its remedy, on standard error."""
    with contextlib.suppress(OSError):  # nobody reads it: nothing is left to say it to
        sys.stderr.write(f"stagebox: {error.what}\n")
        if error.remedy:
            sys.stderr.write(f"  {error.remedy}\n")
        sys.stderr.flush()


def load_settings(context: typer.Context) -> "Settings":
    """The settings in force for this command; raises SettingsError."""
    from stagebox.settings.reading import load

    options = context.obj
    return load(options.config_path if isinstance(options, Context) else None)


def get_client(context: typer.Context) -> "Client":
    """A client of the `stagebox serve` that runs with these settings; UnreachableError: none ever ran."""
    from stagebox.api.client import Client, no_stagebox
    from stagebox.api.token import token_path
    from stagebox.settings.secrets import read_secret

    settings = load_settings(context)
    path = token_path(settings.state_dir)
    if not path.exists():
        raise no_stagebox(settings.api.port)
    return Client(settings.api.port, read_secret(path))
