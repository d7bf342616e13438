"""Which findings follow from what a sound track was measured to be. Pure."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stagebox.hearing import voice
from stagebox.media.analysis.channel_pair import side_findings
from stagebox.media.analysis.loudness import integrated_lufs
from stagebox.media.analysis.silence import silent_and_soft
from stagebox.media.analysis.sound_meter import AudioTrackFacts
from stagebox.media.analysis.speaking import VoiceFinder, no_speech
from stagebox.media.analysis.stretches import sliding, spread, stretches
from stagebox.media.analysis.stutter import stutters
from stagebox.media.findings import finding
from stagebox.media.thresholds import (
    CLIPPED_SECOND_COUNT,
    DROPOUTS_CRITICAL_S,
    EVENTS_WINDOW_S,
    FLAT_S,
    GAP_DBFS,
)
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

ROOM_NOISE_SHARE = 0.06
"""Share of windows with steady quiet: 8 % and more in recorded rooms, 4 % at most in dry synthetic voices."""


def sound_findings(
    facts: AudioTrackFacts, limits: VerifySettings, *, where: str = "", ask: voice.Ask = voice.ask
) -> list[Finding]:
    """Return the findings of one track; `where` tells which, where there are several.

    `ask` is the detector of voices, where the cheap measures are in doubt.
    """
    voices = VoiceFinder(facts.parts, ask)
    found, silent = silent_and_soft(facts, limits, where, voices)
    if any(one.code is Code.SILENT and one.severity is Severity.CRITICAL for one in found):
        return found + voices.unsure(facts.length_s)  # nothing else can be said of a silent recording
    clipping = _clipping(facts, limits, where)
    found += clipping or _flat_tops(facts, where, voices)
    found += side_findings(facts, limits, where)
    # Clipping makes the end of every word as steep as a gap.
    dropouts = stutters(facts, where) or ([] if clipping else _dropouts(facts, limits, where))
    found += dropouts or no_speech(facts, limits, where, voices, silent)
    return found + voices.unsure(facts.length_s)


def _clipping(facts: AudioTrackFacts, limits: VerifySettings, where: str) -> list[Finding]:
    size = int(EVENTS_WINDOW_S)
    # Seconds heard in part stand for the whole of their ten seconds.
    counts = sliding(facts.clipped.astype(np.float64), size)
    bad = stretches(spread(counts >= limits.clipping_warning_count, size, facts.clipped > 0))
    if not bad:
        return []
    with_sound = facts.heard > 0
    clipped_share = float((facts.clipped >= CLIPPED_SECOND_COUNT).sum() / max(1, with_sound.sum()))
    severity = Severity.CRITICAL if clipped_share >= limits.clipping_critical_share else Severity.WARNING
    return [
        finding(
            Code.CLIPPING,
            severity,
            float(start),
            min(float(end), facts.length_s),
            "input",
            {"clipped_runs": int(facts.clipped[start:end].sum()), "share_of_sound": round(clipped_share, 4)},
            where=where,
            length_s=float(end - start),
        )
        for start, end in bad
    ]


def _flat_tops(facts: AudioTrackFacts, where: str, voices: VoiceFinder) -> list[Finding]:
    """Clipped before a fader brought it down: nothing is near full scale."""
    found = []
    run: list[int] = []
    sounding = [number for number, part in enumerate(facts.parts) if not part.silent]
    for number in [*sounding, None]:
        if number is not None and facts.parts[number].flat:
            run.append(number)
            continue
        flat_s = sum(facts.parts[one].length_s for one in run)
        # A tune of few tones has flat tops of its own.
        if flat_s >= FLAT_S and any(voices.spoken(one) for one in (run[0], run[len(run) // 2], run[-1])):
            start_s, end_s = facts.parts[run[0]].time_s, facts.parts[run[-1]].time_s
            end_s = min(facts.length_s, end_s + facts.parts[run[-1]].length_s)
            found.append(
                finding(
                    Code.CLIPPING,
                    Severity.WARNING,
                    start_s,
                    end_s,
                    "before",
                    {"flat_parts": len(run), "share_of_sound": round(len(run) / len(sounding), 4)},
                    where=where,
                    length_s=end_s - start_s,
                )
            )
        run = []
    return found


def _dropouts(facts: AudioTrackFacts, limits: VerifySettings, where: str) -> list[Finding]:
    if not _has_room_noise(facts.levels_dbfs):
        return []
    seconds = np.zeros(max(1, facts.heard.size), np.float64)
    for time_s in facts.gaps_s:
        seconds[min(int(time_s), seconds.size - 1)] += 1
    size = int(EVENTS_WINDOW_S)
    counts = sliding(seconds, size)
    bad = stretches(spread(counts >= limits.dropouts_warning_count, size, seconds > 0))
    return [
        finding(
            Code.DROPOUTS,
            Severity.CRITICAL if end - start >= DROPOUTS_CRITICAL_S else Severity.WARNING,
            float(start),
            min(float(end), facts.length_s),
            "choppy",
            {"gaps": int(seconds[start:end].sum())},
            where=where,
            length_s=float(end - start),
        )
        for start, end in bad
    ]


def _has_room_noise(levels_dbfs: NDArray[np.float32]) -> bool:
    """True when quiet windows are steady, as room noise is, rather than digital silence.

    A synthetic or gated voice falls to digital silence between its sounds, and must not count as choppy.
    """
    levels = levels_dbfs[~np.isnan(levels_dbfs)]
    if levels.size < 100:
        return False
    steps = np.abs(np.diff(levels))
    middle = levels[1:-1]
    quiet = (middle > GAP_DBFS) & (middle < np.percentile(levels, 90) - 20)
    steady = float((quiet & (np.maximum(steps[:-1], steps[1:]) < 4)).mean())
    return steady >= ROOM_NOISE_SHARE and steady >= 0.3 * float((levels < GAP_DBFS).mean())


def loudness_of(facts: Sequence[AudioTrackFacts]) -> float | None:
    """Return the loudness in LUFS of the first track, None without sound."""
    return integrated_lufs(facts[0].k_power or facts[0].faint_k_power) if facts else None


def waveform_of(facts: Sequence[AudioTrackFacts], steps: int = 600) -> tuple[tuple[float, float], ...]:
    """Return (minimum, maximum) of the first track in at most `steps` equal steps.

    A step of which nothing was decoded shows what its neighbour before it does.
    """
    if not facts or not facts[0].waveform.size:
        return ()
    seconds = facts[0].waveform
    ends = np.linspace(0, len(seconds), min(steps, len(seconds)) + 1).astype(int)
    drawn: list[tuple[float, float]] = []
    for start, end in itertools.pairwise(ends):
        part = seconds[start:end]
        known = part[~np.isnan(part[:, 0])]
        if known.size:
            drawn.append((round(float(known[:, 0].min()), 3), round(float(known[:, 1].max()), 3)))
        else:
            drawn.append(drawn[-1] if drawn else (0.0, 0.0))
    return tuple(drawn)
