"""What is said of a recording: findings, verdict, report (schema `stagebox.report/1`)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from stagebox.model.said import as_json, said_of
from stagebox.model.schedule import TalkConsent

SCHEMA = "stagebox.report/1"


class Severity(StrEnum):
    """How much a finding or an alarm matters; the values are ordered by `rank`."""

    NOTE = "note"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for critical."""
        return list(Severity).index(self)


class Verdict(StrEnum):
    """ok: nothing above a note. flagged: a person should look. failed: no usable MP4 could be made."""

    OK = "ok"
    FLAGGED = "flagged"
    FAILED = "failed"


class Code(StrEnum):
    """Finding and alarm codes. A code means the same live (alarm) and afterwards (finding)."""

    BLACK = "black"
    NO_SIGNAL = "no_signal"
    FROZEN = "frozen"
    SILENT = "silent"
    QUIET = "quiet"
    CLIPPING = "clipping"
    CHANNEL_DEAD = "channel_dead"
    CHANNEL_NOISE = "channel_noise"
    OUT_OF_PHASE = "out_of_phase"
    DROPOUTS = "dropouts"
    NO_SPEECH = "no_speech"
    NO_VIDEO = "no_video"
    NO_AUDIO = "no_audio"
    AV_LENGTH_MISMATCH = "av_length_mismatch"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    DISCONTINUITY = "discontinuity"
    SHORT = "short"
    GAP = "gap"
    PAUSED = "paused"
    NOT_LOSSLESS = "not_lossless"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NO_MP4 = "no_mp4"
    LEFT_OUT = "left_out"
    SHARED = "shared"
    WRONG_LENGTH = "wrong_length"
    GROWING = "growing"
    NOT_DONE = "not_done"
    VOICE_UNSURE = "voice_unsure"
    MISSING = "missing"
    SOURCE_UNSET = "source_unset"
    MUTED = "muted"
    # Live only, below.
    WRONG_DEVICE = "wrong_device"
    OBS_DEAF = "obs_deaf"
    OBS_DOWN = "obs_down"
    OBS_STUCK = "obs_stuck"
    SCENES_GONE = "scenes_gone"
    OBS_PROFILE = "obs_profile"
    NOT_RECORDING = "not_recording"
    DISK_LOW = "disk_low"
    DISK_FULL = "disk_full"
    FOLDER_GONE = "folder_gone"
    ENCODER_LAG = "encoder_lag"
    RENDER_LAG = "render_lag"
    STREAM_LOST = "stream_lost"
    STREAM_REFUSED = "stream_refused"
    STREAM_SLOW = "stream_slow"
    BUTTON_BOX_GONE = "button_box_gone"
    EAR_DOWN = "ear_down"
    HOT = "hot"
    ON_BATTERY = "on_battery"
    CLOCK_UNSYNCED = "clock_unsynced"
    SPEAKING_UNRECORDED = "speaking_unrecorded"
    TALK_UNRECORDED = "talk_unrecorded"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CARD_ON_PROGRAM = "card_on_program"
    ROOM_LEFT = "room_left"


LIVE_ONLY = frozenset(list(Code)[list(Code).index(Code.WRONG_DEVICE) :])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found in a recording.

    `start_s` and `end_s` are seconds from the start of the recording. `message` says what was found,
    `remedy` what to do, `evidence` the figures it rests on (JSON values only). A message is a `Sentence`,
    but for those of reports that were written before it had a code.
    """

    code: Code
    severity: Severity
    start_s: float
    end_s: float
    message: str
    remedy: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The finding as the JSON object of `stagebox.report/1`."""
        return {
            "code": str(self.code),
            "severity": str(self.severity),
            "start_s": round(self.start_s, 3),
            "end_s": round(self.end_s, 3),
            "message": self.message,
            "remedy": self.remedy,
            "evidence": dict(self.evidence),
            **({"said": as_json(said)} if (said := said_of(self.message)).code else {}),
        }


