"""Which scene collection and profile are open in OBS, how it records, and opening stagebox's own again."""

from stagebox.model.obs_set_up import ObsSetUp, OpenedWhat
from stagebox.obs.connection import ObsConnection


def read_set_up(obs: ObsConnection) -> ObsSetUp:
    """What is open in OBS now. Raises ObsLinkError, and ObsRefusedError while OBS is changing it."""
    collections = obs.request("GetSceneCollectionList")
    profiles = obs.request("GetProfileList")
    return ObsSetUp(
        collection=str(collections["currentSceneCollectionName"]),
        profile=str(profiles["currentProfileName"]),
        folder=str(obs.request("GetRecordDirectory")["recordDirectory"]),
        container=_container(obs),
    )


def open_again(obs: ObsConnection, what: OpenedWhat, name: str) -> None:
    """Open the collection or profile of this name. Raises ObsLinkError, ObsRefusedError."""
    if what == "collection":
        obs.request("SetCurrentSceneCollection", {"sceneCollectionName": name})
    else:
        obs.request("SetCurrentProfile", {"profileName": name})


def _container(obs: ObsConnection) -> str:
    """The file format of recordings, as flv; OBS has renamed the setting, and keeps the old one beside it."""
    simple = _parameter(obs, "Output", "Mode") != "Advanced"
    if not simple and _parameter(obs, "AdvOut", "RecType") == "FFmpeg":
        return _parameter(obs, "AdvOut", "FFExtension")
    section = "SimpleOutput" if simple else "AdvOut"
    return _parameter(obs, section, "RecFormat2") or _parameter(obs, section, "RecFormat")


def _parameter(obs: ObsConnection, category: str, name: str) -> str:
    told = obs.request("GetProfileParameter", {"parameterCategory": category, "parameterName": name})
    return str(told.get("parameterValue") or told.get("defaultParameterValue") or "")
