"""What the button box does: debounce, holds, lamps, and protocol v1. No pins and no clock in here.

Runs under MicroPython on the board, and under CPython as the simulated box. Nothing in `receive`, `step` and
`lit` takes memory from the heap, so the box cannot stop for a garbage collection or run out of memory: all
buffers are made at the start, and every number fits into MicroPython's small integers (31 bits). Tests run
the loop with MicroPython's heap locked.

The protocol is described in docs/button-box.md; vectors.json holds examples for both ends.
"""

from array import array

VERSION = 1
LINE_BYTES = 80
"""The longest line, its line feed included."""
OUT_BYTES = 256
MASK = 0x3FFFFFFF
"""Milliseconds count from 0 to here, as `time.ticks_ms()` does on the board."""
HALF = 0x20000000

HOLD_MS = 1000
"""A button pressed for so long is held."""
OPEN_MS = 25
"""A contact that is open for so long is released; contacts bounce for less."""
BEAT_MS = 1000
GONE_MS = 3000
"""A host that said nothing for so long is gone."""
STALE_MS = 500
"""An event that could not be sent for so long is dropped."""
SLOW_MS = 500
FAST_MS = 100
"""A lamp that blinks is lit for so long, and dark for so long."""

PRESS, HOLD, RELEASE = 1, 2, 3
QUEUE = 16

_NAMES = (b"", b"PRESS", b"HOLD", b"RELEASE")
_OFF, _ON, _SLOW, _FAST = 48, 49, 115, 102  # 0 1 s f
_CRC = (
    0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5, 0x60C6, 0x70E7,
    0x8108, 0x9129, 0xA14A, 0xB16B, 0xC18C, 0xD1AD, 0xE1CE, 0xF1EF,
)  # fmt: skip
_HEX = b"0123456789ABCDEF"


def since(now, before):
    """Milliseconds from `before` to `now`; negative when `before` is later."""
    passed = (now - before) & MASK
    if passed >= HALF:
        passed = passed - MASK - 1
    return passed


def crc16(data, length):
    """CRC-16/CCITT-FALSE of the first `length` bytes: polynomial 0x1021, from 0xFFFF."""
    crc = 0xFFFF
    for at in range(length):
        byte = data[at]
        crc = ((crc << 4) & 0xFFFF) ^ _CRC[(crc >> 12) ^ (byte >> 4)]
        crc = ((crc << 4) & 0xFFFF) ^ _CRC[(crc >> 12) ^ (byte & 15)]
    return crc


def number_at(line, start, end):
    """The number in line[start:end], or -1: digits alone, no needless zeros, below 2 to the 30th."""
    if start >= end or end - start > 10:
        return -1
    if line[start] == 48 and end - start > 1:
        return -1
    value = 0
    for at in range(start, end):
        digit = line[at] - 48
        if digit < 0 or digit > 9 or value > 107374182 or (value == 107374182 and digit > 3):
            return -1  # MASK is 1073741823: a larger number would not be a small one
        value = value * 10 + digit
    return value


def is_at(line, start, end, word):
    """Whether line[start:end] is `word`."""
    if end - start != len(word):
        return False
    for at in range(len(word)):
        if line[start + at] != word[at]:
            return False
    return True


