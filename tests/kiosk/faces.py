"""Every face that the screen has, for tests that look at them all."""

import time
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from PySide6.QtCore import QMetaObject, QObject
from PySide6.QtQuick import QQuickItem

from stagebox.kiosk.window import Kiosk
from tests.kiosk.tree import below
from tests.views.schedules import TOLD_SCHEDULE, ledger, moments, with_files
from tests.views.snapshots import alarm, now, recording, session, well, with_box
from tests.views.test_report import NOTE, TOLD

OBS = well()["obs"]
DONE = session(phase="done", verdict="flagged", ended_utc=now() - 60, report="/r/a.json")
JOB = {"session_id": "talk-1", "name": "n", "phase": "processing", "step": "prove", "share": 0.62}
SLIDES, MIC = alarm("no_signal", "slides"), alarm("quiet", "mic", "warning")


def streaming(phase: str, *, recorded: bool = True, **health: Any) -> dict[str, Any]:
    """A room whose stream is in this phase."""
    snapshot = recording() if recorded else well()
    snapshot["stream"] |= {"phase": phase, "wanted": phase != "off", "live_s": 1934.0}
    state = {"state": "fine", "words": "", "bitrate_kbps": 2981.0} | health
    return snapshot | {"streaming": phase == "live", "health": snapshot["health"] | {"stream": state}}


def offering(snapshot: dict[str, Any], remedy: str, code: str, role: str) -> dict[str, Any]:
    """The same with an alarm that a remedy is offered for."""
    offers = [{"remedy": remedy, "role": role, "asks": True, "words": "Why."}]
    return snapshot | {
        "alarms": [alarm(code, role)],
        "health": snapshot["health"] | {"offers": offers},
    }


SNAPSHOTS: dict[str, dict[str, Any]] = {
    "starting": {},
    "idle": well(),
    "recording": recording(),
    "card": recording(program_scene="outro", health=well()["health"] | {"card_on_program": True}),
    "left": recording(health=well()["health"] | {"room_left": True}),
    "speaking": well(health=well()["health"] | {"speaking_unrecorded": True}),
    "alarm": recording(alarms=[SLIDES]),
    "alarms": recording(alarms=[SLIDES, MIC, alarm("disk_low", "disk", "warning")]),
    "alarms and a notice": recording(
        alarms=[SLIDES, MIC], notice="The computer lost power. This recording goes on in part 2."
    ),
    "seen": recording(alarms=[SLIDES | {"acknowledged": True}, MIC | {"acknowledged": True}]),
    "obs starting": well(obs=OBS | {"link": "connecting", "process": "starting"}, scenes=[], recording=None),
    "obs away": recording(
        obs=OBS | {"link": "down"}, recording=None, alarms=[alarm("obs_down", "obs", age_s=3)]
    ),
    "no devices": well(health=well()["health"] | {"pictures": {}, "sound": {}, "ear": {}}),
    "disk full": well(folder="full", alarms=[alarm("disk_full", "disk")]),
    "obs stuck": offering(recording(), "replace_obs", "obs_stuck", "obs"),
    "live": streaming("live"),
    "stream slow": offering(streaming("live", state="warning"), "stop_stream", "stream_slow", "stream"),
    "stream failed": streaming("failed", recorded=False, state="critical"),
    "stopping": recording(session=session(phase="stopping")),
    "power cut": recording(notice="The computer lost power. This recording goes on in part 2."),
    "nothing chosen": well(
        set_up=well()["set_up"]
        | {
            "in_force": well()["set_up"]["in_force"]
            | {role: {"kind": "none"} for role in ("slides", "camera", "mic")}
        }
    ),
    "no microphone": well(
        set_up=well()["set_up"] | {"in_force": well()["set_up"]["in_force"] | {"mic": {"kind": "none"}}}
    ),
    "processing": well(finished=[session(phase="processing", ended_utc=now())], jobs=[JOB]),
    "done": well(finished=[DONE]),
}
STREAM_SET_UP: dict[str, dict[str, Any]] = {
    "key kept": well(),
    "no key": well(
        stream=well()["stream"]
        | {"has_key": False, "target": "Twitch", "problem": "There is no stream key.", "remedy": "Type it."}
    ),
    "no target": well(stream=well()["stream"] | {"target": "", "has_key": False}),
    "lost": streaming("reconnecting", recorded=False, state="critical"),
}
SCREENS = ("live", "sessions", "setup")

Tell = Callable[[dict[str, Any]], None]


