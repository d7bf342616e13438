"""When a button box that is wanted is an alarm, and in which words."""

import pytest

from stagebox.devices.buttonbox.judge import at_port, other_version, too_small
from stagebox.devices.buttonbox.mapping import LackingPart
from stagebox.health.button_box_gone import button_box_gone
from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.button_boxes import BoxState, ButtonBoxesReading, ButtonBoxFacts, ButtonBoxReading
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

LIMITS = HealthSettings()


SAID = {
    "gone": at_port("no_right", "left"),
    "chatters": say_live(Code.BUTTON_BOX_GONE, "chatters", name="left"),
    "other_version": other_version("left", 2),
    "twin": say_live(Code.BUTTON_BOX_GONE, "twin", name="left", first="/dev/x", port="/dev/y"),
    "too_small": too_small("left", LackingPart("lamp", 3, 2)),
}


def facts(*states: BoxState, at: float | None = 100.0, wanted: bool = True) -> HealthFacts:
    boxes = tuple(
        ButtonBoxReading(
            wanted="left", box="left", port="/dev/x", state=state, detail=SAID.get(state, ("", ""))[0]
        )
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


@pytest.mark.parametrize("state", ["gone", "chatters", "other_version", "twin"])
def test_a_box_out_of_work_is_a_warning_with_its_own_words_and_remedy(state: BoxState) -> None:
    (check,) = button_box_gone(facts("ready", state), LIMITS, 101.0)
    assert (check.outcome, check.level) == ("bad", Severity.WARNING)
    assert (check.summary, check.remedy) == SAID[state]


def test_a_box_that_lacks_a_button_is_pointed_out() -> None:
    (check,) = button_box_gone(facts("too_small"), LIMITS, 101.0)
    assert (check.outcome, check.level, check.summary) == ("bad", Severity.NOTE, SAID["too_small"][0])


@pytest.mark.parametrize("known", [facts("ready", at=90.0), facts("ready", at=None), facts("looking")])
def test_what_is_not_known_is_never_fine(known: HealthFacts) -> None:
    (check,) = button_box_gone(known, LIMITS, 101.0)
    assert check.outcome == "unknown"
