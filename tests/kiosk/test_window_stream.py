"""The stream in the real window: one touch begins it, a hold ends it, and a typed key is never shown."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from PySide6.QtGui import QAccessible

from tests.kiosk.conftest import Finger, Sent, items
from tests.kiosk.faces import offering, streaming
from tests.kiosk.tree import is_named
from tests.views.snapshots import recording, well

pytestmark = pytest.mark.venue

KEY = "qx7w-0k3y"
DOT = "●"


def wants(sent: Sent) -> list[dict[str, Any]]:
    return [want for _, want in sent]


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 600)])
def test_every_screen_has_room_for_the_streams_control(
    finger: Finger, sent: Sent, size: tuple[int, int]
) -> None:
    finger.resize(*size)
    for snapshot, control in ((well(), "stream-start"), (streaming("live"), "stream-stop")):
        finger.tell(snapshot)
        finger.wait(lambda control=control: finger.sees(control))
        assert min(finger.find(control).width(), finger.find(control).height()) >= 64


def test_one_touch_goes_live_and_a_second_one_does_nothing(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("stream-start")
    finger.settle()
    assert wants(sent) == [{"kind": "start_stream"}]
    assert not finger.sees("stream-start")
    assert finger.find("stream-wait").property("text") == "Starting…"
    finger.touch(finger.middle("stream-wait"))
    assert len(sent) == 1
    finger.tell(streaming("live", recorded=False) | {"answers": [sent.answer(0, "done")]})
    assert finger.sees("stream-stop")


def test_only_a_hold_ends_the_stream_and_it_does_so_once(finger: Finger, sent: Sent) -> None:
    finger.tell(streaming("live"))
    finger.tap("stream-stop")
    at = finger.middle("stream-stop")
    finger.down(at)
    finger.wait(lambda: finger.find("stream-stop").property("progress") > 0.3)
    finger.up(at)
    finger.wait(lambda: finger.find("stream-stop").property("progress") == 0)
    assert len(sent) == 0
    finger.down(at)
    finger.wait(lambda: len(sent) == 1)
    finger.up(at)
    finger.settle()
    assert wants(sent) == [{"kind": "stop_stream"}]
    assert finger.find("stream-wait").property("text") == "Ending…"
    assert finger.box.record["action"] == "stop", "the recording goes on"


def test_ending_a_slow_stream_from_its_alarm_needs_a_hold_too(finger: Finger, sent: Sent) -> None:
    slow = offering(streaming("live", state="warning"), "stop_stream", "stream_slow", "stream")
    finger.tell(slow)
    finger.wait(lambda: finger.sees("banner-hold"))
    finger.tap("banner-hold")
    assert len(sent) == 0
    at = finger.middle("banner-hold")
    finger.down(at)
    finger.wait(lambda: len(sent) == 1)
    finger.up(at)
    assert wants(sent) == [{"kind": "take_remedy", "remedy": "stop_stream", "role": "stream"}]


def test_what_keeps_the_stream_from_beginning_leads_to_the_page_that_says_it(
    finger: Finger, sent: Sent
) -> None:
    snapshot = well()
    snapshot["stream"] |= {"has_key": False, "problem": "There is no stream key.", "remedy": "Type it."}
    finger.tell(snapshot)
    finger.tap("stream-set-up")
    finger.wait(lambda: finger.box.screen == "setup")
    finger.tap("page-stream")
    finger.wait(lambda: finger.sees("stream-problem"))
    assert finger.find("stream-problem").property("text") == "There is no stream key. Type it."


def open_page(finger: Finger, snapshot: dict[str, Any]) -> None:
    finger.tell(snapshot)
    finger.tap("way-setup")
    finger.wait(lambda: finger.box.screen == "setup")
    finger.tap("page-stream")
    finger.wait(lambda: finger.sees("stream-type-key"))


def type_key(finger: Finger) -> None:
    """Touch the key's characters; the keyboard's letter side has them all."""
    finger.tap("stream-type-key")
    finger.wait(lambda: finger.sees("key-q"))
    for character in KEY:
        finger.tap(f"key-{character}")
    finger.settle()


def everything_shown(finger: Finger) -> str:
    """All that the window shows, tells assistive programs, and that the box gives it."""
    told = []
    for item in items(finger.kiosk):
        told += [str(item.property(name)) for name in ("label", "detail", "displayText")]
        if is_named(item, "QQuickText"):
            told.append(str(item.property("text")))
        face = QAccessible.queryAccessibleInterface(item)
        if face is not None:
            told += [face.text(one) for one in (QAccessible.Text.Name, QAccessible.Text.Value)]
    box, described = finger.box, finger.box.metaObject()
    told += [str(box.property(described.property(n).name())) for n in range(described.propertyCount())]
    return "\n".join(told)


def test_a_typed_key_is_dots_on_the_screen_and_nowhere_in_words(
    finger: Finger,
    sent: Sent,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    open_page(finger, well())
    type_key(finger)
    typed = finger.find("field-stream-key-input")
    assert typed.property("text") == KEY
    assert typed.property("displayText") == DOT * len(KEY)
    assert KEY not in everything_shown(finger)

    finger.tap("key-done")
    finger.wait(lambda: finger.sees("stream-type-key"))
    (want,) = [one for one in wants(sent) if one["kind"] == "stream_key"]
    assert want["key"] == SecretStr(KEY)
    assert KEY not in repr(sent)
    finger.tell(well())
    assert KEY not in everything_shown(finger)
    finger.tap("stream-type-key")
    finger.wait(lambda: finger.sees("field-stream-key-input"))
    assert finger.find("field-stream-key-input").property("text") == "", "it is kept in the field no longer"
    kept = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert KEY not in "\n".join([*kept, caplog.text, *capfd.readouterr(), json.dumps(finger.box.stream)])


def test_a_key_half_typed_is_gone_with_the_page_and_with_cancel(finger: Finger, sent: Sent) -> None:
    open_page(finger, well())
    for way_out in ("stream-cancel", "page-room"):
        type_key(finger)
        finger.tap(way_out)
        finger.settle()
        finger.tap("page-stream")
        finger.wait(lambda: finger.sees("stream-type-key"))
        finger.tap("stream-type-key")
        finger.wait(lambda: finger.sees("field-stream-key-input"))
        assert finger.find("field-stream-key-input").property("text") == ""
        finger.tap("key-done")
        finger.wait(lambda: finger.sees("stream-type-key"))
    assert [one for one in wants(sent) if one["kind"] == "stream_key"] == []


def test_a_target_is_typed_as_an_address_or_as_a_services_name(finger: Finger, sent: Sent) -> None:
    open_page(finger, well())
    finger.tap("stream-type-target")
    finger.wait(lambda: finger.sees("key-7"))
    finger.tap("key-7")
    finger.tap("key-done")
    assert wants(sent)[-1] == {"kind": "stream_target", "server": "rtmp://live.example/app7"}
    finger.tell(well(stream=well()["stream"] | {"target": ""}))
    finger.tap("stream-type-target")
    finger.wait(lambda: finger.sees("key-t"))
    for character in "twitch":
        finger.tap(f"key-{character}")
    finger.tap("key-done")
    assert wants(sent)[-1] == {"kind": "stream_target", "service": "twitch"}


def test_the_key_is_forgotten_by_a_touch(finger: Finger, sent: Sent) -> None:
    open_page(finger, well())
    finger.wait(lambda: finger.find("stream-forget-key").y() > 0)
    finger.tap("stream-forget-key")
    assert wants(sent)[-1] == {"kind": "stream_key", "key": None}
    finger.tell(well(stream=well()["stream"] | {"has_key": False}))
    assert not finger.find("stream-forget-key").isEnabled()


def test_the_locked_screen_neither_streams_nor_takes_a_key(finger: Finger, sent: Sent) -> None:
    finger.tell(recording())
    finger.tap("lock")
    finger.box.startStream()
    finger.box.setStreamKey(KEY)
    finger.box.setStreamTarget("Twitch")
    finger.box.forgetStreamKey()
    finger.tell(streaming("live"))
    finger.box.stopStream()
    assert len(sent) == 0
