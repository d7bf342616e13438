"""What is known of the sound: what OBS records (its meters), and what the backup recorder hears.

Both listen to the same microphone: OBS through its input, the backup recorder by itself. Levels are dBFS;
FLOOR_DBFS stands for digital silence. Counters count from the start of what made them: a new `run` begins at
nought.
"""

from dataclasses import dataclass, field
from typing import Literal

from stagebox.model.facts.level_ladder import LevelLadder

FLOOR_DBFS = -120.0

BackupRecorderStatus = Literal[
    "off", "starting", "listening", "no_portaudio", "no_device", "busy", "refused", "lost", "down"
]
"""off: none is set up. down: the backup recorder's own process does not run. lost: the device ended in
mid-stream."""

Sort = Literal["unknown", "nothing", "voice", "noise", "other"]
"""What two seconds of sound were. nothing: not even an open microphone. noise: hiss or hum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLevel:
    """One channel over one reading."""

    rms_dbfs: float
    peak_dbfs: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRecorderReading:
    """What the backup recorder says of itself. Volatile, about ten a second while it listens.

    `detail` and `remedy` are sentences where `status` is not good. `levels` are of the last reading, one a
    channel. `clipped` counts runs of three or more samples at full scale, `xruns` the overflows that
    PortAudio tells of, `gaps` the holes found in the sound, `dropped` the blocks thrown away because
    the writer could not follow. `sort` is what the last two seconds were, `turned` whether left and right
    took each other away in them, `flat` counts those with a voice whose peaks were cut off at any level.
    `measured_rate_hz` is counted against the clock; None until known.
    `backup` is the file being written, "" for none; `backup_fault` says why none is, although wanted.
    """

    kind: Literal["ear"] = "ear"
    run: int
    status: BackupRecorderStatus
    detail: str = ""
    remedy: str = ""
    device: str = ""
    rate_hz: int = 0
    measured_rate_hz: float | None = None
    levels: tuple[ChannelLevel, ...] = ()
    clipped: int = 0
    xruns: int = 0
    gaps: int = 0
    dropped: int = 0
    sort: Sort = "unknown"
    turned: bool = False
    flat: int = 0
    backup: str = ""
    backup_s: float = 0.0
    backup_fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetersReading:
    """What OBS says of the microphone's input. Volatile, at most ten a second.

    `up` is False while OBS cannot be asked; `detail` then says why. `present`: OBS has the input.
    `live`: it sounds in what is on program now. `levels` are what is recorded, after mute and fader, the
    loudest since the last observation; `input_peaks_dbfs` are before them. `clipped` counts OBS's
    readings (20 a second) at full scale, `holes` the short stretches of digital silence inside sound.
    None is for what OBS did not tell.
    """

    kind: Literal["meters"] = "meters"
    run: int
    up: bool
    detail: str = ""
    present: bool | None = None
    live: bool = False
    muted: bool | None = None
    volume_db: float | None = None
    device: str | None = None
    levels: tuple[ChannelLevel, ...] = ()
    input_peaks_dbfs: tuple[float, ...] = ()
    clipped: int = 0
    holes: int = 0


SoundReading = BackupRecorderReading | MetersReading


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentCount:
    """How often something happened lately: (monotonic second, count), the oldest first, bounded.

    `last` is the counter as last read, `last_at` when it last grew.
    """

    last: int | None = None
    last_at: float | None = None
    seconds: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerFacts:
    """What one listener heard without a break since the monotonic time `since`, last at `at`.

    `seconds` is the loudest level of each of the last seconds, (monotonic second, dBFS), the oldest first.
    """

    since: float | None = None
    at: float | None = None
    levels: tuple[ChannelLevel, ...] = ()
    loudest: LevelLadder = field(default_factory=LevelLadder)
    channels: tuple[LevelLadder, ...] = ()
    before_fader: LevelLadder = field(default_factory=LevelLadder)
    seconds: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupCoverage:
    """How much of one talk is in its backups: `before_s` in those that are finished, `file_s` in `file`.

    `talk` is what all their names begin with.
    """

    talk: str = ""
    file: str = ""
    before_s: float = 0.0
    file_s: float = 0.0

    @property
    def all_s(self) -> float:
        """Seconds in all backups of the talk."""
        return self.before_s + self.file_s


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRecorderFacts:
    """The backup recorder: its last word, and what it heard. `status_since` is monotonic.

    `sorts` is what each of the last seconds was, and whether left and right took each other away in it,
    (monotonic second, sort, turned), the oldest first.
    """

    at: float | None = None
    seen: BackupRecorderReading | None = None
    status_since: float | None = None
    hearing: ListenerFacts = field(default_factory=ListenerFacts)
    clipped: RecentCount = field(default_factory=RecentCount)
    holes: RecentCount = field(default_factory=RecentCount)
    backed_up: BackupCoverage = field(default_factory=BackupCoverage)
    flat: RecentCount = field(default_factory=RecentCount)
    sorts: tuple[tuple[int, Sort, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterFacts:
    """OBS's meters: OBS's last word, and what OBS heard.

    `off_air_since`: the input has not been in the program since then; None while it is.
    `absent_since`: OBS has not had the input since then.
    """

    at: float | None = None
    seen: MetersReading | None = None
    off_air_since: float | None = None
    absent_since: float | None = None
    hearing: ListenerFacts = field(default_factory=ListenerFacts)
    clipped: RecentCount = field(default_factory=RecentCount)
    holes: RecentCount = field(default_factory=RecentCount)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundWanted:
    """What the settings and the scene pack want; set once at the start.

    `mic`: a microphone is set up. `ear`: the backup recorder can hear it. `device` is the device as OBS names
    it, `silent_scenes` the scenes that are meant to have no sound (title cards).
    """

    mic: bool = False
    ear: bool = False
    device: str = ""
    silent_scenes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFacts:
    """The microphone's sound, heard twice. `at` is when anything was last seen of it."""

    at: float | None = None
    wanted: SoundWanted = field(default_factory=SoundWanted)
    obs: MeterFacts = field(default_factory=MeterFacts)
    ear: BackupRecorderFacts = field(default_factory=BackupRecorderFacts)
