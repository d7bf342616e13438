"""One conversation with a box, played against the firmware itself or against lines made by hand."""

import itertools
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from stagebox.devices.buttonbox.codec import ButtonDeed, crc16
from stagebox.devices.buttonbox.session import DEEDS_BURST, LINES_BURST, BoxSession
from stagebox.rehearsal.simulated_button_box import firmware


def line(body: str) -> bytes:
    """A line of a box."""
    return b"%s*%04X\n" % (body.encode(), crc16(body.encode()))


def session(at: float = 100.0) -> BoxSession:
    """A conversation whose nonces are 1, 2, 3 …"""
    count = itertools.count(1)
    return BoxSession(lambda: next(count), at)


def greeted(at: float = 100.0, box_ms: int = 5000) -> BoxSession:
    """One with a box of six buttons that has answered."""
    talk = session(at)
    talk.say(at)
    talk.receive(line(f"0 HELLO 1 left 6 6 1 {box_ms}"), at)
    assert talk.box is not None
    return talk


class Both:
    """A session and the firmware, joined by two wires that can be cut and delayed."""

    def __init__(self) -> None:
        self.ms = 0
        self.session = session(self.at)
        self.box: Any = firmware().Box(b"left", 6, 6, self.box_ms)
        self.deeds: list[ButtonDeed] = []
        self.closed = 0

    @property
    def at(self) -> float:
        return 100.0 + self.ms / 1000

    @property
    def box_ms(self) -> int:
        return (0x3FFFFFFF - 4000 + self.ms) & 0x3FFFFFFF  # its clock begins anew after four seconds

    def run(self, ms: int) -> None:
        for _ in range(ms):
            self.ms += 1
            for byte in self.session.say(self.at):
                self.box.receive(byte, self.box_ms)
            self.box.step(self.closed, self.box_ms)
            if self.box.out_length:
                data = bytes(self.box.out[: self.box.out_length])
                self.box.out_length = 0
                self.deeds += self.session.receive(data, self.at)


def test_host_and_firmware_find_each_other_and_stay_together() -> None:
    both = Both()
    both.run(30_000)
    assert both.session.box is not None
    assert both.session.box.box == "left"
    assert both.box.connected
    assert not both.session.gone(both.at)
    assert both.session.counts.refused == 0


def test_a_press_a_hold_and_a_release_arrive_in_order() -> None:
    both = Both()
    both.run(50)
    both.closed = 0b10
    both.run(1200)
    both.closed = 0
    both.run(50)
    assert [(deed.deed, deed.button) for deed in both.deeds] == [("press", 2), ("hold", 2), ("release", 2)]


def test_lamps_reach_the_firmware_and_are_acknowledged() -> None:
    both = Both()
    both.session.show("01sf01")
    both.run(20)
    assert bytes(both.box.shown) == b"01sf01"
    assert both.session.shown == "01sf01"
    both.session.show("000000")
    both.run(3)
    assert bytes(both.box.shown) == b"000000"


def test_lamps_that_are_not_acknowledged_are_said_again() -> None:
    talk = greeted()
    talk.show("100000")
    assert b"LAMPS 100000" in talk.say(100.0)
    assert b"LAMPS" not in talk.say(100.1)
    again = talk.say(100.21)
    assert b"LAMPS 100000" in again
    seq = again.split(b" ")[0].decode()
    talk.receive(line(f"1 ACK {seq}"), 100.22)
    assert talk.shown == "100000"
    assert b"LAMPS" not in talk.say(100.6)


def test_an_acknowledgement_of_older_lamps_proves_nothing() -> None:
    talk = greeted()
    talk.show("100000")
    first = talk.say(100.0).split(b" ")[0].strip().decode()
    talk.show("010000")
    assert b"LAMPS 010000" in talk.say(100.01)
    talk.receive(line(f"1 ACK {first}"), 100.02)
    assert talk.shown is None


def test_a_press_that_was_held_up_for_over_half_a_second_is_dropped() -> None:
    talk = greeted(box_ms=5000)
    assert talk.receive(line("1 PRESS 1 6000"), 101.0) != []
    assert talk.receive(line("2 PRESS 1 7000"), 102.499) != []
    assert talk.receive(line("3 PRESS 1 8000"), 103.501) == []
    assert talk.counts.stale == 1


def test_the_quickest_road_is_learned_from_later_lines() -> None:
    talk = greeted(at=100.4, box_ms=5000)  # the answer itself was 400 ms on its way
    talk.receive(line("1 BEAT 6000"), 101.0)
    assert talk.receive(line("2 PRESS 1 7000"), 102.6) == []
    assert talk.counts.stale == 1


def test_quartzes_may_drift_apart_for_hours() -> None:
    talk = greeted(box_ms=0)
    for second in range(1, 4 * 3600):
        talk.receive(line(f"{second % 65536} BEAT {int(second * 1000 * 0.99995)}"), 100.0 + second)
    at = 100.0 + 4 * 3600
    assert talk.receive(line(f"{4 * 3600 % 65536} PRESS 1 {int(4 * 3600_000 * 0.99995)}"), at) != []


