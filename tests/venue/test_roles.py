"""In real OBS: with a role unset, gone or black, light, alarm, check, verdict agree; tests leave no trace."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from stagebox.api.client import Client
from stagebox.rehearsal.venue import Venue
from stagebox.settings.secrets import read_secret
from tests.venue_tools import free_port

pytestmark = [pytest.mark.venue, pytest.mark.timeout(400)]

UP_S, SEEN_S, JUDGED_S = 60.0, 40.0, 120.0
State = dict[str, Any]


class Walk:
    """A box at a venue, and what it says on the way."""

    def __init__(self, venue: Venue, folder: Path, client: Client) -> None:
        self.venue, self.folder, self.client = venue, folder, client

    def wait(self, what: str, predicate: Callable[[State], bool], timeout_s: float = SEEN_S) -> State:
        try:
            return self.client.wait_for(predicate, timeout_s)
        except TimeoutError:
            state = self.client.state()
            alarms = [(one["code"], one["role"], one["level"]) for one in state["alarms"]]
            raise AssertionError(f"{what}: {state['health']['proof']}, {alarms}, {state['trial']}") from None

    def do(self, **want: Any) -> None:
        answer = self.client.send(want, timeout_s=30.0)
        assert answer["status"] == "done", answer

    def choose(self, role: str, kind: str, device: str = "") -> None:
        self.do(kind="set_source", role=role, device_kind=kind, device=device, on_air=True)

    def light(self, colour: str, lack: str = "") -> State:
        def is_so(state: State) -> bool:
            proof = state["health"]["proof"]
            return (proof["state"], proof["lack"]) == (colour, lack)

        return self.wait(f"the light is not {colour} {lack}", is_so)

    def alarm(self, code: str, role: str, level: str) -> None:
        def is_so(state: State) -> bool:
            return any(
                (one["code"], one["role"], one["level"]) == (code, role, level) for one in state["alarms"]
            )

        self.wait(f"no alarm {code} {role} {level}", is_so)

    def recordings(self) -> set[str]:
        return {path.name for path in (self.folder / "rec").glob("*.flv")}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("roles")
    api = free_port()
    lines = [f'state_dir = "{folder / "state"}"']
    lines += ["[recording]", f'folder = "{folder / "rec"}"', f'out = "{folder / "talks"}"']
    lines += ["[obs]", f"port = {free_port()}", "start_timeout_s = 60", "canvas_width = 640"]
    lines += ["canvas_height = 360", "fps = 15", "[api]", f"port = {api}"]
    (folder / "stagebox.toml").write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-m", "stagebox", "--config", str(folder / "stagebox.toml"), "serve", "--json"]
    with Venue() as venue:
        serve = subprocess.Popen(command, env=venue.env(), stdout=subprocess.PIPE)
        try:
            assert serve.stdout is not None
            serve.stdout.readline()
            with Client(api, read_secret(folder / "state" / "api-token")) as client:
                walked = Walk(venue, folder, client)
                walked.wait("OBS does not come up", lambda state: len(state["scenes"]) == 6, UP_S)
                yield walked
        finally:
            serve.terminate()
            serve.wait(40)
            if serve.stdout is not None:
                serve.stdout.close()


def test_an_empty_box_says_so_and_its_cards_are_there_without_a_terminal(walk: Walk) -> None:
    for role in ("slides", "mic"):
        walk.alarm("source_unset", role, "warning")
    state = walk.client.state()
    assert {one["state"] for one in state["health"]["pictures"].values()} == {"unset"}
    assert state["health"]["sound"]["state"] == "unset"
    for scene in ("intro", "intermission", "outro", "combo"):
        # OBS has the scenes a moment before it has what is in them.
        walk.wait(f"the scene {scene} is black", partial(_is_lit, walk, scene))


def test_a_recording_of_nothing_is_under_no_green_light(walk: Walk) -> None:
    walk.do(kind="start_recording", talk={"title": "Nothing"})
    walk.light("amber", "nothing_chosen")
    walk.alarm("source_unset", "mic", "critical")
    walk.alarm("black", "program", "warning")
    walk.do(kind="stop_recording")
    assert _finished(walk, "Nothing")["verdict"] == "flagged"


def test_each_fault_is_told_by_light_alarm_and_verdict_alike(walk: Walk) -> None:
    sources = walk.venue.sources()
    for role, source in sources.items():
        walk.choose(role, source["kind"], source["device"])
    walk.do(kind="switch_scene", scene="combo")
    walk.do(kind="start_recording", talk={"title": "A talk"})
    walk.light("green")

    walk.choose("mic", "none")
    walk.light("amber", "mic_unset")
    walk.alarm("source_unset", "mic", "critical")
    walk.choose("mic", **_device(sources["mic"]))
    walk.light("green")

    walk.choose("camera", "none")
    walk.alarm("source_unset", "camera", "note")
    walk.light("green")
    walk.do(kind="switch_scene", scene="speaker")
    walk.light("amber", "program_black")
    walk.alarm("black", "program", "warning")
    walk.do(kind="switch_scene", scene="combo")
    walk.light("green")

    walk.venue.slides.kill()
    walk.light("amber", "slides_missing")
    walk.alarm("missing", "slides", "critical")
    gone_at_s = walk.client.state()["session"]["elapsed_s"]
    # A source that was away for a moment is no reason to flag a talk: it stays away for longer.
    walk.wait("time stands", lambda state: bool(state["session"]["elapsed_s"] > gone_at_s + 11.0))
    walk.do(kind="stop_recording")
    finished = _finished(walk, "A talk")
    assert finished["verdict"] == "flagged"
    found = {(one["code"], one["severity"]) for one in walk.client.report(finished["id"])["findings"]}
    assert {("source_unset", "critical"), ("missing", "critical")} <= found


def test_the_check_agrees_and_is_no_talk(walk: Walk) -> None:
    before = walk.client.state()["next_talk"], walk.recordings(), len(walk.client.sessions(20))
    walk.client.send({"kind": "run_check"}, wait=False)

    def is_over(state: State) -> bool:
        told = state["set_up"]["checklist"]
        return told is not None and not told["running"]

    checklist = walk.wait("the check does not end", is_over, 200.0)["set_up"]["checklist"]
    lines = {one["check"]: one for one in checklist["lines"]}
    assert lines["slides"]["level"] == "look", lines["slides"]
    assert lines["slides"]["target"] == "setup/sources/slides"
    assert lines["camera"]["level"] == "note"
    assert lines["recording"]["level"] == "good", lines["recording"]
    after = walk.client.state()["next_talk"], walk.recordings(), len(walk.client.sessions(20))
    assert after == before


def test_a_trial_gives_way_to_a_talk_at_once_and_the_talk_is_kept(walk: Walk) -> None:
    walk.do(kind="start_trial", seconds=30.0)
    walk.do(kind="start_recording", talk={"title": "Suddenly"})
    state = walk.client.state()
    assert state["session"]["title"] == "Suddenly"
    walk.wait("it is not recorded", lambda state: bool(state["session"]["elapsed_s"] > 3.0))
    walk.do(kind="stop_recording")
    finished = _finished(walk, "Suddenly")
    assert Path(finished["segments"][0]["path"]).name in walk.recordings()
    assert Path(finished["output"]).exists()


def _device(source: dict[str, str]) -> dict[str, str]:
    return {"kind": source["kind"], "device": source["device"]}


def _finished(walk: Walk, title: str) -> dict[str, Any]:
    def done(state: State) -> bool:
        return any(one["title"] == title for one in state["finished"])

    state = walk.wait(f"“{title}” is not judged", done, JUDGED_S)
    return next(dict(one) for one in state["finished"] if one["title"] == title)


def _is_lit(walk: Walk, scene: str, state: State) -> bool:
    del state  # Each snapshot is a moment to look again.
    return _brightest(walk.client.scene_picture(scene, 320)) > 5


def _brightest(jpeg: bytes) -> float:
    import io

    import numpy as np
    from PIL import Image

    return float(np.asarray(Image.open(io.BytesIO(jpeg)).convert("L")).max())
