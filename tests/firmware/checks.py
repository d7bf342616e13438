"""Checks of the button box's firmware that run in any Python: MicroPython on Node, and CPython.

Plain functions and asserts, because MicroPython has no pytest. Each `check_` prints its name and how it
ended; tests/firmware/test_firmware.py runs this file in both interpreters and looks at what was printed.
"""

import json
import sys

import logic
from logic import MASK, Box, crc16, number_at, since

try:
    import micropython
except ImportError:
    micropython = None

with open(sys.vectors if hasattr(sys, "vectors") else "/vectors.json") as file:
    VECTORS = json.load(file)


def line(body):
    """A line with its checksum and line feed."""
    data = body.encode()
    return data + b"*" + "{:04X}".format(crc16(data, len(data))).encode() + b"\n"


def tell(box, data, now):
    """Hand bytes to the box."""
    for byte in data:
        box.receive(byte, now)


def taken(box):
    """What the box has for the host, as lines without checksum."""
    data = bytes(box.out[: box.out_length])
    box.out_length = 0
    for one in data.split(b"\n")[:-1]:
        body, crc = one.split(b"*")
        assert "{:04X}".format(crc16(body, len(body))).encode() == crc, one
    return [one.split(b"*")[0].decode().split(" ", 1)[1] for one in data.split(b"\n")[:-1]]


def greeted(now=1000, buttons=6, lamps=6):
    """A box that the host has greeted, its answer taken."""
    box = Box(b"left", buttons, lamps, now)
    tell(box, line("0 HELLO 1 77"), now)
    box.step(0, now)
    assert taken(box)[0] == "HELLO 1 left {} {} 77 {}".format(buttons, lamps, now)
    return box


def beside(lines):
    """The lines that are no heartbeat."""
    return [one for one in lines if not one.startswith("BEAT")]


def press(box, closed, now):
    """Two turns of the loop with these contacts closed; returns what is said."""
    box.step(closed, now)
    said = taken(box)
    box.step(closed, now + 1)
    return beside(said + taken(box))


def keep(box, seq, now):
    """The host's heartbeat."""
    tell(box, line("{} BEAT".format(seq)), now)


# --- the shared table ---


def check_the_checksum_is_the_table_s():
    for one in VECTORS["crc"]:
        data = one["text"].encode()
        assert "{:04X}".format(crc16(data, len(data))) == one["crc"], one


def check_what_the_box_says_is_what_the_table_says():
    for one in VECTORS["from_box"]:
        message = one["message"]
        kind = message["kind"]
        box = Box(message.get("box", "x").encode(), message.get("buttons", 16), message.get("lamps", 0), 0)
        box._seq = message["seq"]
        if kind == "hello":
            box._say_hello(message["nonce"], message["box_ms"])
        else:
            box._begin()
            box._put(kind.upper().encode())
            for key in ("lamps_seq",) if kind == "ack" else ("button", "box_ms"):
                if key in message:
                    box._put_number(message[key])
            box._end()
        assert bytes(box.out[: box.out_length]).decode() == one["line"] + "\n", one


def check_what_the_table_s_host_says_is_heeded():
    for one in VECTORS["from_host"]:
        message = one["message"]
        lamps = len(message.get("lamps", "0"))
        box = Box(b"x", 1, lamps, 0)
        if message["kind"] == "hello":
            tell(box, one["line"].encode() + b"\n", 5)
            assert box.connected and box._reply == message["nonce"], one
            continue
        tell(box, line("0 HELLO 1 9"), 0)
        assert box.connected
        tell(box, one["line"].encode() + b"\n", 5)
        assert box._host_seq == message["seq"] and box._heard == 5, one
        assert box.connected == (message["kind"] != "bye"), one
        if message["kind"] == "lamps":
            assert bytes(box.shown).decode() == message["lamps"], one
            assert box._ack == message["seq"] + 1


def check_what_the_table_refuses_changes_nothing():
    for one in VECTORS["refused_by_box"]:
        box = Box(b"x", 6, 6, 0)
        tell(box, line("5 HELLO 1 9"), 0)
        tell(box, one["line"].encode() + b"\n", 7)
        assert bytes(box.shown) == b"ssssss" and box._heard == 0 and box._host_seq == 5, one
        tell(box, line("6 LAMPS 111111"), 8)
        assert bytes(box.shown) == b"111111", one


