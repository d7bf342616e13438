"""The button box's firmware in the real MicroPython (WebAssembly, on Node) and in CPython."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FIRMWARE = HERE.parents[1] / "scripts" / "button-box"
CHECKS = [
    node.name
    for node in ast.parse((HERE / "checks.py").read_text()).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("check_")
]
MACHINE = """
class Pin:
    IN, OUT, PULL_UP = 0, 1, 2
"""


def _printed(command: list[str], folder: Path) -> dict[str, str]:
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder, check=False)
    lines = [line.split(" ", 2) for line in ended.stdout.splitlines()]
    assert lines, ended.stderr
    assert lines[-1][0] == "end", ended.stdout + ended.stderr
    return {name: how + (f" {rest[0]}" if rest else "") for how, name, *rest in lines}


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stand-in for the board's own `machine` module: the edge's pins are replaced by the checks."""
    path = tmp_path_factory.mktemp("board") / "machine.py"
    path.write_text(MACHINE)
    return path


@pytest.fixture(scope="module")
def results(machine: Path) -> dict[str, dict[str, str]]:
    """What each interpreter printed of each check."""
    node = shutil.which("node") or str(Path(sys.executable).with_name("node"))
    files = [str(FIRMWARE / name) for name in ("logic.py", "main.py", "vectors.json")]
    in_micropython = _printed([node, "run.mjs", "checks.py", str(machine), *files], HERE)
    start = (
        "import runpy, sys; sys.vectors = sys.argv[2];"
        " sys.path[:0] = sys.argv[3:]; runpy.run_path(sys.argv[1])"
    )
    arguments = [str(HERE / "checks.py"), files[2], str(FIRMWARE), str(machine.parent)]
    in_cpython = _printed([sys.executable, "-B", "-c", start, *arguments], HERE)
    return {"micropython": in_micropython, "cpython": in_cpython}


@pytest.mark.parametrize("interpreter", ["micropython", "cpython"])
@pytest.mark.parametrize("check", CHECKS)
def test_the_firmware(results: dict[str, dict[str, str]], interpreter: str, check: str) -> None:
    assert results[interpreter][check] == "good"


def test_both_interpreters_are_what_they_are_called(results: dict[str, dict[str, str]]) -> None:
    for interpreter, printed in results.items():
        assert interpreter in printed
        assert set(CHECKS) <= set(printed)
