"""`stagebox buttonbox install` at a virtual board: real mpremote, a real pty, and the real MicroPython there.

Real are the interpreter and its prompt (raw mode, by which mpremote copies files and restarts the board), its
file calls, `select`, `sys.stdin`, the firmware as it is installed, and both ends of the port. Played at the
edge, in board.mjs, because WebAssembly has no chip: pins, the watchdog (which does reset), the timer, the
reset itself, Ctrl-C as an interrupt, main.py run at the start, the size and errors of the flash,
`os.uname()`; and raw paste is refused.
"""

import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
from serial import Serial

from stagebox.cli import run
from stagebox.devices.buttonbox import finder
from stagebox.devices.buttonbox.greeting import converse
from stagebox.devices.buttonbox.session import BoxSession
from stagebox.rehearsal.simulated_button_box import SimulatedBox
from tests.devices.buttonbox.usb import UsbTree
from tests.firmware.board import FLASH_BYTES, Board
from tests.firmware.test_firmware import FIRMWARE

pytestmark = pytest.mark.venue  # a real pty, and real time

CONTACTS, LAMPS = range(2, 8), range(8, 14)
SOON_S = 20.0


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    """A Pico on which MicroPython is, and nothing else."""
    with Board(tmp_path / "board", tmp_path / "flash") as plugged:
        yield plugged


def install(port: Path, *more: str) -> int:
    return run(["buttonbox", "install", "--port", str(port), *more])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    told = " ".join("".join(capsys.readouterr()).split())
    assert "Traceback" not in told
    return told


def test_the_firmware_arrives_starts_and_answers(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    assert install(board.link, "--id", "left") == 0
    told = said(capsys)
    assert "“left” answers: 6 buttons, 6 lamps, protocol 1." in told
    assert 'boxes = ["left"]' in told
    for name in ("logic.py", "main.py"):
        assert (board.flash / name).read_bytes() == (FIRMWARE / name).read_bytes()
    assert (board.flash / "box-id.txt").read_text() == "left"
    assert board.resets == 1


def test_what_is_installed_is_a_button_box(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    assert install(board.link) == 0
    assert "“pico-deadbeef” answers" in said(capsys)  # named after the chip
    seen: list[str] = []

    def until(session: BoxSession) -> bool:
        if session.box is not None:
            session.show("100000")
        if session.shown == "100000":
            board.press(CONTACTS[2])
        return any("PRESS 3 " in line for line in seen)

    converse(str(board.link), until, SOON_S, lambda _, line, fault: seen.append(line.decode()))
    assert any("PRESS 3 " in line for line in seen), seen
    assert [board.lit(lamp) for lamp in LAMPS] == [True, False, False, False, False, False]


def test_a_new_firmware_takes_the_place_of_one_that_runs_and_the_name_stays(
    board: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    assert install(board.link, "--id", "stage-2") == 0
    (board.flash / "logic.py").write_bytes((FIRMWARE / "logic.py").read_bytes() + b"# older\n")
    assert install(board.link) == 0
    assert said(capsys).count("“stage-2” answers") == 2
    assert (board.flash / "logic.py").read_bytes() == (FIRMWARE / "logic.py").read_bytes()
    assert board.resets == 2  # the watchdog of the firmware that ran did not bite in between


def test_the_one_board_among_other_devices_is_found_by_its_usb_id(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    usb = UsbTree(tmp_path / "usb", monkeypatch)
    usb.plug("ttyACM0", 0x2341, 0x0043, "Arduino_Uno", tmp_path / "arduino")
    stable = usb.plug("ttyACM1", *finder.BOARD, "MicroPython_Board_in_FS_mode_e6616408", board.link)
    assert run(["buttonbox", "install", "--id", "left"]) == 0
    told = said(capsys)
    assert f"Putting the firmware on the board at {stable}" in told
    assert "“left” answers" in told


def test_a_board_of_another_kind_is_told_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Board(tmp_path / "board", tmp_path / "flash", kind="esp32") as other:
        assert install(other.link) == 2
        assert not list(other.flash.iterdir())
        assert other.resets == 0
    told = said(capsys)
    assert f"The board at {other.link} is no Raspberry Pi Pico: its MicroPython is for “esp32”." in told
    assert "this board was not changed" in told


def test_a_full_board_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flash").mkdir()
    (tmp_path / "flash" / "holiday.bin").write_bytes(bytes(FLASH_BYTES))
    with Board(tmp_path / "board", tmp_path / "flash") as board:
        assert install(board.link) == 2
    assert f"The memory of the board at {board.link} is full." in said(capsys)


def test_something_else_at_the_port_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SimulatedBox(tmp_path / "box") as box:  # a box has no prompt of MicroPython
        assert install(box.link) == 2
    told = said(capsys)
    assert f"What is at {box.link} does not answer as MicroPython does." in told
    assert "Put MicroPython on the Pico" in told


def test_a_port_that_another_program_uses_is_told(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    with Serial(str(board.link), exclusive=True):
        assert install(board.link) == 2
    told = said(capsys)
    assert f"The board at {board.link} is used by another program" in told
    assert "End `stagebox serve`" in told


def test_without_mpremote_it_is_told_how_to_get_it(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    venv.create(tmp_path / "bare")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bare" / "bin" / "python"))
    assert install(board.link) == 2
    told = said(capsys)
    assert "mpremote is missing" in told
    assert "pip install mpremote" in told
