"""Which scene collection and profile are open in OBS, how it records, and opening stagebox's own again."""

from stagebox.messages.code_catalogue import say
from stagebox.model.errors import ObsError
from stagebox.model.obs_set_up import ObsSetUp, OpenedWhat
from stagebox.model.settings import Settings
from stagebox.obs.connection import ObsConnection
from stagebox.obs.home import NAME


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


class ForeignCollectionError(ObsError):
    """Another scene collection than stagebox's is open in the private OBS: nothing is built in it."""

    def __init__(self, name: str) -> None:
        super().__init__(say("other_collection", name=name), say("back_to_scenes"))


def check_collection(obs: ObsConnection, settings: Settings) -> str:
    """Return which scene collection is open. In a private OBS it must be stagebox's own.

    Of somebody's own OBS only the engine knows which one is stagebox's, if any is.

    Raises ForeignCollectionError, ObsLinkError, ObsRefusedError.
    """
    name = str(obs.request("GetSceneCollectionList")["currentSceneCollectionName"])
    if settings.obs.mode == "private" and name != NAME:
        raise ForeignCollectionError(name)
    return name


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
