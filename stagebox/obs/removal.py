"""Removes an input or a scene and waits until OBS has really let go of it."""

import time
from collections.abc import Callable

from stagebox.model.errors import ObsError
from stagebox.obs.connection import ObsConnection, ObsRefusedError

_EVERY_S = 0.02
_NO_SUCH_INPUT = 600


def remove_input(obs: ObsConnection, name: str, *, timeout_s: float = 5.0) -> None:
    """Remove the input `name` from all scenes; return when OBS no longer lists it.

    OBS answers before the input is gone, and until then refuses a new one of the same name. A scene that
    is not on show even keeps it until it is shown, so it is taken out of each scene first. Raises
    ObsError when it takes longer than `timeout_s`.
    """
    for scene in _scenes(obs):
        where = {"sceneName": scene}
        for item in obs.request("GetSceneItemList", where)["sceneItems"]:
            if item["sourceName"] == name:
                obs.request("RemoveSceneItem", where | {"sceneItemId": item["sceneItemId"]})
    try:
        obs.request("RemoveInput", {"inputName": name})
    except ObsRefusedError as error:
        if error.code != _NO_SUCH_INPUT:
            raise  # With its last place in a scene the input went by itself.
    if not _wait(lambda: name not in _inputs(obs), timeout_s):
        raise ObsError(f"OBS does not let go of the input {name}.", "Remove it in OBS, and try again.")


def remove_scene(obs: ObsConnection, name: str, *, timeout_s: float = 2.0) -> bool:
    """Remove the scene `name`; return whether OBS no longer lists it within `timeout_s`.

    OBS answers before the scene is gone. Raises ObsLinkError, ObsRefusedError.
    """
    obs.request("RemoveScene", {"sceneName": name})
    return _wait(lambda: name not in _scenes(obs), timeout_s)


def _wait(done: Callable[[], bool], timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(_EVERY_S)
    return True


def _inputs(obs: ObsConnection) -> set[str]:
    return {str(item["inputName"]) for item in obs.request("GetInputList")["inputs"]}


def _scenes(obs: ObsConnection) -> set[str]:
    return {str(scene["sceneName"]) for scene in obs.request("GetSceneList")["scenes"]}
