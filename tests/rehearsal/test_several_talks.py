"""What lacks between two talks of a rehearsal is told by the slides' counter in both outputs."""

from dataclasses import replace
from pathlib import Path

from stagebox.rehearsal.talks import NOTHING_SHOWN_S, RehearsedTalk, between_s, problems

ONE = RehearsedTalk(
    title="One",
    output=Path("one.mp4"),
    verdict="ok",
    gap_s=0.0,
    audio_gap_s=0.0,
    first_counter=100,
    last_counter=700,
    frame_s=1 / 30,
)


def test_outputs_that_overlap_lack_nothing_and_a_hole_is_told_in_seconds() -> None:
    overlaps = replace(ONE, first_counter=640)
    assert between_s([ONE, overlaps]) < -0.9
    meets = replace(ONE, first_counter=702, last_counter=900)
    assert between_s([ONE, meets]) == 0.0
    hole = replace(ONE, first_counter=702 + 90)
    assert between_s([ONE, hole]) == 1.5
    assert between_s([ONE, meets, replace(ONE, first_counter=902 + 30)]) == 0.5


def test_an_output_without_a_counter_is_no_seam_that_holds() -> None:
    assert between_s([ONE, replace(ONE, first_counter=None)]) == NOTHING_SHOWN_S
    assert between_s([]) == 0.0


def test_what_is_wrong_with_a_talk_is_said_by_its_name() -> None:
    bad = replace(ONE, title="Two", verdict="flagged", gap_s=1.25, summary="It was quiet.")
    assert problems([ONE, bad]) == [
        "The verdict on “Two” is flagged. It was quiet.",
        "The picture of “Two” lacks 1.25 s.",
    ]
