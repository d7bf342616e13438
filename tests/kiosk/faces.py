"""Every face that the screen has, for tests that look at them all."""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QMetaObject

from stagebox.kiosk.window import Kiosk
from tests.kiosk.snapshots import alarm, now, recording, session, well
from tests.kiosk.test_report import NOTE, TOLD

OBS = well()["obs"]
DONE = session(phase="done", verdict="flagged", ended_utc=now() - 60, report="/r/a.json")
JOB = {"session_id": "talk-1", "name": "n", "phase": "processing", "step": "prove", "share": 0.62}
SLIDES, MIC = alarm("no_signal", "slides"), alarm("quiet", "mic", "warning")

SNAPSHOTS: dict[str, dict[str, Any]] = {
    "starting": {},
    "idle": well(),
    "recording": recording(),
    "card": recording(program_scene="outro", health=well()["health"] | {"card_on_program": True}),
    "left": recording(health=well()["health"] | {"room_left": True}),
    "speaking": well(health=well()["health"] | {"speaking_unrecorded": True}),
    "alarm": recording(alarms=[SLIDES]),
    "alarms": recording(alarms=[SLIDES, MIC, alarm("disk_low", "disk", "warning")]),
    "seen": recording(alarms=[SLIDES | {"acknowledged": True}, MIC | {"acknowledged": True}]),
    "obs starting": well(obs=OBS | {"link": "connecting", "process": "starting"}, scenes=[], recording=None),
    "obs away": recording(
        obs=OBS | {"link": "down"}, recording=None, alarms=[alarm("obs_down", "obs", age_s=3)]
    ),
    "no devices": well(health=well()["health"] | {"pictures": {}, "sound": {}, "ear": {}}),
    "disk full": well(folder="full", alarms=[alarm("disk_full", "disk")]),
    "stopping": recording(session=session(phase="stopping")),
    "power cut": recording(notice="The computer lost power. This recording goes on in part 2."),
    "processing": well(finished=[session(phase="processing", ended_utc=now())], jobs=[JOB]),
    "done": well(finished=[DONE]),
}
SCREENS = ("live", "sessions", "setup")

Tell = Callable[[dict[str, Any]], None]


def faces(kiosk: Kiosk, tell: Tell) -> Iterator[str]:
    """Bring up each face in turn, and give its name."""
    box, root = kiosk.box, kiosk.view.rootObject()

    def call(what: str) -> None:
        QMetaObject.invokeMethod(root, what)

    for screen in SCREENS:
        box.showScreen(screen)
        for name, snapshot in SNAPSHOTS.items():
            tell(snapshot)
            yield f"{screen}: {name}"
    box.showScreen("sessions")
    for name, told in {"ready": TOLD, "odd": {"trouble": "It cannot be read."}, "note": NOTE}.items():
        box.heard_reports.emit({"talk-1": told if name != "note" else TOLD | {"findings": [NOTE]}})
        tell(SNAPSHOTS["done"])
        box.openReport("talk-1")
        tell(SNAPSHOTS["done"])
        yield f"report: {name}"
    for name in ("processing", "recording"):
        tell(SNAPSHOTS[name])
        yield f"report: {name}"
    box.closeReport()
    box.showScreen("live")
    tell(SNAPSHOTS["alarm"])
    call("openTalk")
    tell(SNAPSHOTS["alarm"])
    yield "keyboard"
    call("closeTalk")
    box.lock()
    tell(SNAPSHOTS["alarm"])
    yield "locked"
    call("openPin")
    tell(SNAPSHOTS["recording"])
    yield "pin"
    call("closePin")
    box.unlock("")
    box.heard_loss.emit("No stagebox answers.")
    box._look()
    yield "gone"
    tell(SNAPSHOTS["recording"])
    box._arrived -= 60
    box._look()
    assert box.stage["face"] == "stale"
    yield "stale"
    tell(SNAPSHOTS["recording"])
