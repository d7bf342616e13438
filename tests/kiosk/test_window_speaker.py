"""The speaker's screen in a real window: the time fills it, nothing is cut off, nothing can be touched."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from stagebox import resources
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk
from tests.kiosk.conftest import Finger, Sent, words_cut
from tests.kiosk.languages import speaking
from tests.kiosk.tree import controls, drawn_texts
from tests.views.schedules import moments

pytestmark = pytest.mark.venue

MESSAGE = "Please repeat the questions of the audience, and speak into the microphone"


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 600)], ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("language", ["en", "pseudo"])
def test_every_moment_is_shown_whole(
    application: QGuiApplication, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    with speaking(language) as (translate, code):
        box = KioskController(memory_file=tmp_path / "speaker.json", translate=translate, language=code)
        box.lock()
        kiosk = Kiosk(resources.folder("ui"), box, QSize(*size), "Speaker.qml")
        kiosk.show()
        finger = Finger(application, kiosk)
        for name, snapshot in moments(time.time()).items():
            for message in ("", MESSAGE):
                finger.tell(snapshot | {"message": message})
                assert words_cut(kiosk) == [], (name, message)
                assert finger.find("speaker-time").property("contentHeight") >= size[1] * 0.2
                assert finger.sees("speaker-message") == bool(message)
                faint = [one for one in drawn_texts(kiosk.view.rootObject()) if one.contrast < 4.5]
                assert faint == [], name
        assert controls(kiosk.view.rootObject()) == []
        kiosk.close()


def test_the_crew_tells_the_speaker_by_touch_and_takes_it_back(finger: Finger, sent: Sent) -> None:
    told = moments(time.time())["recording"]
    finger.tell(told)
    for name in ("way-sessions", "message", "key-a", "key-done"):
        finger.wait(lambda name=name: finger.sees(name))
        finger.tap(name)
        finger.settle()
    finger.tell(told | {"message": "A"})
    for name in ("message", "field-first-clear", "key-done"):
        finger.tap(name)
        finger.settle()
    assert [want for _, want in sent] == [
        {"kind": "show_message", "words": "A"},
        {"kind": "show_message", "words": ""},
    ]
