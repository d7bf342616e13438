"""Puts the firmware on a board that runs MicroPython, with mpremote."""

import subprocess
import sys
import tempfile
from pathlib import Path

from stagebox.model.button_words import is_id
from stagebox.model.errors import StageboxError

FILES = ("logic.py", "main.py")
KIND = "rp2"
"""What MicroPython calls the chips whose pins, timer and watchdog main.py knows."""
TELL_KIND = "import os; print(os.uname()[0])"
PUT_IT_ON = "Put MicroPython on the Pico (docs/button-box.md), and try once more."


def install_firmware(port: str, name: str, firmware: Path, *, timeout_s: float) -> None:
    """Copy the firmware in the folder `firmware` onto the board at `port`, and restart it.

    `name` is what the box shall be called; "" leaves its name as it is. A board that is no Pico is spared.

    Raises:
        StageboxError: no MicroPython answers there, it is another board, or it does not take the files.
    """
    if name and not is_id(name):
        raise StageboxError(f"“{name}” cannot be a box's id.", "Use a-z, 0-9 and -, at most 24 of them.")
    kind = _mpremote(port, ["exec", TELL_KIND], timeout_s).strip()
    if kind != KIND:
        raise StageboxError(
            f"The board at {port} is no Raspberry Pi Pico: its MicroPython is for “{kind[:20]}”.",
            "Use a Pico, Pico W or Pico 2; this board was not changed.",
        )
    with tempfile.TemporaryDirectory(prefix="stagebox-") as folder:
        copies = ["cp", *(str(firmware / file) for file in FILES), ":"]
        if name:
            named = Path(folder) / "box-id.txt"
            named.write_text(name)
            copies += ["+", "cp", str(named), ":"]
        _mpremote(port, [*copies, "+", "reset"], timeout_s)


def _mpremote(port: str, commands: list[str], timeout_s: float) -> str:
    """Have mpremote do these at the board; what it printed."""
    # `resume`: a soft reset would end the timer that keeps the watchdog of an older firmware fed.
    command = [sys.executable, "-m", "mpremote", "connect", port, "resume", *commands]
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=timeout_s, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise StageboxError(
            f"The board at {port} did not take the firmware within {timeout_s:g} s.",
            "Unplug it, plug it in again, and try once more.",
        ) from None
    if ended.returncode != 0:
        told = (ended.stderr or ended.stdout).strip().splitlines()
        raise _sentence(port, told[-1] if told else "it does not answer")
    return ended.stdout


def _sentence(port: str, told: str) -> StageboxError:
    """What mpremote's last words mean to a person."""
    if "No module named mpremote" in told:
        return StageboxError(
            "mpremote is missing, which speaks to the board.", "Run scripts/setup, or: pip install mpremote."
        )
    if "failed to access" in told and not Path(port).exists():
        return StageboxError(
            f"There is nothing at {port}.", "Plug the board in with a USB cable that carries data."
        )
    if "failed to access" in told:
        return StageboxError(
            f"The board at {port} is used by another program, or you may not use it.",
            "End `stagebox serve` and try once more; on Debian you must be in the group dialout.",
        )
    if "could not enter raw repl" in told:
        return StageboxError(f"What is at {port} does not answer as MicroPython does.", PUT_IT_ON)
    if "No space left" in told or "ENOSPC" in told:
        return StageboxError(
            f"The memory of the board at {port} is full.", "Delete your own files from it, or " + PUT_IT_ON
        )
    return StageboxError(f"The board at {port} did not take the firmware: {told}.", PUT_IT_ON)
