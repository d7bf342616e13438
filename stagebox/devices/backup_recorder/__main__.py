"""`python -m stagebox.devices.backup_recorder`: orders on stdin, reports on stdout, until stdin ends."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from stagebox.devices.backup_recorder.orders import LINE_BYTES, order_of, reading_line
from stagebox.devices.backup_recorder.portaudio import PortAudio
from stagebox.devices.backup_recorder.recorder import BackupRecorder
from stagebox.model.facts.sound import BackupRecorderReading
from stagebox.system.files import never_wait

END_S = 8.0
"""So long may closing the backup and the device take."""


def reporter(output: int, gone: Callable[[], None]) -> Callable[[BackupRecorderReading], None]:
    """A function that writes reports to a pipe, and throws them away while nobody reads.

    `gone` is called when the reader is no more.
    """
    never_wait(output)

    def say(seen: BackupRecorderReading) -> None:
        line = reading_line(seen)
        if len(line) > LINE_BYTES:
            return
        try:
            os.write(output, line)
        except BlockingIOError:
            return
        except OSError:
            gone()

    return say


def read_orders(lines: BinaryIO, ear: BackupRecorder) -> None:
    """Pass orders on until the input ends, then let the backup recorder end."""
    while line := lines.readline(LINE_BYTES):
        try:
            ear.order(order_of(line))
        except ValueError as error:
            print(f"stagebox ear: {error}", file=sys.stderr)
    ear.hang_up()


def main() -> None:
    """Run the backup recorder."""
    arguments = argparse.ArgumentParser(
        prog="python -m stagebox.devices.backup_recorder", description=__doc__
    )
    arguments.add_argument("--run", type=int, default=0, help="a number that every report repeats")
    ended = threading.Event()
    ears: list[BackupRecorder] = []
    ear = BackupRecorder(
        PortAudio(),
        reporter(sys.stdout.fileno(), lambda: ears[0].hang_up()),
        arguments.parse_args().run,
    )
    ears.append(ear)

    def follow_orders() -> None:
        read_orders(sys.stdin.buffer, ear)
        if not ended.wait(END_S):
            os._exit(1)  # PortAudio hangs, and nobody is left who would end this process

    # Ctrl-C reaches the whole group; the keeper decides when the backup recorder ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: ear.hang_up())
    threading.Thread(target=follow_orders, name="orders", daemon=True).start()
    try:
        ear.run()
    finally:
        ended.set()


if __name__ == "__main__":
    main()
