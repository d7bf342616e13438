"""What a recording shows and sounds like: the picture and the sound, judged by pure rules."""

from dataclasses import dataclass

from stagebox.model.report import Finding


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the picture and the sound of one recording said.

    `loudness_lufs` is the integrated loudness (EBU R 128), None without sound. `waveform` holds (minimum,
    maximum) of the samples, -1 to 1, in equal steps over the recording, of the first audio track.
    """

    findings: tuple[Finding, ...]
    loudness_lufs: float | None = None
    waveform: tuple[tuple[float, float], ...] = ()
