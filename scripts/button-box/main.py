"""The button box on its board: pins, clock, USB and watchdog around logic.py. MicroPython for the RP2040.

`stagebox buttonbox install` puts this file and logic.py on the board. Ctrl-C on the port, which is what
mpremote sends, ends it and leaves MicroPython's prompt; a reset starts it again.
"""

import gc
import select
import sys
import time

import machine
from logic import Box

BUTTON_PINS = (2, 3, 4, 5, 6, 7)
"""GP numbers; each button connects its pin to ground."""
LAMP_PINS = (8, 9, 10, 11, 12, 13)
"""GP numbers; each feeds a LED through its resistor."""
WATCHDOG_MS = 4000
"""A loop that stands still for so long resets the board."""
READ_LIMIT = 128
"""Bytes read a turn, so that a host that floods cannot hold the buttons up."""
ID_FILE = "box-id.txt"


class Edge:
    """Joins a Box to the world. `turn` takes no memory from the heap.

    Args:
        box: what decides.
        buttons, lamps: pins with `value`.
        readable, writable: pollers of the port's two directions.
        readinto, write: MicroPython's stream calls, which take the number of bytes as second argument.
        ticks_ms: the clock.
        watchdog: something with `feed`.
    """

    def __init__(self, box, buttons, lamps, readable, writable, readinto, write, ticks_ms, watchdog):
        self._box = box
        self._buttons = buttons
        self._lamps = lamps
        self._readable = readable
        self._writable = writable
        self._readinto = readinto
        self._write = write
        self._ticks_ms = ticks_ms
        self._watchdog = watchdog
        self._byte = bytearray(1)

    def turn(self):
        """Read, look at the buttons, answer, set the lamps, feed the watchdog."""
        box = self._box
        now = self._ticks_ms()
        left = READ_LIMIT
        while left and ready(self._readable):
            if self._readinto(self._byte, 1):
                box.receive(self._byte[0], now)
            left -= 1
        closed = 0
        for button in range(box.buttons):
            if self._buttons[button].value() == 0:
                closed |= 1 << button
        box.step(closed, now)
        if box.out_length and ready(self._writable):
            self._send(box)
        for lamp in range(box.lamps):
            self._lamps[lamp].value(box.lit(lamp, now))
        self._watchdog.feed()

    def _send(self, box):
        sent = self._write(box.out, box.out_length)
        left = box.out_length - (sent or 0)
        for at in range(left):
            box.out[at] = box.out[box.out_length - left + at]
        box.out_length = left

    def dark(self):
        """Put all lamps out."""
        for lamp in range(self._box.lamps):
            self._lamps[lamp].value(0)


def ready(poller):
    """Whether a poller has something now."""
    for _ in poller.ipoll(0):
        return True
    return False


def name_of_this():
    """The box's id: what the file says, or one made of the board's own number."""
    try:
        with open(ID_FILE) as file:
            name = file.read().strip()
    except OSError:
        name = ""
    good = 0 < len(name) <= 24
    for letter in name:
        if letter not in "abcdefghijklmnopqrstuvwxyz0123456789-":
            good = False
    if not good:
        name = "pico-"
        for byte in machine.unique_id()[-4:]:
            name += "{:02x}".format(byte)
    return name.encode()


def poller_of(stream, event):
    """A poller for one stream."""
    poller = select.poll()
    poller.register(stream, event)
    return poller


def main():
    """Run until the power goes or Ctrl-C comes."""
    buttons = [machine.Pin(pin, machine.Pin.IN, machine.Pin.PULL_UP) for pin in BUTTON_PINS]
    lamps = [machine.Pin(pin, machine.Pin.OUT, value=0) for pin in LAMP_PINS]
    watchdog = machine.WDT(timeout=WATCHDOG_MS)
    edge = Edge(
        Box(name_of_this(), len(buttons), len(lamps), time.ticks_ms()),
        buttons,
        lamps,
        poller_of(sys.stdin, select.POLLIN),
        poller_of(sys.stdout, select.POLLOUT),
        sys.stdin.buffer.readinto,
        sys.stdout.buffer.write,
        time.ticks_ms,
        watchdog,
    )
    gc.collect()
    try:
        while True:
            edge.turn()
            time.sleep_ms(1)
    except KeyboardInterrupt:
        edge.dark()
        # The watchdog cannot be stopped: without this it would reset the board while files are copied.
        machine.Timer(period=1000, mode=machine.Timer.PERIODIC, callback=lambda _: watchdog.feed())
        print("The button box is stopped. A reset starts it again.")


if __name__ == "__main__":
    main()
