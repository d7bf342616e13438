"""Takes a remedy in OBS. The decision was made elsewhere; here are the requests, and what each kind needs."""

from dataclasses import dataclass
from typing import Any

from stagebox.messages.code_catalogue import say
from stagebox.model.facts.pictures import PictureRole
from stagebox.model.remedies import RemedyTaken, RemedyWanted
from stagebox.obs.connection import ObsConnection, ObsRefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSource:
    """A source role in OBS: its input, `kind` and `device` as in stagebox.toml, scenes that show it."""

    role: PictureRole
    input_name: str
    kind: str
    device: str
    scenes: tuple[str, ...]


def restart_source(obs: ObsConnection, source: WatchedSource) -> None:
    """Make OBS open the source's device anew. Raises ObsRefusedError, ObsLinkError.

    Each kind has its own way, the one that shows nothing foreign meanwhile: an X display left out would
    show OBS's own screen.
    """
    match source.kind:
        case "media":
            action = "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_RESTART"
            obs.request("TriggerMediaInputAction", {"inputName": source.input_name, "mediaAction": action})
        case "v4l2" | "avfoundation" | "dshow":
            # These look whether a setting changed, and do nothing when none did.
            key = {"v4l2": "device_id", "avfoundation": "device", "dshow": "video_device_id"}[source.kind]
            # Empty when an earlier try was cut off half way.
            kept = _settings(obs, source.input_name).get(key) or source.device
            _apply(obs, source.input_name, {key: ""})
            _apply(obs, source.input_name, {key: kept})
        case _:
            _apply(obs, source.input_name, {})


def unmute(obs: ObsConnection, input_name: str) -> None:
    """Unmute an input. Raises ObsRefusedError, ObsLinkError."""
    obs.request("SetInputMute", {"inputName": input_name, "inputMuted": False})


def take_remedy(
    obs: ObsConnection, wanted: RemedyWanted, source: WatchedSource | None, mic_input: str
) -> RemedyTaken:
    """Take a remedy and return what came of it. Raises ObsLinkError: nothing is known of it then."""
    try:
        if wanted.remedy == "unmute":
            unmute(obs, mic_input)
        elif source is None:
            return _taken(wanted, ok=False, words=say("no_source", role=wanted.role))
        else:
            restart_source(obs, source)
    except ObsRefusedError as error:
        return _taken(wanted, ok=False, words=error.what)
    return _taken(wanted, ok=True, words=wanted.words)


def _taken(wanted: RemedyWanted, *, ok: bool, words: str) -> RemedyTaken:
    return RemedyTaken(remedy=wanted.remedy, role=wanted.role, ok=ok, words=words)


def _settings(obs: ObsConnection, name: str) -> dict[str, Any]:
    return dict(obs.request("GetInputSettings", {"inputName": name})["inputSettings"])


def _apply(obs: ObsConnection, name: str, settings: dict[str, Any]) -> None:
    obs.request("SetInputSettings", {"inputName": name, "inputSettings": settings, "overlay": True})
