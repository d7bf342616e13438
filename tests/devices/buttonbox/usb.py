"""A made /sys and /dev for pyserial's own list of ports: the files that Linux has for USB serial devices."""

import glob
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from serial.tools import list_ports_linux

from stagebox.devices.buttonbox import finder


class UsbTree:
    """Where pyserial and `finder` look from now on; devices are plugged in and out.

    Args:
        root: an own folder for the tree.
        monkeypatch: gives pyserial its own look back at the test's end.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._sys, self._dev = root / "sys", root / "dev"
        for folder in (self._sys / "class/tty", self._sys / "bus/usb", self._dev / "serial/by-id"):
            folder.mkdir(parents=True)

        def moved(path: str) -> str:
            return f"{root}{path}" if path.startswith(("/sys/", "/dev/")) else path

        paths = SimpleNamespace(
            exists=lambda path: os.path.exists(moved(path)),  # noqa: PTH110 - what pyserial calls
            realpath=lambda path: os.path.realpath(moved(path)),
            islink=lambda path: False,  # a device node here is a link to its pty
            join=os.path.join,
            basename=os.path.basename,
            dirname=os.path.dirname,
        )
        monkeypatch.setattr(list_ports_linux, "os", SimpleNamespace(path=paths))
        nodes = SimpleNamespace(glob=lambda pattern: glob.glob(moved(pattern)))  # noqa: PTH207
        monkeypatch.setattr(list_ports_linux, "glob", nodes)
        monkeypatch.setattr(finder, "BY_ID", self._dev / "serial/by-id")

    def plug(self, name: str, vendor: int, product: int, called: str, port: Path) -> Path:
        """A USB serial device whose node leads to `port`; its stable path."""
        device = self._sys / "devices/pci0000:00/usb1" / f"1-{len(list(self._dev.iterdir()))}"
        interface = device / f"{device.name}:1.0"
        (interface / "tty" / name).mkdir(parents=True)
        for file, text in {
            "bNumInterfaces": " 2",
            "idVendor": f"{vendor:04x}",
            "idProduct": f"{product:04x}",
            "serial": called.rsplit("_", 1)[-1],
            "manufacturer": "MicroPython",
            "product": "Board in FS mode",
        }.items():
            (device / file).write_text(f"{text}\n")
        (interface / "subsystem").symlink_to(self._sys / "bus/usb")
        (interface / "tty" / name / "device").symlink_to(interface)
        (self._sys / "class/tty" / name).symlink_to(interface / "tty" / name)
        (self._dev / name).symlink_to(port)
        stable = self._dev / "serial/by-id" / f"usb-{called}-if00"
        stable.symlink_to(Path("../..") / name)
        return stable

    def built_in(self, name: str) -> None:
        """A serial port of the mainboard: no USB about it."""
        (self._dev / name).touch()
        (self._sys / "class/tty" / name).mkdir()

    def half_gone(self, name: str) -> None:
        """Such a device in the moment in which it is pulled: its files are gone, its node is not."""
        for file in (self._sys / "class/tty" / name / "device").resolve().parent.glob("id*"):
            file.unlink()
