"""Set-up in the real window: words that fit, targets that fingers hit, touches that become commands."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from stagebox import resources
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk
from tests.kiosk.conftest import Finger, Sent, items, words_cut
from tests.kiosk.languages import speaking
from tests.views.snapshots import recording, well

pytestmark = pytest.mark.venue

SIZES = [(1366, 768), (1920, 1080), (1024, 600)]

LINES = [
    {
        "check": "clock",
        "title": "Clock",
        "level": "note",
        "summary": "The clock is not set by the network.",
        "remedy": "Compare it with a phone. If it is wrong, connect a network, or set the time by hand.",
    },
    {"check": "obs", "title": "OBS", "level": "broken", "summary": "/a/very/long/path" * 6, "remedy": ""},
]


def told(snapshot: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return snapshot | {"set_up": snapshot["set_up"] | changes}


def faces() -> list[dict[str, Any]]:
    """Set-up's states."""
    devices = well()["set_up"]["devices"]
    running = {"running": True, "speak_s": 4.0, "lines": LINES}
    return [
        well(),
        told(well(), devices=devices | {"video": [], "audio": []}, checklist=running),
        told(well(), devices=None, checklist=running | {"running": False}),
        well(obs=well()["obs"] | {"link": "down"}, recording=None),
        recording(),
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["cs", "pseudo"])  # English is the shortest
def test_no_words_of_set_up_are_cut_off(
    application: QGuiApplication, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    with speaking(language) as (translate, code):
        box = KioskController(memory_file=tmp_path / "kiosk.json", translate=translate, language=code)
        box.connect_to(lambda intent_id, want: True)
        kiosk = Kiosk(resources.folder("ui"), box, QSize(*size))
        kiosk.show()
        finger = Finger(application, kiosk)
        finger.tell(well())
        box.showScreen("setup")
        finger.settle()
        for way in (("page-sources",), ("change-slides",), ("choose-done", "page-room"), ("change-folder",)):
            for name in way:
                finger.tap(name)
            for snapshot in faces():
                finger.tell(snapshot)
                assert words_cut(kiosk) == [], (way, snapshot["set_up"])
            finger.tell(well())
        finger.tell(recording())
        finger.tell(well())
        for way in (("choose-done", "page-sources", "change-mic"), ("choose-done", "page-check")):
            for name in way:
                finger.tap(name)
            for snapshot in faces():
                finger.tell(snapshot)
                assert words_cut(kiosk) == [], (way, snapshot["set_up"])
            finger.tell(well())
        kiosk.close()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_set_ups_targets_are_large_enough(finger: Finger, sent: Sent, size: tuple[int, int]) -> None:
    finger.resize(*size)
    finger.tell(well())
    finger.tap("way-setup")
    finger.wait(lambda: finger.sees("change-slides"))

    def lowest(*names: str) -> float:
        return min(min(finger.find(name).width(), finger.find(name).height()) for name in names)

    assert lowest("page-sources", "page-room", "page-check", "change-slides", "change-mic") >= 64
    finger.tap("change-slides")
    finger.wait(lambda: finger.sees("choose-done"))
    assert lowest("choice-none", "choice-x11", "look-again", "choose-done") >= 64
    finger.tap("choose-done")
    finger.tap("page-room")
    finger.wait(lambda: finger.sees("change-names"))
    assert lowest("change-names", "change-folder") >= 64
    finger.tap("page-check")
    finger.wait(lambda: finger.sees("run-check"))
    assert lowest("run-check", "trial") >= 120


def test_a_device_is_asked_at_once_and_on_air_only_after_a_second_touch(finger: Finger, sent: Sent) -> None:
    mage = "choice-/dev/v4l/by-id/usb-Mage-0"
    want = {
        "kind": "set_source",
        "role": "slides",
        "device_kind": "v4l2",
        "device": "/dev/v4l/by-id/usb-Mage-0",
        "on_air": False,
    }
    finger.tell(well())
    finger.tap("way-setup")
    finger.tap("change-slides")
    finger.tap(mage)
    finger.tap(mage)
    assert [one for _, one in sent if one["kind"] == "set_source"] == [want]
    assert finger.find(mage).property("choice")["asked"]
    finger.tell(recording(answers=[sent.answer(-1, "refused", "A talk is on air.")]))
    assert finger.box.notice == "A talk is on air."
    # From here on as a person touches: what a banner above has just moved is touched again.
    finger.tap_until(mage, lambda: finger.sees("choose-now"))
    finger.tap_until("choose-not", lambda: not finger.sees("choose-now"))
    finger.tap_until(mage, lambda: finger.sees("choose-now"))
    finger.tap_until("choose-now", lambda: len(sent) == 3)
    assert [one for _, one in sent if one["kind"] == "set_source"] == [want, want | {"on_air": True}]


def test_the_list_stays_under_the_finger_while_devices_are_looked_for(finger: Finger, sent: Sent) -> None:
    mage = "choice-/dev/v4l/by-id/usb-Mage-0"
    looking = told(well(), asked=[{"kind": "look_for_devices", "target": ""}])
    finger.tell(looking)
    finger.tap("way-setup")
    finger.tap("change-slides")
    finger.tell(looking)
    assert finger.box.setUp["face"] == "looking"
    before = finger.middle(mage)
    finger.tell(well(answers=[sent.answer(0, "done")]))
    assert finger.box.setUp["face"] == ""
    assert finger.middle(mage) == before


def test_a_list_told_anew_under_the_finger_picks_nothing_else(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("way-setup")
    finger.tap("change-slides")
    at = finger.middle("choice-/dev/v4l/by-id/usb-Mage-0")
    finger.down(at)
    devices = well()["set_up"]["devices"]
    other = {"kind": "v4l2", "device": "/dev/v4l/by-id/usb-Other-0", "name": "Other"}
    finger.tell(told(well(), devices=devices | {"video": [other, *devices["video"]]}))
    finger.up(at)
    finger.settle()
    assert [one["kind"] for _, one in sent] == ["look_for_devices"]


def test_the_device_in_use_is_not_chosen_again(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("way-setup")
    finger.tap("change-slides")
    finger.tap("choice-/dev/v4l/by-id/usb-Elgato-0")
    assert [one["kind"] for _, one in sent] == ["look_for_devices"]


def test_the_locked_screen_sets_nothing_up(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("lock")
    finger.box.chooseDevice("slides", "none", "", False)
    finger.box.setEvent("a", "b")
    finger.box.setFolder("/a")
    finger.box.runCheck()
    finger.box.lookForDevices()
    assert len(sent) == 0


def test_every_control_of_set_up_has_a_name_and_a_role(finger: Finger, sent: Sent) -> None:
    from PySide6.QtGui import QAccessible

    finger.tell(well())
    finger.tap("way-setup")
    finger.tap("change-slides")
    roles = {}
    for item in items(finger.kiosk):
        face = QAccessible.queryAccessibleInterface(item)
        if face is not None and item.objectName():
            roles[item.objectName()] = (face.role(), face.text(QAccessible.Text.Name))
    assert roles["choice-none"] == (QAccessible.Role.RadioButton, "Not used")
    assert roles["page-room"] == (QAccessible.Role.PageTab, "Room and disk")
    assert roles["look-again"] == (QAccessible.Role.Button, "Look again")


def test_names_and_a_folder_are_typed_and_chosen_by_touch(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("way-setup")
    finger.tap("page-room")
    finger.settle()
    finger.tap("change-names")
    finger.wait(lambda: finger.sees("key-7"))
    for key in ("key-7", "key-done", "key-8", "key-done"):
        finger.tap(key)
    finger.wait(lambda: not finger.sees("key-7"))
    assert sent[-1][1] == {"kind": "set_event", "title": "DevConf 20267", "room": "Hall B8"}
    finger.tap("change-folder")
    finger.wait(lambda: finger.sees("choose-other") and finger.find("choose-other").x() > 0)
    finger.tap("choice-/home/crew/stagebox/recordings")
    assert sent[-1][1] == {"kind": "set_folder", "folder": "/home/crew/stagebox/recordings"}
    finger.tap("choose-other")
    finger.wait(lambda: finger.sees("key-7"))
    finger.tap("key-7")
    finger.tap("key-done")
    finger.wait(lambda: not finger.sees("key-7"))
    assert sent[-1][1] == {"kind": "set_folder", "folder": "/media/talks/recordings7"}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_page_of_set_up_is_in_reach_above_the_rail(finger: Finger, size: tuple[int, int]) -> None:
    finger.resize(*size)
    finger.tell(well())
    finger.box.showScreen("setup")
    finger.settle()
    root = finger.kiosk.view.rootObject()
    pages = finger.find("setup-pages")
    bottom = min(finger.top("setup-pages") + pages.height(), root.height())
    last = finger.find("page-guide")
    assert last.height() >= 64
    assert finger.top("page-guide") + last.height() <= bottom + 1
