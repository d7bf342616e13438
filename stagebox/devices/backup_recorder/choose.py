"""Which of PortAudio's devices is the microphone of the settings? Pure.

PulseAudio and PipeWire are reached through ALSA's `pulse` plugin, which listens to the source that the
environment names. ALSA devices are matched by card, all others by name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts.sound import BackupRecorderStatus
from stagebox.model.report import Code
from stagebox.model.said import Fact

_API = {"alsa": "ALSA", "wasapi": "Windows WASAPI", "coreaudio": "Core Audio"}
DEFAULTS = ("", "default")
"""Names of no device in particular."""


@dataclass(frozen=True, slots=True)
class PortAudioDevice:
    """A device as PortAudio lists it. `is_default` within its interface `api`."""

    index: int
    name: str
    api: str
    channels: int
    rate_hz: int
    is_default: bool = False


class CannotHearError(Exception):
    """The backup recorder cannot listen: `status`, and what is said of it (a key of `ear_down`)."""

    def __init__(self, status: BackupRecorderStatus, key: str, **facts: Fact) -> None:
        super().__init__(status, key, facts)
        self.status: BackupRecorderStatus = status
        self.detail, self.remedy = say_live(Code.EAR_DOWN, key, **facts)


def environment(kind: str, device: str) -> Mapping[str, str | None]:
    """What PULSE_* must be before PortAudio opens the device; None: must not be set.

    Without a latency PulseAudio hands over sound in lumps of up to two seconds.
    """
    if kind != "pulse":
        return {}
    return {"PULSE_SOURCE": None if device in DEFAULTS else device, "PULSE_LATENCY_MSEC": "60"}


def choose(
    kind: str, device: str, devices: Sequence[PortAudioDevice], cards: Mapping[str, int]
) -> PortAudioDevice:
    """The device to open. `cards` are the numbers of ALSA's cards by their id.

    Raises CannotHearError when there is none, or it cannot be told which of several it is.
    """
    inputs = [one for one in devices if one.channels > 0]
    if kind == "pulse":
        for one in inputs:
            if one.name == "pulse":
                return one
        raise CannotHearError("no_device", "lacks_package", package="libasound2-plugins")
    api = _API.get(kind)
    if api is None:
        raise CannotHearError("off", "kind", kind=kind)
    inputs = [one for one in inputs if one.api == api]
    if device in DEFAULTS:
        for one in inputs:
            if one.name == "default" or one.is_default:
                return one
    wanted = _alsa_name(device, cards) if kind == "alsa" else device
    exact = [one for one in inputs if one.name == wanted]
    found = exact or [one for one in inputs if wanted and wanted.lower() in one.name.lower()]
    if len(found) == 1:
        return found[0]
    if not found and kind != "alsa" and len(inputs) == 1:
        return inputs[0]  # OBS names devices by an id here, which PortAudio does not know
    if found:
        raise CannotHearError("no_device", "several", device=device, count=len(found))
    if device in DEFAULTS:
        raise CannotHearError("no_device", "gone")
    raise CannotHearError("no_device", "absent", device=device)


def rates_to_try(device: PortAudioDevice) -> tuple[int, ...]:
    """Sample rates, the best first: OBS's usual rate, the device's own, then what old devices have."""
    return tuple(dict.fromkeys((48_000, device.rate_hz, 44_100, 96_000, 32_000, 16_000)))


def alsa_cards(text: str) -> dict[str, int]:
    """Numbers of cards by id, from the text of /proc/asound/cards."""
    return {found[2]: int(found[1]) for found in re.finditer(r"^\s*(\d+)\s+\[(\S+)\s*\]", text, re.MULTILINE)}


def _alsa_name(device: str, cards: Mapping[str, int]) -> str:
    """What PortAudio puts into its name for an ALSA device: "(hw:0,0)"; other names stay as they are."""
    found = re.fullmatch(
        r"(?:plug)?hw:(?:CARD=)?(?P<card>[^,]+)(?:,(?:DEV=)?(?P<dev>\d+))?(?:,.*)?", device
    ) or re.fullmatch(r"[a-z]+:CARD=(?P<card>[^,]+)(?:,DEV=(?P<dev>\d+))?", device)
    if not found:
        return device
    card = found["card"] if found["card"].isdecimal() else cards.get(found["card"])
    return device if card is None else f"(hw:{card},{found['dev'] or 0})"
