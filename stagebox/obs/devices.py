"""Asks OBS which capture devices and microphones it can see."""

import uuid
from dataclasses import dataclass

from stagebox.obs.connection import ObsConnection, ObsRefusedError
from stagebox.obs.inputs import DEVICE_PROPERTIES, DeviceProperty
from stagebox.obs.removal import remove_input, remove_scene

SCAFFOLD = "stagebox looks for devices"
"""How the name of the scene begins that exists while devices are looked for. No view shows it."""


@dataclass(frozen=True, slots=True)
class ObsDevice:
    """A device as OBS lists it: `kind` and `device` are what stagebox.toml takes, `name` is for people."""

    kind: str
    device: str
    name: str


OWN_SCREEN = ObsDevice("x11", "", "The screen of this computer")
"""For slides that are shown on the computer that records."""


@dataclass(frozen=True, slots=True)
class ObsDevices:
    """What OBS can see."""

    video: tuple[ObsDevice, ...]
    audio: tuple[ObsDevice, ...]


def list_devices(obs: ObsConnection) -> ObsDevices:
    """Return the devices of each input kind that this OBS has.

    A kind that has no input yet gets one for a moment, in a scene of its own, never on program. Raises
    ObsLinkError, ObsRefusedError.
    """
    for left in obs.request("GetSceneList")["scenes"]:
        if str(left["sceneName"]).startswith(SCAFFOLD):  # of a look that was cut off half way
            remove_scene(obs, left["sceneName"])
    kinds = set(obs.request("GetInputKindList")["inputKinds"])
    present = {item["inputKind"]: item["inputName"] for item in obs.request("GetInputList")["inputs"]}
    asked = [entry for entry in DEVICE_PROPERTIES if entry.obs_kind in kinds]
    found: dict[DeviceProperty, tuple[ObsDevice, ...]] = {}
    scene = ""
    try:
        for entry in asked:
            name = present.get(entry.obs_kind)
            if name is None:
                if not scene:
                    fresh = f"{SCAFFOLD} {uuid.uuid4().hex[:8]}"
                    obs.request("CreateScene", {"sceneName": fresh})
                    scene = fresh
                found[entry] = _through_a_new_input(obs, entry, scene)
            else:
                found[entry] = _listed(obs, entry, name)
    finally:
        if scene:
            remove_scene(obs, scene)
    return ObsDevices(
        video=(
            *(device for entry in asked if not entry.sound for device in found[entry]),
            *((OWN_SCREEN,) if "xshm_input" in kinds else ()),
        ),
        audio=tuple(device for entry in asked if entry.sound for device in found[entry]),
    )


def _through_a_new_input(obs: ObsConnection, entry: DeviceProperty, scene: str) -> tuple[ObsDevice, ...]:
    name = f"{scene} {entry.obs_kind}"
    obs.request("CreateInput", {"sceneName": scene, "inputName": name, "inputKind": entry.obs_kind})
    try:
        return _listed(obs, entry, name)
    finally:
        remove_input(obs, name)


def _listed(obs: ObsConnection, entry: DeviceProperty, input_name: str) -> tuple[ObsDevice, ...]:
    try:
        answer = obs.request(
            "GetInputPropertiesListPropertyItems",
            {"inputName": input_name, "propertyName": entry.property},
        )
    except ObsRefusedError:
        return ()  # This build of OBS has the kind, but not the list.
    return tuple(
        ObsDevice(entry.kind, str(item["itemValue"]), str(item["itemName"]))
        for item in answer["propertyItems"]
        if item["itemEnabled"] and str(item["itemValue"])
    )
