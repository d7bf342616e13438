"""What Set-up shows and changes: the sources and names in force, what could be chosen, the checklist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SourceRole = Literal["slides", "camera", "mic"]
SOURCE_ROLES: tuple[SourceRole, ...] = ("slides", "camera", "mic")

CheckLevel = Literal["good", "note", "look", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenDevice:
    """The device behind a role, as in stagebox.toml."""

    kind: str = "none"
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveSettings:
    """The settings that people change on the screen, as `serve` works with them now.

    `buttons` is what each button of the button boxes does, as in button_box.buttons. `schedule_source`,
    `schedule_room` and `auto_start` are those of [schedule].
    """

    title: str = ""
    room: str = ""
    folder: str = ""
    slides: ChosenDevice = ChosenDevice()
    camera: ChosenDevice = ChosenDevice()
    mic: ChosenDevice = ChosenDevice()
    buttons: Mapping[str, str] = field(default_factory=dict)
    schedule_source: str = ""
    schedule_room: str = ""
    auto_start: bool = False

    def of(self, role: SourceRole) -> ChosenDevice:
        """The device behind a role."""
        return {"slides": self.slides, "camera": self.camera, "mic": self.mic}[role]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFound:
    """A device as OBS lists it: `kind` and `device` are for stagebox.toml, `name` is for people."""

    kind: str
    device: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFound:
    """A folder that could take the recordings, and the room on its disk."""

    path: str
    free_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One line of the doctor's checklist: `check` names it for programs, the others are for people.

    `target` is where a touch helps: a page of Set-up, like "setup/sources/mic", or "build_scenes"; empty:
    nowhere.
    """

    check: str
    title: str
    level: CheckLevel
    summary: str
    remedy: str = ""
    target: str = ""