class Box:
    """One box of up to 16 buttons and lamps.

    Args:
        name: its id, 1 to 24 of a-z, 0-9 and hyphen, as bytes.
        buttons, lamps: how many it has.
        now: milliseconds, as in every call.

    `out` holds `out_length` bytes for the host; who has sent them sets `out_length` to 0.
    """

    def __init__(self, name, buttons, lamps, now):
        self.name = name
        self.buttons = buttons
        self.lamps = lamps
        self.out = bytearray(OUT_BYTES)
        self.out_length = 0
        self.connected = False
        self.dropped = 0
        self.shown = bytearray(lamps)
        for lamp in range(lamps):
            self.shown[lamp] = _SLOW
        self._line = bytearray(LINE_BYTES)
        self._length = 0
        self._overlong = False
        self._seq = 0
        self._host_seq = 0
        self._heard = now
        self._said = (now - BEAT_MS) & MASK
        self._reply = 0
        self._ack = 0
        self._down = bytearray(buttons)
        self._closed = bytearray(buttons)
        self._told = bytearray(buttons)
        self._held = bytearray(buttons)
        self._pressed_at = array("i", [0] * buttons)
        self._closed_at = array("i", [0] * buttons)
        self._queue_kind = bytearray(QUEUE)
        self._queue_button = bytearray(QUEUE)
        self._queue_at = array("i", [0] * QUEUE)
        self._first = 0
        self._waiting = 0

    # --- what the host says ---

    def receive(self, byte, now):
        """Take one byte from the host."""
        if byte == 10:
            if not self._overlong:
                length = self._length
                if length and self._line[length - 1] == 13:
                    length -= 1
                self._heed(length, now)
            self._length = 0
            self._overlong = False
        elif self._length >= LINE_BYTES - 1:
            self._overlong = True
        else:
            self._line[self._length] = byte
            self._length += 1

    def _heed(self, length, now):
        line = self._line
        end = length - 5
        if end < 3 or line[end] != 42:  # an asterisk
            return
        crc = crc16(line, end)
        for place in range(4):
            if line[end + 1 + place] != _HEX[(crc >> (12 - 4 * place)) & 15]:
                return
        first = self._word_end(0, end)
        seq = number_at(line, 0, first)
        if seq < 0 or seq > 65535 or first >= end:
            return
        start = first + 1
        stop = self._word_end(start, end)
        if is_at(line, start, stop, b"HELLO"):
            self._hello(seq, stop, end, now)
            return
        ahead = (seq - self._host_seq) & 65535
        if not self.connected or ahead == 0 or ahead > 32767:
            return
        if is_at(line, start, stop, b"BEAT") and stop == end:
            pass
        elif is_at(line, start, stop, b"LAMPS"):
            if not self._show(stop + 1, end):
                return
            self._ack = seq + 1
        elif is_at(line, start, stop, b"BYE") and stop == end:
            self._leave()
        else:
            return
        self._host_seq = seq
        self._heard = now

    def _word_end(self, start, end):
        at = start
        while at < end and self._line[at] != 32:
            at += 1
        return at

    def _hello(self, seq, at, end, now):
        start = at + 1
        stop = self._word_end(start, end)
        version = number_at(self._line, start, stop)
        if version < 1:
            return
        if version != VERSION:
            self._leave()
            self._said = (now - BEAT_MS) & MASK  # say at once which version this is
            return
        nonce = number_at(self._line, stop + 1, end) if stop < end else -1
        if nonce < 1:
            return
        self.connected = True
        self._host_seq = seq
        self._heard = now
        self._reply = nonce
        self._ack = 0
        self.out_length = 0
        self._forget()
        for lamp in range(self.lamps):
            self.shown[lamp] = _SLOW  # until the host says what is

    def _show(self, start, end):
        if end - start != self.lamps:
            return False
        for lamp in range(self.lamps):
            state = self._line[start + lamp]
            if state != _OFF and state != _ON and state != _SLOW and state != _FAST:  # noqa: PLR1714
                return False
        for lamp in range(self.lamps):
            self.shown[lamp] = self._line[start + lamp]
        return True

    def _leave(self):
        self.connected = False
        self._reply = 0
        self._ack = 0
        for lamp in range(self.lamps):
            self.shown[lamp] = _SLOW
        self._forget()

    def _forget(self):
        """Presses from before are over: neither they nor their holds and releases are told any more."""
        self._waiting = 0
        for button in range(self.buttons):
            self._told[button] = 0

    # --- what the box does ---

    def step(self, closed, now):
        """One turn of the loop; bit n of `closed` says that the contact of button n + 1 is closed now."""
        if self.connected and since(now, self._heard) > GONE_MS:
            self._leave()
        for button in range(self.buttons):
            self._contact(button, (closed >> button) & 1, now)
        if self.out_length == 0:
            self._say(now)

    def _contact(self, button, closed, now):
        if closed:
            # Two looks in a row: a spike on the wire is shorter than a turn of the loop.
            if not self._down[button] and self._closed[button]:
                self._down[button] = 1
                self._held[button] = 0
                self._pressed_at[button] = now
                self._told[button] = 1 if self.connected else 0
                self._event(PRESS, button, now)
            self._closed[button] = 1
            self._closed_at[button] = now
            if self._down[button] and not self._held[button]:
                if since(now, self._pressed_at[button]) >= HOLD_MS:
                    self._held[button] = 1
                    self._event(HOLD, button, now)
        else:
            self._closed[button] = 0
            if self._down[button] and since(now, self._closed_at[button]) >= OPEN_MS:
                self._down[button] = 0
                self._event(RELEASE, button, now)
                self._told[button] = 0

    def _event(self, kind, button, now):
        if not self._told[button]:
            return
        if self._waiting >= QUEUE:
            self.dropped += 1
            self._told[button] = 0
            return
        at = (self._first + self._waiting) % QUEUE
        self._queue_kind[at] = kind
        self._queue_button[at] = button + 1
        self._queue_at[at] = now
        self._waiting += 1

    def _say(self, now):
        if self._reply:
            self._say_hello(self._reply, now)
            self._reply = 0
        elif not self.connected:
            if since(now, self._said) >= BEAT_MS:
                self._say_hello(0, now)
            return
        if self._ack:
            self._begin()
            self._put(b"ACK")
            self._put_number(self._ack - 1)
            self._end()
            self._ack = 0
        while self._waiting and self.out_length + LINE_BYTES <= OUT_BYTES:
            at = self._first
            self._first = (at + 1) % QUEUE
            self._waiting -= 1
            if since(now, self._queue_at[at]) > STALE_MS:
                self.dropped += 1
                self._told[self._queue_button[at] - 1] = 0  # nor is its hold or release told
                continue
            self._begin()
            self._put(_NAMES[self._queue_kind[at]])
            self._put_number(self._queue_button[at])
            self._put_number(self._queue_at[at])
            self._end()
        if since(now, self._said) >= BEAT_MS and self.out_length + LINE_BYTES <= OUT_BYTES:
            self._begin()
            self._put(b"BEAT")
            self._put_number(now)
            self._end()
            self._said = now

    def _say_hello(self, nonce, now):
        self._begin()
        self._put(b"HELLO")
        self._put_number(VERSION)
        self._byte(32)
        self._put(self.name)
        self._put_number(self.buttons)
        self._put_number(self.lamps)
        self._put_number(nonce)
        self._put_number(now)
        self._end()
        self._said = now

    def _begin(self):
        self._start = self.out_length
        self._digits(self._seq)
        self._seq = (self._seq + 1) & 65535
        self._byte(32)

    def _end(self):
        # The checksum is over the line alone, so it is reckoned where the line stands.
        crc = 0xFFFF
        for at in range(self._start, self.out_length):
            byte = self.out[at]
            crc = ((crc << 4) & 0xFFFF) ^ _CRC[(crc >> 12) ^ (byte >> 4)]
            crc = ((crc << 4) & 0xFFFF) ^ _CRC[(crc >> 12) ^ (byte & 15)]
        self._byte(42)
        for place in range(4):
            self._byte(_HEX[(crc >> (12 - 4 * place)) & 15])
        self._byte(10)

    def _put(self, word):
        for at in range(len(word)):
            self._byte(word[at])

    def _put_number(self, value):
        self._byte(32)
        self._digits(value)

    def _digits(self, value):
        scale = 1
        while value // scale >= 10:
            scale *= 10
        while scale:
            self._byte(48 + value // scale % 10)
            scale //= 10

    def _byte(self, byte):
        self.out[self.out_length] = byte
        self.out_length += 1

    # --- lamps ---

    def lit(self, lamp, now):
        """1 when the lamp (counted from 0) shall be lit at this moment, else 0."""
        state = self.shown[lamp]
        if state == _SLOW:
            return 1 - (now // SLOW_MS) % 2
        if state == _FAST:
            return 1 - (now // FAST_MS) % 2
        return 1 if state == _ON else 0
