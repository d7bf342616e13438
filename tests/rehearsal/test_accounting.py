"""Every second of a session is in an output or in a finding that says why not; any other is named."""

from typing import Any

import pytest

from stagebox.rehearsal.accounting import ReadOutput, account
from stagebox.rehearsal.continuity import ReadFrame

START = 6000


def frames(*stretches: tuple[float, float]) -> list[ReadFrame]:
    """Frames at 30 a second of these stretches of the session, put end to end, as segments are joined."""
    found, at_s = [], 0.0
    for from_s, to_s in stretches:
        for number in range(round((to_s - from_s) * 30)):
            found.append(ReadFrame(at_s, START + round(from_s * 60) + 2 * number, "combo"))
            at_s += 1 / 30
    return found


def finding(code: str, at_s: float, **evidence: Any) -> dict[str, Any]:
    return {"code": code, "start_s": at_s, "end_s": at_s, "evidence": evidence}


def test_a_whole_recording_accounts_for_every_second() -> None:
    found = account((START, START + 60 * 60), [ReadOutput(frames((0, 60)), [])])
    assert found.good
    assert found.explained == frozenset()


def test_a_gap_that_is_said_is_accounted_for() -> None:
    held = ReadOutput(frames((0, 20), (26, 60)), [finding("gap", 20.0, gap_s=6.0)])
    found = account((START, START + 60 * 60), [held])
    assert found.good
    assert {21, 22, 23, 24} <= found.explained


def test_a_gap_that_nobody_says_is_not() -> None:
    found = account((START, START + 60 * 60), [ReadOutput(frames((0, 20), (26, 60)), [])])
    assert found.unaccounted == (20, 21, 22, 23, 24, 25)


def test_a_gap_that_is_longer_than_is_said_is_not() -> None:
    held = ReadOutput(frames((0, 20), (40, 60)), [finding("gap", 20.0, gap_s=5.0)])
    found = account((START, START + 60 * 60), [held])
    assert 35 in found.unaccounted
    assert 22 not in found.unaccounted


def test_a_finding_elsewhere_explains_nothing_here() -> None:
    held = ReadOutput(frames((0, 20), (26, 60)), [finding("gap", 45.0, gap_s=6.0)])
    assert not account((START, START + 60 * 60), [held]).good


@pytest.mark.parametrize("code", ["black", "quiet", "no_speech"])
def test_a_finding_about_something_else_explains_nothing(code: str) -> None:
    held = ReadOutput(frames((0, 20), (26, 60)), [finding(code, 20.0, gap_s=6.0)])
    assert not account((START, START + 60 * 60), [held]).good


def test_an_end_that_is_missing_is_named_unless_a_finding_says_so() -> None:
    lost = [ReadOutput(frames((0, 50)), [])]
    assert account((START, START + 60 * 60), lost).unaccounted[0] == 50
    said = [ReadOutput(frames((0, 50)), [finding("truncated", 50.0, lost_s=10.0)])]
    assert account((START, START + 60 * 60), said).good


def test_a_second_output_may_hold_what_the_first_lacks() -> None:
    parts = [ReadOutput(frames((0, 20)), []), ReadOutput(frames((20, 60)), [])]
    assert account((START, START + 60 * 60), parts).good


def test_a_title_card_without_a_counter_counts_as_held() -> None:
    shown = frames((0, 60))
    card = [ReadFrame(f.at_s, None if 300 < n < 600 else f.tick, f.scene) for n, f in enumerate(shown)]
    assert account((START, START + 60 * 60), [ReadOutput(card, [])]).good


def test_no_output_at_all_leaves_everything_open() -> None:
    assert len(account((START, START + 60 * 60), []).unaccounted) > 50


def test_a_picture_that_stood_on_a_slow_machine_is_held_for_no_time_is_missing() -> None:
    shown = frames((0, 60))
    stuck = [
        ReadFrame(f.at_s, shown[300].tick if 300 < n < 390 else f.tick, f.scene) for n, f in enumerate(shown)
    ]
    assert account((START, START + 60 * 60), [ReadOutput(stuck, [])]).good


def test_a_picture_that_came_early_and_then_stood_is_held_too() -> None:
    shown = frames((0, 60))
    early = shown[360].tick
    odd = [ReadFrame(f.at_s, early if 300 < n < 360 else f.tick, f.scene) for n, f in enumerate(shown)]
    assert account((START, START + 60 * 60), [ReadOutput(odd, [])]).good
