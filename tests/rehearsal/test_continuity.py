"""What a recording lacks is found from counters and clock alone."""

from collections.abc import Sequence

import numpy as np
import pytest

from stagebox.rehearsal.audio_clock import CYCLE, RATE_HZ, SLOT, hear, slot_samples
from stagebox.rehearsal.continuity import (
    ReadFrame,
    SceneSpan,
    frame_interval_s,
    picture_continuity,
    sound_continuity,
    timeline,
)
from stagebox.rehearsal.lateness import LateTicks

STEP_S = 1 / 30


def recorded(count: int, first_tick: int = 600, scene: str = "screen") -> list[ReadFrame]:
    return [ReadFrame(number * STEP_S, first_tick + 2 * number, scene) for number in range(count)]


def hide(frames: Sequence[ReadFrame], start: int, end: int, scene: str = "picture") -> list[ReadFrame]:
    return [
        ReadFrame(frame.at_s, None, scene) if start <= index < end else frame
        for index, frame in enumerate(frames)
    ]


def close_up(frames: Sequence[ReadFrame]) -> list[ReadFrame]:
    return [ReadFrame(index * STEP_S, frame.tick, frame.scene) for index, frame in enumerate(frames)]


WHOLE = recorded(300)
CUT = [*WHOLE[:100], *WHOLE[145:]]
FROZEN = [
    ReadFrame(frame.at_s, WHOLE[100].tick if 100 < index < 146 else frame.tick, "screen")
    for index, frame in enumerate(WHOLE)
]


@pytest.mark.parametrize(
    ("frames", "gap_s", "missing"),
    [
        (WHOLE, 0.0, 0),
        (CUT, 1.5, 0),
        (close_up(CUT), 1.5, 0),
        (FROZEN, 1.5, 0),
        (hide(WHOLE, 50, 200), 0.0, 0),
        (close_up([*hide(WHOLE, 50, 200)[:100], *hide(WHOLE, 50, 200)[145:]]), 1.5, 0),
        ([*hide(WHOLE, 50, 200)[:100], *hide(WHOLE, 50, 200)[145:]], 1.5, 0),
        ([*WHOLE[:100], *WHOLE[101:]], 0.0, 1),
        ([*WHOLE[:100], *WHOLE[102:200], *WHOLE[201:]], 0.0, 3),
        ([frame for index, frame in enumerate(WHOLE) if index not in (10, 50, 90)], 0.0, 3),
    ],
    ids=[
        "whole",
        "timestamps jump over a hole",
        "timestamps close a hole",
        "repeated pictures fill a hole",
        "a title card shows no counter",
        "a hole in a title card, closed",
        "a hole in a title card, jumped over",
        "one frame dropped",
        "two and one frames dropped",
        "three single frames dropped",
    ],
)
def test_a_hole_is_found_however_it_is_hidden(frames: list[ReadFrame], gap_s: float, missing: int) -> None:
    found = picture_continuity(frames)
    assert found.gap_s == pytest.approx(gap_s, abs=STEP_S)
    assert found.frames_missing == missing


def test_the_gap_is_told_where_it_is() -> None:
    (gap,) = picture_continuity(close_up(CUT)).gaps
    assert gap.at_s == pytest.approx(100 * STEP_S, abs=1e-6)


def test_the_beat_between_counter_and_frames_is_no_missing_frame() -> None:
    chance = np.random.default_rng(1)
    frames = [
        ReadFrame(frame.at_s, (frame.tick or 0) + int(chance.integers(0, 2)), "screen") for frame in WHOLE
    ]
    found = picture_continuity(frames)
    assert (found.gap_s, found.frames_missing) == (0.0, 0)


def test_what_the_venue_never_painted_is_not_missed() -> None:
    hole = (WHOLE[100].tick or 0, WHOLE[145].tick or 0)
    late = (hole[0] + 1, hole[1] - 1)
    assert picture_continuity(FROZEN, LateTicks(slides=(late,))).gap_s == 0.0
    half = (hole[0] + 1, hole[0] + 45)
    assert picture_continuity(FROZEN, LateTicks(slides=(half,))).gap_s == pytest.approx(0.75, abs=STEP_S)
    # One painter's lateness excuses nothing of the other's, and the same moment is excused once.
    assert picture_continuity(FROZEN, LateTicks(camera=(late,))).gap_s == pytest.approx(1.5, abs=STEP_S)
    assert picture_continuity(FROZEN, LateTicks((half,), (half,))).gap_s == pytest.approx(0.75, abs=STEP_S)


def test_where_both_are_on_program_only_what_neither_painted_is_excused() -> None:
    both = [ReadFrame(frame.at_s, frame.tick, "combo") for frame in FROZEN]
    first, last = (WHOLE[100].tick or 0) + 1, (WHOLE[145].tick or 0) - 1
    assert picture_continuity(both, LateTicks(slides=((first, last),))).gap_s == pytest.approx(
        1.5, abs=STEP_S
    )
    assert picture_continuity(both, LateTicks(((first, last),), ((first, last),))).gap_s == 0.0
    assert LateTicks(((5, 9),), ((8, 20),)).unpainted(0, 30, "combo") == 2
    assert LateTicks(((5, 9),), ((8, 20),)).ticks((7, 10)) == 3 + 3


