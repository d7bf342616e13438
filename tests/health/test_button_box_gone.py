"""When a button box that is wanted is an alarm, and in which words."""

import pytest

from stagebox.health.button_box_gone import button_box_gone
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.button_boxes import BoxState, ButtonBoxesReading, ButtonBoxFacts, ButtonBoxReading
from stagebox.model.report import Severity
from stagebox.model.settings import HealthSettings

LIMITS = HealthSettings()


def facts(*states: BoxState, at: float | None = 100.0, wanted: bool = True) -> HealthFacts:
    boxes = tuple(
        ButtonBoxReading(wanted="left", box="left", port="/dev/x", state=state, detail=f"It is {state}.")
        for state in states
    )
    return HealthFacts(
        button_boxes=ButtonBoxFacts(wanted=wanted, at=at, seen=ButtonBoxesReading(boxes=boxes))
    )


def test_without_a_box_in_the_settings_there_is_nothing_to_check() -> None:
    assert button_box_gone(facts(wanted=False), LIMITS, 100.0) == ()


def test_a_box_that_works_is_fine() -> None:
    (check,) = button_box_gone(facts("ready", "ready"), LIMITS, 101.0)
    assert check.outcome == "fine"


@pytest.mark.parametrize("state", ["gone", "chatters", "other_version", "twin", "stranger"])
def test_a_box_out_of_work_is_a_warning_with_its_own_words_and_remedy(state: BoxState) -> None:
    (check,) = button_box_gone(facts("ready", state), LIMITS, 101.0)
    assert (check.outcome, check.level) == ("bad", Severity.WARNING)
    assert check.summary == f"It is {state}."
    assert check.remedy


def test_a_box_that_lacks_a_button_is_pointed_out() -> None:
    (check,) = button_box_gone(facts("too_small"), LIMITS, 101.0)
    assert (check.outcome, check.level) == ("bad", Severity.NOTE)


@pytest.mark.parametrize("known", [facts("ready", at=90.0), facts("ready", at=None), facts("looking")])
def test_what_is_not_known_is_never_fine(known: HealthFacts) -> None:
    (check,) = button_box_gone(known, LIMITS, 101.0)
    assert check.outcome == "unknown"
