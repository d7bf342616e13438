"""What to do about the classic traps, in words for volunteers. Pure."""

from stagebox.doctor.traps import USB_2_MBPS, TrapSigns
from stagebox.model.settings import VideoSource

CARDS = frozenset({"v4l2", "dshow", "avfoundation"})
"""Kinds of sources that are capture cards or cameras."""

DARK = (
    "Light the speaker, open the iris, and set the camera's exposure by hand: with automatic exposure, a "
    "bright screen behind the speaker makes it close."
)
PALE = (
    "If black looks grey: in OBS, in the source's properties, set the colour range to Limited; or set the "
    "laptop's HDMI output to full range (RGB full, 0–255)."
)
_TWO_GPUS = (
    "This computer has {gpus} graphics processors, and OBS cannot see what the other one draws: start OBS on "
    "the one that the screen is connected to (in the driver's settings, or with prime-run for NVIDIA)."
)
_NO_SCREEN = "Is that screen asleep or locked? A Wayland desktop shows nothing to OBS here: log in with X11."
_SLIDES = (
    "Is the laptop awake, and does it send its picture to the HDMI output (duplicate)? Films and streaming "
    "sites protect themselves with HDCP and come through black: close them, or switch HDCP off on the "
    "laptop or the splitter."
)
_CAMERA = (
    "Take off the lens cap, switch the camera on, and let its HDMI output show the picture; open the iris, "
    "and set the exposure by hand."
)
_HELD = (
    "Another program holds the device: {holders}. Close it (a second OBS, a replay or virtual camera, a "
    "browser with a meeting), then plug the device in again."
)
_CROWDED = (
    "It shares a USB 2 connection with {others}, which is too narrow for two: plug one of them into another "
    "socket, best a blue one (USB 3)."
)


def for_black(role: str, source: VideoSource, signs: TrapSigns) -> str:
    """What to do about a black picture, the likeliest first."""
    said = [_held(signs)]
    if source.kind == "x11":
        said.append(_TWO_GPUS.format(gpus=signs.gpus) if signs.gpus > 1 else _NO_SCREEN)
    elif source.kind in CARDS:
        said += [_SLIDES if role == "slides" else _CAMERA, for_crowded_usb(signs)]
    else:
        said.append("Look at the file itself.")
    return " ".join(words for words in said if words)


def for_no_picture(source: VideoSource, signs: TrapSigns) -> str:
    """What to do when there is no picture at all."""
    if signs.holders:
        return _held(signs)
    if source.kind in CARDS:
        plug = "Plug the device in again, and compare `stagebox devices` with the settings."
        return f"{plug} {for_crowded_usb(signs)}".strip()
    if source.kind == "x11":
        return f"Check that the display {source.device or 'of this computer'} is on and may be captured."
    return f"Check that {source.device or source.kind} is there, then run `stagebox provision`."


def for_crowded_usb(signs: TrapSigns) -> str:
    """What to do when two capture devices share one narrow USB bus; empty when they do not."""
    if signs.usb_mbps is None or signs.usb_mbps > USB_2_MBPS or not signs.usb_shared_with:
        return ""
    return _CROWDED.format(others=", ".join(signs.usb_shared_with))


def _held(signs: TrapSigns) -> str:
    """A capture device gives its picture to one program at a time."""
    return _HELD.format(holders=", ".join(signs.holders)) if signs.holders else ""
