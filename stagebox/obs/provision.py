"""Builds a scene pack in OBS: what is missing is made, what is ours is kept right, the rest is left alone."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagebox.messages.code_catalogue import say
from stagebox.model.commands import TalkDetails
from stagebox.model.errors import ObsError, StorageError
from stagebox.model.settings import Settings
from stagebox.obs.cards import card_path, draw_cards
from stagebox.obs.collection_and_profile import check_collection
from stagebox.obs.connection import ObsConnection, ObsRefusedError
from stagebox.obs.home import FIRST_SCENE
from stagebox.obs.inputs import InputSpec, audio_input, image_input, video_input
from stagebox.obs.pack import PackItem, Scene, ScenePack
from stagebox.obs.provision_memory import ProvisionMemory
from stagebox.obs.removal import remove_input, remove_scene
from stagebox.obs.taken_names import TakenName, check_names, taken_names

CHANGING = ("Create", "Set", "Remove")
"""How the names of requests that change OBS begin."""


@dataclass(frozen=True, slots=True)
class ProvisionResult:
    """What provisioning did, in words for people: changes made, and the operator's work left alone."""

    canvas: tuple[int, int]
    changes: tuple[str, ...]
    left_alone: tuple[str, ...]
    empty_roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _PlacedInput:
    """An input in a scene: its box in pixels, or None for sound."""

    input_name: str
    spec: InputSpec
    transform: Mapping[str, Any] | None


