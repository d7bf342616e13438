"""A first start by touches alone: `stagebox kiosk` in an empty folder, to a first talk that is proven.

No settings file, no terminal, nothing set up. The screen, `serve` and OBS are processes of their own; the
finger presses where the buttons are.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtGui import QGuiApplication

from stagebox.api.client import Client
from stagebox.model.errors import ApiError
from stagebox.model.settings import Settings
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.venue import HEIGHT, WIDTH, Venue
from tests.kiosk.screen_finger import ScreenFinger, Twin, client_of

pytestmark = pytest.mark.venue

PACE_S = 2.0
"""A person's pace: one touch every two seconds."""
MOST_TOUCHES = 12
GOAL_S = 120.0
SLACK = 3.0
"""Two busy cores draw OBS's canvas without a GPU: the figure is printed, and loosely held."""
HANDHELD = "handheld"


class Volunteer:
    """Somebody at the screen: sees what is there, touches it, and waits in between."""

    def __init__(self, twin: Twin, finger: ScreenFinger, state: Path, port: int) -> None:
        self._twin, self._finger, self._state, self._port = twin, finger, state, port
        self._client: Client | None = None
        self._next_touch = 0.0

    def snapshot(self) -> dict[str, Any]:
        """What `serve` tells now; empty before it answers."""
        try:
            self._client = self._client or client_of(self._state, self._port)
            return self._client.state() if self._client is not None else {}
        except ApiError:
            return {}

    def close(self) -> None:
        """Look no more."""
        if self._client is not None:
            self._client.close()

    def memory(self) -> dict[str, Any]:
        """What the screen remembers."""
        try:
            found: dict[str, Any] = json.loads((self._state / "kiosk.json").read_text())
            return found
        except (OSError, ValueError):
            return {}

    def step(self) -> str:
        """The guide's step on screen."""
        return str(self.memory().get("guide", {}).get("step", ""))

    def wait(self, ready: Callable[[dict[str, Any]], object], timeout_s: float) -> dict[str, Any]:
        """Look until it is so; returns what was seen then."""
        seen: dict[str, Any] = {}

        def is_so() -> bool:
            nonlocal seen
            seen = self.snapshot()
            return bool(seen) and bool(ready(seen))

        assert wait_until(is_so, timeout_s), (
            self.memory(),
            {key: seen.get(key) for key in ("session", "jobs", "finished", "alarms", "answers")},
        )
        # A person touches what the screen shows, and `serve` knew it before the screen drew it.
        self._next_touch = max(self._next_touch, time.monotonic() + PACE_S)
        return seen

    def touch(
        self, name: str, until: Callable[[dict[str, Any]], object] | None = None, timeout_s: float = 60.0
    ) -> None:
        """Touch what is called so, as soon as it takes a touch, and no sooner than a person would.

        `until`: hold it until the box says that it does what is asked, as a person does.
        """
        deadline = time.monotonic() + timeout_s
        while (at := self._twin.look(self.snapshot(), name)) is None:
            assert time.monotonic() < deadline, f"{name} takes no touch: {self.memory()}"
        while (left_s := self._next_touch - time.monotonic()) > 0:
            time.sleep(left_s)  # a person's pace is what is tested
        self._finger.down(*at)
        if until is not None:
            held = wait_until(lambda: bool(until(self.snapshot())), 20)
            assert held, f"{name} was held for nothing: {self.memory()}"
        self._finger.up()
        self._next_touch = time.monotonic() + PACE_S


@contextlib.contextmanager
def kiosk_in(folder: Path, venue: Venue) -> Iterator["subprocess.Popen[bytes]"]:
    """`stagebox kiosk` over the whole of the venue's screen, in an empty folder."""
    env = venue.env() | {"QT_QUICK_BACKEND": "software"}
    log = folder.parent / "kiosk.log"
    with log.open("wb") as words:
        kiosk = subprocess.Popen(
            [sys.executable, "-m", "stagebox", "kiosk"], cwd=folder, env=env, stdout=words, stderr=words
        )
        try:
            yield kiosk
        finally:
            kiosk.terminate()
            kiosk.wait(20)
            end_serve(venue.home)


