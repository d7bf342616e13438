"""The touch screen's states, for pictures of them: what `serve` would send, and something for the tiles."""

import copy
import math
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gallery_guide import fresh, guide_states, unset_states
from gallery_pictures import drawn_tiles, slides_lost
from PIL import Image
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from stagebox import resources
from stagebox.doctor.result import CheckLevel, CheckResult, checked
from stagebox.doctor.sound import judge
from stagebox.doctor.trap_remedies import for_no_picture
from stagebox.doctor.traps import TrapSigns
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk, load_language, make_application
from stagebox.messages.code_catalogue import say_live
from stagebox.model.report import Code
from stagebox.model.said import as_json, said_of
from stagebox.model.settings import VideoSource
from tests.kiosk.faces import button_box_faces, keyboards, planned_faces, schedule_pages, stream_pages
from tests.views import snapshots
from tests.views.schedules import moments
from tests.views.snapshots import alarm, session, with_box

DARK = (
    "unset",
    "unset-alarms",
    "setup-unset",
    "setup-choose-no-obs",
    "guide-obs-starting",
    "obs-lost",
    "obs-starting",
)
"""States in which OBS has no picture to show."""
SIZES = ((1366, 768), (1920, 1080), (1024, 600))
IN_DOCS = (
    "live",
    "schedule-over-run",
    "alarm",
    "sessions",
    "report",
    "setup",
    "guide-1-slides",
    "guide-3-mic",
    "unset-mic",
)


def well(**changes: Any) -> dict[str, Any]:
    """A room where nothing is wrong, with a button box."""
    room = snapshots.well(**changes)
    room["health"].setdefault("button_box", {}).update(with_box()["health"]["button_box"])
    return room


def recording(**changes: Any) -> dict[str, Any]:
    """The same while a talk is recorded."""
    return well(**snapshots.RECORDING | {"session": session()} | changes)


