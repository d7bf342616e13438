"""What came of a rehearsal: its alarms, its figures, and whether it was good. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagebox.model.report import Severity
from stagebox.rehearsal import talks
from stagebox.rehearsal.canvas_ladder import LadderChoice
from stagebox.rehearsal.continuity import GAP_S
from stagebox.rehearsal.streaming import ArrivedStream
from stagebox.rehearsal.talks import RehearsedTalk

STILLS = ("intro", "intermission", "outro")
"""Scenes that show a title card: neither slides nor camera, so no counter."""

STUTTER_SHARE = 0.05
"""More single frames missing than this share, beside those that OBS itself left out, are a problem."""

LATE_S = 0.1
"""From here on it is told how long the venue itself was kept waiting."""


@dataclass(slots=True)
class AlarmLog:
    """When each alarm was raised and cleared, in seconds since the fault (or the start of the recording).

    `zero_s` is when that was, `ended_s` when the fault was undone (None: there was none), both monotonic.
    `rows` has a row for each time an alarm came. What was only noted has a row apart from the same code's
    alarm: a note that becomes an alarm was raised when it did.
    """

    zero_s: float = 0.0
    ended_s: float | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)

    def begin(self, at_s: float) -> None:
        """The talk begins at `at_s` (monotonic): what came and went before is not the talk's."""
        self.rows = [row for row in self.rows if row["cleared_at_s"] is None]
        self.zero_s = at_s

    def note(self, alarms: Iterable[dict[str, Any]], at_s: float) -> None:
        """Take in the alarms of one snapshot, seen at `at_s` (monotonic seconds)."""
        up = {_key(alarm): alarm for alarm in alarms}
        for row in self.rows:
            if row["cleared_at_s"] is not None:
                continue
            alarm = up.pop(_key(row), None)
            if alarm is None:
                row["cleared_at_s"] = at_s
            elif alarm["level"] == Severity.CRITICAL:
                row["level"] = alarm["level"]
        for alarm in up.values():
            self.rows.append(
                {
                    "code": str(alarm["code"]),
                    "level": alarm["level"],
                    "role": str(alarm.get("role") or ""),
                    "message": alarm.get("message", ""),
                    "raised_at_s": at_s,
                    "cleared_at_s": None,
                }
            )

    def to_json(self) -> list[dict[str, Any]]:
        """The alarms as `rehearse --json` prints them."""
        return [
            {
                "code": row["code"],
                "level": row["level"],
                "role": row["role"],
                "message": row["message"],
                "raised_after_s": round(row["raised_at_s"] - self.zero_s, 3),
                "cleared_after_s": (
                    None if row["cleared_at_s"] is None else round(row["cleared_at_s"] - self.zero_s, 3)
                ),
            }
            for row in self.rows
        ]


def _key(alarm: dict[str, Any]) -> tuple[str, str, bool]:
    return str(alarm["code"]), str(alarm.get("role") or ""), alarm["level"] == Severity.NOTE


@dataclass(frozen=True, slots=True)
class PlayedFault:
    """One fault: when it began by the venue's clock, and how long until it was noticed and overcome."""

    fault: str
    at_s: float
    noticed_after_s: float | None
    recovered_after_s: float | None

    def to_json(self) -> dict[str, Any]:
        """The object in `rehearse --json`."""
        return {
            "fault": self.fault,
            "at_s": round(self.at_s, 3),
            "noticed_after_s": _rounded(self.noticed_after_s),
            "recovered_after_s": _rounded(self.recovered_after_s),
        }


@dataclass(frozen=True, slots=True)
class SkippedFrames:
    """Pictures that OBS itself counts as left out: not drawn in time, not encoded in time.

    A busy computer does that; what the recording lacks beyond `drawing` and `encoding`, something else took.
    """

    drawing: int
    encoding: int


def skipped_in(snapshot: Mapping[str, Any] | None) -> SkippedFrames | None:
    """OBS's counts since its start; None when they are not known."""
    obs = (snapshot or {}).get("obs") or {}
    drawing, encoding = obs.get("render_skipped_frames"), obs.get("output_skipped_frames")
    return None if drawing is None or encoding is None else SkippedFrames(int(drawing), int(encoding))