# --- numbers and times ---


def check_numbers_stay_small():
    for text, value in (("0", 0), ("1073741823", MASK), ("1073741824", -1), ("9999999999", -1), ("", -1),
                        ("00", -1), ("-1", -1), ("1x", -1), ("10737418230", -1)):  # fmt: skip
        data = text.encode()
        assert number_at(data, 0, len(data)) == value, text


def check_the_clock_may_begin_anew():
    assert since(5, MASK - 4) == 10
    assert since(MASK - 4, 5) == -10
    assert since(0, 0) == 0
    box = greeted(MASK - 100)
    assert press(box, 1, MASK - 50) == ["PRESS 1 {}".format(MASK - 49)]
    keep(box, 1, MASK)
    said = []
    for number in range(1200):
        box.step(1, (MASK - 40 + number) & MASK)
        said += taken(box)
    assert [one.split(" ")[0] for one in beside(said)] == ["HOLD"], said


# --- contacts ---


def check_a_press_is_told_once_and_at_once():
    box = greeted()
    box.step(1, 2000)
    assert beside(taken(box)) == []
    box.step(1, 2001)
    assert beside(taken(box)) == ["PRESS 1 2001"]
    box.step(1, 2002)
    assert beside(taken(box)) == []


def check_a_spike_is_no_press():
    box = greeted()
    for now in range(2000, 2200, 2):
        box.step(0b101, now)
        assert beside(taken(box)) == []
        box.step(0, now + 1)
        assert beside(taken(box)) == []


def check_bouncing_contacts_press_once_and_release_once():
    box = greeted()
    said = []
    pattern = [1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1] + [1] * 60 + [0, 1, 0, 0, 1, 0] + [0] * 60
    for number in range(len(pattern)):
        box.step(pattern[number], 2000 + number)
        said += taken(box)
    assert [one.split(" ")[0] for one in beside(said)] == ["PRESS", "RELEASE"], said