def test_a_session_that_began_or_ended_outside_the_output_lacks_both_ends() -> None:
    first, last = WHOLE[0].tick or 0, WHOLE[-1].tick or 0
    assert picture_continuity(WHOLE, session=(first, last)).gap_s == 0.0
    longer = picture_continuity(WHOLE, session=(first - 120, last + 182))
    assert longer.gap_s == pytest.approx(5.0, abs=STEP_S)
    assert [gap.at_s for gap in longer.gaps] == pytest.approx([0.0, 299 * STEP_S])


def test_an_output_without_any_counter_lacks_what_its_frames_do_not_fill() -> None:
    cards = [ReadFrame(index * STEP_S, None, "picture") for index in range(60)]
    assert picture_continuity(cards, session=(0, 300)).gap_s == pytest.approx(3.0, abs=STEP_S)
    assert picture_continuity(cards).first_tick is None


def test_rounded_timestamps_do_not_add_up() -> None:
    rounded = [round(index * STEP_S, 3) for index in range(3000)]
    assert frame_interval_s(rounded) == pytest.approx(STEP_S, rel=1e-5)
    frames = [ReadFrame(at_s, 2 * index, "screen") for index, at_s in enumerate(rounded)]
    assert picture_continuity(hide(frames, 5, 2900)).gap_s == 0.0


def test_scenes_are_told_in_order_and_transitions_are_none() -> None:
    frames = close_up(
        [
            *recorded(60, scene="screen"),
            *recorded(5, scene="combo"),
            *recorded(60, scene="speaker"),
            *recorded(3, scene="picture"),
            *recorded(60, scene="speaker"),
        ]
    )
    spans = timeline(frames)
    assert [span.scene for span in spans] == ["screen", "speaker"]
    assert spans[1].start_s == pytest.approx(65 * STEP_S, abs=1e-6)
    assert spans[1].end_s == pytest.approx(188 * STEP_S, abs=1e-6)


def clock(first: int, count: int) -> np.ndarray:
    return np.concatenate([slot_samples((first + index) % CYCLE) for index in range(count)])


def cut(samples: np.ndarray, start_s: float, end_s: float, fill: bool) -> np.ndarray:
    start, end = round(start_s * RATE_HZ), round(end_s * RATE_HZ)
    middle = np.zeros(end - start if fill else 0, np.float32)
    return np.concatenate([samples[:start], middle, samples[end:]])


@pytest.mark.parametrize("fill", [True, False], ids=["silence put in", "closed up"])
@pytest.mark.parametrize("lost_s", [0.06, 0.1, 0.333, 1.234, 4.0])
@pytest.mark.parametrize("first", [100, CYCLE - 70])
def test_lost_sound_is_measured_to_thirty_milliseconds(first: int, lost_s: float, fill: bool) -> None:
    samples = cut(clock(first, 160), 3.017, 3.017 + lost_s, fill)
    found = sound_continuity(hear(samples), len(samples) / RATE_HZ)
    assert found.gap_s == pytest.approx(lost_s, abs=0.03)


def test_whole_sound_lacks_nothing() -> None:
    samples = clock(CYCLE - 50, 200)
    assert sound_continuity(hear(samples), 10.0).gaps == ()


def test_sound_that_came_late_is_not_lost() -> None:
    samples = clock(0, 160)
    paused = np.concatenate([samples[: 60 * SLOT], np.zeros(RATE_HZ // 2, np.float32), samples[60 * SLOT :]])
    assert sound_continuity(hear(paused), 8.5).gap_s == 0.0


def test_silence_under_a_title_card_is_excused_and_elsewhere_not() -> None:
    samples = cut(clock(0, 160), 2.0, 4.0, fill=True)
    hearing = hear(samples)
    assert sound_continuity(hearing, 8.0, [SceneSpan("intro", 1.9, 4.1)]).gap_s == 0.0
    assert sound_continuity(hearing, 8.0, [SceneSpan("intro", 1.9, 2.6)]).gap_s == pytest.approx(
        1.0, abs=0.05
    )


def test_sound_that_ends_early_or_is_absent_lacks_the_rest() -> None:
    hearing = hear(clock(0, 100))
    assert sound_continuity(hearing, 8.0).gap_s == pytest.approx(3.0, abs=0.05)
    assert sound_continuity(hear(np.zeros(0, np.float32)), 8.0).gap_s == 8.0
    dead = sound_continuity(hear(np.zeros(8 * RATE_HZ, np.float32)), 8.0)
    assert dead.gap_s == pytest.approx(8.0, abs=0.05)
    assert not dead.speech_audible


def test_noise_carries_no_clock() -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, 20 * RATE_HZ).astype(np.float32)
    assert (hear(noise).slot >= 0).mean() < 0.01
