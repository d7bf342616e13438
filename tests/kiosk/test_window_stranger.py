"""A stranger's evening: twelve things to do, by touches read from the screen's words and roles alone.

The real window, real `serve` and real OBS. How many touches each needs stands in docs/touch-screen.md.
"""

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from pydantic import SecretStr

from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.rehearsal.canvas_ladder import SMALLEST
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue
from tests.kiosk.conftest import Finger
from tests.kiosk.stranger import Stranger

pytestmark = pytest.mark.venue

DOCS = Path(__file__).parents[2] / "docs/touch-screen.md"
FIRST, SECOND = "Ada", "Bo"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServingVenue]:
    """A `serve` that points out sooner what was forgotten, and with another folder that was used before."""
    more = "[health.forgotten]\ncard_s = 5.0\n"
    folder = tmp_path_factory.mktemp("serve")
    with Venue() as venue, ServingVenue(venue, folder, more=more, rung=SMALLEST) as served:
        usual = served.client.state()["set_up"]["in_force"]["folder"]
        other = folder / "other"
        other.mkdir()
        for want in ("set_folder", "start_recording", "stop_recording"):
            done = served.client.send(
                {"kind": want, **({"folder": str(other)} if want == "set_folder" else {})}
            )
            assert done["status"] == "done", done
        served.client.wait_for(lambda state: state["session"] is None, 30)
        served.client.send({"kind": "set_folder", "folder": usual})
        yield served


def listed() -> dict[str, int]:
    """The touches that the docs list, by what is done."""
    found = re.findall(r"^\| ([^|]+?) \| (\d+) \|$", DOCS.read_text(), re.MULTILINE)
    return {what: int(touches) for what, touches in found}


class OtherHand:
    """Somebody at OBS itself, who does what should not be done in a talk."""

    def __init__(self, serving: ServingVenue) -> None:
        self._target = ObsTarget(serving.obs["host"], serving.obs["port"], SecretStr(serving.obs["password"]))

    def __call__(self, request: str, **data: Any) -> dict[str, Any]:
        with ObsConnection(self._target, timeout_s=10.0) as obs:
            return dict(obs.request(request, data or None))


@pytest.mark.timeout(1200)
def test_a_stranger_needs_no_more_touches_than_the_docs_list(live: Finger, serving: ServingVenue) -> None:
    person, hand = Stranger(live), OtherHand(serving)

    def now() -> dict[str, Any]:
        return dict(serving.client.state())

    person.task("Name the talk: one touch, its letters, and two")
    person.touch("^Name the talk$")
    person.types(FIRST)
    person.touch("^(Done|Next)$")
    person.touch("^Done$")
    live.wait(lambda: now()["next_talk"]["title"] == FIRST)

    person.task("Record")
    person.touch("^Record$")
    live.wait(lambda: now()["recording"] is True, 30)
    assert now()["session"]["title"] == FIRST
    person.waits("Recording · proven", 90)

    person.task("Show the speaker, and the slides again")
    person.touch("^Speaker$")
    live.wait(lambda: now()["program_scene"] == "speaker", 20)
    person.touch("^Screen$")
    live.wait(lambda: now()["program_scene"] == "screen", 20)

    person.task("The slides go black, and come back")
    serving.venue.slides.black()
    person.waits("Slides: black picture", 60)
    person.touch("^Show Speaker$")
    live.wait(lambda: now()["program_scene"] == "speaker", 20)
    assert not person.reads("Viewers see (its|the) last picture")
    serving.venue.slides.restore()
    person.waits("The slides are back", 60)
    person.touch("^Show Screen$")
    live.wait(lambda: now()["program_scene"] == "screen", 20)

    person.task("Somebody muted the microphone")
    hand("SetInputMute", inputName="stagebox mic", inputMuted=True)
    person.waits("Microphone: muted", 60)
    person.waits("the microphone is muted", 30)
    person.touch("^Switch the sound on$")
    live.wait(lambda: not hand("GetInputMute", inputName="stagebox mic")["inputMuted"], 20)
    live.wait(lambda: not person.reads("muted"), 30)

    person.task("OBS dies")
    before = len(now()["session"]["segments"])
    kill_obs(serving)
    live.wait(lambda: len((now()["session"] or {}).get("segments", ())) > before, 60)
    person.waits("of the talk are missing", 30)
    person.waits("Recording · proven", 90)

    person.task("A title card was left on program")
    hand("SetCurrentProgramScene", sceneName="intermission")
    person.waits("“Intermission” is on program, and the recording runs", 60)
    person.touch("^Show Both$")
    live.wait(lambda: now()["program_scene"] == "combo", 20)

    person.task("Somebody took the slides out of OBS")
    hand("RemoveInput", inputName="stagebox slides")
    person.touch("^Build the scenes again$", 90)
    live.wait(lambda: any("stagebox slides" in str(one) for one in hand("GetInputList")["inputs"]), 60)

    person.task("Go on in another folder")
    person.touch("^Set-up$")
    person.touch("^Room")
    person.touch("^Change the folder$")
    other = next(
        one["path"]
        for one in now()["set_up"]["devices"]["places"]
        if one["path"] != now()["set_up"]["in_force"]["folder"]
    )
    parts = len(now()["session"]["segments"])
    person.touch(f"^{re.escape(other)}$")
    assert now()["set_up"]["in_force"]["folder"] != other, "a second touch confirms it"
    person.touch("^Change it now$")
    live.wait(lambda: len((now()["session"] or {}).get("segments", ())) > parts, 60)
    assert now()["session"]["segments"][-1]["path"].startswith(other)

    person.task("Stop")
    person.touch("^Live$")
    person.hold("^Hold to stop$", lambda: (now()["session"] or {}).get("phase") != "recording")
    live.wait(lambda: now()["session"] is None, 60)

    person.task("See the report")
    person.touch("^Talks$")
    live.wait(lambda: not now()["jobs"], 420)  # a slow computer takes its time to judge
    person.touch(f"^{FIRST}, (Good|Needs a look)")
    person.waits("What was found|Nothing was found", 60)

    person.task("The second talk: one touch, its letters, two, and Record")
    person.touch("^Live$")
    person.touch("^Name the talk$")
    person.types(SECOND)
    person.touch("^(Done|Next)$")
    person.touch("^Done$")
    live.wait(lambda: now()["next_talk"]["title"] == SECOND)
    person.touch("^Record$")
    live.wait(lambda: (now()["session"] or {}).get("title") == SECOND, 30)

    # No more than is listed, and what is listed is not more than it takes.
    assert person.needed == listed()
    live.hold_until_stopped()


def kill_obs(serving: ServingVenue) -> None:
    """As when it crashes."""
    home = str(serving.state_dir)
    for one in psutil.process_iter(["name", "environ"]):
        if one.info["name"] == "obs" and home in (one.info["environ"] or {}).get("HOME", ""):
            one.send_signal(signal.SIGKILL)