def check_a_hold_is_told_once_after_a_second():
    box = greeted()
    said = []
    for number in range(3000):
        if number % 1000 == 0:
            keep(box, 1 + number // 1000, 2000 + number)
        box.step(0b10, 2000 + number)
        said += taken(box)
    assert beside(said) == ["PRESS 2 2001", "HOLD 2 3001"], said


def check_buttons_do_not_disturb_each_other():
    box = greeted()
    said = press(box, 0b111111, 2000)
    for number in range(40):
        box.step(0b111111, 2002 + number)
        said += beside(taken(box))
    assert said == ["PRESS {} 2001".format(n) for n in range(1, 7)], said


# --- the conversation ---


def check_it_names_itself_each_second_until_greeted():
    box = Box(b"left", 6, 6, 1000)
    said = []
    for now in range(1000, 4000):
        box.step(1 if now > 2000 else 0, now)
        said += taken(box)
    assert said == ["HELLO 1 left 6 6 0 {}".format(now) for now in (1000, 2000, 3000)], said


def check_it_beats_each_second():
    box = greeted()
    said = []
    for now in range(1001, 4001):
        if now % 1000 == 500:
            keep(box, now // 1000, now)
        box.step(0, now)
        said += taken(box)
    assert said == ["BEAT 2000", "BEAT 3000", "BEAT 4000"], said


def check_lamps_are_acknowledged_by_their_number():
    box = greeted()
    tell(box, line("9 LAMPS 01sf01"), 1500)
    box.step(0, 1500)
    assert taken(box) == ["ACK 9"]
    assert bytes(box.shown) == b"01sf01"
    tell(box, line("9 LAMPS 111111"), 1501)
    assert bytes(box.shown) == b"01sf01", "the same line twice is one line"


def check_a_lost_host_makes_all_lamps_blink_slowly():
    box = greeted()
    tell(box, line("1 LAMPS 111111"), 1500)
    box.step(0, 4500)
    assert taken(box) == ["ACK 1", "BEAT 4500"]
    assert box.connected and bytes(box.shown) == b"111111"
    box.step(0, 4501)
    assert not box.connected and bytes(box.shown) == b"ssssss"
    box.step(0, 5500)
    assert taken(box) == ["HELLO 1 left 6 6 0 5500"]


def check_a_host_that_says_goodbye_is_gone_at_once():
    box = greeted()
    tell(box, line("1 LAMPS 111111"), 1500)
    tell(box, line("2 BYE"), 1501)
    assert not box.connected and bytes(box.shown) == b"ssssss"


def check_lamps_blink_as_told():
    box = greeted()
    tell(box, line("1 LAMPS 01sf00"), 1500)
    assert [box.lit(lamp, 2000) for lamp in range(4)] == [0, 1, 1, 1]
    assert [box.lit(lamp, 2100) for lamp in range(4)] == [0, 1, 1, 0]
    assert [box.lit(lamp, 2500) for lamp in range(4)] == [0, 1, 0, 0]
    assert [box.lit(lamp, 2600) for lamp in range(4)] == [0, 1, 0, 1]


def check_a_press_from_before_the_greeting_is_never_told():
    box = greeted()
    assert press(box, 1, 2000) == ["PRESS 1 2001"]
    tell(box, line("0 HELLO 1 78"), 2500)
    said = []
    for now in range(2500, 5000):
        if now % 1000 == 0:
            keep(box, now // 1000, now)
        box.step(1 if now < 4000 else 0, now)
        said += taken(box)
    assert beside(said) == ["HELLO 1 left 6 6 78 2500"], said
    assert press(box, 1, 5000) == ["PRESS 1 5001"]


def check_a_press_without_a_host_is_never_told():
    box = Box(b"left", 6, 6, 1000)
    box.step(1, 1500)
    box.step(1, 1501)
    taken(box)
    tell(box, line("0 HELLO 1 77"), 1600)
    said = []
    for now in range(1600, 3500):
        if now == 2500:
            keep(box, 1, now)
        box.step(1, now)
        said += taken(box)
    assert beside(said) == ["HELLO 1 left 6 6 77 1600"], said


def check_what_could_not_be_sent_for_half_a_second_is_dropped():
    box = greeted()
    box.out_length = 1  # the port takes nothing
    box.step(1, 2000)
    box.step(1, 2001)
    box.out_length = 0
    keep(box, 1, 2502)
    box.step(1, 2502)
    assert beside(taken(box)) == [] and box.dropped == 1
    box.out_length = 1
    box.step(0b11, 2510)
    box.step(0b11, 2511)
    box.out_length = 0
    box.step(0b11, 3011)
    assert beside(taken(box)) == ["PRESS 2 2511"]


def check_another_version_is_told_and_not_obeyed():
    for version in (2, 99):
        box = greeted()
        tell(box, line("1 HELLO {} 5 more words".format(version)), 1500)
        assert not box.connected and bytes(box.shown) == b"ssssss"
        box.step(1, 1500)
        box.step(1, 1501)
        assert taken(box) == ["HELLO 1 left 6 6 0 1500"]


def check_garbage_of_every_kind_does_no_harm():
    box = greeted()
    tell(box, line("1 LAMPS 111111"), 1500)
    state = 12345
    for number in range(20000):
        state = (state * 1103 + 12345) & 0xFFFFF
        box.receive((state >> 8) & 255, 1600)
    box.receive(10, 1600)
    assert bytes(box.shown) == b"111111" and box.connected
    tell(box, line("2 LAMPS 000000"), 1700)
    assert bytes(box.shown) == b"000000"


def check_the_queue_is_bounded():
    box = greeted(buttons=16, lamps=0)
    box.out_length = 1
    now = 2000
    for _ in range(3):
        for closed in (0xFFFF, 0xFFFF, 0):
            now += 30
            box.step(closed, now)
    assert box._waiting == logic.QUEUE and box.dropped > 0


def check_the_longest_lines_fit():
    box = Box(b"a" * 24, 16, 16, 0)
    box._seq = 65535
    box._say_hello(MASK, MASK)
    assert box.out_length <= logic.LINE_BYTES


# --- the edge ---


class Pin:
    def __init__(self):
        self.level = 1

    def value(self, level=None):
        if level is None:
            return self.level
        self.level = level
        return None


class Port:
    """Both directions of a port, without taking memory."""

    def __init__(self):
        self.incoming = bytearray(256)
        self.waiting = 0
        self.at = 0
        self.sent = bytearray(4096)
        self.sent_length = 0
        self.takes = 4096
        self._one = (self, 1)
        self._readable = Poller(self, True)
        self._writable = Poller(self, False)

    def readinto(self, buffer, count):
        buffer[0] = self.incoming[self.at]
        self.at += 1
        return 1

    def write(self, buffer, count):
        count = min(count, self.takes)
        for at in range(count):
            self.sent[(self.sent_length + at) % 4096] = buffer[at]
        self.sent_length += count
        return count


class Poller:
    def __init__(self, port, reads):
        self._port = port
        self._reads = reads
        self._yes = (1,)
        self._no = ()

    def ipoll(self, timeout_ms):
        if self._reads:
            return self._yes if self._port.at < self._port.waiting else self._no
        return self._yes if self._port.takes else self._no


class Clock:
    def __init__(self):
        self.now = 1000

    def ticks_ms(self):
        return self.now


class Dog:
    def __init__(self):
        self.fed = 0

    def feed(self):
        self.fed += 1


def an_edge():
    import main

    port, clock, dog = Port(), Clock(), Dog()
    buttons, lamps = [Pin() for _ in range(6)], [Pin() for _ in range(6)]
    edge = main.Edge(
        Box(b"left", 6, 6, 1000), buttons, lamps, port._readable, port._writable,
        port.readinto, port.write, clock.ticks_ms, dog,
    )  # fmt: skip
    return edge, port, clock, dog, buttons, lamps


def check_the_edge_joins_pins_port_and_clock():
    edge, port, clock, dog, buttons, lamps = an_edge()
    greeting = line("0 HELLO 1 77") + line("1 LAMPS 010000")
    port.incoming[: len(greeting)] = greeting
    port.waiting = len(greeting)
    edge.turn()
    assert lamps[1].level == 1 and lamps[0].level == 0 and dog.fed == 1
    buttons[2].level = 0
    for _ in range(3):
        clock.now += 1
        edge.turn()
    assert b"PRESS 3 1002" in bytes(port.sent)
    edge.dark()
    assert lamps[1].level == 0


def check_a_port_that_takes_little_gets_every_byte_in_order():
    edge, port, clock, dog, buttons, lamps = an_edge()
    port.takes = 7
    for _ in range(40):
        clock.now += 1
        edge.turn()
    assert bytes(port.sent[: port.sent_length]) == line("0 HELLO 1 left 6 6 0 1001")


def check_the_loop_takes_no_memory():
    if micropython is None:
        return  # Only MicroPython's heap can be locked.
    edge, port, clock, dog, buttons, lamps = an_edge()
    greeting = b"garbage \xff\n" + b"x" * 90 + b"\n" + line("4 BYE") + line("5 HELLO 2 77")
    greeting += line("5 HELLO 1 1073741824")
    greeting += line("0 HELLO 1 77") + line("1 LAMPS 01sf01") + line("2 BEAT") + line("3 LAMPS 11111")
    port.incoming[: len(greeting)] = greeting

    def play():
        for turn in range(6000):
            clock.now = (turn - 3000) & MASK  # past the end of the clock
            buttons[turn % 6].level = (turn >> 5) & 1
            if turn % 700 == 0:
                port.at = 0
                port.waiting = len(greeting)
            edge.turn()

    good = True
    micropython.heap_lock()
    try:
        play()
    except MemoryError:
        good = False
    micropython.heap_unlock()
    assert good, "the loop took memory from the heap"
    assert dog.fed == 6000
    assert b"PRESS" in bytes(port.sent)

    def greedy():
        return [clock.now] * 9

    refused = False
    micropython.heap_lock()
    try:
        greedy()
    except MemoryError:
        refused = True
    micropython.heap_unlock()
    assert refused, "a locked heap gave memory: the check above shows nothing"


def run_all():
    """Run every check and print how each ended."""
    for name in sorted(name for name in globals() if name.startswith("check_")):
        try:
            globals()[name]()
            print("good", name)
        except Exception as error:
            print("BAD", name, repr(error))
    print("end", sys.implementation.name)


run_all()
