"""What the passes over one recording gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stagebox.media import filmstrip, remux, runner
from stagebox.media.analysis import RecordingAnalysis
from stagebox.model.report import Finding, Report, ReportedStream


@dataclass(frozen=True, slots=True)
class PassResult:
    """What the passes gave. `lossless` is None when nothing was written."""

    plan: remux.RemuxPlan
    reading: remux.RemuxResult
    hashes: Mapping[int, str]
    lossless: bool | None
    findings: tuple[Finding, ...]
    analysis: RecordingAnalysis
    pictures: tuple[filmstrip.FilmPicture, ...] = ()

    def report(self, source: Path, output: Path | None) -> Report:
        """The report, findings in the order of the timeline."""
        scans = self.reading.packets.streams
        found = sorted(self.findings, key=lambda finding: (finding.start_s, -finding.severity.rank))
        return Report(
            source=runner.exact(source),
            output=None if output is None else runner.exact(output),
            lossless=self.lossless,
            duration_s=self.reading.packets.duration_s,
            streams=tuple(
                ReportedStream(
                    position,
                    stream.kind,
                    stream.codec,
                    scans[position].packets if position in scans else 0,
                    self.hashes.get(position, ""),
                )
                for position, stream in enumerate(self.plan.streams)
            ),
            findings=tuple(found),
        )
