"""Which of the devices that OBS lists is likely the one for a role. Pure.

A guess by name, offered to be confirmed or changed by a touch. Where nothing speaks for a device, none is
offered: the wrong one with a picture is worse than a question.
"""

import re
from collections.abc import Sequence

from stagebox.model.set_up import DeviceFound

CAPTURES = re.compile(
    r"capture|elgato|magewell|hdmi|sdi\b|cam ?link|blackmagic|decklink|intensity|avermedia|epiphan|"
    r"grabber|ms21\d\d|usb3? video|hagibis|\bhd ?60",
    re.IGNORECASE,
)
CAMERAS = re.compile(
    r"web ?cam|camera|logitech|\bc9\d\d|\bbrio|obsbot|facetime|ptz|insta360|lumina|facecam|anker|kiyo",
    re.IGNORECASE,
)
MICROPHONES = re.compile(
    r"\bmic|microphone|r[oø]de|zoom|shure|sennheiser|focusrite|scarlett|behringer|xlr|yeti|interface|mixer|"
    r"wireless|lavalier|handheld|presonus|audient|motu|umc|samson|audio-technica|tascam|jabra",
    re.IGNORECASE,
)
NOT_FOR_SPEECH = re.compile(r"^monitor of|\.monitor$|hdmi|loopback", re.IGNORECASE)


def sensible(
    role: str, found: Sequence[DeviceFound], taken: Sequence[tuple[str, str]] = ()
) -> DeviceFound | None:
    """The device to offer for a role; None when nothing speaks for one.

    `found` are devices as the snapshot tells them, `taken` kind and device of the other roles.
    """
    free = [one for one in found if (one.kind, one.device) not in taken]
    ranked = sorted(free, key=lambda one: _score(role, one, len(free)), reverse=True)
    return ranked[0] if ranked and _score(role, ranked[0], len(free)) > 0 else None


def _score(role: str, device: DeviceFound, free: int) -> int:
    """How much speaks for a device; 0 and below is nothing."""
    name = f"{device.name} {device.device}"
    if role == "mic":
        return _speech(name, device.name, device.device)
    if device.kind in ("x11", "media"):
        return 0  # The computer's own screen is what the touch screen is on: only by a person's choice.
    capture, camera = bool(CAPTURES.search(name)), bool(CAMERAS.search(name))
    if role == "slides":
        return 3 if capture else 0
    return 3 if camera else 0 if capture and free > 1 else 1


def _speech(name: str, called: str, device: str) -> int:
    if NOT_FOR_SPEECH.search(called) or NOT_FOR_SPEECH.search(device):
        return 0
    if device == "default":
        return 1
    return 4 if MICROPHONES.search(name) else 3 if "usb" in name.casefold() else 2
