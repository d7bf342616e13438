"""A processed talk's report as views read it: `stagebox.report/1`, with what is shown beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stagebox.model.said import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFinding:
    """One finding; seconds from the start of the recording. `said` is what its message is made of."""

    code: str
    severity: str
    start_s: float = 0.0
    end_s: float = 0.0
    message: str = ""
    remedy: str = ""
    said: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedFinding:
    """A person's word that a finding is no fault."""

    code: str
    start_s: float
    end_s: float
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterAcceptance:
    """What the talk comes to with what people said. `fate`: what became of it, and who said so."""

    fate: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RescueOutput:
    """The second output; empty for none."""

    output: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkReport:
    """A talk's report. `trouble`: why there is none. `pictures` are the filmstrip's times in seconds.

    `waveform` has the lowest and the highest sample of each column, -1 to 1.
    """

    trouble: str = ""
    output: str | None = None
    duration_s: float = 0.0
    lossless: bool | None = None
    loudness_lufs: float | None = None
    findings: tuple[ReportFinding, ...] = ()
    accepted: tuple[AcceptedFinding, ...] = ()
    after_acceptance: AfterAcceptance | None = None
    rescue: RescueOutput | None = None
    pictures: tuple[float, ...] = ()
    waveform: tuple[tuple[float, ...], ...] = ()
