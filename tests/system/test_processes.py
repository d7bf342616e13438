"""Every signal has a name, also those that Python has none for."""

import signal

import pytest

from stagebox.system.processes import signal_name


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (signal.SIGKILL, "SIGKILL"),
        (signal.SIGRTMIN, "SIGRTMIN"),
        (signal.SIGRTMIN + 1, "SIGRTMIN+1"),
        (signal.SIGRTMAX, "SIGRTMAX"),
        (32, "signal 32"),
        (99, "signal 99"),
    ],
)
def test_every_signal_has_a_name(number: int, name: str) -> None:
    assert signal_name(number) == name


def test_no_number_is_refused() -> None:
    assert all(signal_name(number) for number in range(128))
