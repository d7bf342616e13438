"""Qt's own linter has nothing to say of the QML."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from stagebox import resources

LINT = Path(sys.executable).parent / "pyside6-qmllint"


@pytest.mark.slow
@pytest.mark.skipif(not LINT.exists(), reason="Qt's linter is not here")
def test_the_linter_has_nothing_to_say() -> None:
    ui = resources.folder("ui")
    # `box` and `fontFamily` come from Python, where the linter cannot see them: unqualified to it.
    ended = subprocess.run(
        [str(LINT), "--unqualified", "disable", "--max-warnings", "0", "-I", str(ui)]
        + [str(path) for path in sorted(ui.rglob("*.qml"))],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr + ended.stdout


def test_colours_are_named_in_the_theme_alone() -> None:
    ui = resources.folder("ui")
    own = {
        f"{path.relative_to(ui)}: {found}"
        for path in ui.rglob("*.qml")
        if path.name != "Theme.qml"
        for found in re.findall(r'"#[0-9a-fA-F]+"|color: "(?!transparent)\w+"', path.read_text())
    }
    assert own == set()


def test_every_control_is_touched_through_the_one_handler_that_loses_no_touch() -> None:
    ui = resources.folder("ui")
    own = {
        str(path.relative_to(ui)): found
        for path in ui.rglob("*.qml")
        if path.name != "Touch.qml"
        and (
            found := re.findall(
                r"\b(?:TapHandler|PointHandler|onClicked|onPressed:|onReleased)", path.read_text()
            )
        )
    }
    assert own == {}
