"""Names that are taken in OBS: inputs, scenes and groups share one set of names."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from stagebox.messages.code_catalogue import say
from stagebox.model.errors import ObsError
from stagebox.model.observations import ScenesBuilt
from stagebox.model.said import together
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
        """What has the name, as a sentence."""
        return say(f"{self.wanted}_name_of_{self.kind}", name=self.name, kind=self.input_kind)


class NamesTakenError(ObsError):
    """Something in OBS has names that stagebox needs: nothing was changed. `taken` are all of them."""

    def __init__(self, taken: tuple[TakenName, ...]) -> None:
        what = reduce(together, (*(one.words for one in taken), say("nothing_changed")))
        super().__init__(what, say("rename_by_hand", names=", ".join(f"“{one.name}”" for one in taken)))
        self.taken = taken

    def scenes_built(self, *, private: bool) -> ScenesBuilt:
        """What the engine is told: which names, and what to touch; in a private OBS most can be renamed."""
        asides = private and all(one.kind != "group" for one in self.taken)
        remedy = say("rename_it_aside") if asides else self.remedy
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
    """Give what has these names others; return what was done, a sentence each. Nothing is lost, and no scene
    changes.

    Raises ObsLinkError, ObsRefusedError, and ObsError for a group, which OBS renames for nobody.
    """
    done: list[str] = []
    for one in taken:
        if one.kind == "group":
            raise ObsError(one.words, say("rename_group"))
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
        done.append(say("renamed_aside", name=one.name, aside=aside))
    return done


def _all_names(obs: ObsConnection) -> set[str]:
    scenes = {str(one["sceneName"]) for one in obs.request("GetSceneList")["scenes"]}
    inputs = {str(one["inputName"]) for one in obs.request("GetInputList")["inputs"]}
    return scenes | inputs | {str(name) for name in obs.request("GetGroupList")["groups"]}