def end_serve(home: Path) -> None:
    """End the `serve` that the kiosk started, and the OBS that outlives it."""
    lock = state_of(home) / "serve.lock"
    running = [
        one
        for one in psutil.process_iter(["environ"])
        if (one.info["environ"] or {}).get("HOME", "").startswith(str(home))
    ]
    with contextlib.suppress(OSError, ValueError):
        os.kill(int(lock.read_text()), signal.SIGTERM)
    _, alive = psutil.wait_procs(running, 20)
    for one in alive:
        with contextlib.suppress(psutil.Error):
            one.kill()


def state_of(home: Path) -> Path:
    return home / ".local" / "state" / "stagebox"


def is_chosen(seen: dict[str, Any], role: str) -> bool:
    return bool(seen["set_up"]["in_force"][role]["kind"] != "none") and not seen["set_up"]["asked"]


@pytest.mark.timeout(600)
def test_from_an_empty_folder_to_a_proven_talk_by_touches_alone(
    application: QGuiApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = Settings().api.port
    folder = tmp_path / "empty"
    folder.mkdir()
    with Venue() as venue:
        plug_in_a_microphone(venue)
        state = state_of(venue.home)
        began = time.monotonic()
        with (
            kiosk_in(folder, venue),
            ScreenFinger(venue.env()) as finger,
            contextlib.ExitStack() as at_the_end,
        ):
            twin = Twin(application, state / "kiosk.json", tmp_path, (WIDTH, HEIGHT))
            person = Volunteer(twin, finger, state, port)
            at_the_end.callback(person.close)
            # It comes by itself, and Record is there at once.
            person.wait(lambda seen: seen["obs"]["link"] == "up" and seen["set_up"]["devices"], 90)
            assert person.memory()["screen"] == "guide"
            obs_s = time.monotonic() - began
            # No capture card is in this venue: the slides are on this computer's screen.
            person.touch("choice-x11")
            person.wait(lambda seen: is_chosen(seen, "slides"), 60)
            person.touch("guide-next")
            assert wait_until(lambda: person.step() == "camera", 10)
            person.touch("guide-skip")
            # The microphone is offered by itself, and one touch confirms it.
            person.wait(lambda seen: is_chosen(seen, "mic"), 60)
            assert person.snapshot()["set_up"]["in_force"]["mic"]["device"] == HANDHELD
            person.touch("guide-next")
            assert wait_until(lambda: person.step() == "room", 10)
            person.touch("guide-next")
            assert wait_until(lambda: person.step() == "folder", 10)
            person.touch("guide-next")
            assert wait_until(lambda: person.step() == "check", 10)
            person.touch("guide-next")
            checked = person.wait(
                lambda seen: (
                    (seen["set_up"]["checklist"] or {}).get("lines")
                    and not seen["set_up"]["checklist"]["running"]
                ),
                200,
            )
            person.touch("guide-next")
            assert wait_until(lambda: person.memory()["screen"] == "live", 10)
            assert person.memory()["guide"]["state"] == "finished"
            person.touch("record-start")
            person.wait(lambda seen: seen["recording"] is True, 60)
            proven = person.wait(lambda seen: seen["health"]["proof"]["state"] == "green", 90)
            took_s = time.monotonic() - began
            person.touch(
                "record-stop", until=lambda seen: seen and (seen["session"] or {}).get("phase") != "recording"
            )
            done = person.wait(
                lambda seen: seen["finished"] and not seen["jobs"] and not seen["session"], 180
            )
            lines = {one["check"]: one["level"] for one in checked["set_up"]["checklist"]["lines"]}
            with capsys.disabled():
                verdict = done["finished"][0]["verdict"]
                sys.stdout.write(
                    f"\nfirst start: {finger.touches} touches, OBS after {obs_s:.0f} s, proven after "
                    f"{took_s:.0f} s; the talk's verdict: {verdict}\n"
                )
            assert finger.touches <= MOST_TOUCHES
            assert took_s < GOAL_S * SLACK
            assert done["finished"][0]["verdict"] in ("ok", "flagged")
            assert lines["mic"] in ("good", "look", "note")
            assert proven["health"]["proof"]["state"] == "green"


def plug_in_a_microphone(venue: Venue) -> None:
    """A microphone beside the room's own, as PulseAudio knows them."""
    arguments = ["module-remap-source", "master=room.monitor", f"source_name={HANDHELD}"]
    subprocess.run(
        ["pactl", "load-module", *arguments], env=venue.env(), check=True, capture_output=True, timeout=20
    )
