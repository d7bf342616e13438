"""Light, alarm, check and verdict agree, for every combination of roles; and the page about it is true."""

from pathlib import Path

import pytest

from stagebox.rehearsal import roles
from stagebox.rehearsal.roles import RoleCombination, RoleWords
from tests.messages.plain import is_plain

PAGE = Path(__file__).parents[2] / "docs/roles.md"
GRAVE = ("warning", "critical")


@pytest.fixture(scope="module")
def told() -> dict[RoleCombination, RoleWords]:
    return {one: roles.said_of(one) for one in roles.combinations()}


def test_the_page_is_what_the_functions_say(told: dict[RoleCombination, RoleWords]) -> None:
    assert len(told) == 64
    written = PAGE.read_text()
    assert written == roles.as_markdown(told), "run: python -m stagebox.rehearsal.roles > docs/roles.md"


def test_only_a_recording_that_is_whole_is_under_a_green_light(
    told: dict[RoleCombination, RoleWords],
) -> None:
    for one, said in told.items():
        assert (said.during.record.light == "proven") is one.whole, one


def test_what_is_not_whole_and_known_alarms_and_flags_the_talk_and_the_check_is_not_good(
    told: dict[RoleCombination, RoleWords],
) -> None:
    for one, said in told.items():
        known_bad = {one.slides, one.mic} & {"unset", "missing"} or one.camera == "missing"
        assert (said.alarm in GRAVE) is bool(known_bad), one
        assert (said.verdict == "flagged") is bool(known_bad), one
        assert said.check_fine is one.whole, one
        assert one.whole or said.during.record.light in ("unproven", "bad"), one


def test_before_a_talk_what_is_not_chosen_warns_and_a_box_without_a_camera_is_not_nagged(
    told: dict[RoleCombination, RoleWords],
) -> None:
    for one, said in told.items():
        if "unset" in (one.slides, one.mic):
            assert said.alarm_before in GRAVE, one
        if one == RoleCombination("live", "unset", "live"):
            assert said.alarm_before == said.alarm == "note"
            assert said.before.alarms == said.during.alarms == ()
            assert said.check != "All is good"


def test_the_rail_tells_each_role_and_none_that_is_not_there_as_fine(
    told: dict[RoleCombination, RoleWords],
) -> None:
    for one, said in told.items():
        for view in (said.before, said.during):
            rail = {item.key: item for item in view.rail}
            for role, state in (("slides", one.slides), ("camera", one.camera), ("mic", one.mic)):
                assert (rail[role].shape == "fine") is (state == "live"), (one, role)
                assert (rail[role].words == "not chosen") is (state == "unset"), (one, role)


def test_nothing_chosen_at_all_is_a_critical_alarm_and_says_so(
    told: dict[RoleCombination, RoleWords],
) -> None:
    said = told[RoleCombination("unset", "unset", "unset")]
    assert (said.alarm, said.alarm_before) == ("critical", "warning")
    assert said.during.record.words == "Recording · no source is chosen"


def test_no_sentence_about_roles_asks_a_touch_screen_for_a_key_or_a_command(
    told: dict[RoleCombination, RoleWords],
) -> None:
    for said in told.values():
        for view in (said.before, said.during):
            sentences = [banner.text for banner in view.alarms]
            sentences += [row.words for row in view.set_up.check.rows]
            sentences += [row.remedy for row in view.set_up.check.rows]
            assert all(is_plain(words) for words in sentences), sentences
