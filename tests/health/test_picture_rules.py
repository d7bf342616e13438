"""What is said of a source, from looks at it."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.health import black, frozen, missing, no_signal, picture_size
from stagebox.health.check import Check, Rule
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import DeviceState, PictureFacts, PictureRole
from stagebox.model.report import Code, Severity
from stagebox.model.said import said_of
from stagebox.model.settings import HealthSettings
from tests.health import painted
from tests.health.seen import GOOD, figures, folded, look

LIMITS = HealthSettings()
NOW = 100.2
RULES: Sequence[Rule] = (
    missing.missing,
    black.black,
    no_signal.no_signal,
    frozen.frozen,
)
BLACK = figures(painted.even(0, 0, 0))
BLUE = figures(painted.even(0, 0, 200))
BARS = figures(painted.smpte_bars())
CARD = figures(painted.card())


def only(rule: Rule, facts: HealthFacts, now: float = NOW) -> Check:
    (check,) = rule(facts, LIMITS, now)
    return check


def resized(facts: HealthFacts) -> tuple[str, str] | None:
    return picture_size.size_words("slides", facts.pictures["slides"], LIMITS, NOW)


def outcomes(facts: HealthFacts, now: float = NOW) -> dict[Code, str]:
    return {check.code: check.outcome for rule in RULES for check in rule(facts, LIMITS, now)}


def test_a_still_slide_is_fine_for_an_hour() -> None:
    assert set(outcomes(folded(*[look()] * 7200)).values()) == {"fine"}


def test_a_dark_terminal_raises_nothing() -> None:
    assert set(outcomes(folded(*[look(picture=figures(painted.terminal(1)))] * 20)).values()) == {"fine"}


def test_a_live_camera_on_a_dim_stage_raises_nothing() -> None:
    looks = [look("camera", figures(painted.dim_stage(seed))) for seed in range(12)]
    assert set(outcomes(folded(*looks)).values()) == {"fine"}


def test_a_pulled_laptop_is_missing_and_its_last_picture_is_judged_no_more() -> None:
    facts = folded(look(), look(device="absent"))
    check = only(missing.missing, facts)
    assert (check.outcome, check.level) == ("bad", Severity.CRITICAL)
    assert check.key == "slides_pulled_on"
    assert set(outcomes(facts).values()) == {"bad", "unknown"}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"exists": False, "picture": None}, "slides_not_in_obs"),
        ({"device": "absent", "on_program": None}, "slides_pulled"),
        ({"device": "absent"}, "slides_pulled_on"),
        ({"device": "absent", "on_program": False}, "slides_pulled_off"),
        ({"stale_source": True}, "slides_stale"),
        ({"picture": None}, "slides_no_picture"),
    ],
)
def test_each_way_to_be_missing_has_its_own_words(said: dict[str, object], key: str) -> None:
    check = only(missing.missing, folded(look(**said)))  # type: ignore[arg-type]  # Any field of a look.
    assert (check.outcome, check.key) == ("bad", key)
    assert check.remedy


def test_a_device_that_cannot_be_asked_is_judged_by_its_picture() -> None:
    assert only(missing.missing, folded(look(device="unknown"))).outcome == "fine"


@pytest.mark.parametrize("role", ["slides", "camera"])
def test_a_black_source_has_words_of_its_own(role: PictureRole) -> None:
    facts = folded(look(role, BLACK))
    assert only(black.black, facts).outcome == "bad"
    assert only(no_signal.no_signal, facts).outcome == "fine"


@pytest.mark.parametrize(
    ("picture", "sign"),
    [
        (BLUE, "uniform"),
        (BARS, "bars"),
        (CARD, "card"),
    ],
)
def test_no_signal_says_by_which_sign(picture: object, sign: str) -> None:
    check = only(no_signal.no_signal, folded(look(picture=picture)))  # type: ignore[arg-type]  # From the table.
    assert (check.outcome, check.level) == ("bad", Severity.CRITICAL)
    assert (check.evidence["sign"], check.key) == (sign, f"slides_{sign}")
    assert only(black.black, folded(look(picture=picture))).outcome == "fine"  # type: ignore[arg-type]


def test_a_camera_that_repeats_itself_is_frozen_after_three_seconds() -> None:
    still = figures(painted.lit_stage(1))
    assert only(frozen.frozen, folded(*[look("camera", still)] * 6)).outcome == "fine"
    check = only(frozen.frozen, folded(*[look("camera", still)] * 7))
    assert check.outcome == "bad"
    assert check.evidence["still_s"] == 3.0


def test_three_seconds_without_looks_do_not_make_a_camera_frozen() -> None:
    still = look("camera", figures(painted.lit_stage(1)))
    assert only(frozen.frozen, folded(still, still, every_s=3.0)).outcome == "fine"


def test_one_other_picture_ends_a_freeze() -> None:
    still, other = (look("camera", figures(painted.lit_stage(seed))) for seed in (1, 2))
    assert only(frozen.frozen, folded(*[still] * 9, other)).outcome == "fine"


@pytest.mark.parametrize("picture", [BLACK, BLUE, CARD])
def test_a_black_or_lost_camera_is_not_called_frozen(picture: object) -> None:
    facts = folded(*[look("camera", picture)] * 20)  # type: ignore[arg-type]  # From the table.
    assert only(frozen.frozen, facts).outcome == "unknown"


def test_slides_are_never_called_frozen() -> None:
    assert frozen.frozen(folded(*[look()] * 100), LIMITS, NOW) == ()


@pytest.mark.parametrize(
    ("before", "after", "picture", "key"),
    [
        ((1280, 720), (3840, 2160), GOOD, "4k"),
        ((1280, 720), (3840, 2160), BLUE, "4k"),
        ((1920, 1080), (1280, 1024), GOOD, "slides_shape"),
        ((1920, 1080), (1280, 720), GOOD, "slides"),
        ((1920, 1080), (1920, 1200), figures(painted.photo_slide()), "another"),
    ],
)
def test_a_changed_size_is_a_note_with_words_of_its_own(
    before: tuple[int, int], after: tuple[int, int], picture: object, key: str
) -> None:
    facts = folded(
        look(width=before[0], height=before[1]),
        look(width=after[0], height=after[1], picture=picture),  # type: ignore[arg-type]  # From the table.
    )
    said = resized(facts)
    assert said is not None
    assert said_of(said[0]).code == f"size_{key}"
    assert f"{before[0]}×{before[1]} to {after[0]}×{after[1]}" in said[0]


def test_a_size_that_comes_back_as_it_was_is_no_change() -> None:
    facts = folded(look(), look(width=0, height=0, picture=None), look())
    assert resized(facts) is None


def test_a_size_that_comes_back_otherwise_is_a_change() -> None:
    facts = folded(look(), look(width=0, height=0, picture=None), look(width=800, height=600))
    assert resized(facts) is not None


def test_a_changed_size_is_pointed_out_for_a_while_only() -> None:
    changed = [look(), look(width=1920, height=1080)]
    still = look(width=1920, height=1080)
    assert resized(folded(*changed, *[still] * 58)) is not None
    assert resized(folded(*changed, *[still] * 62)) is None


PICTURES = st.sampled_from([None, GOOD, BLACK, BLUE, BARS, CARD])
DEVICES: st.SearchStrategy[DeviceState] = st.sampled_from(["present", "absent", "unknown"])
LOOKS = st.builds(
    look,
    role=st.just("camera"),
    picture=PICTURES,
    device=DEVICES,
    exists=st.booleans(),
    stale_source=st.booleans(),
    width=st.sampled_from([0, 640, 3840]),
)


@given(st.lists(LOOKS, min_size=1, max_size=20), st.floats(3.01, 1e6))
@settings(deadline=None)
def test_no_rule_says_fine_or_bad_on_stale_facts(looks: list[object], age_s: float) -> None:
    facts = folded(*looks)  # type: ignore[arg-type]  # Looks, from the strategy.
    assert set(outcomes(facts, 100.0 + age_s).values()) == {"unknown"}


@pytest.mark.parametrize("role", ["slides", "camera"])
def test_no_rule_says_fine_on_missing_facts(role: str) -> None:
    facts = HealthFacts(pictures={role: PictureFacts()})
    assert set(outcomes(facts).values()) == {"unknown"}


@given(st.lists(LOOKS, min_size=1, max_size=20))
@settings(deadline=None)
def test_a_dead_source_is_never_called_fine_as_a_whole(looks: list[object]) -> None:
    facts = folded(*looks)  # type: ignore[arg-type]  # Looks, from the strategy.
    seen = facts.pictures["camera"].seen
    assert seen is not None
    found = outcomes(facts)
    if not seen.exists or seen.device == "absent" or seen.stale_source or seen.picture is None:
        assert found[Code.MISSING] == "bad"
        assert found[Code.BLACK] == found[Code.NO_SIGNAL] == found[Code.FROZEN] == "unknown"


@given(st.lists(LOOKS, min_size=1, max_size=20))
@settings(deadline=None)
def test_all_that_is_not_fine_has_words_and_a_remedy(looks: list[object]) -> None:
    facts = folded(*looks)  # type: ignore[arg-type]  # Looks, from the strategy.
    for rule in RULES:
        for check in rule(facts, LIMITS, NOW):
            assert check.outcome == "fine" or (check.summary and check.remedy)


def test_a_source_that_was_dead_before_the_first_look_is_told_by_that_look() -> None:
    for nothing in (look(picture=None, width=0, height=0), look("camera", None, width=0, height=0)):
        check = only(missing.missing, folded(nothing))
        assert (check.outcome, check.key) == ("bad", f"{check.role}_no_picture")