@dataclass(slots=True)
class _Provisioning:
    obs: ObsConnection
    settings: Settings
    collection: str
    memory: ProvisionMemory
    reset: bool
    chosen: frozenset[str] = frozenset()
    """Inputs whose device a person has just chosen: what was set by hand before gives way."""
    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    """Inputs made in this run: they are missing in scenes because they are new."""

    def change(self, request: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Ask OBS for a change, unless somebody has opened another collection since the work began."""
        self.check_here()
        return self.obs.request(request, data)

    def check_here(self) -> None:
        """Raise ObsError when another collection is open than the one that is worked on."""
        if check_collection(self.obs, self.settings) != self.collection:
            raise ObsError(say("collection_changed"), say("collection_changed_help"))

    def may_change(self, key: str, current: Any) -> bool:
        """Return whether `current` is what we wrote, so that nobody's work is lost by changing it."""
        return self.reset or self.memory.get(key) == current

    def may_choose(self, name: str, current: Any) -> bool:
        """Return whether the input's device may be changed."""
        return name in self.chosen or self.may_change(f"input {name}", current)


def card_input(card: str) -> str:
    """Return the name in OBS of a title card's input."""
    return f"stagebox {card} card"


def cards_folder(state_dir: Path) -> Path:
    """Return where the title cards are drawn."""
    return state_dir / "cards"


def provision(
    obs: ObsConnection, pack: ScenePack, settings: Settings, *, reset: bool = False, chosen: str = ""
) -> ProvisionResult:
    """Make OBS have the pack's scenes; a second run changes nothing.

    The operator's changes by hand are kept, and named in the answer, unless `reset`. Cards that exist
    already are not drawn anew. `chosen` names a role whose device a person has just chosen: that wins over
    what was set by hand, and a role that was emptied loses its input.

    Raises ObsLinkError, ObsRefusedError, StorageError, NamesTakenError, and ForeignCollectionError: nothing
    is built in another collection than stagebox's.
    """
    collection = check_collection(obs, settings)
    video = obs.request("GetVideoSettings")
    canvas = (int(video["baseWidth"]), int(video["baseHeight"]))
    cards = cards_folder(settings.state_dir)
    if not all(card_path(cards, item.card).exists() for s in pack.scenes for item in s.items if item.card):
        draw_cards(cards, canvas, settings.event, TalkDetails())
    kinds = frozenset(obs.request("GetInputKindList")["inputKinds"])
    specs = _role_specs(pack, settings, kinds)
    where = "private" if settings.obs.mode == "private" else f"{settings.obs.host}:{settings.obs.port}"
    memory = ProvisionMemory(settings.state_dir / "provisioned.json", f"{where} {collection}")
    mine = str(getattr(pack.inputs, chosen)) if chosen else ""
    work = _Provisioning(obs, settings, collection, memory, reset, frozenset({mine} - {""}))
    check_names(taken_of(obs, pack, settings))
    try:
        _recording(work, settings.recording.folder)
        _scenes(work, pack)
        inputs = {item["inputName"]: item["inputKind"] for item in obs.request("GetInputList")["inputs"]}
        if mine in inputs and specs[chosen] is None:
            work.check_here()
            remove_input(obs, mine)
            del inputs[mine]
            work.changes.append(f"removed {mine}")
        settled: set[str] = set()
        for scene in pack.scenes:
            _fill_scene(work, scene, _placed(pack, scene, specs, cards, canvas), inputs, settled)
        if settings.obs.mode == "private":
            _remove_first_scene(work, pack.scenes[0].name)
    except ObsRefusedError:
        work.check_here()  # What is not there may be in the collection that was open before.
        raise
    finally:
        work.memory.save()
    empty = tuple(role for role in ("slides", "camera", "mic") if specs.get(role) is None)
    return ProvisionResult(canvas, tuple(work.changes), tuple(work.left), empty)


def _role_specs(pack: ScenePack, settings: Settings, kinds: frozenset[str]) -> dict[str, InputSpec | None]:
    # A private OBS is on a hidden screen of its own: “the screen” is the desktop that a person sees.
    desktop = settings.obs.display or os.environ.get("DISPLAY", "") if settings.obs.mode == "private" else ""
    return {
        "slides": video_input(settings.sources.slides, kinds, desktop),
        "camera": video_input(settings.sources.camera, kinds, desktop),
        "mic": audio_input(settings.sources.mic),
    }


def taken_of(obs: ObsConnection, pack: ScenePack, settings: Settings) -> tuple[TakenName, ...]:
    """The pack's names that something else in OBS has. Raises ObsLinkError, ObsRefusedError."""
    kinds = frozenset(obs.request("GetInputKindList")["inputKinds"])
    inputs = _input_names(pack, _role_specs(pack, settings, kinds))
    return taken_names(obs, [scene.name for scene in pack.scenes], inputs)


def _input_names(pack: ScenePack, specs: Mapping[str, InputSpec | None]) -> list[str]:
    """The names of all inputs that the pack's scenes need."""
    roles = [str(getattr(pack.inputs, role)) for role, spec in specs.items() if spec is not None]
    items = [item for scene in pack.scenes for item in scene.items]
    cards = [f"stagebox {item.card} card" for item in items if item.card is not None]
    pictures = [f"stagebox {Path(item.picture).stem}" for item in items if item.picture is not None]
    return list(dict.fromkeys((*roles, *cards, *pictures)))


def _placed(
    pack: ScenePack,
    scene: Scene,
    specs: Mapping[str, InputSpec | None],
    cards: Path,
    canvas: tuple[int, int],
) -> list[_PlacedInput]:
    """Return what belongs into a scene, from the back to the front.

    At the very back, outside the canvas, is each picture that the scene does not show: OBS reads some kinds
    of source only while they are in the program, and what is not read cannot be watched or shown on a tile.
    """
    shown = {item.show for item in scene.items}
    placed = [
        _PlacedInput(str(getattr(pack.inputs, role)), spec, _OUTSIDE)
        for role in ("slides", "camera")
        if role not in shown and (spec := specs[role]) is not None
    ]
    for item in scene.items:
        if item.show is not None:
            spec, name = specs[item.show], str(getattr(pack.inputs, item.show))
        elif item.card is not None:
            spec, name = image_input(card_path(cards, item.card)), card_input(item.card)
        else:
            stem = Path(item.picture or "").stem
            spec, name = image_input(pack.folder / (item.picture or "")), f"stagebox {stem}"
        if spec is not None:
            placed.append(_PlacedInput(name, spec, _transform(item, canvas)))
    mic = specs["mic"]
    if scene.sound and mic is not None:
        placed.append(_PlacedInput(pack.inputs.mic, mic, None))
    return placed


_OUTSIDE: Mapping[str, Any] = {
    "positionX": -32.0,
    "positionY": -32.0,
    "alignment": 5,
    "boundsType": "OBS_BOUNDS_SCALE_INNER",
    "boundsAlignment": 0,
    "boundsWidth": 16.0,
    "boundsHeight": 16.0,
}


def _transform(item: PackItem, canvas: tuple[int, int]) -> dict[str, Any]:
    width, height = canvas
    left, top, across, down = item.box
    return {
        "positionX": float(round(left * width)),
        "positionY": float(round(top * height)),
        "alignment": 5,  # Position means the left top corner.
        "boundsType": "OBS_BOUNDS_STRETCH" if item.fill else "OBS_BOUNDS_SCALE_INNER",
        "boundsAlignment": 0,  # Centred in its box.
        "boundsWidth": float(max(1, round(across * width))),
        "boundsHeight": float(max(1, round(down * height))),
    }


def _recording(work: _Provisioning, folder: Path) -> None:
    """FLV into the folder: a container that a crash cannot make unreadable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The recordings' folder {folder} cannot be made: {error.strerror}.",
            "Set recording.folder in stagebox.toml to a folder that you may write.",
        ) from None
    wanted = (
        ("Output", "Mode", "Simple"),
        ("SimpleOutput", "RecFormat", "flv"),
        ("SimpleOutput", "RecFormat2", "flv"),
        ("SimpleOutput", "FilePath", folder.as_posix()),
    )
    for category, name, value in wanted:
        parameter = {"parameterCategory": category, "parameterName": name}
        if work.obs.request("GetProfileParameter", parameter).get("parameterValue") != value:
            work.change("SetProfileParameter", parameter | {"parameterValue": value})
            work.changes.append(f"recording: {category}/{name} = {value}")


def _scenes(work: _Provisioning, pack: ScenePack) -> None:
    existing = {scene["sceneName"] for scene in work.obs.request("GetSceneList")["scenes"]}
    for scene in pack.scenes:
        if scene.name not in existing:
            work.change("CreateScene", {"sceneName": scene.name})
            work.changes.append(f"made the scene {scene.name}")
            work.memory.set(f"scene {scene.name}", [])


def _remove_first_scene(work: _Provisioning, instead: str) -> None:
    """Remove the empty scene of a new collection: it would be a black tile. `instead` comes on program."""
    listed = work.obs.request("GetSceneList")
    if FIRST_SCENE not in {scene["sceneName"] for scene in listed["scenes"]}:
        return
    if work.obs.request("GetSceneItemList", {"sceneName": FIRST_SCENE})["sceneItems"]:
        return  # somebody made it theirs
    if listed["currentProgramSceneName"] == FIRST_SCENE:
        work.change("SetCurrentProgramScene", {"sceneName": instead})
    work.check_here()
    remove_scene(work.obs, FIRST_SCENE)


def _fill_scene(
    work: _Provisioning, scene: Scene, placed: list[_PlacedInput], inputs: dict[str, str], settled: set[str]
) -> None:
    items = _scene_items(work, scene)
    key = f"scene {scene.name}"
    known: list[str] = list(work.memory.get(key) or [])
    made_any = False
    for thing in placed:
        name = thing.input_name
        if name not in settled:
            settled.add(name)
            removed = _settle_input(work, name, thing.spec, inputs)
            if removed:
                items = _scene_items(work, scene)
        taken_out = name not in items and name in known and name in inputs
        if taken_out and name not in work.fresh and not work.reset:
            work.left.append(f"{name} was taken out of the scene {scene.name}")
            continue
        if name not in items:
            items[name] = _add(work, scene, thing, inputs)
            made_any = True
        if thing.transform is not None:
            _settle_transform(work, scene, thing, items[name])
        if name not in known:
            known.append(name)
    work.memory.set(key, known)
    if made_any or work.reset:
        _order(work, scene, [thing.input_name for thing in placed])


def _scene_items(work: _Provisioning, scene: Scene) -> dict[str, int]:
    listed = work.obs.request("GetSceneItemList", {"sceneName": scene.name})["sceneItems"]
    return {item["sourceName"]: int(item["sceneItemId"]) for item in listed}


def _settle_input(work: _Provisioning, name: str, spec: InputSpec, inputs: dict[str, str]) -> bool:
    """Set an existing input right; return whether it was removed, for it had to be of another kind."""
    key = f"input {name}"
    if name not in inputs:
        return False
    if inputs[name] != spec.kind:
        noted = work.memory.get(key)
        ours = noted is not None and noted["kind"] == inputs[name]
        if not (work.reset or ours or name in work.chosen):
            work.left.append(f"{name} is a {inputs[name]}, and the settings say {spec.kind}")
            return False
        work.check_here()
        remove_input(work.obs, name)
        del inputs[name]
        return True
    values = work.obs.request("GetInputSettings", {"inputName": name})["inputSettings"]
    wanted = dict(spec.settings)
    current = {setting: values.get(setting) for setting in wanted}
    if current == wanted:
        work.memory.set(key, {"kind": spec.kind, "settings": wanted})
    elif work.may_choose(name, {"kind": spec.kind, "settings": current}):
        work.change("SetInputSettings", {"inputName": name, "inputSettings": wanted, "overlay": True})
        work.memory.set(key, {"kind": spec.kind, "settings": wanted})
        work.changes.append(f"set {name}")
    else:
        work.left.append(f"{name} was set up by hand")
    return False


def _add(work: _Provisioning, scene: Scene, thing: _PlacedInput, inputs: dict[str, str]) -> int:
    """Put an input into a scene, made first where it does not exist; return the scene item's id."""
    name = thing.input_name
    if name in inputs:
        added = work.change("CreateSceneItem", {"sceneName": scene.name, "sourceName": name})
    else:
        added = work.change(
            "CreateInput",
            {
                "sceneName": scene.name,
                "inputName": name,
                "inputKind": thing.spec.kind,
                "inputSettings": dict(thing.spec.settings),
            },
        )
        inputs[name] = thing.spec.kind
        work.fresh.add(name)
        work.memory.set(f"input {name}", {"kind": thing.spec.kind, "settings": dict(thing.spec.settings)})
    work.memory.set(f"place {scene.name} {name}", None)
    work.changes.append(f"put {name} into the scene {scene.name}")
    return int(added["sceneItemId"])


def _settle_transform(work: _Provisioning, scene: Scene, thing: _PlacedInput, item_id: int) -> None:
    assert thing.transform is not None
    where = {"sceneName": scene.name, "sceneItemId": item_id}
    values = work.obs.request("GetSceneItemTransform", where)["sceneItemTransform"]
    wanted = dict(thing.transform)
    current = {
        name: round(values[name], 1) if isinstance(values[name], float) else values[name] for name in wanted
    }
    key = f"place {scene.name} {thing.input_name}"
    fresh = work.memory.get(key) is None and values["boundsType"] == "OBS_BOUNDS_NONE"
    if current == wanted:
        work.memory.set(key, wanted)
    elif fresh or work.may_change(key, current):
        work.change("SetSceneItemTransform", where | {"sceneItemTransform": wanted})
        work.memory.set(key, wanted)
        work.changes.append(f"placed {thing.input_name} in the scene {scene.name}")
    else:
        work.left.append(f"{thing.input_name} was placed by hand in the scene {scene.name}")


def _order(work: _Provisioning, scene: Scene, names: list[str]) -> None:
    """Bring our items of a scene into the pack's order, from back to front."""
    for index, name in enumerate(names):
        items = work.obs.request("GetSceneItemList", {"sceneName": scene.name})["sceneItems"]
        ids = {item["sourceName"]: item for item in items}
        if name in ids and int(ids[name]["sceneItemIndex"]) != index:
            work.change(
                "SetSceneItemIndex",
                {
                    "sceneName": scene.name,
                    "sceneItemId": ids[name]["sceneItemId"],
                    "sceneItemIndex": index,
                },
            )
            work.changes.append(f"ordered {name} in the scene {scene.name}")