def states(utc: float) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each state: its name, the screen it is looked at on, and the snapshot."""
    obs = well()["obs"]
    down = obs | {"link": "down", "fault": "absent", "process": "exited", "fps": None}
    starting = obs | {"link": "connecting", "process": "starting", "fps": None}
    talks = [
        session(
            id="4", title="Types for everyone", speaker="Speaker Four", phase="processing",
            asked_utc=utc - 2400,
            started_utc=utc - 2400, ended_utc=utc - 30, elapsed_s=2352.0,
        ),
        session(
            id="3", title="Profiling in production", speaker="Speaker Three", phase="done", verdict="ok",
            asked_utc=utc - 6000, started_utc=utc - 6000, ended_utc=utc - 3510, elapsed_s=2490.0,
            summary="The MP4 is proven: nothing was lost.", report="/r/3.json",
        ),
        session(
            id="2", title="Pattern matching, compiled", phase="done", verdict="flagged", asked_utc=utc - 3291,
            started_utc=utc - 3291, ended_utc=utc - 600, elapsed_s=2691.0,
            summary="The slides were black from 0:09:50 to 0:13:55.",
        ),
        session(
            id="1", title="Keynote: the next ten years", speaker="Speaker Two", phase="done",
            verdict="failed",
            asked_utc=utc - 14000, started_utc=utc - 14000, ended_utc=utc - 11178, elapsed_s=2822.0,
        ),
    ]  # fmt: skip
    job = {"session_id": "4", "name": "talk", "phase": "processing", "step": "prove", "share": 0.62}
    silent = alarm("silent", "mic", "warning", 22) | {
        "message": "The microphone has been silent for 22 s.",
        "remedy": "Is it switched on? Look at its battery.",
    }
    signal = alarm("no_signal", "slides") | {
        "message": "The laptop stopped sending a picture.",
        "remedy": "Is its HDMI cable in? Ask the speaker to press Win + P, Duplicate.",
    }
    gone = alarm("obs_down", "obs", "critical", 3) | {
        "message": "OBS does not answer.",
        "remedy": "Wait for it to come back; if it does not, restart the computer.",
    }
    full = alarm("disk_full", "disk", "critical", 40) | {
        "message": "Only 1.2 GB are free for /media/talks.",
        "remedy": "Free some room, or choose another folder: Set-up, Room and disk.",
    }
    card = well()["health"] | {"card_on_program": True}
    no_sources = well()["health"] | {"pictures": {}, "sound": {}, "ear": {}}
    no_obs = no_sources | {"obs": {"state": "critical", "words": ""}, "proof": {"state": "red", "words": ""}}
    no_room = well()["health"] | {
        "disk": {"state": "critical", "words": ""},
        "machine": well()["health"]["machine"] | {"disk_minutes_left": 0.0},
    }
    yield "starting", "live", {}
    for name, told in moments(utc).items():
        yield f"schedule-{name.replace(' ', '-').replace(',', '')}", "live", told
    yield "idle", "live", well()
    yield "live", "live", recording()
    yield "alarm", "live", recording(alarms=[signal])
    yield "alarms", "live", recording(alarms=[signal, silent])
    yield "alarm-seen", "live", recording(alarms=[signal | {"acknowledged": True}])
    yield "hint", "live", recording(program_scene="intermission", health=card)
    yield "hint-speaking", "live", well(health=well()["health"] | {"speaking_unrecorded": True})
    yield "obs-starting", "live", well(obs=starting, scenes=[], recording=None, health=no_sources)
    yield "obs-lost", "live", recording(obs=down, recording=None, alarms=[gone], health=no_obs)
    yield "no-devices", "live", well(health=no_sources)
    yield "disk-full", "live", well(folder="full", alarms=[full], health=no_room)
    yield "stopping", "live", recording(session=session(phase="stopping"))
    yield "recovered", "live", recording(notes=[LOST_POWER])
    paused = alarm("paused", "recording", "warning", 75) | {
        "message": "Paused in OBS: nothing is recorded until it goes on.",
        "remedy": "Touch “Go on recording”.",
    }
    yield "paused", "live", recording(session=session(paused=True), alarms=[paused])
    foreign = alarm("scenes_gone", "scenes", "critical", 12) | {
        "message": "stagebox's scenes are gone: another scene collection is open in OBS (“Church”).",
        "remedy": "Touch “Back to stagebox's scenes”.",
    }
    offer = {"remedy": "open_collection", "role": "scenes", "asks": True, "words": ""}
    yield (
        "foreign-scenes",
        "live",
        recording(scenes=["Welcome"], alarms=[foreign], health=well()["health"] | {"offers": [offer]}),
    )
    by_hand = session(title="", speaker="", origin="obs")
    yield "by-hand", "live", recording(session=by_hand)
    yield "sessions", "sessions", well(finished=talks[1:], session=None, jobs=[job]) | {"talk": talks[0]}
    yield "sessions-none", "sessions", well()
    yield "report", "sessions", well(finished=talks[1:]) | {"report": "2"}
    yield (
        "report-loading",
        "sessions",
        well(finished=[talks[1] | {"id": "5", "report": "/r.json"}]) | {"report": "5"},
    )
    yield "report-busy", "sessions", well(finished=talks[1:], jobs=[job]) | {"talk": talks[0], "report": "4"}
    yield "report-failed", "sessions", well(finished=talks[1:]) | {"report": "1"}
    yield "setup", "setup", well()
    yield "setup-no-devices", "setup", without_devices()
    yield from set_up_states()
    yield from unset_states()
    yield from guide_states()


def set_up_states() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Set-up: choosing a device, on air and off, the room, and the checklist in its states."""
    set_up = well()["set_up"]
    looking = set_up | {"devices": None, "asked": [{"kind": "look_for_devices", "target": ""}]}
    yield "setup-choose", "setup/sources/slides", well()
    yield "setup-choose-mic", "setup/sources/mic", well()
    yield "setup-choose-looking", "setup/sources/camera", well(set_up=looking)
    yield "setup-choose-none", "setup/sources/camera", without_devices()
    yield (
        "setup-choose-no-obs",
        "setup/sources/slides",
        well(
            obs=well()["obs"] | {"link": "down"},
            recording=None,
            health=well()["health"] | {"pictures": {}, "sound": {}, "ear": {}},
        ),
    )
    yield "setup-choose-on-air", "setup/sources/slides!", recording()
    yield "setup-choose-asked", "setup/sources/slides?", well()
    refused = {"code": "folder_refused", "facts": {"folder": "/media/usb/talks"}, "words": ""}
    yield "setup-refused", "setup/room", well(notes=[refused])
    yield "setup-room", "setup/room", well()
    yield "setup-room-recording", "setup/room", recording()
    yield "setup-folder", "setup/room/folder", well()
    yield "setup-names", "setup/room/names", well()
    yield "setup-check", "setup/check", well()
    for name, count, running, speak_s in (
        ("running", 4, True, 0.0), ("speak", 6, True, 4.0), ("done", 10, False, 0.0),
    ):  # fmt: skip
        told = {"running": running, "speak_s": speak_s, "lines": told_lines(CHECKED[:count])}
        room = well(set_up=set_up | {"checklist": told})
        yield f"setup-check-{name}", "setup/check", room | {"said": SAID}


