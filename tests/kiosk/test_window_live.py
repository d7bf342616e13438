"""The real window, real `serve` and real OBS, driven by touches alone."""

import pytest

from stagebox.rehearsal.serving import Serving
from tests.kiosk.conftest import Finger

pytestmark = pytest.mark.venue


def test_each_tile_shows_a_live_picture_and_a_touch_puts_it_on_program(
    live: Finger, serving: Serving
) -> None:
    names = {one["picture"] for one in live.box.tiles}
    live.wait(lambda: all(live.box.pictureUrls.get(name) for name in names), 20)
    first = dict(live.box.pictureUrls)
    live.wait(lambda: all(live.box.pictureUrls[name] != first[name] for name in names), 10)
    for scene in ("speaker", "combo", "intro", "screen"):
        live.tap(f"tile-{scene}")
        live.wait(lambda scene=scene: serving.client.state()["program_scene"] == scene)
        live.wait(lambda scene=scene: [t["scene"] for t in live.box.tiles if t["program"]] == [scene])
        assert not any(one["asked"] for one in live.box.tiles)


def test_one_touch_records_a_short_touch_does_not_stop_and_a_hold_does(
    live: Finger, serving: Serving
) -> None:
    live.tap("record-start")
    assert live.box.record["action"] == "wait", (live.box.record, live.box.notice, live.box.stage)
    live.wait(lambda: serving.client.state()["recording"] is True, 15)
    live.wait(lambda: live.box.record["action"] == "stop", 15)
    session = serving.client.state()["session"]
    assert session["origin"] == "touch"

    live.tap("record-stop")
    live.hold("record-stop", 0.7)
    assert serving.client.state()["recording"] is True

    live.hold("record-stop", 1.3)
    live.wait(lambda: serving.client.state()["recording"] is False, 15)
    live.wait(lambda: live.box.record["action"] == "start", 15)

    live.tap("way-sessions")
    live.wait(lambda: live.box.sessions["rows"] and live.box.sessions["rows"][0]["id"] == session["id"])
    live.wait(lambda: live.box.sessions["rows"][0]["shape"] in ("fine", "warn", "bad"), 60)
    found = serving.client.findings(session["id"])
    live.wait(lambda: len(live.box.sessions["rows"][0]["marks"]) == len(found), 15)


def test_a_double_touch_begins_one_session(live: Finger, serving: Serving) -> None:
    live.wait(lambda: live.box.record["action"] == "start")
    before = len(serving.client.sessions())
    at = live.middle("record-start")
    for _ in range(2):
        live.down(at)
        live.up(at)
    live.wait(lambda: live.box.record["action"] == "stop", 15)
    live.hold("record-stop", 1.3)
    live.wait(lambda: live.box.record["action"] == "start", 15)
    live.wait(lambda: len(serving.client.sessions()) == before + 1)


def test_a_title_typed_by_touch_is_the_talks(live: Finger, serving: Serving) -> None:
    serving.client.send({"kind": "set_talk", "talk": {"title": "", "speaker": ""}})
    live.wait(lambda: live.box.record["title"] == "")
    live.tap("talk")
    for key in "Ada":
        live.tap(f"key-{key.lower()}")
    live.tap("key-done")
    live.tap("key-b")
    live.tap("key-done")
    live.wait(lambda: serving.client.state()["next_talk"]["title"] == "Ada")
    assert serving.client.state()["next_talk"]["speaker"] == "B"
    live.wait(lambda: live.box.header["title"] == "Ada")
