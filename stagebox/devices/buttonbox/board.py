"""Puts the firmware on a board that runs MicroPython, with mpremote."""

import subprocess
import sys
import tempfile
from pathlib import Path

from stagebox.model.button_words import is_id
from stagebox.model.errors import StageboxError

FILES = ("logic.py", "main.py")


def install_firmware(port: str, name: str, firmware: Path, *, timeout_s: float) -> None:
    """Copy the firmware in the folder `firmware` onto the board at `port`, and restart it.

    `name` is what the box shall be called; "" leaves its name as it is.

    Raises:
        StageboxError: no MicroPython answers there, or the board does not take the files.
    """
    if name and not is_id(name):
        raise StageboxError(f"“{name}” cannot be a box's id.", "Use a-z, 0-9 and -, at most 24 of them.")
    with tempfile.TemporaryDirectory(prefix="stagebox-") as folder:
        copies = ["cp", *(str(firmware / file) for file in FILES), ":"]
        if name:
            named = Path(folder) / "box-id.txt"
            named.write_text(name)
            copies += ["+", "cp", str(named), ":"]
        # `resume`: a soft reset would end the timer that keeps the watchdog of an older firmware fed.
        command = [sys.executable, "-m", "mpremote", "connect", port, "resume", *copies, "+", "reset"]
        try:
            ended = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=timeout_s,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            raise StageboxError(
                f"The board at {port} did not take the firmware within {timeout_s:g} s.",
                "Unplug it, plug it in again, and try once more.",
            ) from None
    if ended.returncode != 0:
        told = (ended.stderr or ended.stdout).strip().splitlines()
        raise StageboxError(
            f"The board at {port} did not take the firmware: {told[-1] if told else 'it does not answer'}.",
            "Check that MicroPython is on it (docs/button-box.md), and that no `stagebox serve` uses it.",
        )
