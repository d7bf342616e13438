"""Small losses that come again and again are one big one, told where they are, how many and how much."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagebox.media.repetition import HELD_SHARE, WHOLE_TALK, Repetition, RepetitionRule, repeated

RULES = (
    RepetitionRule(30.0, 3, share=0.2),
    RepetitionRule(600.0, 3, share=0.05),
    RepetitionRule(WHOLE_TALK, 3, share=0.05, least_s=2.0),
)
LENGTH_S = 3600.0
# In steps of a sixty-fourth of a second, which floats hold exactly.
span = st.tuples(st.integers(0, 64 * 3580), st.integers(1, 64 * 9)).map(
    lambda one: (one[0] / 64, (one[0] + one[1]) / 64)
)
spans = st.lists(span, max_size=60) | st.lists(
    span.map(lambda one: (one[0] / 16, one[0] / 16 + one[1] - one[0])), max_size=60
)


def every(length_s: float, each_s: float, since_s: float, count: int) -> list[tuple[float, float]]:
    return [(since_s + each_s * number, since_s + each_s * number + length_s) for number in range(count)]


def united(given_spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same losses, those that overlap as one: by another road than the code's."""
    made: list[tuple[float, float]] = []
    for start, end in sorted(given_spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def any_holds(losses: list[tuple[float, float]], rules: tuple[RepetitionRule, ...]) -> bool:
    for rule in rules:
        wanted_s = max(rule.least_s, rule.share * min(rule.within_s, LENGTH_S)) - 1e-6
        for start, _ in losses:
            inside = [one for one in losses if start <= one[0] < start + min(rule.within_s, LENGTH_S)]
            if len(inside) >= rule.count and sum(end - begin for begin, end in inside) >= wanted_s:
                return True
    return False


@pytest.mark.parametrize(
    ("losses", "length_s"),
    [
        (every(1.0, 1.5, 10.0, 10), 40.0),  # a loose plug
        (every(9.0, 20.0, 100.0, 12), 3600.0),  # silences, each too short to be told
        (every(0.1, 0.2, 5.0, 100), 30.0),  # packets lost on the way
        (every(1.9, 30.0, 0.0, 120), 3600.0),  # once every half minute, all along
    ],
)
def test_what_comes_again_and_again_is_told_as_one(
    losses: list[tuple[float, float]], length_s: float
) -> None:
    (one,) = repeated(losses, length_s, RULES)
    assert (one.start_s, one.end_s) == (losses[0][0], losses[-1][1])
    assert one.count == len(losses)
    assert one.lost_s == pytest.approx(sum(end - start for start, end in losses))


@pytest.mark.parametrize(
    "losses",
    [
        [],
        [(10.0, 10.0)] * 50,
        every(1.9, 1000.0, 100.0, 3),
        every(9.0, 5.0, 100.0, 2),
        every(0.2, 60.0, 0.0, 60),
    ],
    ids=["none", "without length", "far apart", "two", "short"],
)
def test_a_few_losses_stay_small(losses: list[tuple[float, float]]) -> None:
    assert repeated(losses, LENGTH_S, RULES) == []


def test_two_spells_far_from_each_other_are_told_apart() -> None:
    losses = [*every(1.0, 1.5, 100.0, 10), *every(1.0, 1.5, 3000.0, 10)]
    assert [(one.start_s, one.count) for one in repeated(losses, LENGTH_S, RULES)] == [
        (100.0, 10), (3000.0, 10)
    ]  # fmt: skip


def test_a_lone_loss_minutes_later_does_not_stretch_a_spell() -> None:
    (one,) = repeated([*every(2.5, 3.0, 100.0, 13), (690.0, 691.0)], LENGTH_S, RULES)
    assert one == Repetition(100.0, 138.5, 13, 32.5)


def test_losses_all_over_the_talk_are_one_stretch_also_where_some_are_close() -> None:
    losses = [*every(1.0, 2.0, 100.0, 6), *every(8.0, 150.0, 200.0, 22)]
    (one,) = repeated(losses, LENGTH_S, RULES)
    assert (one.start_s, one.end_s, one.count) == (100.0, losses[-1][1], 28)


@given(spans)
def test_something_is_told_exactly_when_a_rule_holds_somewhere(losses: list[tuple[float, float]]) -> None:
    assert bool(repeated(losses, LENGTH_S, RULES)) == any_holds(united(losses), RULES)


@given(spans)
def test_stretches_are_apart_in_order_and_count_what_lies_in_them(losses: list[tuple[float, float]]) -> None:
    found = repeated(losses, LENGTH_S, RULES)
    assert all(one.end_s < other.start_s for one, other in itertools.pairwise(found))
    for one in found:
        inside = [loss for loss in united(losses) if one.start_s <= loss[0] and loss[1] <= one.end_s]
        assert one.start_s == inside[0][0]
        assert one.end_s == inside[-1][1]
        assert one.count == len(inside) >= min(rule.count for rule in RULES)
        assert one.lost_s == pytest.approx(sum(end - start for start, end in inside), abs=1e-6)
        assert 0 < one.share <= 1
        assert all(one.holds(start) for start, _ in inside)


@given(spans)
def test_where_the_whole_talk_loses_too_much_most_of_it_is_told(losses: list[tuple[float, float]]) -> None:
    talk = RULES[-1]
    known = united(losses)
    lost_s = sum(end - start for start, end in known)
    if len(known) >= talk.count and lost_s >= talk.share * LENGTH_S:
        told_s = sum(one.lost_s for one in repeated(losses, LENGTH_S, RULES))
        assert told_s >= HELD_SHARE * lost_s - 1e-6


@given(spans, st.integers(0, 100), st.randoms(use_true_random=False))
def test_when_it_was_and_in_which_order_it_is_given_change_nothing(
    losses: list[tuple[float, float]], later_s: int, chance: random.Random
) -> None:
    moved = [(start + later_s, end + later_s) for start, end in losses]
    chance.shuffle(moved)
    found = [(one.start_s + later_s, one.end_s + later_s) for one in repeated(losses, LENGTH_S, RULES)]
    again = [(one.start_s, one.end_s) for one in repeated(moved, LENGTH_S, RULES)]
    assert again == found  # exact: each of these times is a sum of powers of two


@given(spans, span)
def test_one_loss_more_never_unsays_anything(
    losses: list[tuple[float, float]], more: tuple[float, float]
) -> None:
    clear = all(end < more[0] or more[1] < start for start, end in losses)
    if clear and repeated(losses, LENGTH_S, RULES):
        assert repeated([*losses, more], LENGTH_S, RULES)
