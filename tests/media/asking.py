"""A real talk in an output folder, with one silence that a person may accept."""

import json
from pathlib import Path
from typing import Any

import pytest

from stagebox.cli import run
from tests.media.conftest import PICTURE, SPEECH, ffmpeg

LIMITS = "[verify]\nsilence_warning_s = 2.0\n"


def recorded(path: Path, *, quiet_from_s: float = 3.0, length_s: float = 8.0) -> Path:
    """A recording of this length; sound until `quiet_from_s`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ffmpeg(
        *("-f", "lavfi", "-i", PICTURE),
        *("-f", "lavfi", "-i", f"{SPEECH},volume=0:enable='gt(t,{quiet_from_s})'"),
        *("-t", f"{length_s}", "-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", path),
    )
    return path


def config(folder: Path, text: str = LIMITS) -> Path:
    """A settings file whose folders lie in `folder`."""
    path = folder / "stagebox.toml"
    home = f'state_dir = "{folder}/state"\n[recording]\nfolder = "{folder}/obs"\nout = "{folder}/talks"\n'
    path.write_text(home + text)
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, Any]:
    """Exit code and JSON of a command."""
    capsys.readouterr()
    code = run([*map(str, arguments), "--json"])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    capsys.readouterr()
    code = run([*map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err
