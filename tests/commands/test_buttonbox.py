"""`stagebox buttonbox` where something is missing: a board, a port, a port that is free, a stagebox."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from serial import Serial

from stagebox.cli import run
from stagebox.devices.buttonbox import finder
from stagebox.rehearsal.simulated_button_box import SimulatedBox


@pytest.fixture
def config(tmp_path: Path) -> str:
    path = tmp_path / "stagebox.toml"
    path.write_text(f'state_dir = "{tmp_path / "state"}"\n')
    return str(path)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[str]:
    with SimulatedBox(tmp_path / "box") as plugged:
        yield str(plugged.link)


def boards(monkeypatch: pytest.MonkeyPatch, *paths: str) -> None:
    monkeypatch.setattr(finder, "boards", lambda: paths)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join("".join(capsys.readouterr()).split())


def test_without_a_board_nothing_can_be_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    boards(monkeypatch)
    assert run(["buttonbox", "install"]) == 2
    told = said(capsys)
    assert "No board with MicroPython is plugged in." in told
    assert "docs/button-box.md" in told


def test_of_several_boards_a_person_says_which(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    boards(monkeypatch, "/dev/ttyACM0", "/dev/ttyACM1")
    assert run(["buttonbox", "install"]) == 1
    assert "2 boards are plugged in: /dev/ttyACM0, /dev/ttyACM1." in said(capsys)


def test_an_id_that_no_box_may_have_is_refused_before_the_board_is_touched(
    capsys: pytest.CaptureFixture[str], box: str
) -> None:
    assert run(["buttonbox", "install", "--port", box, "--id", "Left Box"]) == 2
    assert "“Left Box” cannot be a box's id." in said(capsys)


def test_a_port_that_is_not_there_takes_no_firmware(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["buttonbox", "install", "--port", str(tmp_path / "none")]) == 2
    told = said(capsys)
    assert f"There is nothing at {tmp_path / 'none'}." in told
    assert "Traceback" not in told


@pytest.mark.venue  # a real pty, and real time
def test_what_is_said_at_a_port_is_shown(capsys: pytest.CaptureFixture[str], box: str) -> None:
    assert run(["buttonbox", "monitor", "--port", box, "--seconds", "1"]) == 0
    told = said(capsys)
    assert "HELLO 1 left 6 6" in told
    assert "box → " in told
    assert "box ← " in told


def test_a_port_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["buttonbox", "monitor", "--port", str(tmp_path / "none"), "--seconds", "1"]) == 2
    assert f"The button box “{tmp_path / 'none'}” is not plugged in." in said(capsys)


def test_a_port_that_somebody_uses_is_said(capsys: pytest.CaptureFixture[str], box: str) -> None:
    with Serial(box, exclusive=True):
        assert run(["buttonbox", "monitor", "--port", box, "--seconds", "1"]) == 2
    told = said(capsys)
    assert f"Another program uses the button box “{box}”." in told
    assert "If that is `stagebox serve`, all is well" in told


def test_without_a_stagebox_there_is_nothing_to_show(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--config", config, "buttonbox", "monitor", "--seconds", "1"]) in (1, 2)
    told = said(capsys)
    assert "serve" in told
    assert "Traceback" not in told


def test_a_simulated_box_refuses_an_id_that_no_box_may_have(
    config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--config", config, "buttonbox", "simulate", "--id", "No!"]) == 2
    assert "“No!” cannot be a box's id." in said(capsys)
    assert not os.path.lexists(Path(config).parent / "state" / "simulated-button-box")
