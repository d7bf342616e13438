"""The guide's states for the gallery: each step in peace and in trouble, and a box with nothing chosen."""

import copy
from collections.abc import Iterator
from typing import Any

from tests.views.snapshots import SCENES, alarm, session, well

Way = tuple[str, str, dict[str, Any]]
NOTHING = {"kind": "none", "device": ""}
CHOSEN: dict[str, dict[str, str]] = {
    role: dict(well()["set_up"]["in_force"][role]) for role in ("slides", "camera", "mic")
}


def fresh(*chosen: str, **changes: Any) -> dict[str, Any]:
    """A box where only these roles have a device; `changes` are to what Set-up tells."""
    snapshot = copy.deepcopy(well(next_talk=None))
    told = snapshot["set_up"]
    for role in CHOSEN:
        if role not in chosen:
            told["in_force"][role] = dict(NOTHING)
            fact = {"state": "unset", "words": "", "channels": []}
            if role == "mic":
                snapshot["health"]["sound"] = fact
                snapshot["health"]["ear"] = {"state": "unset", "words": ""}
            else:
                snapshot["health"]["pictures"][role] = fact
    told["in_force"] |= {"room": "Room 1", "title": "Conference"}
    told.update(changes)
    return snapshot


def devices(video: bool = True, audio: bool = True) -> dict[str, Any]:
    """What OBS lists: everything, or of a kind nothing but the computer's own screen."""
    told: dict[str, Any] = copy.deepcopy(well()["set_up"]["devices"])
    if not video:
        told["video"] = told["video"][-1:]
    if not audio:
        told["audio"] = []
    return told


def checklist(*lines: dict[str, str], running: bool = False, speak_s: float = 0.0) -> dict[str, Any]:
    """The check after these lines."""
    return {"running": running, "speak_s": speak_s, "lines": list(lines)}


GOOD = [
    {"check": "folder_folder", "title": "Recordings", "level": "good", "summary": "It can be written."},
    {"check": "disk", "title": "Disk", "level": "good", "summary": "96 GB are free: room for 35 hours."},
    {"check": "obs", "title": "OBS", "level": "good", "summary": "OBS 29.0.2 answers."},
    {"check": "slides", "title": "Slides", "level": "good", "summary": "Seen."},
    {"check": "camera", "title": "Camera", "level": "good", "summary": "Seen."},
    {"check": "mic", "title": "Microphone", "level": "good", "summary": "Speech at -19 dBFS."},
    {
        "check": "recording",
        "title": "Test recording",
        "level": "good",
        "summary": "2.1 s, played and verified.",
    },
]
NO_MIC = {
    "check": "mic",
    "title": "Microphone",
    "level": "broken",
    "summary": "No microphone is chosen.",
    "remedy": "Choose one: the talk has no sound.",
    "target": "setup/sources/mic",
}


def guide_states() -> Iterator[Way]:
    """Each step of the guide, and each of its faces."""
    all_three = ("slides", "camera", "mic")
    starting = well()["obs"] | {"link": "connecting", "process": "starting"}
    looking = {"devices": None, "asked": [{"kind": "look_for_devices", "target": ""}]}
    gone = fresh("slides", "camera") | {"alarms": [alarm("missing", "camera")]}
    gone["health"]["pictures"]["camera"] = {"state": "critical", "words": ""}
    yield "guide-obs-starting", "guide/slides", fresh() | {"obs": starting, "scenes": [], "recording": None}
    yield "guide-looking", "guide/slides", fresh(**looking)
    yield "guide-asked", "guide/slides", fresh()
    yield "guide-1-slides", "guide/slides", fresh("slides")
    yield "guide-unset", "guide/slides", fresh(devices=devices(video=True) | {"video": _unlikely()})
    yield "guide-none", "guide/camera", fresh("slides", devices=devices(video=False))
    yield "guide-2-camera", "guide/camera", fresh("slides", "camera")
    yield "guide-gone", "guide/camera", gone
    yield "guide-3-mic", "guide/mic", fresh(*all_three)
    yield "guide-mic-none", "guide/mic", fresh("slides", "camera", devices=devices(audio=False))
    yield "guide-4-room", "guide/room", fresh(*all_three)
    yield "guide-5-folder", "guide/folder", fresh(*all_three)
    yield "guide-6-check", "guide/check", fresh(*all_three)
    yield (
        "guide-check-speak",
        "guide/check",
        fresh(*all_three, checklist=checklist(*GOOD[:5], running=True, speak_s=4.0)),
    )
    yield "guide-check-good", "guide/check", fresh(*all_three, checklist=checklist(*GOOD))
    no_mic = checklist(*GOOD[:5], NO_MIC, GOOD[6])
    yield "guide-check-no-mic", "guide/check", fresh("slides", "camera", checklist=no_mic)
    on_air = fresh(*all_three) | {"recording": True, "idle": False, "session": session()}
    yield "guide-on-air", "guide/camera", on_air


def unset_states() -> Iterator[Way]:
    """Live and Set-up of a box where nothing, or not everything, is chosen."""
    unset = [alarm("source_unset", role, "warning") for role in ("slides", "mic")]
    for one, words in zip(unset, ("No slides are chosen.", "No microphone is chosen."), strict=True):
        one |= {"message": words + " The recording lacks it."}
    yield "unset", "live", fresh() | {"scenes": SCENES}
    yield "unset-alarms", "live", fresh() | {"alarms": unset}
    yield "unset-mic", "live", fresh("slides", "camera")
    yield "unset-camera", "live", fresh("slides", "mic")
    yield "setup-unset", "setup", fresh()
    yield (
        "setup-check-no-mic",
        "setup/check",
        fresh("slides", checklist=checklist(*GOOD[:5], NO_MIC, GOOD[6])),
    )


def _unlikely() -> list[dict[str, str]]:
    """Devices of which nothing says that they show slides."""
    return [
        {"kind": "v4l2", "device": "/dev/video0", "name": "Integrated: Front"},
        {"kind": "x11", "device": "", "name": "The screen of this computer"},
    ]
