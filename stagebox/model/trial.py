"""A trial: a test recording of a few seconds. It is judged like a talk, and is none; then its files go."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from stagebox.model.report import Severity

TRIAL_NAME = "test"
"""How the name of a trial's file ends. It is for people: what makes a trial is the session's own field."""

TrialPhase = Literal["starting", "recording", "stopping", "checking", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFinding:
    """One thing that was found in a trial, as in a report; `code` is one of report.Code."""

    code: str
    severity: Severity
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """What became of a trial. `duration_s` and `streams` (kind and codec) are those of its file."""

    verdict: Literal["ok", "flagged", "failed"]
    id: str = ""
    summary: str = ""
    ended_utc: float = 0.0
    duration_s: float = 0.0
    streams: tuple[str, ...] = ()
    findings: tuple[TrialFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """The newest trial as a view shows it. `share` of its work is done; with the end comes the result."""

    phase: TrialPhase
    id: str = ""
    elapsed_s: float = 0.0
    length_s: float = 0.0
    share: float = 0.0
    result: TrialResult | None = None


def is_own(path: str, name: str) -> bool:
    """Whether a file is the one that the trial of this name asked OBS for: no other is ever removed."""
    return PurePath(path.replace("\\", "/")).stem == name
