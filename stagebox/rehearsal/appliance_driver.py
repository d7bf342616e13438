"""The appliance as a rehearsal drives it: orders, looks at the snapshot, and waits with deadlines."""

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from stagebox.api.client import Client
from stagebox.model.errors import ApiError, StageboxError
from stagebox.rehearsal.children import VenueProcess
from stagebox.rehearsal.faults import Seen
from stagebox.rehearsal.outcome import AlarmLog, SkipLog

READY_S = 90.0
SCENE_S = 5.0
LOOK_S = 0.1
"""How often the appliance's state is looked at while a scene is on."""


def connect(appliance: VenueProcess, port: int, token: Path) -> Client:
    """A client of the appliance, as soon as it answers. Raises StageboxError when it does not."""
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and appliance.alive():
        with contextlib.suppress(ApiError, OSError):
            client = Client(port, SecretStr(token.read_text().strip()))
            try:
                client.state()
            except ApiError:
                client.close()
                raise
            return client
        time.sleep(LOOK_S)
    how = "did not answer" if appliance.alive() else "ended at its start"
    raise StageboxError(f"The appliance {how}: {appliance.last_words() or 'it said nothing'}")


class ApplianceDriver:
    """One client's view of the appliance; what it sees is kept in `alarms`, `skips` and `segments`."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.alarms = AlarmLog()
        self.skips = SkipLog()
        self.segments: list[str] = []
        self._counts = True

    def begin_talk(self, at_s: float) -> None:
        """The recording has begun at `at_s` (monotonic): alarms and counts of before are not the talk's."""
        self.alarms.begin(at_s)
        self.skips.begin()

    def end_talk(self) -> None:
        """The recording has ended: what OBS leaves out from now on is not the talk's."""
        self.look()
        self._counts = False

    def scene_names(self, appliance: VenueProcess, scenes: Sequence[str]) -> dict[str, str]:
        """The names in OBS of `scenes`, once OBS has them all. Raises StageboxError when it gets none."""
        deadline = time.monotonic() + READY_S
        there: dict[str, str] = {}
        while time.monotonic() < deadline and appliance.alive():
            state = self.client.state()
            there = {str(name).casefold(): str(name) for name in state["scenes"]}
            if state["obs"]["link"] == "up" and all(scene in there for scene in scenes):
                return there
            time.sleep(LOOK_S)
        absent = ", ".join(scene for scene in scenes if scene not in there)
        words = appliance.last_words()
        raise StageboxError(f"OBS did not become ready with its scenes (absent: {absent}). {words}".strip())

    def look(self) -> Seen:
        """What the appliance tells now; None when it does not answer."""
        try:
            state = self.client.state()
        except ApiError:
            return None
        self.alarms.note(state["alarms"], time.monotonic())
        if self._counts:
            self.skips.note(state)
        for segment in (state.get("session") or {}).get("segments", ()):
            self._keep(segment)
        return state

    def watch(self, until_s: float) -> None:
        """Look again and again until this monotonic time."""
        while time.monotonic() < until_s:
            self.look()
            time.sleep(max(0.0, min(LOOK_S, until_s - time.monotonic())))

    def until(self, done: Callable[[Seen], bool], timeout_s: float) -> bool:
        """Look until `done` is true of what is seen; False when `timeout_s` has passed first."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if done(self.look()):
                return True
            time.sleep(LOOK_S)
        return False

    def time_from_now(self) -> None:
        """Alarms are timed from now: the talk begins, or the fault."""
        self.alarms.zero_s = time.monotonic()

    def settle(self, timeout_s: float) -> None:
        """Wait until nothing is wrong: a fault is timed from calm, and a talk begins with it."""
        self.until(calm, timeout_s)

    def switch(self, scene: str) -> None:
        """Put a scene on program. Raises StageboxError when it is not confirmed."""
        self.order({"kind": "switch_scene", "scene": scene}, timeout_s=SCENE_S)

    def order(self, want: dict[str, Any], timeout_s: float = 30.0) -> None:
        """Have something done. Raises StageboxError when it was not."""
        answer = self.client.send(want, origin="rehearsal", timeout_s=timeout_s)
        if answer["status"] != "done":
            detail = answer.get("detail") or "it did not say why"
            raise StageboxError(f"The appliance did not do {want['kind']}: {answer['status']}, {detail}.")

    def finished(self, session: str, timeout_s: float) -> dict[str, Any]:
        """Wait until the session is processed, and return it as the snapshot tells of it.

        Raises StageboxError when that takes longer than `timeout_s`.
        """
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            for done in (self.look() or {"finished": ()})["finished"]:
                if done["id"] == session and done["phase"] == "done":
                    for segment in done["segments"]:
                        self._keep(segment)
                    return dict(done)
            time.sleep(LOOK_S)
        raise StageboxError(f"The session {session} was not processed in {timeout_s:.0f} s.")

    def _keep(self, segment: dict[str, Any]) -> None:
        if segment.get("path") and segment["path"] not in self.segments:
            self.segments.append(segment["path"])


def codes(seen: Seen) -> set[str]:
    """The codes of the alarms that are up."""
    return {str(alarm["code"]) for alarm in (seen or {}).get("alarms", ())}


def calm(seen: Seen) -> bool:
    """Whether nothing is wrong; what is only noted is not."""
    return seen is not None and all(alarm["level"] == "note" for alarm in seen["alarms"])
