"""The guide and the touches that lead to it, in the real window: a touch becomes a command, or a step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from stagebox import resources
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk
from stagebox.model.commands import BareKind, SessionKind
from tests.kiosk.conftest import Finger, Sent, items, words_cut
from tests.kiosk.faces import GUIDE_STEPS, guide_faces
from tests.kiosk.languages import speaking
from tests.views.snapshots import recording, session, well
from tests.views.test_guide import fresh

pytestmark = pytest.mark.venue

SIZES = [(1366, 768), (1920, 1080), (1024, 600)]
BY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def wanted(sent: Sent) -> list[dict[str, Any]]:
    return [one for _, one in sent]


def done(sent: Sent, snapshot: dict[str, Any]) -> dict[str, Any]:
    """The snapshot after all that was sent is done."""
    return snapshot | {"answers": [sent.answer(number, "done") for number in range(len(sent))]}


def test_a_box_with_nothing_set_up_opens_the_guide_and_six_touches_at_one_place_end_it(
    finger: Finger, sent: Sent
) -> None:
    finger.tell(fresh())
    assert finger.box.screen == "guide"
    places = set()

    def confirm(snapshot: dict[str, Any]) -> None:
        finger.tell(done(sent, snapshot))
        at = finger.middle("guide-next")
        places.add((at.x(), at.y()))
        finger.touch(at)

    confirm(fresh("slides"))
    confirm(fresh("slides", "camera"))
    confirm(fresh("slides", "camera", "mic"))
    confirm(well())
    confirm(well())
    assert [(one["kind"], one.get("role")) for one in wanted(sent)] == [
        ("set_source", "slides"),
        ("set_source", "camera"),
        ("set_source", "mic"),
    ]
    confirm(well())
    assert wanted(sent)[-1] == {"kind": "run_check"}
    line = {"check": "mic", "title": "Microphone", "level": "good", "summary": "x", "remedy": ""}
    confirm(fresh("slides", "mic", checklist={"running": False, "speak_s": 0.0, "lines": [line]}))
    assert finger.box.screen == "live"
    assert len(places) == 1
    finger.tell(fresh())
    assert finger.box.screen == "live"


def test_only_a_box_with_everything_chosen_is_well(finger: Finger, sent: Sent) -> None:
    def said() -> set[str]:
        finger.settle()
        return {str(one.property("text")) for one in items(finger.kiosk)}

    for chosen in ((), ("slides",), ("slides", "camera"), ("camera", "mic"), ("slides", "mic")):
        told = fresh(*chosen)
        for role, facts in (("slides", "pictures"), ("camera", "pictures"), ("mic", "sound")):
            if role not in chosen:
                unset = {"state": "unset", "words": "", "channels": []}
                told["health"][facts] = unset if role == "mic" else told["health"][facts] | {role: unset}
        finger.tell(told)
        assert "All is well" not in said(), chosen
    finger.tell(well())
    assert "All is well" in said()


def test_a_recording_begins_from_the_guide_by_one_touch_which_says_what_it_lacks(
    finger: Finger, sent: Sent
) -> None:
    finger.tell(fresh())
    assert finger.find("guide-record").property("detail") == "Nothing is chosen: no picture and no sound."
    finger.tap("guide-record")
    assert wanted(sent)[-1] == {"kind": "start_recording"}
    finger.tell(done(sent, fresh()) | {"recording": True, "session": session()})
    assert finger.box.screen == "guide"
    finger.tap("guide-stop")
    assert wanted(sent)[-1]["kind"] == "start_recording"
    finger.hold("guide-stop", 1.3)
    assert wanted(sent)[-1] == {"kind": "stop_recording"}


def test_it_is_left_and_taken_up_again_where_it_was_also_by_another_process(
    finger: Finger, sent: Sent, tmp_path: Path
) -> None:
    finger.tell(fresh())
    finger.tap("guide-skip")
    finger.tap("guide-later")
    assert finger.box.screen == "live"
    finger.tell(fresh())
    assert finger.box.screen == "live"
    assert finger.box._keeper.flush(5)
    again = KioskController(memory_file=tmp_path / "kiosk.json")
    assert (again.screen, again._memory.guide.step) == ("live", "camera")
    finger.tap("way-setup")
    finger.wait(lambda: finger.sees("page-guide"))
    finger.tap("page-guide")
    assert finger.box.screen == "guide"
    assert finger.box.guide["step"] == "camera"


def test_leaving_a_device_out_takes_it_from_its_role(finger: Finger, sent: Sent) -> None:
    finger.tell(fresh())
    finger.tell(done(sent, fresh("slides")))
    finger.tap("guide-skip")
    left_out = {"kind": "set_source", "role": "slides", "device_kind": "none", "device": "", "on_air": False}
    assert left_out in wanted(sent)
    assert finger.box.guide["step"] == "camera"


def test_a_device_on_air_is_changed_only_by_a_second_touch(finger: Finger, sent: Sent) -> None:
    finger.tell(recording())
    finger.box.openGuide()
    mage = "choice-/dev/v4l/by-id/usb-Mage-0"
    assert not finger.sees("guide-skip")
    finger.tap_until(mage, lambda: finger.sees("guide-skip"))
    assert wanted(sent) == []
    finger.tap_until("guide-skip", lambda: not finger.sees("guide-skip"))
    finger.tap_until(mage, lambda: finger.sees("guide-skip"))
    finger.tap("guide-next")
    assert [(one["device"], one["on_air"]) for one in wanted(sent)] == [("/dev/v4l/by-id/usb-Mage-0", True)]
    assert finger.box.guide["step"] == "slides"


def test_a_locked_screen_shows_no_guide_and_changes_nothing(finger: Finger, sent: Sent) -> None:
    finger.box.lock()
    finger.tell(fresh())
    assert finger.box.screen == "live"
    assert wanted(sent) == []


def test_only_the_picture_on_show_is_fetched(finger: Finger, sent: Sent) -> None:
    for step, names in (
        ("slides", ("source/slides",)),
        ("mic", ()),
        ("room", ("scene/intro",)),
        ("check", ()),
    ):
        finger.tell(well())
        finger.box.openGuide()
        finger.box.guideTo(step)
        finger.settle()
        assert finger.box.wanted_pictures[0] == names, step


@BY_SIZE
@pytest.mark.parametrize("language", ["en", "cs", "pseudo"])
def test_no_words_of_the_guide_are_cut_off_and_the_buttons_keep_their_places(
    application: QGuiApplication, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    with speaking(language) as (translate, code):
        box = KioskController(memory_file=tmp_path / "kiosk.json", translate=translate, language=code)
        box.connect_to(lambda intent_id, want: True)
        kiosk = Kiosk(resources.folder("ui"), box, QSize(*size))
        kiosk.show()
        finger = Finger(application, kiosk)
        places: dict[str, set[tuple[int, int]]] = {}
        steps = set()
        for face in guide_faces(kiosk, finger.tell):
            finger.settle()
            assert words_cut(kiosk) == [], face
            steps.add(box.guide["step"])
            for name in ("guide-later", "guide-next"):
                at = finger.middle(name)
                places.setdefault(name, set()).add((at.x(), at.y()))
        kiosk.close()
    assert steps == set(GUIDE_STEPS)
    assert all(len(one) == 1 for one in places.values()), places


def test_a_touch_on_what_is_not_chosen_goes_to_its_list(finger: Finger, sent: Sent) -> None:
    finger.tell(fresh("slides", "camera"))
    assert finger.box.screen == "live"
    finger.tap("banner-action")
    finger.wait(lambda: finger.sees("choice-none"))
    assert finger.box.screen == "setup"
    assert finger.find("setup-pages").property("page") == "sources"
    finger.tap("way-live")
    finger.tap("meters")
    finger.wait(lambda: finger.sees("choice-none"))


def test_a_result_that_is_not_good_opens_what_mends_it_and_in_the_guide_its_step(
    finger: Finger, sent: Sent
) -> None:
    line = {"check": "mic", "title": "Microphone", "level": "broken", "summary": "None.", "remedy": ""}
    told = fresh("slides", "camera", checklist={"running": False, "speak_s": 0.0, "lines": [line]})
    finger.tell(told)
    finger.tap("way-setup")
    finger.tap("page-check")
    finger.wait(lambda: finger.sees("mend-setup/sources/mic"))
    finger.tap("mend-setup/sources/mic")
    finger.wait(lambda: finger.sees("choice-none"))
    assert finger.find("setup-pages").property("page") == "sources"
    finger.box.openGuide()
    finger.box.guideTo("check")
    finger.wait(lambda: finger.sees("mend-setup/sources/mic"))
    finger.tap_until("mend-setup/sources/mic", lambda: finger.box.guide["step"] == "mic")
    assert finger.box.screen == "guide"


def test_the_header_acts_also_under_a_keyboard_and_what_was_typed_is_kept(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-7"))
    finger.tap("key-7")
    finger.tap("way-live")
    assert not finger.sees("key-7")
    assert wanted(sent) == []
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-7"))
    assert finger.find("field-title").property("text").endswith("7")
    finger.tap("way-sessions")
    assert finger.box.screen == "sessions"
    assert not finger.sees("key-7")
    finger.tell(well(next_talk={"title": "Another", "speaker": "", "room": ""}))
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-7"))
    assert finger.find("field-title").property("text") == "Another"


def test_set_up_in_the_header_leads_back_from_a_list_or_a_keyboard(finger: Finger, sent: Sent) -> None:
    def touch(name: str, done: Callable[[], bool]) -> None:
        finger.tell(well())  # on a busy machine the last one is old by now
        if not done():
            finger.tap(name)
        finger.wait(done)

    touch("way-setup", lambda: finger.sees("change-slides"))
    for page, opens, shows in (
        ("page-sources", "change-slides", "choose-done"),
        ("page-room", "change-names", "key-7"),
        ("page-room", "change-folder", "choose-done"),
        ("page-stream", "stream-type-target", "key-7"),
    ):
        touch(page, lambda opens=opens: finger.sees(opens))
        touch(opens, lambda shows=shows: finger.sees(shows))
        touch("way-setup", lambda shows=shows: not finger.sees(shows))
        assert finger.sees(opens)


@BY_SIZE
def test_pictures_have_no_bars_and_fill_their_place(
    finger: Finger, sent: Sent, size: tuple[int, int]
) -> None:
    """What is drawn of a picture has its own shape, and takes most of the card's width in Set-up.

    Its height is what the strip of alarms leaves.
    """
    finger.resize(*size)
    finger.tell(well())
    from tests.kiosk.tree import below, is_named

    finger.tap("way-setup")
    finger.wait(lambda: finger.sees("change-slides"))
    for name in ("source-slides", "source-camera"):
        card = finger.find(name)
        frames = [
            one for one in below(card) if is_named(one, "QQuickRectangle") and one.width() > card.width() / 2
        ]
        picture = min(frames, key=lambda one: one.width() * one.height())
        assert picture.width() / picture.height() == pytest.approx(16 / 9, abs=0.02)
        assert picture.width() >= 0.65 * card.width()


@BY_SIZE
def test_what_a_talk_without_a_name_lacks_is_said_in_whole(
    finger: Finger, sent: Sent, size: tuple[int, int]
) -> None:
    finger.resize(*size)
    finger.tell(fresh("slides", "camera") | {"next_talk": None})
    finger.box.goTo("live")
    finger.wait(lambda: finger.sees("record-missing"))
    finger.settle()
    assert words_cut(finger.kiosk) == []


@pytest.mark.parametrize("kind", get_args(BareKind))
def test_a_button_of_a_view_asks_for_a_command_by_its_name_alone(
    finger: Finger, sent: Sent, kind: str
) -> None:
    paused = recording(session=session(paused=True)) if kind == "resume_recording" else well()
    finger.tell(paused)
    finger.box.press(kind, "")
    assert wanted(sent) == [{"kind": kind}]


@pytest.mark.parametrize("kind", get_args(SessionKind))
def test_a_button_may_say_of_which_session(finger: Finger, sent: Sent, kind: str) -> None:
    finger.tell(well())
    finger.box.press(kind, "talk-1")
    assert wanted(sent) == [{"kind": kind, "session_id": "talk-1"}]
