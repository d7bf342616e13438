"""Black and silence by ffmpeg's own filters."""

import re
from collections.abc import Callable
from pathlib import Path

import ffmpeg

from stagebox.media import runner
from stagebox.media.analysis import Analysis
from stagebox.media.probe import Probe
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

_BLACK = re.compile(r"black_start:([\d.]+) black_end:([\d.]+)")
_SILENCE = re.compile(r"silence_start: (-?[\d.]+)(?:.*?silence_end: ([\d.]+))?", re.DOTALL)


def analyse(
    path: Path,
    probe: Probe,
    limits: VerifySettings,
    *,
    expected_s: float | None = None,
    camera_roles: bool = False,
    deadline_s: float,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Analysis:
    """What the picture and the sound of the recording said."""
    del expected_s, camera_roles
    source = ffmpeg.input(runner.file_url(path), **runner.INPUT_OPTIONS)
    outputs = []
    if probe.of_kind("video"):
        outputs.append(
            source.video.filter("blackdetect", d=limits.black_note_s, pic_th=0.999, pix_th=0.05).output(
                "pipe:1", format="null"
            )
        )
    if probe.of_kind("audio"):
        outputs.append(
            source.audio.filter(
                "silencedetect", n=f"{limits.silence_dbfs}dB", d=limits.silence_warning_s
            ).output("pipe:1", format="null")
        )
    if not outputs:
        return Analysis(())
    with runner.Pipes() as pipes:
        watcher = runner.watch_progress(probe.duration_s, progress or (lambda share: None))
        argv = [
            runner.tool("ffmpeg"), "-hide_banner", "-nostdin", "-nostats", "-v", "info",
            *ffmpeg.merge_outputs(*outputs).get_args(), "-progress", pipes.open(watcher),
        ]  # fmt: skip
        done = runner.run(argv, deadline_s=deadline_s, cancel=cancel, pipes=pipes)
    total_s = probe.duration_s
    black = [(float(a), float(b)) for a, b in _BLACK.findall(done.stderr)]
    silent = [(max(float(a), 0.0), float(b) if b else total_s) for a, b in _SILENCE.findall(done.stderr)]
    return Analysis((*_black(black, total_s, limits), *_silent(silent, total_s, limits)))


def _black(spans: list[tuple[float, float]], total_s: float, limits: VerifySettings) -> list[Finding]:
    share = sum(end - start for start, end in spans) / total_s if total_s else 0.0
    found = []
    for start, end in spans:
        severity = Severity.NOTE
        if end - start >= limits.black_warning_s or share >= limits.black_warning_share:
            severity = Severity.WARNING
        if share >= limits.black_critical_share:
            severity = Severity.CRITICAL
        found.append(
            Finding(
                Code.BLACK, severity, start, end, f"The picture is black for {end - start:.1f} s.",
                "Check the presenter's cable and the scene at this time.", {"share": round(share, 4)},
            )
        )  # fmt: skip
    return found


def _silent(spans: list[tuple[float, float]], total_s: float, limits: VerifySettings) -> list[Finding]:
    share = sum(end - start for start, end in spans) / total_s if total_s else 0.0
    severity = Severity.CRITICAL if share >= limits.silence_critical_share else Severity.WARNING
    return [
        Finding(
            Code.SILENT, severity, start, end, f"There is no sound for {end - start:.1f} s.",
            "Check the microphone and its cable.", {"share": round(share, 4)},
        )
        for start, end in spans
    ]  # fmt: skip
