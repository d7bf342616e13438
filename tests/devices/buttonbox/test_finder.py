"""Boxes found by their USB id, in the files that Linux has about USB serial devices."""

from pathlib import Path

import pytest

from stagebox.devices.buttonbox.finder import BOARD, PortCandidate, boards, candidates
from stagebox.model.errors import StageboxError
from tests.devices.buttonbox.usb import UsbTree

OTHER_USE = (0x2E8A, 0x000A)
"""A Pico with another firmware than MicroPython."""


@pytest.fixture
def usb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UsbTree:
    return UsbTree(tmp_path, monkeypatch)


def test_boards_are_known_by_their_usb_id_and_called_by_their_stable_path(
    usb: UsbTree, tmp_path: Path
) -> None:
    usb.built_in("ttyS0")
    usb.plug("ttyUSB0", 0x0403, 0x6001, "FTDI_FT232R_A50285BI", tmp_path / "a")
    usb.plug("ttyACM0", *OTHER_USE, "Raspberry_Pi_Pico_E6611", tmp_path / "b")
    right = usb.plug("ttyACM2", *BOARD, "MicroPython_Board_in_FS_mode_e2", tmp_path / "c")
    left = usb.plug("ttyACM1", *BOARD, "MicroPython_Board_in_FS_mode_e1", tmp_path / "d")
    assert boards() == (str(left), str(right))


def test_a_board_without_a_stable_path_is_called_by_its_device(usb: UsbTree, tmp_path: Path) -> None:
    usb.plug("ttyACM0", *BOARD, "MicroPython_Board_in_FS_mode_e1", tmp_path / "a").unlink()
    assert boards() == (str(tmp_path / "dev" / "ttyACM0"),)


def test_a_path_is_opened_as_it_is_and_its_board_not_twice(usb: UsbTree, tmp_path: Path) -> None:
    named = usb.plug("ttyACM0", *BOARD, "MicroPython_Board_in_FS_mode_e1", tmp_path / "a")
    other = usb.plug("ttyACM1", *BOARD, "MicroPython_Board_in_FS_mode_e2", tmp_path / "b")
    absent = tmp_path / "absent"
    assert candidates((str(named), str(absent))) == (
        PortCandidate(str(named), str(named)),
        PortCandidate(str(absent), str(absent)),
    )
    assert candidates((str(named), "left")) == (
        PortCandidate(str(named), str(named)),
        PortCandidate(str(other)),
    )


def test_nothing_plugged_in_is_nothing_found(usb: UsbTree) -> None:
    assert boards() == ()


def test_a_device_that_is_being_pulled_is_said_and_found_again_later(usb: UsbTree, tmp_path: Path) -> None:
    """pyserial raises a TypeError then."""
    board = usb.plug("ttyACM0", *BOARD, "MicroPython_Board_in_FS_mode_e1", tmp_path / "a")
    usb.plug("ttyACM1", 0x0403, 0x6001, "FTDI_FT232R_A50285BI", tmp_path / "b")
    usb.half_gone("ttyACM1")
    with pytest.raises(StageboxError, match="a device is coming or going"):
        boards()
    (tmp_path / "dev" / "ttyACM1").unlink()
    assert boards() == (str(board),)
