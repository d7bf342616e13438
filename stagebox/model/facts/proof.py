"""What is known of the growing recording: the proof that it is written, and can be played."""

from dataclasses import dataclass
from typing import Literal

LightColour = Literal["off", "green", "amber", "red"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TailFacts:
    """What decoding the last seconds of the growing file gave.

    `end_s` is the recording's own time of its last video packet. `frames` pictures were decoded, and their
    times move (`moving`). `sound_packets` of sound were decoded, the loudest part at `peak_dbfs` (None: no
    sound; -120: digital silence). `mean_level` and `peak_level` are the brightness of the brightest of the
    pictures and of its brightest spot, full range, 0 to 255 (None: unknown). `fault` says in a sentence why
    it is no proof, else empty.
    """

    end_s: float
    frames: int
    moving: bool
    sound_packets: int
    peak_dbfs: float | None
    fault: str = ""
    mean_level: float | None = None
    peak_level: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofReading:
    """The growing file as the disk has it. Volatile.

    `path` is empty when it is not known, or not on this computer. `file_bytes` is None when the file is not
    there. `tail` is new in this observation, or None when only the size was looked at.
    """

    kind: Literal["proof"] = "proof"
    path: str
    file_bytes: int | None
    tail: TailFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFacts:
    """What is known of the growing recording. Times are monotonic; None is never.

    `obs_grew_at` and `file_grew_at`: when OBS's figure and the file last grew. `tail_before` is the proof
    before the newest one in the same file, `bad_tails` how many in a row could not be decoded. `path_since`
    is when `path` was seen first, `new_file` that no tail of it was seen yet.
    """

    obs_at: float | None = None
    obs_recording: bool | None = None
    obs_bytes: int = 0
    obs_grew_at: float | None = None
    recording_since: float | None = None
    file_at: float | None = None
    path: str = ""
    path_since: float | None = None
    new_file: bool = False
    file_bytes: int | None = None
    file_grew_at: float | None = None
    tail: TailFacts | None = None
    tail_at: float | None = None
    tail_before: TailFacts | None = None
    tail_before_at: float | None = None
    bad_tails: int = 0
