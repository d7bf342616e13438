"""Where what a check found is mended: the touch that goes there. Pure."""

from stagebox.views.seen import Translate
from stagebox.views.values import Button

WAYS = {
    "slides": "setup/sources/slides",
    "camera": "setup/sources/camera",
    "mic": "setup/sources/mic",
    "ear": "setup/sources/mic",
    "sources": "setup/sources",
    "folder_folder": "setup/room/folder",
    "folder_out": "setup/room/folder",
    "disk": "setup/room/folder",
    "button_box": "setup/buttons",
    "stream": "setup/stream",
    "obs": "setup/check",
    "obs_lost": "setup/check",
    "recording": "setup/check",
    "scenes": "build_scenes",
}
"""By what was checked, for a `serve` that tells no target."""


def way_of(check: str, target: str, translate: Translate) -> Button:
    """The touch for a result that is not good; without a place on this screen there is none."""
    place = target or WAYS.get(check, "")
    if place == "setup/check":
        return Button(kind="run_check", target=place, label=translate("Check again"))
    if place == "build_scenes":
        return Button(kind="build_scenes", target=place, label=translate("Build the scenes again"))
    if not place.startswith("setup/"):
        return Button()
    known = {
        "setup/sources/slides": translate("Choose the slides"),
        "setup/sources/camera": translate("Choose the camera"),
        "setup/sources/mic": translate("Choose the microphone"),
        "setup/room/folder": translate("Choose a folder"),
        "setup/buttons": translate("To the button box"),
        "setup/stream": translate("To the stream"),
    }
    return Button(kind="screen", target=place, label=known.get(place, translate("Go there")))
