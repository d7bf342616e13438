"""Which rung of the ladder is tried, and which is taken: by what was measured, and by nothing else."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagebox.rehearsal.canvas_ladder import (
    LADDER,
    MIDDLE,
    ROOM_SHARE,
    ROOM_SHARE_BEHIND,
    SMALLEST,
    LadderChoice,
    LadderRung,
    RungTrial,
    next_rung,
    taken,
)
from stagebox.rehearsal.ladder_measurement import climb
from stagebox.rehearsal.painter import TICK_HZ

LARGEST = LADDER[0]
ASKED_PIXELS = 960 * 540


def computer(draw_s: float) -> Callable[[LadderRung], RungTrial]:
    """A computer that takes so many seconds for 960 x 540, and leaves out what it has no time for."""

    def trial(rung: LadderRung) -> RungTrial:
        takes_s = draw_s * rung.width * rung.height / ASKED_PIXELS
        due = 2 * rung.fps
        lost = round(due * max(0.0, 1 - 1 / (takes_s * rung.fps)))
        return RungTrial(rung, due, lost, 0, takes_s, cores=takes_s * rung.fps)

    return trial


def quiet(words: str) -> None:
    del words


@pytest.mark.parametrize(
    ("draw_ms", "rung", "tried"),
    [
        (1.0, LARGEST, 3),
        (4.0, LARGEST, 3),
        (9.0, LADDER[1], 2),
        (15.0, MIDDLE, 1),
        (25.0, LADDER[3], 2),
        (38.0, SMALLEST, 2),
        (90.0, SMALLEST, 2),
    ],
)
def test_the_largest_rung_with_room_is_taken_and_few_are_tried(
    draw_ms: float, rung: LadderRung, tried: int
) -> None:
    promise = climb(computer(draw_ms / 1000), True, quiet)
    assert (promise.rung, len(promise.trials)) == (rung, tried)
    assert promise.held is (draw_ms < 40)


def test_a_computer_that_cannot_give_obs_the_processor_leaves_more_room() -> None:
    assert climb(computer(0.018), True, quiet).rung == MIDDLE
    assert climb(computer(0.018), False, quiet).rung == LADDER[3]


def test_pictures_left_out_count_however_soon_a_picture_is_drawn() -> None:
    def stutters(rung: LadderRung) -> RungTrial:
        return RungTrial(rung, 60, 3 if rung.fps == 30 else 0, 0, 0.005, cores=0.3)

    promise = climb(stutters, True, quiet)
    assert promise.rung == LADDER[3]
    assert promise.words == (
        "960 × 540 at 20 pictures a second: drawing a picture takes OBS 5 ms of 50 ms; "
        "960 × 540 at 30 was too much (3 of 60 pictures left out)"
    )


def test_what_holds_once_is_taken_when_the_next_one_up_does_not() -> None:
    def surprises(rung: LadderRung) -> RungTrial:
        lost = 12 if rung.pixels_per_s > MIDDLE.pixels_per_s else 0
        return RungTrial(rung, 60, 0, lost, 0.006, cores=0.3)

    promise = climb(surprises, True, quiet)
    assert [one.rung for one in promise.trials] == [MIDDLE, LADDER[1]]
    assert promise.rung == MIDDLE
    assert "1280 × 720 at 30 was too much (12 of 60 pictures left out)" in promise.words


def test_a_trial_without_a_single_picture_holds_nothing() -> None:
    assert RungTrial(MIDDLE, 0, 0, 0, 0.0, 0.0).lost_share == 1.0
    assert not RungTrial(MIDDLE, 0, 0, 0, 0.0, 0.0).holds(ROOM_SHARE)


def test_one_that_could_not_be_measured_says_so_and_promises_nothing() -> None:
    promise = LadderChoice(SMALLEST, (), False, "OBS did not start.")
    assert not promise.held
    assert promise.words.endswith("it could not be measured. OBS did not start.")
    assert (promise.to_json()["lost_share"], promise.to_json()["held"]) == (None, False)


def test_one_too_slow_for_a_second_trial_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stagebox.rehearsal.ladder_measurement.TRIALS_S", 0.0)
    now = iter([0.0, -1.0, 40.0])
    monkeypatch.setattr("stagebox.rehearsal.ladder_measurement.time.monotonic", lambda: next(now))
    promise = climb(computer(0.09), True, quiet)
    assert (promise.rung, len(promise.trials), promise.trial) == (SMALLEST, 1, None)
    assert "could not be measured. This computer is so busy" in promise.words


def test_the_line_says_which_and_why() -> None:
    assert climb(computer(0.015), True, quiet).words == (
        "960 × 540 at 30 pictures a second: drawing a picture takes OBS 15 ms of 33 ms; "
        "for 1280 × 720 at 30 that would be 27 ms"
    )
    assert climb(computer(0.001), True, quiet).words.startswith(
        "1920 × 1080 at 30 pictures a second, the largest:"
    )
    hardly = climb(computer(0.09), True, quiet).words
    assert hardly.startswith("960 × 540 at 15 pictures a second, the smallest, and hardly:")
    assert "pictures left out" in hardly


def test_each_rung_shows_each_tick_alike_and_ends_where_the_issue_says() -> None:
    assert [TICK_HZ % rung.fps for rung in LADDER] == [0] * len(LADDER)
    assert (SMALLEST.width, SMALLEST.height, SMALLEST.fps) == (960, 540, 15)
    sizes = [rung.pixels_per_s for rung in LADDER]
    assert sizes == sorted(sizes, reverse=True)


measured = st.builds(
    lambda due, lost, slow, draw_s: (due, min(lost, due), min(slow, due), draw_s),
    st.integers(0, 80),
    st.integers(0, 80),
    st.integers(0, 80),
    st.floats(0.0, 1.0),
)


@given(
    st.lists(measured, min_size=len(LADDER), max_size=len(LADDER)),
    st.sampled_from([ROOM_SHARE, ROOM_SHARE_BEHIND]),
)
def test_whatever_is_measured_it_ends_and_never_promises_what_did_not_hold(
    figures: list[tuple[int, int, int, float]], share: float
) -> None:
    trials: list[RungTrial] = []
    while (rung := next_rung(trials, share)) is not None:
        assert rung not in [one.rung for one in trials], "each is tried once"
        due, lost, slow, draw_s = figures[LADDER.index(rung)]
        trials.append(RungTrial(rung, due, lost, slow, draw_s, 0.5))
    rung = taken(trials, share)
    held = [one.rung for one in trials if one.holds(share)]
    assert rung in held or (not held and rung == SMALLEST)
    assert all(rung.pixels_per_s >= one.pixels_per_s for one in held)
    assert LadderChoice(rung, tuple(trials), True).words
