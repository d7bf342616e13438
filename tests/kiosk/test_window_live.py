"""The real window, real `serve` and real OBS, driven by touches alone."""

from collections.abc import Callable

import pytest

from stagebox.rehearsal.serving import ServingVenue
from tests.kiosk.conftest import Finger

pytestmark = pytest.mark.venue


def _asked_or_on(finger: Finger, scene: str) -> bool:
    return any(one["scene"] == scene and (one["asked"] or one["program"]) for one in finger.box.tiles)


def test_each_tile_shows_a_live_picture_and_a_touch_puts_it_on_program(
    live: Finger, serving: ServingVenue
) -> None:
    names = {one["picture"] for one in live.box.tiles}
    live.wait(lambda: all(live.box.pictureUrls.get(name) for name in names), 20)
    first = dict(live.box.pictureUrls)
    live.wait(lambda: all(live.box.pictureUrls[name] != first[name] for name in names), 10)
    for scene in ("speaker", "combo", "intro", "screen"):
        live.tap_until(f"tile-{scene}", lambda scene=scene: _asked_or_on(live, scene))
        live.wait(lambda scene=scene: serving.client.state()["program_scene"] == scene)
        live.wait(lambda scene=scene: [t["scene"] for t in live.box.tiles if t["program"]] == [scene])
        assert not any(one["asked"] for one in live.box.tiles)


def test_a_talk_from_the_first_touch_to_the_verdict(live: Finger, serving: ServingVenue) -> None:
    live.wait(lambda: hinted(live, "speaking"), 60)

    live.tap_until("record-start", lambda: live.box.record["action"] != "start")
    live.wait(lambda: serving.client.state()["recording"] is True, 15)
    live.wait(lambda: live.box.record["action"] == "stop", 15)
    assert not hinted(live, "speaking")
    session = serving.client.state()["session"]
    assert session["origin"] == "touch"

    live.tap("record-stop")
    live.hold("record-stop", 0.7)
    assert serving.client.state()["recording"] is True

    for scene in ("speaker", "intro", "outro", "screen", "combo"):
        put_on_program(live, serving, scene)
    see_a_fault_come_and_go(live, serving)

    put_on_program(live, serving, "intermission")
    live.wait(lambda: hinted(live, "card"), 60)
    take_the_hint(live, lambda: _asked_or_on(live, "combo"))
    live.wait(lambda: serving.client.state()["program_scene"] == "combo")

    live.hold_until_stopped()
    assert serving.client.state()["recording"] is False

    live.tap_until("way-sessions", lambda: live.box.screen == "sessions")
    live.wait(lambda: live.box.sessions["rows"] and live.box.sessions["rows"][0]["id"] == session["id"])
    live.wait(lambda: live.box.sessions["rows"][0]["shape"] in ("fine", "warn", "bad"), 60)
    live.wait(lambda: live.box.pictureUrls.get(f"poster/{session['id']}"), 15)
    found = serving.client.findings(session["id"])  # With its report, of which the poster tells.
    live.wait(lambda: len(live.box.sessions["rows"][0]["marks"]) == len(found), 15)

    live.tap("session-0")
    live.wait(lambda: live.box.report["face"] == "ready" and live.sees("report-page"))
    assert len(live.box.report["findings"]) == len(found)
    assert live.box.report["wave"]
    stills = [one["picture"] for one in live.box.report["stills"]]
    assert stills
    live.wait(lambda: all(live.box.pictureUrls.get(name) for name in stills), 15)
    live.tap("report-back")
    live.tap("way-live")


def hinted(finger: Finger, key: str) -> bool:
    return any(one["key"] == key for one in finger.box.hints)


def take_the_hint(finger: Finger, done: Callable[[], bool]) -> None:
    """Touch what a hint offers. An alarm, which a busy computer may raise, comes first: it is seen."""
    for _ in range(60):
        if done():
            return
        name = "banner-seen" if finger.sees("alarm") else "banner-action"
        if finger.sees(name):
            finger.tap(name)
        finger.pause(0.5)
    assert done(), "nothing came of the hint"


def put_on_program(finger: Finger, serving: ServingVenue, scene: str) -> None:
    finger.tap_until(f"tile-{scene}", lambda: _asked_or_on(finger, scene))
    finger.wait(lambda: serving.client.state()["program_scene"] == scene)
    finger.wait(lambda: [one["scene"] for one in finger.box.tiles if one["program"]] == [scene])


def see_a_fault_come_and_go(finger: Finger, serving: ServingVenue) -> None:
    """The laptop's picture goes black: an alarm on the screen, seen by a touch, and gone with the fault."""
    serving.venue.slides.black()
    try:
        finger.wait(lambda: any(one["key"].endswith("/slides") for one in finger.box.alarms), 30)
        finger.wait(lambda: finger.sees("alarm"))
        assert next(one for one in finger.box.rail if one["key"] == "slides")["shape"] in ("warn", "bad")
        finger.tap_until("banner-seen", lambda: all(one["seen"] for one in finger.box.alarms))
        finger.wait(lambda: not finger.sees("alarm"))
    finally:
        serving.venue.slides.restore()
    finger.wait(lambda: not any(one["key"].endswith("/slides") for one in finger.box.alarms), 30)


def test_a_double_touch_begins_one_session(live: Finger, serving: ServingVenue) -> None:
    live.wait(lambda: live.box.record["action"] == "start", 20)
    before = len(serving.client.sessions())
    live.tap_until("record-start", lambda: live.box.record["action"] != "start", touches=2)
    live.hold_until_stopped()
    live.wait(lambda: len(serving.client.sessions()) == before + 1, 20)


def test_a_title_typed_by_touch_is_the_talks(live: Finger, serving: ServingVenue) -> None:
    serving.client.send({"kind": "set_talk", "talk": {"title": "", "speaker": ""}})
    live.wait(lambda: live.box.record["title"] == "")
    live.tap_until("talk", lambda: live.sees("key-a"))
    for key in "Ada":
        live.tap(f"key-{key.lower()}")
    live.tap("key-done")
    live.tap("key-b")
    live.tap("key-done")
    live.wait(lambda: serving.client.state()["next_talk"]["title"] == "Ada")
    assert serving.client.state()["next_talk"]["speaker"] == "B"
    live.wait(lambda: live.box.header["title"] == "Ada")