@dataclass(slots=True)
class SkipLog:
    """OBS's counts, added up over a talk; an OBS that starts anew counts anew.

    `total` is None until a count was seen twice.
    """

    total: SkippedFrames | None = None
    _last: SkippedFrames | None = None

    def begin(self) -> None:
        """The talk begins: what was counted before is not the talk's."""
        self.total = None

    def note(self, snapshot: Mapping[str, Any] | None) -> None:
        """Take in the counts of one snapshot."""
        now = skipped_in(snapshot)
        before, self._last = self._last, now
        if now is None or before is None:
            return
        drawing, encoding = now.drawing - before.drawing, now.encoding - before.encoding
        if min(drawing, encoding) < 0:
            return  # Another OBS: what it left out until it was first asked is not known, and not counted.
        sum_ = self.total or SkippedFrames(0, 0)
        self.total = SkippedFrames(sum_.drawing + drawing, sum_.encoding + encoding)


@dataclass(frozen=True, slots=True)
class RehearsalOutcome:
    """What came of a rehearsal. `output` lies where the person finds it after everything else is gone.

    `rescue` is the output with the backup's sound, None without; `audio_gap_s` is that of the better of both,
    `own_audio_gap_s` that of `output`. `noticed_after_s` and `recovered_after_s` are seconds from a fault
    until the box noticed it, and until the talk was recorded again; `played` tells of each fault of a storm.
    `unaccounted_s` are seconds of the session that neither an output holds nor a finding explains; `ticks`
    are those of the counters between which the session was recorded. `skipped` is what OBS counted
    meanwhile, None when nobody knows; `promise` is what this computer was measured to hold. `talks` are those
    that were recorded back to back, if there were several; all else is then of the first one.
    """

    verdict: str
    session: str
    output: Path | None
    segments: tuple[str, ...]
    duration_s: float
    alarms: tuple[dict[str, Any], ...]
    gap_s: float
    audio_gap_s: float
    fault: str | None
    scenes_asked: tuple[str, ...]
    scenes_seen: tuple[str, ...]
    frames: int
    frames_missing: int
    speech_audible: bool
    speech_dbfs: float
    late_s: float
    summary: str
    timings_s: dict[str, float]
    fault_ended_after_s: float | None = None
    stream: tuple[ArrivedStream, ...] | None = None
    own_audio_gap_s: float = 0.0
    rescue: Path | None = None
    noticed_after_s: float | None = None
    recovered_after_s: float | None = None
    unaccounted_s: tuple[int, ...] = ()
    skipped: SkippedFrames | None = None
    ticks: tuple[int, int] = (0, 0)
    played: tuple[PlayedFault, ...] = ()
    seed: int | None = None
    promise: LadderChoice | None = None
    talks: tuple[RehearsedTalk, ...] = ()

    @property
    def frames_unexplained(self) -> int:
        """Single frames missing beyond those that OBS says it left out because this computer was busy."""
        left_out = 0 if self.skipped is None else self.skipped.drawing + self.skipped.encoding
        return max(0, self.frames_missing - left_out)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person is told besides, each as a sentence: nothing of it is stagebox's to answer for."""
        found = []
        left_out = self.frames_missing - self.frames_unexplained
        if left_out and self.promise is not None:
            found.append(_left_out(left_out, self.frames, self.promise))
        if self.promise is not None and self.promise.trials and not self.promise.obs_first:
            found.append("OBS could not be given the processor first: only root may ask for that here.")
        if self.late_s >= LATE_S:
            found.append(f"This computer kept the venue itself waiting for {self.late_s:.2f} s in all.")
        return tuple(found)

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps this rehearsal from being good, each as a sentence."""
        found = []
        if self.verdict != "ok":
            found.append(f"The verdict is {self.verdict}. {self.summary}".strip())
        if self.gap_s > 0:
            found.append(f"The picture lacks {self.gap_s:.2f} s of the session.")
        if self.audio_gap_s > 0:
            found.append(f"The sound lacks {self.audio_gap_s:.2f} s of the session.")
        if self.frames_unexplained > STUTTER_SHARE * self.frames:
            found.append(
                f"The picture stutters: {self.frames_unexplained} single frames of {self.frames} are missing,"
                " and OBS did not leave them out."
            )
        if self.unaccounted_s:
            seconds = ", ".join(str(second) for second in self.unaccounted_s[:10])
            found.append(f"Nothing says why these seconds of the session are in no output: {seconds}.")
        if not scenes_match(self.scenes_asked, self.scenes_seen):
            found.append(f"Not the scenes that were asked for are seen: {', '.join(self.scenes_seen)}.")
        if not self.speech_audible:
            found.append("No speech is heard.")
        found += talks.problems(self.talks[1:])
        if self.between_gap_s >= GAP_S:
            found.append(f"Between two talks {self.between_gap_s:.2f} s are in no output.")
        return (*found, *self._stream_problems)

    @property
    def _stream_problems(self) -> tuple[str, ...]:
        if self.stream is None:
            return ()
        if not self.stream:
            return ("Nothing arrived at the streaming server.",)
        if self.fault is not None:
            return ()  # What the fault took from the stream is lost; the recording is what must be whole.
        found = []
        for one in self.stream:
            if one.verdict != "ok":
                found.append(f"The verdict on the stream is {one.verdict}. {one.summary}".strip())
            if one.gap_s > 0 or one.audio_gap_s > 0:
                found.append(f"The stream lacks {max(one.gap_s, one.audio_gap_s):.2f} s.")
            if not one.speech_audible:
                found.append("No speech is heard in the stream.")
        return tuple(found)

    @property
    def between_gap_s(self) -> float:
        """The most seconds that lack between two neighbouring outputs; 0 or less: they meet or overlap."""
        return talks.between_s(self.talks)

    def to_json(self) -> dict[str, Any]:
        """The object that `stagebox rehearse --json` prints."""
        return {
            "verdict": self.verdict,
            "session": self.session,
            "output": None if self.output is None else str(self.output),
            "segments": list(self.segments),
            "duration_s": round(self.duration_s, 3),
            "alarms": [row for row in self.alarms if row["level"] != Severity.NOTE],
            "noted": [row for row in self.alarms if row["level"] == Severity.NOTE],
            "gap_s": round(self.gap_s, 3),
            "audio_gap_s": round(self.audio_gap_s, 3),
            "fault": self.fault,
            "fault_ended_after_s": (
                None if self.fault_ended_after_s is None else round(self.fault_ended_after_s, 3)
            ),
            "noticed_after_s": _rounded(self.noticed_after_s),
            "recovered_after_s": _rounded(self.recovered_after_s),
            "own_audio_gap_s": round(self.own_audio_gap_s, 3),
            "unaccounted_s": list(self.unaccounted_s),
            "ticks": list(self.ticks),
            "seed": self.seed,
            "played": [one.to_json() for one in self.played],
            "rescue": None if self.rescue is None else str(self.rescue),
            "scenes": list(self.scenes_seen),
            "frames": self.frames,
            "frames_missing": self.frames_missing,
            "frames_not_drawn": None if self.skipped is None else self.skipped.drawing,
            "frames_not_encoded": None if self.skipped is None else self.skipped.encoding,
            "frames_unexplained": self.frames_unexplained,
            "canvas": None if self.promise is None else self.promise.to_json(),
            "remarks": list(self.remarks),
            "speech_audible": self.speech_audible,
            "talks": [one.to_json() for one in self.talks],
            "between_gap_s": round(self.between_gap_s, 3),
            "stream": None if self.stream is None else [one.to_json() for one in self.stream],
            "venue_late_s": round(self.late_s, 3),
            "problems": list(self.problems),
            "timings_s": {name: round(value, 3) for name, value in self.timings_s.items()},
        }


def _left_out(pictures: int, frames: int, promise: LadderChoice) -> str:
    """What a busy computer cost, against what it had promised before the talk."""
    trial = promise.trial
    said = (
        f"OBS left out {pictures} of {frames} pictures: this computer was too busy to draw or encode them; "
    )
    if trial is None:
        return said + "how many it can do was not known before the talk."
    if promise.held:
        return said + f"before the talk it kept up with all but {trial.lost_share:.0%}."
    return said + f"before the talk it already left out {trial.lost_share:.0%}."


def scenes_match(asked: Sequence[str], seen: Sequence[str]) -> bool:
    """Whether the scenes seen are those asked for, in that order, and nothing else in between."""
    merged = [scene for index, scene in enumerate(seen) if index == 0 or seen[index - 1] != scene]
    return merged == list(asked)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
