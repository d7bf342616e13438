"""What loses most comes first: no sound before anything of the picture, and before a slow computer."""

from itertools import product

import pytest

from stagebox.model.figures import room_words
from stagebox.model.losses import NO_PICTURE, NO_SOUND, NOTHING_RECORDED, ORDER, SPOILT, loss_rank
from stagebox.model.report import Code


def rank(named: str, level: str = "warning") -> tuple[int, int]:
    code, _, role = named.partition("/")
    return loss_rank(level, code, role)


@pytest.mark.parametrize(("sound", "other"), [*product(NO_SOUND, NO_PICTURE + SPOILT)])
def test_no_sound_comes_before_the_picture_and_before_a_slow_computer(sound: str, other: str) -> None:
    for level in ("warning", "critical"):
        assert rank(sound, "warning") < rank(other, level)


@pytest.mark.parametrize("sound", NO_SOUND)
def test_a_talk_that_is_not_recorded_comes_before_all(sound: str) -> None:
    assert all(rank(nothing, "critical") < rank(sound, "critical") for nothing in NOTHING_RECORDED)


def test_what_is_only_noted_comes_last() -> None:
    assert rank("silent/mic", "note") > rank("stream_slow/stream", "warning")


def test_the_order_names_codes_that_there_are() -> None:
    known = {str(code) for code in Code}
    assert {one.partition("/")[0] for one in ORDER} <= known
    assert len(set(ORDER)) == len(ORDER)


def test_a_size_reads_the_same_everywhere_and_is_never_told_as_more() -> None:
    told = [room_words(one) for one in (-5, 0, 157_286_400, 999_999_999, 1_500_000_000, 96_000_000_000)]
    assert told == ["0 MB", "0 MB", "157 MB", "999 MB", "1.5 GB", "96 GB"]