def without_devices() -> dict[str, Any]:
    """A box into which nothing is plugged, so that nothing is chosen either."""
    return fresh(devices=well()["set_up"]["devices"] | {"video": [], "audio": []})


UNPLUGGED = TrapSigns()
CARD = VideoSource(kind="v4l2", device="/dev/video0")
CHECKED = (
    checked("ffmpeg", CheckLevel.GOOD, "good", version="5.1"),
    checked("folder_folder", CheckLevel.GOOD, "good", folder="/media/talks/flv", rate_bytes=412e6),
    checked("disk", CheckLevel.GOOD, "room", free_bytes=96e9, room_s=126_000.0),
    CheckResult("clock", CheckLevel.NOTE, *say_live(Code.CLOCK_UNSYNCED, "unsynced")),
    checked("obs", CheckLevel.GOOD, "good", version="29.0.2"),
    checked("scenes", CheckLevel.GOOD, "scenes", n=6),
    checked("slides", CheckLevel.LOOK, "card", help=for_no_picture(CARD, UNPLUGGED)),
    checked("camera", CheckLevel.GOOD, "seen"),
    judge((-8.0, -90.0)),
    checked("recording", CheckLevel.GOOD, "good", length_s=2.1),
)
"""The doctor's list, as it makes it."""


def told_lines(results: Sequence[CheckResult]) -> list[dict[str, str]]:
    """The lines as `serve` tells them."""
    names = ("check", "title", "summary", "remedy", "target")
    return [{name: getattr(one, name) for name in names} | {"level": str(one.level)} for one in results]


SAID = {
    str(words): as_json(said_of(words)) | {"words": str(words)}
    for one in CHECKED
    for words in (one.summary, one.remedy)
    if words
}
"""What the sentences of the list are made of."""


def write_all(folder: Path) -> None:
    """Every state in every size and language; keyboards, the lock, and a screen that lost its appliance."""
    studio = Studio(folder)
    for size in SIZES:
        studio.photograph(size)
        studio.photograph(size, language="cs", prefix="cs-")


def write_for_docs(folder: Path) -> None:
    """The few that the documents show."""
    Studio(folder).photograph(SIZES[0], only=IN_DOCS, prefix="kiosk-")


