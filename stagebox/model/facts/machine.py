"""What is seen and known of the machine, of OBS's own figures, and of how fast the recording grows."""

from dataclasses import dataclass
from typing import Literal

FolderState = Literal["ok", "gone", "read_only"]
Group = Literal["stagebox", "obs", "helpers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMemory:
    """Memory of one group of processes. `uss_bytes` is what would be freed if they ended; None: not told."""

    group: Group
    processes: int
    rss_bytes: int
    uss_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostReading:
    """The machine as the operating system tells it. Volatile. None is unknown, always.

    `recording_folder` and `recording_free_bytes` are None when OBS records on another computer;
    `recording_path` is the folder for people. `second_*` are the same of the second folder, if one is set.
    `planned_bytes_per_s` is what a recording takes by the settings. `throttled` is whether the processor
    was slowed by heat since the reading before. `temperature_c` is the hottest sensor's,
    `temperature_high_c` the limit that this sensor itself names. `mains` is False on battery.
    `wall_offset_s` is wall time minus time since boot, so a jump of it is a step of the clock;
    `slept_s` is how long the machine slept since boot.
    """

    kind: Literal["host"] = "host"
    recording_folder: FolderState | None = None
    recording_path: str = ""
    recording_free_bytes: int | None = None
    second_folder: FolderState | None = None
    second_path: str = ""
    second_free_bytes: int | None = None
    reserve_bytes: int = 0
    planned_bytes_per_s: float = 0.0
    cpu_percent: float | None = None
    memory: tuple[GroupMemory, ...] = ()
    temperature_c: float | None = None
    temperature_high_c: float | None = None
    throttled: bool | None = None
    mains: bool | None = None
    battery_percent: float | None = None
    clock_synced: bool | None = None
    wall_offset_s: float | None = None
    slept_s: float | None = None


@dataclass(frozen=True, slots=True)
class RecordingGrowth:
    """How many bytes OBS had written of the present recording at the monotonic second `at`."""

    at: float
    record_bytes: int


@dataclass(frozen=True, slots=True)
class FrameCounters:
    """OBS's frame counters at the monotonic second `at`."""

    at: float
    render_skipped: int
    render_total: int
    output_skipped: int
    output_total: int


@dataclass(frozen=True, slots=True)
class MemoryHistory:
    """A group's memory: the newest figures, the highest ever seen, and one sample a minute for an hour."""

    now: GroupMemory
    high_bytes: int
    samples: tuple[tuple[float, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineFacts:
    """The machine and OBS's figures.

    `at` is when the machine was last seen, `obs_at` when OBS's figures were. `growth` and `frames` reach
    about a minute back, oldest first; both begin anew when OBS does. `throttled_at`, `clock_step_at` and
    `slept_at` are when the processor was last seen slowed by heat, the wall clock stepped (by
    `clock_step_s`), and the machine woken from sleep; all times are monotonic seconds.
    """

    at: float | None = None
    obs_at: float | None = None
    host: HostReading | None = None
    recording: bool | None = None
    obs_free_bytes: int | None = None
    growth: tuple[RecordingGrowth, ...] = ()
    frames: tuple[FrameCounters, ...] = ()
    memory: tuple[MemoryHistory, ...] = ()
    throttled_at: float | None = None
    clock_step_s: float = 0.0
    clock_step_at: float | None = None
    slept_at: float | None = None