def test_what_came_before_the_answer_to_the_greeting_counts_for_nothing() -> None:
    talk = session()
    talk.say(100.0)
    old = line("7 PRESS 1 5000") + line("8 HELLO 1 left 6 6 999 5000") + line("9 PRESS 2 5001")
    assert talk.receive(old, 100.0) == []
    assert talk.box is None
    assert talk.receive(line("10 HELLO 1 left 6 6 1 5002") + line("11 PRESS 3 5003"), 100.0)[0].button == 3


def test_a_box_that_was_restarted_is_greeted_anew() -> None:
    talk = greeted()
    assert talk.receive(line("0 HELLO 1 left 6 6 0 3") + line("1 PRESS 1 4"), 101.0) == []
    assert b"HELLO 1 2" in talk.say(101.0)


def test_a_copy_of_a_line_is_one_line() -> None:
    talk = greeted()
    press = line("1 PRESS 1 5000")
    assert len(talk.receive(press + press, 100.0)) == 1
    assert talk.receive(press, 100.1) == []
    assert talk.counts.copies == 2


def test_another_version_is_told_and_never_obeyed() -> None:
    talk = session()
    talk.say(100.0)
    assert talk.receive(line("0 HELLO 2 left 6 6 1 5000") + line("1 PRESS 1 5000"), 100.0) == []
    assert talk.other_version == 2
    assert talk.box is None


def test_a_button_that_the_box_has_not_is_refused() -> None:
    talk = greeted()
    assert talk.receive(line("1 PRESS 7 5000"), 100.0) == []
    assert talk.counts.refused == 1


def test_a_silent_box_is_gone_after_three_seconds() -> None:
    talk = greeted()
    assert not talk.gone(103.0)
    assert talk.gone(103.01)


def test_the_host_beats_each_second() -> None:
    talk = greeted()
    beats = sum(b"BEAT" in talk.say(100.0 + number / 10) for number in range(1, 51))
    assert beats == 5


def test_a_flood_is_dropped_and_counted_and_the_box_not_obeyed_until_it_is_quiet() -> None:
    talk = greeted()
    flood = b"".join(line(f"{number} PRESS 1 {5000 + number}") for number in range(1, 10_001))
    taken = talk.receive(flood, 101.0)
    assert taken == []
    assert talk.chatters(101.0)
    assert talk.counts.lines <= LINES_BURST + 1
    assert talk.counts.flooded >= 10_000 - LINES_BURST
    assert talk.receive(line("20000 PRESS 1 8000"), 103.0) == []
    assert talk.receive(line("20001 PRESS 1 9500"), 104.5) != []


def test_a_chattering_contact_is_not_obeyed() -> None:
    talk = greeted()
    taken: list[ButtonDeed] = []
    for number in range(1, 80):
        taken += talk.receive(line(f"{number} PRESS 1 {5000 + number}"), 100.0 + number / 1000)
    assert len(taken) <= DEEDS_BURST
    assert talk.chatters(100.1)


def test_late_heartbeats_have_the_clocks_learned_anew() -> None:
    talk = greeted(box_ms=5000)
    for number in range(1, 6):
        talk.receive(line(f"{number} BEAT {5000 + 1000 * number}"), 102.0 + number)
    assert talk.box is None
    assert b"HELLO 1 2" in talk.say(108.0)


pieces = st.one_of(
    st.binary(max_size=150),
    st.builds(
        lambda seq, kind, words: line(" ".join([str(seq), kind, *map(str, words)])),
        st.integers(0, 70_000),
        st.sampled_from(
            ["PRESS", "HOLD", "RELEASE", "BEAT", "ACK", "HELLO 1", "HELLO 2", "HELLO 1 left", "LAMPS"]
        ),
        st.lists(st.integers(-1, 2**31), max_size=5),
    ),
    st.builds(
        lambda seq, nonce, ms: line(f"{seq} HELLO 1 left 6 6 {nonce} {ms}"),
        st.integers(0, 65_535),
        st.integers(0, 4),
        st.integers(0, 2**30 - 1),
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(pieces, st.floats(0, 5)), max_size=40))
@example(
    [
        (b"", 5.0),
        (b"", 4.934125010127456),
        (b"", 4.562200036915191),
        (b"", 4.774855015100127),
        (b"0 HELLO 1 left 6 6 1 0*7EF4\n", 3.120832803087516),
        (b"", 5.0),
    ]
)
def test_whatever_comes_only_deeds_that_the_answered_box_can_do_come_out(
    stream: list[tuple[bytes, float]],
) -> None:
    talk, at = session(), 100.0
    for data, pause_s in stream:
        at += pause_s
        talk.say(at)
        for deed in talk.receive(data, at):
            assert talk.box is not None
            assert talk.box.nonce >= 1
            assert 1 <= deed.button <= 6
            assert deed.deed in ("press", "hold", "release")
        assert len(talk._lines._rest) < 80
        assert 0 <= talk.due(at) <= 1.0 + 1e-9  # the sums of moments are rounded
