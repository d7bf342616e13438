"""Giving a button of the box something to do: each step by what `serve` tells, and the words for it."""

from dataclasses import replace
from typing import Any

import pytest

from stagebox.model.button_words import ACTIONS
from stagebox.views.asked import Teaching
from stagebox.views.button_box import button_box_of, deed_words, place_words
from stagebox.views.seen import Seen
from stagebox.views.teaching import BEGIN_S, LEARN_S, SAVE_S, advanced, begun, refused, saving
from stagebox.views.view import in_english
from tests.views.seeing import seeing
from tests.views.snapshots import now, well, with_box


def seen(snapshot: dict[str, Any], teaching: Teaching | None = None, **changes: Any) -> Seen:
    plain = seeing(snapshot, age_s=0.1, utc_s=now(), teaching=teaching)
    return replace(plain, **changes)


def asking(**changes: Any) -> Teaching:
    return replace(
        Teaching(words="scene speaker", intent_id="a", after=0, at=100.0, left_s=LEARN_S), **changes
    )


def after(teaching: Teaching, snapshot: dict[str, Any], at: float = 101.0, **changes: Any) -> Teaching:
    moved = advanced(seen(snapshot, teaching, **changes), at)
    assert moved is not None
    return moved


def answered(status: str, detail: str = "", intent_id: str = "a") -> dict[str, Any]:
    return with_box() | {"answers": [{"intent_id": intent_id, "status": status, "detail": detail}]}


LEARNED = {"box": "left", "button": 3, "number": 1}


def test_the_way_from_the_touch_to_the_button_that_does_it() -> None:
    one = begun(seen(with_box()), "scene speaker", "a", 100.0)
    assert one.step == "asking"
    one = after(one, with_box(learning=True), 110.0)
    assert (one.step, one.left_s) == ("waiting", 20)
    one = after(one, with_box(learned=LEARNED), 112.0)
    assert (one.step, one.place) == ("learned", "3")
    one = saving(one, "b", 113.0)
    assert after(one, answered("pending", intent_id="b"), 114.0).step == "saving"
    assert after(one, answered("done", intent_id="b"), 114.0).step == "done"


def test_a_press_that_was_learned_before_is_not_this_one() -> None:
    one = begun(seen(with_box(learned=LEARNED)), "mark", "a", 100.0)
    assert after(one, with_box(learning=True, learned=LEARNED)).step == "waiting"
    assert after(one, with_box(learned=LEARNED | {"number": 2, "button": 5})).place == "5"


def test_nobody_presses() -> None:
    assert after(asking(step="waiting"), with_box(), 131.0).step == "silent"


def test_a_serve_that_never_begins_to_wait_is_said() -> None:
    assert after(asking(), with_box(), 100.0 + BEGIN_S / 2).step == "asking"
    assert after(asking(), with_box(), 101.0 + BEGIN_S).step == "refused"


def test_a_serve_that_is_gone_is_not_waited_for_without_end() -> None:
    for step in ("asking", "waiting"):
        one = asking(step=step)
        assert after(one, with_box(learning=True), 110.0, connected=False).step == "waiting"
        assert after(one, with_box(learning=True), 136.0, connected=False).step == "silent"
    assert after(asking(step="saving"), with_box(), 101.0 + SAVE_S).step == "refused"


@pytest.mark.parametrize("status", ["refused", "failed", "superseded"])
@pytest.mark.parametrize("step", ["asking", "waiting", "saving"])
def test_what_is_not_done_is_said_with_its_reason(step: str, status: str) -> None:
    one = after(asking(step=step), answered(status, "The file cannot be written."))
    assert (one.step, one.why) == ("refused", "The file cannot be written.")
    assert button_box_of(seen(with_box(), one), in_english).words == "The file cannot be written."
    assert button_box_of(seen(with_box(), asking(step="refused")), in_english).words.startswith("Buttons do")


def test_only_the_refusal_that_is_waited_for_ends_it() -> None:
    assert refused(asking(), "other", "No.") == asking()
    assert refused(None, "a", "No.") is None
    told = refused(asking(), "a", "No.")
    assert told is not None
    assert (told.step, told.why) == ("refused", "No.")


@pytest.mark.parametrize(
    ("states", "button", "place"),
    [
        (("ready",), 3, "3"),
        (("ready",), 2, "left:2"),  # it has words of its own, which come first
        (("ready", "ready"), 3, "left:3"),
        (("ready", "gone"), 3, "left:3"),
    ],
)
def test_a_button_is_named_so_that_its_words_take_effect(
    states: tuple[str, ...], button: int, place: str
) -> None:
    one = after(asking(), with_box(states=states, learned=LEARNED | {"button": button}))
    assert one.place == place


@pytest.mark.parametrize(
    ("snapshot", "face", "shape"),
    [
        (well(health={}), "unknown", "unknown"),
        (with_box(states=(), wanted=False), "none", "off"),
        (with_box(states=("gone",)), "gone", "bad"),
        (with_box(states=("chatters",)), "gone", "bad"),
        (with_box(states=("gone", "ready")), "choose", "fine"),
        (with_box(states=("too_small",)), "choose", "fine"),
    ],
)
def test_the_page_says_how_the_box_is(snapshot: dict[str, Any], face: str, shape: str) -> None:
    page = button_box_of(seen(snapshot), in_english)
    assert (page.face, page.shape) == (face, shape)
    assert bool(page.deeds) == (face in ("choose", "gone"))


def test_what_is_old_is_not_known() -> None:
    assert button_box_of(seen(with_box(), connected=False), in_english).face == "unknown"


def test_each_deed_names_the_buttons_that_do_it_now() -> None:
    page = button_box_of(seen(with_box()), in_english)
    told = {one.target: (one.name, one.note, one.chosen) for one in page.deeds}
    assert told["scene screen"] == ("Scene Screen", "button 1", True)
    assert told["scene combo"] == ("Scene Both", "button 2 of “left”", True)
    assert told["mark"] == ("Mark this moment", "", False)
    assert told[""] == ("Nothing", "", False)
    assert len(told) == len(page.deeds) == 6 + 6


def test_a_pressed_button_says_what_it_did_until_now() -> None:
    for button, does in ((1, "scene Screen"), (2, "scene Both"), (5, "nothing")):
        one = asking(step="learned", box="left", button=button)
        assert does in button_box_of(seen(with_box(), one), in_english).words


def test_waiting_for_a_box_that_is_gone_is_said() -> None:
    page = button_box_of(seen(with_box(states=("gone",)), asking(step="waiting")), in_english)
    assert (page.face, page.shape) == ("waiting", "bad")
    assert "not there" in page.words


def test_every_word_of_the_settings_has_words_for_people() -> None:
    for words in ACTIONS:
        assert words == "mark" or deed_words(Seen(), words, in_english) not in ("", words, "nothing")
    assert place_words("3", in_english) == "button 3"
