"""Which OBS input, with which settings, is behind a source role on this platform. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stagebox.model.settings import AudioSource, VideoSource


@dataclass(frozen=True, slots=True)
class InputSpec:
    """An input as OBS wants it: its kind, and the settings that are ours to say."""

    kind: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeviceProperty:
    """Where an input kind lists its devices: `property` of OBS kind `obs_kind`, for our `kind`."""

    kind: str
    obs_kind: str
    property: str
    sound: bool


DEVICE_PROPERTIES = (
    DeviceProperty("v4l2", "v4l2_input", "device_id", False),
    DeviceProperty("dshow", "dshow_input", "video_device_id", False),
    DeviceProperty("avfoundation", "av_capture_input", "device", False),
    DeviceProperty("avfoundation", "macos-avcapture", "device", False),
    DeviceProperty("pulse", "pulse_input_capture", "device_id", True),
    DeviceProperty("alsa", "alsa_input_capture", "device_id", True),
    DeviceProperty("wasapi", "wasapi_input_capture", "device_id", True),
    DeviceProperty("coreaudio", "coreaudio_input_capture", "device_id", True),
)

_TIMEOUT_FRAMES = 30


def video_input(source: VideoSource, available: frozenset[str], desktop: str = "") -> InputSpec | None:
    """Return the input for a picture; None when the role is empty. `available`: OBS's input kinds.

    `desktop` is the X display that an X source without a device means; empty: the one that OBS is on.
    """
    device = source.device
    match source.kind:
        case "none":
            return None
        case "v4l2":
            # Off by default, and without it a card that lost its signal once shows a dead picture for ever.
            # Five frames, OBS's own measure, is less than what many cards take to change their mode.
            return InputSpec(
                "v4l2_input",
                {"device_id": device, "auto_reset": True, "timeout_frames": _TIMEOUT_FRAMES},
            )
        case "dshow":
            return InputSpec("dshow_input", {"video_device_id": device, "deactivate_when_not_showing": False})
        case "avfoundation":
            kind = "macos-avcapture" if "macos-avcapture" in available else "av_capture_input"
            return InputSpec(kind, {"device": device})
        case "x11":
            if device or desktop:
                return InputSpec("xshm_input", {"advanced": True, "server": device or desktop})
            return InputSpec("xshm_input", {"advanced": False})
        case "media":
            return _media(device)


def audio_input(source: AudioSource) -> InputSpec | None:
    """Return the input for the sound; None when the role is empty."""
    match source.kind:
        case "none":
            return None
        case "pulse":
            return InputSpec("pulse_input_capture", {"device_id": source.device or "default"})
        case "alsa":
            return InputSpec("alsa_input_capture", {"device_id": source.device or "default"})
        case "wasapi":
            return InputSpec("wasapi_input_capture", {"device_id": source.device or "default"})
        case "coreaudio":
            return InputSpec("coreaudio_input_capture", {"device_id": source.device or "default"})
        case "media":
            return _media(source.device)


def image_input(path: Path) -> InputSpec:
    """Return the input for a picture file. It stays loaded: what OBS unloads is black on every tile.

    A file that changed is loaded anew as soon as its scene comes on.
    """
    return InputSpec("image_source", {"file": str(path), "unload": False})


def _media(device: str) -> InputSpec:
    return InputSpec(
        "ffmpeg_source",
        {
            "is_local_file": True,
            "local_file": str(Path(device).expanduser()),
            "looping": True,
            "restart_on_activate": False,
            "close_when_inactive": False,
        },
    )
