"""What is not chosen is told wherever it counts, before anybody records."""

from itertools import combinations
from typing import Any

import pytest

from stagebox.views.set_up import set_up_of
from stagebox.views.unset import ROLES, missing_words, unset_roles
from stagebox.views.values import View
from stagebox.views.view import in_english, view_of
from tests.views.snapshots import alarm, recording
from tests.views.test_guide import fresh, seen

SETS = [one for count in range(4) for one in combinations(ROLES, count)]


def shown(snapshot: dict[str, Any], **changes: Any) -> View:
    return view_of(seen(snapshot, **({"guiding": False} | changes)))


def test_unknown_is_not_unset() -> None:
    assert unset_roles(seen({})) == ()
    assert unset_roles(seen(fresh())) == ROLES


@pytest.mark.parametrize("chosen", SETS, ids=lambda one: "+".join(one) or "nothing")
def test_the_record_control_says_what_will_be_missing_and_forbids_nothing(chosen: tuple[str, ...]) -> None:
    record = shown(fresh(*chosen)).record
    assert record.action == "start"
    assert bool(record.missing) == (chosen != ROLES)
    assert ("sound" in record.missing) == ("mic" not in chosen)


def test_every_combination_has_words_of_its_own() -> None:
    words = [missing_words(seen(fresh(*chosen)), in_english) for chosen in SETS]
    assert len(set(words)) == len(SETS)


def test_a_chosen_device_that_is_gone_is_said_before_the_touch_too() -> None:
    record = shown(fresh(*ROLES) | {"alarms": [alarm("missing", "mic")]}).record
    assert record.missing == "Microphone: missing"
    both = fresh("slides", "mic") | {"alarms": [alarm("no_signal", "slides")]}
    assert shown(both).record.missing == "Slides: no signal"


@pytest.mark.parametrize(
    ("folder", "said"),
    [("full", "Disk: full"), ("gone", "Disk: folder is gone"), ("read_only", "Disk: cannot be written")],
)
def test_a_folder_that_takes_nothing_is_said_before_the_touch_and_before_any_device(
    folder: str, said: str
) -> None:
    assert shown(fresh(*ROLES) | {"folder": folder}).record.missing == said
    assert shown(fresh() | {"folder": folder}).record.missing == said


def test_nothing_is_said_to_be_missing_while_it_records_or_when_nobody_knows() -> None:
    assert shown(recording()).record.missing == ""
    assert shown(fresh(), connected=False).record.missing == ""


def test_a_tile_says_what_of_it_is_not_chosen() -> None:
    tiles = {one.scene: (one.missing, one.empty) for one in shown(fresh("slides", "mic")).tiles}
    assert tiles["screen"] == ("", False)
    assert tiles["combo"] == ("Camera not chosen", False)
    assert tiles["speaker"] == ("Camera not chosen", True)
    assert tiles["intro"] == ("", False)


def test_one_touch_goes_from_what_is_not_chosen_to_where_it_is() -> None:
    hint = next(one for one in shown(fresh("slides", "camera")).hints if one.key == "unset")
    assert (hint.button.kind, hint.button.target) == ("screen", "setup/sources/mic")
    assert next(one for one in shown(fresh()).hints if one.key == "unset").button.target == "guide"
    told = shown(fresh("slides", "camera") | {"alarms": [alarm("source_unset", "mic", "warning")]})
    assert [one.key for one in told.hints] == []
    assert told.alarms[0].button.target == "setup/sources/mic"


def test_a_box_without_a_camera_is_not_nagged() -> None:
    assert shown(fresh("slides", "mic")).hints == ()


def test_of_what_is_not_chosen_the_sound_comes_first() -> None:
    raised = [alarm("source_unset", role, "warning", age) for role, age in (("slides", 90.0), ("mic", 3.0))]
    assert next(one.key for one in shown(fresh() | {"alarms": raised}).alarms) == "source_unset/mic"


def checked(check: str, level: str, target: str = "") -> Any:
    line = {"check": check, "title": check, "level": level, "summary": "x", "remedy": "y", "target": target}
    told = fresh(checklist={"running": False, "speak_s": 0.0, "lines": [line]})
    return set_up_of(seen(told), in_english).check.rows[0].button


def test_a_result_that_is_not_good_carries_the_touch_that_goes_to_where_it_is_mended() -> None:
    for level in ("look", "broken", "note"):
        button = checked("mic", level)
        assert (button.kind, button.target) == ("screen", "setup/sources/mic")
        assert button.label
    assert checked("mic", "good").kind == ""
    assert checked("disk", "broken").target == "setup/room/folder"
    assert checked("strange", "broken").kind == ""
    assert checked("strange", "broken", "setup/stream").target == "setup/stream"
    assert checked("recording", "broken", "setup/check").kind == "run_check"
    assert checked("scenes", "broken", "build_scenes").kind == "build_scenes"
