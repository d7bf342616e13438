"""stagebox.toml → typed settings. All faults of a file are told at once, with their lines."""

import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from stagebox import resources
from stagebox.model.button_words import action_of, lamp_of
from stagebox.model.errors import SettingsError, StorageError
from stagebox.model.settings import Settings
from stagebox.settings.finding import find_file, read_text
from stagebox.settings.words import Key, fields


@dataclass(frozen=True)
class LoadedSettings:
    """Settings and where they came from."""

    settings: Settings
    file: Path | None
    """The file that was read; None if there is none and all are defaults."""
    text: str

    @cached_property
    def lines(self) -> dict[Key, int]:
        """For each setting that the file names, its line, counted from 1."""
        from stagebox.settings.key_places import places  # loads tomlkit

        found = places(self.text)
        return {key: found[key] for key, _ in fields() if key in found}


def load(path: Path | None) -> Settings:
    """The settings in force, with `~` expanded and relative paths made absolute from the file's folder.

    The file is `path`, or $STAGEBOX_CONFIG, or ./stagebox.toml, or $XDG_CONFIG_HOME/stagebox/stagebox.toml,
    whichever comes first. Without any, all settings are the defaults.

    Raises:
        SettingsError: the file cannot be read or says something that is not a setting.
    """
    return load_traced(path).settings


def load_traced(path: Path | None) -> LoadedSettings:
    """Like `load`, with the file and line that each setting came from. Raises SettingsError."""
    file = find_file(path)
    if file is not None:
        return parse(read_text(file), file)
    try:
        # All default paths start from the home, so the folder does not matter.
        return LoadedSettings(Settings.model_validate({}, context={"folder": Path(os.sep)}), None, "")
    except ValidationError as error:
        why = error.errors()[0]["ctx"]["error"]
        raise SettingsError(
            f"A default path cannot be used: {why}.", "Set HOME to your home folder."
        ) from None


def parse(text: str, file: Path) -> LoadedSettings:
    """The settings that `text`, which is or shall be in `file`, says; raises SettingsError."""
    try:
        # tomllib keeps every beginning of a dotted key: one of 100,000 parts would take all the memory.
        if max(line.count(".") for line in text.split("\n")) > 100:
            from stagebox.settings.faults import too_deep

            if deep := too_deep(text):
                raise deep
        settings = Settings.model_validate(tomllib.loads(text), context={"folder": file.parent})
        _refuse_unknown_scenes(settings)
    except (ValueError, RecursionError) as error:
        from stagebox.settings.faults import refusal

        raise refusal(error, text, file) from None
    return LoadedSettings(settings, file, text)


def _refuse_unknown_scenes(settings: Settings) -> None:
    """Buttons and lamps name scenes of the scene pack; an OBS that is joined may have scenes of its own.

    Raises ValidationError.
    """
    box = settings.button_box
    scenes = {("buttons", key): action_of(does).scene for key, does in box.buttons.items()}
    scenes |= {("lamps", key): lamp_of(shows).scene for key, shows in box.lamps.items()}
    wanted = any(scenes.values()) and settings.obs.mode == "private"
    known = _scenes_of(settings.scenes.pack) if wanted else ()
    words = "the scene pack has no scene “{scene}”; it has {known}"
    errors: list[InitErrorDetails] = [
        {
            "type": PydanticCustomError("value_error", words, {"scene": scene, "known": ", ".join(known)}),
            "loc": ("button_box", *key),
            "input": scene,
        }
        for key, scene in scenes.items()
        if known and scene and scene not in known
    ]
    if errors:
        raise ValidationError.from_exception_data("scenes", errors)


def _scenes_of(pack: str) -> tuple[str, ...]:
    """The names of the scenes of a pack; none where it cannot be read: who needs it says so."""
    try:
        folders = (Path(pack), resources.folder("scenes") / pack)
        file = next(folder / "pack.toml" for folder in folders if (folder / "pack.toml").is_file())
        return tuple(scene["name"] for scene in tomllib.loads(file.read_text(encoding="utf-8"))["scenes"])
    except (OSError, StorageError, StopIteration, ValueError, KeyError, TypeError):
        return ()
