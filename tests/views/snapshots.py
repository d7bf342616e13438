"""Snapshots as `serve` sends them: a room that is well, and changes to it."""

import copy
from typing import Any

from pydantic_core import to_jsonable_python

from stagebox import resources
from stagebox.obs.pack import load_pack

NOW = 1_790_000_000.0
PACK = to_jsonable_python(load_pack("conference", resources.folder("scenes")).told)
SCENES = ["combo", "intermission", "intro", "outro", "screen", "speaker"]


def now() -> float:
    """The moment that all these snapshots are about."""
    return NOW


def well(**changes: Any) -> dict[str, Any]:
    """A room where nothing is wrong and nothing records."""
    snapshot: dict[str, Any] = {
        "seq": 1,
        "at": 100.0,
        "utc": NOW,
        "event": "DevConf 2026",
        "room": "Hall B",
        "obs": {
            "link": "up",
            "fault": None,
            "process": "running",
            "fps": 30.0,
            "render_skipped_frames": 0,
            "output_skipped_frames": 0,
            "free_disk_mb": 92_160.0,
        },
        "program_scene": "screen",
        "wanted_scene": "",
        "scenes": SCENES,
        "pack": PACK,
        "recording": False,
        "streaming": False,
        "stream": {
            "phase": "off",
            "wanted": False,
            "trouble": "",
            "detail": "",
            "target": "rtmp://live.example/app",
            "has_key": True,
            "problem": "",
            "remedy": "",
            "origin": "",
            "asked_utc": 0.0,
            "live_s": 0.0,
        },
        "folder": "ok",
        "next_talk": {"title": "Pattern matching, compiled", "speaker": "Ada Example", "room": ""},
        "session": None,
        "jobs": [],
        "finished": [],
        "alarms": [],
        "answers": [],
        "notice": "",
        "idle": True,
        "set_up": {
            "in_force": {
                "title": "DevConf 2026",
                "room": "Hall B",
                "folder": "/media/talks/recordings",
                "slides": {"kind": "v4l2", "device": "/dev/v4l/by-id/usb-Elgato-0"},
                "camera": {"kind": "v4l2", "device": "/dev/v4l/by-id/usb-Logitech-0"},
                "mic": {"kind": "pulse", "device": "alsa_input.usb-Zoom_H1n"},
            },
            "asked": [],
            "devices": {
                "utc": NOW,
                "video": [
                    {"kind": "v4l2", "device": "/dev/v4l/by-id/usb-Elgato-0", "name": "Elgato HD60 X"},
                    {"kind": "v4l2", "device": "/dev/v4l/by-id/usb-Logitech-0", "name": "Logitech C920"},
                    {
                        "kind": "v4l2",
                        "device": "/dev/v4l/by-id/usb-Mage-0",
                        "name": "Magewell HDMI Gen 2",
                    },
                    {"kind": "x11", "device": "", "name": "The screen of this computer"},
                ],
                "audio": [
                    {"kind": "pulse", "device": "default", "name": "Default"},
                    {"kind": "pulse", "device": "alsa_input.usb-Zoom_H1n", "name": "Zoom H1n"},
                    {"kind": "pulse", "device": "alsa_input.pci", "name": "Built-in Audio Analog Stereo"},
                ],
                "places": [
                    {"path": "/media/talks/recordings", "free_bytes": 96_000_000_000},
                    {"path": "/home/crew/stagebox/recordings", "free_bytes": 18_000_000_000},
                ],
                "trouble": "",
            },
            "checklist": None,
        },
        "health": {
            "pictures": {
                "slides": {"state": "fine", "words": "", "width": 1920, "height": 1080},
                "camera": {"state": "fine", "words": "", "width": 1280, "height": 720},
            },
            "sound": {
                "state": "fine",
                "words": "",
                "channels": [
                    {"rms_dbfs": -18.0, "peak_dbfs": -12.0},
                    {"rms_dbfs": -19.5, "peak_dbfs": -14.0},
                ],
                "clipped": 0,
            },
            "ear": {"state": "fine", "words": "", "backup": "/rec/a.flac", "backup_s": 1932.0},
            "disk": {"state": "fine", "words": ""},
            "obs": {"state": "fine", "words": ""},
            "proof": {"state": "green", "words": ""},
            "machine": {"state": "fine", "words": "", "disk_minutes_left": 580.0},
            "button_box": {"state": "fine", "words": "", "remedy": "", "wanted": False, "boxes": []}
            | {"learning": False, "learned": None},
            "offers": [],
        },
    }
    return copy.deepcopy(snapshot | changes)


def session(**changes: Any) -> dict[str, Any]:
    """A talk that is being recorded for half an hour."""
    return {
        "id": "talk-1",
        "name": "20260921T141320Z_Hall-B",
        "title": "Pattern matching, compiled",
        "speaker": "Ada Example",
        "room": "",
        "phase": "recording",
        "wanted": True,
        "overdue": False,
        "detail": "",
        "origin": "touch",
        "asked_utc": NOW - 1934,
        "started_utc": NOW - 1934,
        "ended_utc": 0.0,
        "elapsed_s": 1934.0,
        "segments": [],
        "verdict": "",
        "output": "",
        "report": "",
        "summary": "",
    } | changes


BUTTONS = {"1": "scene screen", "2": "scene speaker", "left:2": "scene combo", "6": "record toggle"}


def with_box(*, states: tuple[str, ...] = ("ready",), **changes: Any) -> dict[str, Any]:
    """A room with button boxes, each in a state; `changes` are to what health tells of them."""
    names = ("left", "right", "third")
    boxes = [
        {"wanted": name, "box": name, "port": f"/dev/{name}", "state": state, "detail": "", "buttons": 6}
        for name, state in zip(names, states, strict=False)
    ]
    told = {"state": "fine", "words": "", "remedy": "", "wanted": True, "boxes": boxes}
    told |= {"learning": False, "learned": None}
    snapshot = well()
    snapshot["health"]["button_box"] = told | changes
    snapshot["set_up"]["in_force"]["buttons"] = dict(BUTTONS)
    return snapshot


RECORDING = {"recording": True, "idle": False, "program_scene": "combo"}


def recording(**changes: Any) -> dict[str, Any]:
    """A room where all is well and a talk is recorded."""
    return well(session=session(), **RECORDING) | changes


def alarm(code: str, role: str, level: str = "critical", age_s: float = 8.0) -> dict[str, Any]:
    """A raised alarm."""
    return {
        "code": code,
        "role": role,
        "level": level,
        "since_utc": NOW - age_s,
        "message": "Something is wrong here.",
        "remedy": "Do this about it.",
        "acknowledged": False,
    }


def without_health(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The same from a `serve` that knows no health."""
    return {key: value for key, value in snapshot.items() if key != "health"}
