"""Lengths read the same wherever they stand."""

import pytest

from stagebox.model.figures import clock, lasting, room_words


@pytest.mark.parametrize(
    ("length_s", "text"),
    [
        (0.0, "0 s"),
        (0.0004, "1 ms"),
        (0.012, "12 ms"),
        (0.094, "94 ms"),
        (0.096, "0.1 s"),
        (2.5, "2.5 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.6, "1 min"),
        (70.0, "1 min 10 s"),
        (3600.0, "1 h"),
        (7500.0, "2 h 5 min"),
        (200_000.0, "2 d 7 h"),
        (172_800.0, "2 d"),
    ],
)
def test_a_length_is_said_as_people_say_it(length_s: float, text: str) -> None:
    assert lasting(length_s) == text


@pytest.mark.parametrize(
    ("seconds", "text", "with_hours"),
    [
        (-1, "0:00", "0:00:00"),
        (59.9, "0:59", "0:00:59"),
        (600, "10:00", "0:10:00"),
        (3661, "1:01:01", "1:01:01"),
    ],
)
def test_a_place_is_told_as_a_player_does(seconds: float, text: str, with_hours: str) -> None:
    assert (clock(seconds), clock(seconds, hours=True)) == (text, with_hours)


def test_a_size_reads_the_same_everywhere_and_is_never_told_as_more() -> None:
    told = [room_words(one) for one in (-5, 0, 157_286_400, 999_999_999, 1_500_000_000, 96_000_000_000)]
    assert told == ["0 MB", "0 MB", "157 MB", "999 MB", "1.5 GB", "96 GB"]