class Studio:
    """Makes windows and takes their pictures. Needs no screen."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._application: QGuiApplication = make_application()
        self._tiles = drawn_tiles()
        self._without_slides = slides_lost()
        self._told = 1000
        self._asking = False

    def photograph(
        self,
        size: tuple[int, int],
        *,
        only: tuple[str, ...] = (),
        language: str = "en",
        prefix: str = "",
    ) -> None:
        """Write the states (or `only` some) at one size, in one language."""
        ui = resources.folder("ui")
        words, _translator = load_language(language)
        with tempfile.TemporaryDirectory() as memory:
            box = KioskController(
                memory_file=Path(memory) / "kiosk.json",
                pin="1",
                translate=words,
                language=words.code,
            )
            self._looks: list[str] = []
            box.connect_to(self._take)
            kiosk = Kiosk(ui, box, QSize(*size))
            kiosk.show()
            self._run(kiosk, f"{prefix}{{}}" if only else f"{prefix}{{}}-{size[0]}x{size[1]}", only)
            kiosk.close()

    def _take(self, intent_id: str, want: Mapping[str, Any]) -> bool:
        """A command of the screen's own; a look for devices is done at once."""
        if want["kind"] == "look_for_devices" or (want["kind"] == "set_source" and not self._asking):
            self._looks.append(intent_id)
        return True

    def _tell(self, box: KioskController, snapshot: dict[str, Any]) -> None:
        self._told += 1
        looks = [{"intent_id": one, "kind": "look_for_devices", "status": "done"} for one in self._looks[-9:]]
        box.heard_snapshot.emit(
            snapshot | {"seq": self._told, "answers": [*snapshot.get("answers", ()), *looks]}
        )
        self._settle()

    def _run(self, kiosk: Kiosk, name: str, only: tuple[str, ...]) -> None:
        box = kiosk.box
        utc = time.time()
        box.heard_reports.emit({"2": REPORT, "3": GOOD})
        for state, screen, snapshot in states(utc):
            if only and state not in only:
                continue
            self._asking = "asked" in state
            told = moved_to(utc, snapshot)
            talk, report = told.pop("talk", None), told.pop("report", "")
            box.heard_sessions.emit([talk] if talk else [])
            if told:
                self._tell(box, told)
            self._show(kiosk, screen)
            box.openReport(report)
            self._settle()
            if told:
                self._tell(box, told)
            self._hang_pictures(
                box,
                dark=state in DARK or "no-devices" in state or "none" in state,
                lost=state.startswith("alarm"),
            )
            self._save(kiosk, name.format(state))
        if not only:
            self._steps(kiosk, name)
            self._others(kiosk, name, utc)

    def _show(self, kiosk: Kiosk, way: str) -> None:
        """Go to a screen, or in Set-up to "setup/page/what"; `!` and `?` touch the third choice there."""
        screen, _, inner = way.partition("/")
        if screen == "setup":
            kiosk.box.showScreen("live")  # who leaves Set-up leaves its lists too
        if screen == "guide":
            kiosk.box.openGuide()
            kiosk.box.guideTo(inner)
        else:
            kiosk.box.showScreen(screen)
        self._settle()
        if screen == "setup":
            page, _, what = inner.partition("/")
            pages = next(one for one in below(kiosk.view.rootObject()) if one.objectName() == "setup-pages")
            pages.setProperty("page", page or "sources")
            self._settle()
            if what:
                self._touch(kiosk, f"change-{what.rstrip('!?')}")
            if what.endswith(("!", "?")):
                choices = [one for one in below(kiosk.view.rootObject()) if one.objectName() == THIRD_CHOICE]
                self._touch_item(kiosk, next(one for one in choices if one.isVisible()))

    def _touch(self, kiosk: Kiosk, name: str) -> None:
        found = [one for one in below(kiosk.view.rootObject()) if one.objectName() == name]
        self._touch_item(kiosk, next(one for one in found if one.isVisible()))

    def _touch_item(self, kiosk: Kiosk, item: QQuickItem) -> None:
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        device = QTest.createTouchDevice()
        QTest.touchEvent(kiosk.view, device).press(0, middle, kiosk.view).commit()
        QTest.touchEvent(kiosk.view, device).release(0, middle, kiosk.view).commit()
        self._settle()

    def _steps(self, kiosk: Kiosk, name: str) -> None:
        """Set-up's pages of the stream and the button box in all their steps, and every keyboard."""

        def tell(snapshot: dict[str, Any]) -> None:
            self._tell(kiosk.box, moved_to(time.time(), snapshot))

        kiosk.box.showScreen("setup")
        self._settle()
        for several in (stream_pages, schedule_pages, planned_faces, button_box_faces, keyboards):
            for face in several(kiosk, tell):
                if face.startswith("keyboard") and "talk" not in face and "recording" not in face:
                    continue  # All keyboards have the same above them.
                self._save(kiosk, name.format("-".join(re.findall(r"\w+", face))))

    def _others(self, kiosk: Kiosk, name: str, utc: float) -> None:
        box = kiosk.box
        root = kiosk.view.rootObject()
        box.showScreen("live")
        self._tell(box, moved_to(utc, SEVERAL))
        self._touch(kiosk, "alarms-more")
        self._save(kiosk, name.format("alarms-open"))
        self._touch(kiosk, "alarms-close")
        for screen in ("sessions", "setup"):
            box.showScreen(screen)
            self._save(kiosk, name.format(f"{screen}-recording-alarms"))
        box.showScreen("live")
        self._tell(box, moved_to(utc, recording()))
        box.lock()
        self._save(kiosk, name.format("locked"))
        root.metaObject().invokeMethod(root, "openPin")
        self._save(kiosk, name.format("pin"))
        box.unlock("1")
        root.metaObject().invokeMethod(root, "closePin")
        box.heard_loss.emit("No stagebox answers.")
        box._arrived -= 12
        box._look()
        self._save(kiosk, name.format("gone"))

    def _hang_pictures(self, box: KioskController, *, dark: bool, lost: bool) -> None:
        for picture, jpeg in (self._tiles | (self._without_slides if lost else {})).items():
            box.pictures.put(picture, None if dark else jpeg)
            box.heard_picture.emit(picture, not dark)
        self._settle()

    def _settle(self) -> None:
        for _ in range(4):
            self._application.processEvents()

    def _save(self, kiosk: Kiosk, name: str) -> None:
        self._settle()
        path = self._folder / f"{name}.png"
        kiosk.view.grabWindow().save(str(path))
        # Small files; by coverage and refined, so that a small spot of amber stays amber.
        drawn = Image.open(path).convert("RGB")
        few = drawn.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def _worded(told: dict[str, Any], message: str, remedy: str) -> dict[str, Any]:
    return told | {"message": message, "remedy": remedy}