def faces(kiosk: Kiosk, tell: Tell) -> Iterator[str]:
    """Bring up each face in turn, and give its name."""
    box, root = kiosk.box, kiosk.view.rootObject()

    def call(what: str) -> None:
        QMetaObject.invokeMethod(root, what)

    # Somebody has been in the guide: it does not come by itself any more, and has faces of its own below.
    box.openGuide()
    for screen in SCREENS:
        box.showScreen(screen)
        for name, snapshot in SNAPSHOTS.items():
            tell(snapshot)
            yield f"{screen}: {name}"
    yield from schedule_faces(kiosk, tell)
    yield from guide_faces(kiosk, tell, only=("unset", "on air"))
    yield from button_box_faces(kiosk, tell)
    yield from stream_pages(kiosk, tell)
    yield from schedule_pages(kiosk, tell)
    yield from planned_faces(kiosk, tell)
    yield from keyboards(kiosk, tell)
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


def schedule_faces(kiosk: Kiosk, tell: Tell) -> Iterator[str]:
    """The live screen at each moment of a day by schedule."""
    kiosk.box.showScreen("live")
    for name, snapshot in moments(time.time()).items():
        tell(snapshot)
        yield f"live: schedule, {name}"


GUIDE_STEPS = ("slides", "camera", "mic", "room", "folder", "check")
NO_MIC = {
    "check": "mic",
    "title": "Microphone",
    "level": "broken",
    "summary": "No microphone is chosen.",
    "remedy": "Choose one: the talk has no sound.",
    "target": "setup/sources/mic",
}


def without(*roles: str, **changes: Any) -> dict[str, Any]:
    """A room where these roles have no device; `changes` are to what Set-up tells."""
    snapshot = well()
    for role in roles:
        snapshot["set_up"]["in_force"][role] = {"kind": "none", "device": ""}
    snapshot["set_up"].update(changes)
    return snapshot


def guide_faces(kiosk: Kiosk, tell: Tell, only: tuple[str, ...] = ()) -> Iterator[str]:
    """Each step of the guide, in all of its states or in `only` some; its check as it goes on."""
    box = kiosk.box
    tell(well())
    box.openGuide()
    devices = well()["set_up"]["devices"]
    nothing_there = {"devices": devices | {"video": [], "audio": []}}
    looking = {"devices": None, "asked": [{"kind": "look_for_devices", "target": ""}]}
    roles = ("slides", "camera", "mic")
    for step in GUIDE_STEPS:
        box.guideTo(step)
        for name, snapshot in {
            "set": well(),
            "unset": without(*roles),
            "nothing there": without(*roles, **nothing_there),
            "looking": without(*roles, **looking),
            "starting": without(*roles) | {"obs": OBS | {"link": "connecting"}, "recording": None},
            "on air": recording(),
        }.items():
            if not only or name in only:
                tell(snapshot)
                yield f"setup: guide {step}, {name}"
    for name, checklist in {
        "speak": {"running": True, "speak_s": 4.0, "lines": [NO_MIC]},
        "done": {"running": False, "speak_s": 0.0, "lines": [NO_MIC]},
    }.items():
        tell(without("mic", checklist=checklist))
        yield f"setup: guide check, {name}"
    tell(well())
    box.guideTo("slides")
    box.showScreen("live")


def button_box_faces(kiosk: Kiosk, tell: Tell) -> Iterator[str]:
    """Set-up's page of the button box, from no box at all to a button that was given something to do."""
    box, root = kiosk.box, kiosk.view.rootObject()
    sent: list[str] = []
    before = box._send
    box.connect_to(lambda intent_id, want: sent.append(intent_id) or True)
    box.showScreen("setup")
    pages = root.findChild(QObject, "setup-pages")
    pages.setProperty("page", "buttons")

    def face(name: str, snapshot: dict[str, Any]) -> str:
        tell(snapshot)
        assert box.buttonBox["face"] == name, box.buttonBox
        return f"setup: button box {name}"

    def answer(status: str, words: str = "") -> dict[str, Any]:
        fate = {"intent_id": sent[-1], "kind": "set_button", "status": status, "detail": words}
        return with_box() | {"answers": [fate]}

    learned = {"box": "left", "button": 3, "number": 1}
    nothing_told = well()
    del nothing_told["health"]["button_box"]
    yield face("unknown", nothing_told)
    yield face("none", with_box(states=(), wanted=False))
    lost = {
        "words": "The button box “left” is not there, but another one is: right.",
        "remedy": "Check its cable.",
    }
    yield face("gone", with_box(states=("gone",), state="warning", **lost))
    yield face("choose", with_box())
    box.teachButton("scene speaker")
    yield face("asking", with_box())
    yield face("waiting", with_box(learning=True))
    yield face("waiting", with_box(states=("gone",), state="warning", learning=True)) + " and gone"
    yield face("silent", with_box())
    box.teachAgain()
    yield face("learned", with_box(learned=learned))
    box.saveButton()
    yield face("saving", with_box(learned=learned))
    why = "stagebox.toml, line 12: “3” is no button or lamp; write its number from 1 to 16. Correct the file."
    yield face("refused", answer("refused", why))
    box.teachAgain()
    tell(with_box(learned=learned | {"number": 2}))
    box.saveButton()
    yield face("done", answer("done"))
    box.leaveButton()
    pages.setProperty("page", "sources")
    box.connect_to(before)


