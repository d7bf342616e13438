"""Scene packs: a folder with `pack.toml` and pictures that says which scenes OBS shall have."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from stagebox.model.errors import SettingsError
from stagebox.model.scenes import PackScene

SLIDES_INPUT = "stagebox slides"
CAMERA_INPUT = "stagebox camera"
MIC_INPUT = "stagebox mic"
FILE_NAME = "pack.toml"

COUNTDOWN = "countdown"

VideoRole = Literal["slides", "camera"]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Share = Annotated[float, Field(ge=0, le=1, strict=False)]


class _PackPart(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PackItem(_PackPart):
    """One thing in a scene: a source role, a title card, or a picture of the pack.

    `box` is left, top, width, height in shares of the canvas; `fill` stretches to the box.
    """

    show: VideoRole | None = None
    card: Literal["intro", "intermission", "outro", "countdown"] | None = None
    picture: str | None = Field(None, pattern=r"^[A-Za-z0-9._-]+$")
    box: Annotated[tuple[Share, Share, Share, Share], Field(strict=False)]
    fill: bool = False

    @model_validator(mode="after")
    def _one_thing_inside_the_canvas(self) -> Self:
        if sum(thing is not None for thing in (self.show, self.card, self.picture)) != 1:
            raise ValueError("give exactly one of show, card, picture")
        left, top, width, height = self.box
        if width <= 0 or height <= 0 or left + width > 1.0001 or top + height > 1.0001:
            raise ValueError("the box is empty or leaves the canvas")
        return self


class Scene(_PackPart):
    """A scene: `name` is OBS's, `label` the people's, in other languages by their codes in `labels`.

    `sound`: the microphone is heard in it.
    """

    name: Name
    label: Name
    labels: dict[Annotated[str, Field(pattern=r"^[a-z]{2}$")], Name] = {}
    sound: bool = False
    items: Annotated[tuple[PackItem, ...], Field(strict=False, min_length=1)]


class PackInputs(_PackPart):
    """What the input of each source role is called in OBS."""

    slides: Name = SLIDES_INPUT
    camera: Name = CAMERA_INPUT
    mic: Name = MIC_INPUT


class ScenePack(_PackPart):
    """A scene pack; `folder` is where its pictures are. `go_live` is the scene on which a stream begins."""

    format: Literal[1]
    name: Name
    inputs: PackInputs = PackInputs()
    go_live: Name | None = None
    scenes: Annotated[tuple[Scene, ...], Field(strict=False, min_length=1)]
    folder: Path = Path()

    @property
    def told(self) -> tuple[PackScene, ...]:
        """What engine and views know of the scenes."""
        return tuple(
            PackScene(
                name=scene.name,
                label=scene.label,
                labels=scene.labels,
                shows=tuple(dict.fromkeys(item.show for item in scene.items if item.show is not None)),
                card=next((item.card for item in scene.items if item.card and item.card != COUNTDOWN), ""),
                sound=scene.sound,
            )
            for scene in self.scenes
        )

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [scene.name for scene in self.scenes]
        names += [self.inputs.slides, self.inputs.camera, self.inputs.mic]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]!r} names two things: OBS needs a name of its own for each")
        if self.go_live is not None and self.go_live not in [scene.name for scene in self.scenes]:
            raise ValueError(f"go_live names {self.go_live!r}, and the pack has no such scene")
        return self


def load_pack(pack: str, packs_folder: Path) -> ScenePack:
    """Return the pack called `pack` below `packs_folder`, or in the folder that `pack` is the path of.

    Raises SettingsError with file and key when it is absent, unreadable, or says what cannot be.
    """
    folder = Path(pack).expanduser()
    if folder.name == pack and not (folder / FILE_NAME).is_file():
        folder = packs_folder / pack
    path = folder / FILE_NAME
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(found.parent.name for found in packs_folder.glob(f"*/{FILE_NAME}")))
        raise SettingsError(
            f"There is no scene pack {pack!r} ({path} is missing).",
            f"Set scenes.pack to one of: {known or 'a folder with a pack.toml'}.",
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.", "Correct the file.") from None
    if "folder" in values:
        raise SettingsError(f"{path}: folder: unknown key.", "Remove it.")
    try:
        read = ScenePack.model_validate(values | {"folder": folder.resolve()})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise SettingsError(f"{path}: {key}: {first['msg']}.", "Correct this key.") from None
    for scene in read.scenes:
        for item in scene.items:
            if item.picture is not None and not (read.folder / item.picture).is_file():
                raise SettingsError(
                    f"{path}: scene {scene.name}: the picture {item.picture} is not there.",
                    f"Put it into {read.folder}, or correct its name.",
                )
    return read
