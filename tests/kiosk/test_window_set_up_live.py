"""Set-up by touch alone: real window, real `serve`, real OBS. What is chosen is in OBS and in the file."""

import subprocess
import tomllib
from typing import Any

import pytest
from pydantic import SecretStr

from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.pack import CAMERA_INPUT, MIC_INPUT
from stagebox.rehearsal.serving import ServingVenue
from tests.kiosk.conftest import Finger

pytestmark = pytest.mark.venue

HANDHELD = "handheld"


def written(serving: ServingVenue) -> dict[str, Any]:
    """What the settings file says now."""
    return tomllib.loads(serving.config.read_text())


def input_settings(serving: ServingVenue, name: str) -> dict[str, Any]:
    """An input's settings, as OBS tells them."""
    where = serving.obs
    target = ObsTarget(where["host"], where["port"], SecretStr(where["password"]))
    with ObsConnection(target, timeout_s=5.0) as obs:
        found: dict[str, Any] = obs.request("GetInputSettings", {"inputName": name})["inputSettings"]
        return found


def open_set_up(live: Finger, page: str) -> None:
    """Go to a page of Set-up by touch."""
    live.tap_until("way-setup", lambda: live.box.screen == "setup")
    live.wait(lambda: live.box.setUp["ready"])
    live.tap(f"page-{page}")


def leave_set_up(live: Finger) -> None:
    live.tap_until("way-live", lambda: live.box.screen == "live")


def source(live: Finger, role: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in live.box.setUp["sources"] if one["key"] == role)
    return found


def type_text(live: Finger, text: str) -> None:
    for character in text:
        live.tap(f"key-{character}")


def test_devices_chosen_by_touch_are_in_obs_and_in_the_settings(live: Finger, serving: ServingVenue) -> None:
    subprocess.run(
        ["pactl", "load-module", "module-remap-source", "master=room.monitor", f"source_name={HANDHELD}"],
        env=serving.venue.env(),
        check=True,
        capture_output=True,
        timeout=20,
    )
    serving.config.write_text("# The box in the test.\n" + serving.config.read_text())
    open_set_up(live, "sources")
    live.tap("change-mic")
    live.wait(lambda: live.sees(f"choice-{HANDHELD}"), 20)
    live.tap(f"choice-{HANDHELD}")
    live.wait(lambda: source(live, "mic")["name"] != "Screen" and not source(live, "mic")["asked"], 30)
    live.wait(lambda: written(serving)["sources"]["mic"] == {"kind": "pulse", "device": HANDHELD})
    assert input_settings(serving, MIC_INPUT)["device_id"] == HANDHELD

    # The new microphone is heard: by OBS on the meters, and by the backup recorder, without a restart.
    def heard(snapshot: dict[str, Any]) -> bool:
        health = snapshot["health"]
        levels = health["sound"]["channels"]
        return health["ear"]["device"] == HANDHELD and any(one["peak_dbfs"] > -60 for one in levels)

    live.wait(lambda: heard(serving.client.state()), 30)

    live.tap("choose-done")
    live.tap("change-camera")
    live.wait(lambda: live.sees("choice-x11"), 20)
    live.tap("choice-x11")
    live.wait(lambda: written(serving)["sources"]["camera"] == {"kind": "x11", "device": ""}, 30)
    live.wait(lambda: not source(live, "camera")["asked"], 30)
    # An OBS on a hidden screen of its own is told which screen is meant.
    assert input_settings(serving, CAMERA_INPUT)["server"] == serving.venue.screen.name
    live.wait(lambda: live.box.pictureUrls.get("source/camera"), 20)
    assert serving.config.read_text().startswith("# The box in the test.\n")
    leave_set_up(live)


def test_event_and_room_typed_by_touch_are_in_force(live: Finger, serving: ServingVenue) -> None:
    open_set_up(live, "room")
    live.tap("change-names")
    live.wait(lambda: live.sees("key-a"))
    type_text(live, "x")
    live.tap("key-done")
    type_text(live, "2")
    live.tap("key-done")
    live.wait(lambda: serving.client.state()["room"] == "Rehearsal2", 30)
    live.wait(lambda: live.box.header["room"] == "Rehearsal2")
    assert written(serving)["event"] == {"title": "Rehearsalx", "room": "Rehearsal2"}
    leave_set_up(live)


def test_the_check_runs_on_the_screen_line_by_line(live: Finger, serving: ServingVenue) -> None:
    open_set_up(live, "check")
    live.tap("run-check")
    live.wait(lambda: live.box.setUp["check"]["running"])
    live.wait(lambda: len(live.box.setUp["check"]["rows"]) > 0 and live.box.setUp["check"]["running"], 30)
    live.wait(lambda: not live.box.setUp["check"]["running"], 120)
    rows = {one["title"]: one for one in live.box.setUp["check"]["rows"]}
    assert {"ffmpeg", "Recordings", "OBS", "Scenes", "Slides", "Microphone", "Test recording"} <= set(rows)
    assert rows["Test recording"]["shape"] == "fine"
    assert "played and checked" in rows["Test recording"]["words"]
    live.wait(lambda: live.sees("check-0"))
    leave_set_up(live)


def test_a_test_recording_is_judged_and_is_no_talk(live: Finger, serving: ServingVenue) -> None:
    before = len(serving.client.sessions(20)), serving.client.state()["next_talk"]
    open_set_up(live, "check")
    live.wait(lambda: live.box.trial["ready"], 30)
    live.tap("trial")
    live.wait(lambda: live.box.trial["share"] > 0, 30)
    live.wait(lambda: live.box.trial["shape"] in ("fine", "warn") and live.box.trial["ready"], 120)
    trial = serving.client.state()["trial"]
    assert trial["phase"] == "done"
    assert trial["result"]["verdict"] in ("ok", "flagged")
    assert (len(serving.client.sessions(20)), serving.client.state()["next_talk"]) == before
    leave_set_up(live)
