"""Wrong PINs make the next guess wait; the right one opens."""

from hypothesis import given
from hypothesis import strategies as st

from stagebox.kiosk.pin import WAIT, Guard, guess


def test_the_right_pin_opens_and_forgives() -> None:
    assert guess(Guard(wrong=2), "1234", "1234", 0.0) == (Guard(), True)


def test_the_third_wrong_pin_closes_the_lock_for_a_while_and_each_further_one_longer() -> None:
    guard, now, waits = Guard(), 0.0, []
    for _ in range(8):
        guard, opened = guess(guard, "0000", "1234", now)
        assert not opened
        waits.append(guard.waits(now))
        now += guard.waits(now)
    assert waits[:5] == [0.0, 0.0, 5.0, 10.0, 20.0]
    assert waits == sorted(waits)


def test_even_the_right_pin_does_not_open_while_the_lock_is_closed() -> None:
    guard = Guard(wrong=3, closed_until=10.0)
    assert guess(guard, "1234", "1234", 9.0) == (guard, False)
    assert guess(guard, "1234", "1234", 10.0) == (Guard(), True)


@given(st.integers(0, 2000), st.floats(0, 1e9))
def test_no_wait_is_longer_than_five_minutes(wrong: int, now: float) -> None:
    guard, _ = guess(Guard(wrong=wrong), "0", "1", now)
    assert 0.0 <= guard.waits(now) <= WAIT.cap_s
    assert guard.waits(now - 1e6) <= WAIT.cap_s
