"""Names that are taken in OBS: inputs, scenes and groups share one set of names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from stagebox.model.errors import ObsError
from stagebox.model.observations import ScenesBuilt
from stagebox.obs.connection import ObsConnection

Kind = Literal["scene", "group", "input"]
ASIDE = "{name} (not stagebox's)"
_MOST_ASIDE = 100


@dataclass(frozen=True, slots=True)
class TakenName:
    """A name that stagebox needs for a `wanted`, and that a `kind` has; `input_kind` is of an input."""

    name: str
    wanted: Kind
    kind: Kind
    input_kind: str = ""

    @property
    def words(self) -> str:
        """What has the name, in words."""
        what = f"an input ({self.input_kind})" if self.kind == "input" else f"a {self.kind}"
        return f"“{self.name}” is the name of {what}, and stagebox needs it for {_A[self.wanted]}"


_A: Mapping[Kind, str] = {"scene": "a scene", "group": "a group", "input": "an input"}


class NamesTakenError(ObsError):
    """Something in OBS has names that stagebox needs: nothing was changed. `taken` are all of them."""

    def __init__(self, taken: tuple[TakenName, ...]) -> None:
        names = " and ".join(f"“{one.name}”" for one in taken)
        super().__init__(
            f"Names are taken in OBS: {'; '.join(one.words for one in taken)}. Nothing was changed.",
            f"Give {names} another name in OBS, then build the scenes again.",
        )
        self.taken = taken

    def told(self, *, private: bool) -> ScenesBuilt:
        """What the engine is told: which names, and what to touch; in a private OBS most can be renamed."""
        asides = private and all(one.kind != "group" for one in self.taken)
        names = " and ".join(f"“{one.name}”" for one in self.taken)
        by_hand = f"Give {names} another name in OBS, then touch “Build the scenes again”."
        remedy = "Touch “Rename it aside”." if asides else by_hand
        return ScenesBuilt(names_taken=self.what, remedy=remedy, asides=asides)


def taken_names(obs: ObsConnection, scenes: Iterable[str], inputs: Iterable[str]) -> tuple[TakenName, ...]:
    """The needed names that something of another sort has. Raises ObsLinkError, ObsRefusedError."""
    has_scenes = {str(one["sceneName"]) for one in obs.request("GetSceneList")["scenes"]}
    has_groups = {str(name) for name in obs.request("GetGroupList")["groups"]}
    listed = obs.request("GetInputList")["inputs"]
    has_inputs = {str(one["inputName"]): str(one["inputKind"]) for one in listed}
    found = []
    for name in scenes:
        if name in has_inputs:
            found.append(TakenName(name, "scene", "input", has_inputs[name]))
        elif name in has_groups:
            found.append(TakenName(name, "scene", "group"))
    for name in inputs:
        if name in has_scenes:
            found.append(TakenName(name, "input", "scene"))
        elif name in has_groups:
            found.append(TakenName(name, "input", "group"))
    return tuple(found)


def check_names(taken: tuple[TakenName, ...]) -> None:
    """Before anything is changed: every name must be free. Raises NamesTakenError."""
    if taken:
        raise NamesTakenError(taken)


def rename_aside(obs: ObsConnection, taken: Iterable[TakenName]) -> list[str]:
    """Give what has these names others; return what was done, in words. Nothing is lost, and no scene
    changes.

    Raises ObsLinkError, ObsRefusedError, and ObsError for a group, which OBS renames for nobody.
    """
    done = []
    for one in taken:
        if one.kind == "group":
            raise ObsError(
                f"{one.words}, and OBS renames no group for another program.",
                "Give the group another name in OBS's own window.",
            )
        used = _all_names(obs)
        aside = ASIDE.format(name=one.name)
        number = 1
        while aside in used and number < _MOST_ASIDE:
            number += 1
            aside = f"{ASIDE.format(name=one.name)} {number}"
        if one.kind == "input":
            obs.request("SetInputName", {"inputName": one.name, "newInputName": aside})
        else:
            obs.request("SetSceneName", {"sceneName": one.name, "newSceneName": aside})
        done.append(f"“{one.name}” in OBS is called “{aside}” now")
    return done


def _all_names(obs: ObsConnection) -> set[str]:
    scenes = {str(one["sceneName"]) for one in obs.request("GetSceneList")["scenes"]}
    inputs = {str(one["inputName"]) for one in obs.request("GetInputList")["inputs"]}
    return scenes | inputs | {str(name) for name in obs.request("GetGroupList")["groups"]}
