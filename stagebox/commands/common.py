"""What all commands share: the context, the `--json` option, and how errors are printed."""

import contextlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from stagebox.model.errors import StageboxError

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
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    sys.stdout.flush()


def print_error(error: StageboxError) -> None:
    """Print an error's sentence and, on a line of its own, its remedy, on standard error."""
    with contextlib.suppress(OSError):  # nobody reads it: nothing is left to say it to
        sys.stderr.write(f"stagebox: {error.what}\n")
        if error.remedy:
            sys.stderr.write(f"  {error.remedy}\n")
        sys.stderr.flush()