def stream_pages(kiosk: Kiosk, tell: Tell) -> Iterator[str]:
    """Where the stream goes: told, and typed."""
    pages = next(one for one in below(kiosk.view.rootObject()) if one.objectName() == "setup-pages")
    pages.setProperty("page", "stream")
    for name, snapshot in STREAM_SET_UP.items():
        tell(snapshot)
        yield f"setup: stream, {name}"
    pages.setProperty("page", "sources")


def schedule_pages(kiosk: Kiosk, tell: Tell) -> Iterator[str]:
    """Set-up's page of the schedule: how it is, and each way to another one."""
    box = kiosk.box
    box.showScreen("setup")
    pages = named(kiosk.view.rootObject(), "setup-pages")
    pages.setProperty("page", "schedule")
    told = moments(time.time())
    for name in (
        "no schedule",
        "not this room",
        "nothing in this room",
        "before the first",
        "old",
        "never had",
    ):
        tell(told[name])
        yield f"setup: schedule, {name}"
    for mode, name in product(("room", "files", "list"), ("not this room", "never had")):
        named(pages, "schedule-page").setProperty("mode", mode)
        box.heard_schedule.emit(TOLD_SCHEDULE)
        tell(told[name] | with_files())
        yield f"setup: schedule {mode}, {name}"
    box.typeTalk("10:00 Opening", "Ada Example")
    box.typeTalk("Nobody knows when", "")
    tell(told["no schedule"])
    yield "setup: schedule list, typed"
    for index in (1, 0):
        box.dropTalk(index)
    named(pages, "schedule-page").setProperty("mode", "")
    pages.setProperty("page", "sources")


def planned_faces(kiosk: Kiosk, tell: Tell) -> Iterator[str]:
    """Today's talks by the schedule: before they are told, in their list, and one of them open."""
    box = kiosk.box
    told = moments(time.time())["recording"]
    tell(told)
    box.showScreen("sessions")
    tell(told)
    screen = named(kiosk.view.rootObject(), "sessions-screen")
    screen.setProperty("planned", True)
    box.heard_schedule.emit({})
    tell(told)
    yield "sessions: schedule is read"
    box.heard_schedule.emit(TOLD_SCHEDULE)
    tell(told)
    yield "sessions: schedule, nothing today"
    box.heard_schedule.emit(ledger(time.time()))
    tell(told)
    yield "sessions: schedule, a day"
    for key in ("k2", "k3"):
        named(screen, "planned-talks").setProperty("open", key)
        tell(told)
        yield f"sessions: schedule, {key} open"
    named(screen, "planned-talks").setProperty("giving", True)
    given = session(id="odd", title="", origin="obs", phase="done", asked_utc=time.time() - 5)
    tell(told | {"finished": [given]})
    yield "sessions: schedule, which recording"
    named(screen, "planned-talks").setProperty("giving", False)
    sheet = named(screen, "planned-sheet")
    sheet.setProperty("visible", True)
    tell(told)
    yield "keyboard: planned talk"
    sheet.setProperty("visible", False)
    named(screen, "planned-talks").setProperty("open", "")
    screen.setProperty("planned", False)


def named(item: QQuickItem, name: str) -> QQuickItem:
    """The item of this name in another, visible or not."""
    return next(one for one in _all(item) if one.objectName() == name)


def _all(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _all(child)


KEYBOARDS = (
    ("stream", "target"),
    ("stream", "key"),
    ("room", "names"),
    ("room", "folder"),
    ("schedule", "address"),
    ("schedule", "line"),
)


def keyboards(kiosk: Kiosk, tell: Tell) -> Iterator[str]:
    """Every place where somebody types: in peace, and while all there is to say is said above it."""
    box, root = kiosk.box, kiosk.view.rootObject()
    pages = named(root, "setup-pages")

    def told(name: str) -> Iterator[str]:
        for more in ("recording", "alarm", "alarms and a notice"):
            tell(SNAPSHOTS[more])
            yield f"keyboard: {name}, {more}"
        box.heard_loss.emit("No stagebox answers.")
        box._look()
        yield f"keyboard: {name}, gone too"
        tell(SNAPSHOTS["recording"])

    box.showScreen("setup")
    for page, name in KEYBOARDS:
        pages.setProperty("page", page)
        tell(SNAPSHOTS["idle"])
        if page == "stream":
            sheet = named(pages, "stream-page")
            sheet.setProperty("field", name)
        else:
            sheet = named(pages, f"{name}-sheet")
            sheet.setProperty("visible", True)
        yield from told(name)
        sheet.setProperty(*(("field", "") if page == "stream" else ("visible", False)))
    pages.setProperty("page", "sources")
    box.showScreen("live")
    tell(SNAPSHOTS["idle"])
    QMetaObject.invokeMethod(root, "openTalk")
    yield from told("talk")
    QMetaObject.invokeMethod(root, "closeTalk")