SEVERAL: dict[str, Any] = recording(
    alarms=[
        _worded(
            alarm("no_signal", "slides"),
            "The laptop stopped sending a picture.",
            "Is its HDMI cable in? Ask the speaker to press Win + P, Duplicate.",
        ),
        _worded(
            alarm("silent", "mic"),
            "The microphone has been silent for 8 s.",
            "Is it switched on? Look at its battery.",
        ),
        _worded(
            alarm("disk_low", "disk", "warning"),
            "4.1 GB are free for /media/talks: room for 24 minutes.",
            "Free some room, or choose another folder.",
        )
        | {"acknowledged": True},
    ]
)

LOST_POWER = {
    "code": "went_down_goes_on",
    "facts": {"ago_s": 42.0, "talk": "Pattern matching, compiled"},
    "words": "",
}

REPORT: dict[str, Any] = {
    "verdict": "flagged", "lossless": True, "duration_s": 2691.0,
    "output": "/talks/20260921T141320Z_Hall-B.mp4",
    "loudness_lufs": -18.4,
    "waveform": [[-0.1 - 0.7 * abs(math.sin(n / 7) * math.sin(n / 23)), 0.1] for n in range(200)],
    "pictures": [112.0 + 224 * n for n in range(12)],
    "findings": [
        {
            "code": "black", "severity": "warning", "start_s": 590.0, "end_s": 835.0,
            "message": "The slides are black for 4 min 5 s.", "remedy": "Look at this part.", "evidence": {},
        },
        {
            "code": "quiet", "severity": "note", "start_s": 1900.0, "end_s": 1990.0,
            "message": "The speaker is quieter here than elsewhere.", "remedy": "", "evidence": {},
        },
    ],
}  # fmt: skip


GOOD = REPORT | {"verdict": "ok", "findings": []}

THIRD_CHOICE = "choice-/dev/v4l/by-id/usb-Mage-0"


def below(item: QQuickItem) -> Iterator[QQuickItem]:
    """An item and all in it."""
    yield item
    for child in item.childItems():
        yield from below(child)


def moved_to(utc: float, snapshot: dict[str, Any]) -> dict[str, Any]:
    """The snapshot with its times moved to now: alarms and the session."""
    snapshot = copy.deepcopy(snapshot)
    then = float(snapshot.get("utc", utc))
    for one in snapshot.get("alarms", ()):
        one["since_utc"] += utc - then
    running = snapshot.get("session")
    if running:
        for key in ("asked_utc", "started_utc"):
            running[key] += utc - then
    return snapshot
