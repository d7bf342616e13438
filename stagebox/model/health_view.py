"""Live health as a view shows it: a state and words for each role, levels, the record light."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stagebox.model.facts.button_boxes import ButtonBoxReading, LearnedPress
from stagebox.model.facts.proof import LightColour
from stagebox.model.facts.sound import ChannelLevel
from stagebox.model.remedies import RemedyWanted

RoleState = Literal["fine", "note", "warning", "critical", "unknown", "unset"]
"""The worst of a role's checks. What is not known is unknown, never fine. unset: no device is chosen."""

Lack = Literal[
    "",
    "nothing_chosen",
    "mic_unset",
    "mic_missing",
    "mic_muted",
    "mic_off_program",
    "mic_silent",
    "mic_wrong",
    "mic_not_in_obs",
    "mic_unknown",
    "no_picture_chosen",
    "program_black",
    "slides_unset",
    "slides_missing",
    "slides_no_signal",
    "slides_black",
    "slides_unknown",
    "camera_missing",
    "camera_no_signal",
    "camera_black",
    "camera_frozen",
    "camera_unknown",
]
"""What a recording that is written lacks of a whole one; empty for nothing."""

LOST: Mapping[tuple[str, str], Lack] = {
    ("mic", "missing"): "mic_missing",
    ("mic", "silent"): "mic_silent",
    ("mic", "muted"): "mic_muted",
    ("mic", "obs_deaf"): "mic_not_in_obs",
    ("mic", "wrong_device"): "mic_wrong",
    ("slides", "missing"): "slides_missing",
    ("slides", "no_signal"): "slides_no_signal",
    ("slides", "black"): "slides_black",
    ("camera", "missing"): "camera_missing",
    ("camera", "no_signal"): "camera_no_signal",
    ("camera", "black"): "camera_black",
    ("camera", "frozen"): "camera_frozen",
}
"""What an alarm that is up means for the recording, by role and code, the gravest first."""
SOUND_LOST = frozenset(code for role, code in LOST if role == "mic")
PICTURE_LOST = frozenset(code for role, code in LOST if role == "camera")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHealth:
    """One role: slides, camera, mic, disk, obs, machine. `words` is the worst check's sentence."""

    state: RoleState = "unknown"
    words: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureHealth:
    """A picture role. Sizes are the source's own in pixels, 0 for none."""

    state: RoleState = "unknown"
    words: str = ""
    remedy: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundHealth:
    """The microphone. `channels` is what OBS records, empty when unknown; `clipped` grows with each clip.

    `heard` is "off" while a title card without sound is on program, "quiet" while nobody is heard and the
    microphone works; else empty.
    """

    state: RoleState = "unknown"
    words: str = ""
    remedy: str = ""
    channels: tuple[ChannelLevel, ...] = ()
    muted: bool | None = None
    clipped: int = 0
    heard: Literal["", "off", "quiet"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRecorderHealth:
    """The backup recorder and its backup recording."""

    state: RoleState = "unknown"
    words: str = ""
    device: str = ""
    channels: tuple[ChannelLevel, ...] = ()
    backup: str = ""
    backup_s: float = 0.0
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LightHealth:
    """The record light: green only on proof, and while picture and sound are there.

    `lack` is what keeps a proven recording from being green.
    """

    state: LightColour = "off"
    words: str = ""
    remedy: str = ""
    lack: Lack = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamHealth:
    """The stream. Figures are None when there are none. `bitrate_kbps` is what the server took.

    `congestion` runs from 0 to 1: how full OBS's queue is. `behind_s` is how much of the stream has not
    reached the server. `dropped_share` is of the pictures of the last minute.
    """

    state: RoleState = "unknown"
    words: str = ""
    remedy: str = ""
    bitrate_kbps: float | None = None
    congestion: float | None = None
    behind_s: float | None = None
    dropped_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineHealth:
    """The machine. None is unknown.

    Memory is by group of processes (stagebox, obs, helpers): now, the most ever seen, and its trend, which
    is there once ten minutes were seen.
    """

    state: RoleState = "unknown"
    words: str = ""
    remedy: str = ""
    disk_minutes_left: float | None = None
    free_bytes: int | None = None
    cpu_percent: float | None = None
    temperature_c: float | None = None
    battery_percent: float | None = None
    clock_synced: bool | None = None
    memory_bytes: Mapping[str, int] = field(default_factory=dict)
    memory_high_bytes: Mapping[str, int] = field(default_factory=dict)
    memory_growth_bytes_per_h: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonBoxHealth:
    """The button boxes. `wanted`: the settings name some; without, there is nothing to know. None: not told.

    `learning`: the next press is reported in `learned`, and not carried out.
    """

    state: RoleState = "unknown"
    words: str = ""
    remedy: str = ""
    wanted: bool | None = None
    boxes: tuple[ButtonBoxReading, ...] = ()
    learning: bool = False
    learned: LearnedPress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView:
    """Everything of live health.

    What a person may have forgotten, each told by a note of the same code besides: `speaking_unrecorded`,
    somebody speaks and nothing is recorded; `card_on_program`, a title card is shown while recording;
    `room_left`, nobody is heard and no slide changes while recording. `coalesced` counts readings that gave
    way to newer ones before they were looked at.
    """

    pictures: Mapping[str, PictureHealth] = field(default_factory=dict)
    sound: SoundHealth = field(default_factory=SoundHealth)
    ear: BackupRecorderHealth = field(default_factory=BackupRecorderHealth)
    disk: RoleHealth = field(default_factory=RoleHealth)
    obs: RoleHealth = field(default_factory=RoleHealth)
    proof: LightHealth = field(default_factory=LightHealth)
    machine: MachineHealth = field(default_factory=MachineHealth)
    button_box: ButtonBoxHealth = field(default_factory=ButtonBoxHealth)
    stream: StreamHealth = field(default_factory=StreamHealth)
    offers: tuple[RemedyWanted, ...] = ()
    speaking_unrecorded: bool = False
    card_on_program: bool = False
    room_left: bool = False
    coalesced: int = 0