@dataclass(frozen=True, slots=True)
class ReportedStream:
    """One stream of the recording: `kind` is video, audio, subtitle or data; `hash` is `murmur3:<hex>`."""

    index: int
    kind: str
    codec: str
    packets: int
    hash: str

    def to_json(self) -> dict[str, Any]:
        """The stream as the JSON object of `stagebox.report/1`."""
        return {
            "index": self.index,
            "kind": self.kind,
            "codec": self.codec,
            "packets": self.packets,
            "hash": self.hash,
        }


@dataclass(frozen=True, slots=True)
class RescueReport:
    """The second output, with the backup's sound; or, with `output` None, in `why_not` why there is none.

    Args:
        output: its path as text.
        reasons: what was wrong with the recording's own sound, as codes of findings and alarms.
        backups: the backup recordings that were used or looked at.
        method: how the backup was put in its place: by cross-correlation with the recording's own sound, or,
            where that had none, by the clocks alone.
        offset_s: when the first backup begins, in seconds of the output (negative: before it).
        drift_ppm: how much slower the backup's clock ran than the recording's; corrected. None: too short
            to be measured, not corrected.
        residual_s: how far own sound and rescue sound are apart at most where both exist, measured in the
            finished file; None where there is no own sound. Where the recording lost sound for a moment, what
            follows lies up to `steps_s` beside it: the backup is right there.
        gained_s: seconds of sound that the recording itself lacks.
        lost_s: seconds of the session of which neither has sound.
        picture_stands_s: seconds for which the picture stands still, because OBS recorded nothing.
        duration_s: length of the output.
        picture_lossless: every picture packet is that of the recording.
    """

    output: str | None
    reasons: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()
    method: str = ""
    offset_s: float | None = None
    drift_ppm: float | None = None
    residual_s: float | None = None
    steps_s: float = 0.0
    gained_s: float = 0.0
    lost_s: float = 0.0
    picture_stands_s: float = 0.0
    duration_s: float = 0.0
    picture_lossless: bool | None = None
    why_not: str = ""

    def to_json(self) -> dict[str, Any]:
        """The `rescue` object of a report."""
        value = asdict(self)
        for key, figure in value.items():
            if isinstance(figure, float):
                value[key] = round(figure, 4)
        return {**value, "reasons": list(self.reasons), "backups": list(self.backups)}


@dataclass(frozen=True, slots=True)
class Report:
    """All that is said of one recording.

    `source` and `output` are paths as text; `output` is None when none was made or asked for.
    `lossless` is True when every stream's packet hash is equal in source and output, False when one
    is not, None when there is no output to compare. `usable` is False when no MP4 can be made of it.
    `rescue` is about the second output, None when none was called for. `consent` is what the talk's speaker
    allowed when the talk ended; None where no schedule had the talk.
    """

    source: str
    output: str | None
    lossless: bool | None
    duration_s: float
    streams: tuple[ReportedStream, ...] = ()
    findings: tuple[Finding, ...] = ()
    usable: bool = True
    rescue: RescueReport | None = None
    consent: TalkConsent | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that follows from the findings."""
        return verdict_of(self.findings, usable=self.usable)

    def to_json(self) -> dict[str, Any]:
        """The report as one object of the array that `process --json` and `verify --json` print."""
        return {
            "schema": SCHEMA,
            "source": self.source,
            "output": self.output,
            "verdict": str(self.verdict),
            "lossless": self.lossless,
            "duration_s": round(self.duration_s, 3),
            "streams": [stream.to_json() for stream in self.streams],
            "findings": [finding.to_json() for finding in self.findings],
            **({} if self.rescue is None else {"rescue": self.rescue.to_json()}),
            **(
                {}
                if self.consent is None
                else {"consent": {name: str(word) for name, word in asdict(self.consent).items()}}
            ),
        }


def verdict_of(findings: Iterable[Finding], *, usable: bool) -> Verdict:
    """failed when nothing usable could be made, flagged on any finding above note, else ok."""
    if not usable:
        return Verdict.FAILED
    if any(finding.severity is not Severity.NOTE for finding in findings):
        return Verdict.FLAGGED
    return Verdict.OK
