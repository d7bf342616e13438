"""Sound of which short pieces are heard again and again, as a broken USB connection plays them. Pure.

A voice sounds robotic then. What tells it from speech and music is its fine detail (the second difference
of the samples), which repeats after exactly the same time, again and again, while what is said goes on. In
speech fine detail never comes back exactly; in a held tone it does, but there it stays the same all along.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stagebox.hearing import voice
from stagebox.media.analysis.sound_meter import AudioTrackFacts, SoundPart
from stagebox.media.findings import finding
from stagebox.media.thresholds import (
    DROPOUTS_CRITICAL_S,
    STUTTER_AGAIN_S,
    STUTTER_LONGEST_S,
    STUTTER_S,
    STUTTER_SHORTEST_S,
)
from stagebox.model.report import Code, Finding, Severity

Frames = NDArray[np.float32]

FRAME = voice.RATE_HZ // 4
HOP = FRAME // 2
ALIKE = 0.3
"""How much of a frame comes back after a time: 0.5 where each piece is heard twice, under 0.2 in speech."""
SHORT_SHARE = 0.8
"""What comes back as much after the time of one vibration is a tone."""
VIBRATION = int(voice.RATE_HZ * 0.0022)
FEWEST_FRAMES = 3
"""In so many of a second's seven frames it is the same time."""
SAME_LAG = 2
MOST_STEADY = 0.5
"""How much of the second's beginning is in its end: a held tone or a drum roll, no talk."""
FIRST_ASKED = 48
"""Of a recording, so many parts are looked at first; of all, once one of these is odd."""


def stutters(facts: AudioTrackFacts, where: str) -> list[Finding]:
    """The findings about pieces that are heard again and again; `where` names the track."""
    step = max(1, len(facts.parts) // FIRST_ASKED)
    if not any(repeated_s(one) for one in facts.parts[::step]):
        return []
    odd = [(part, lag_s) for part in facts.parts if (lag_s := repeated_s(part))]
    found = []
    for run in _runs(odd):
        start_s, last = run[0][0].time_s, run[-1][0]
        end_s = min(facts.length_s, last.time_s + last.length_s)
        lost_s = sum(part.length_s for part, _ in run)
        if len(run) < 2 or lost_s < STUTTER_S:
            continue
        piece_s = float(np.median([lag_s for _, lag_s in run]))
        found.append(
            finding(
                Code.DROPOUTS,
                Severity.CRITICAL if lost_s >= DROPOUTS_CRITICAL_S else Severity.WARNING,
                start_s,
                end_s,
                "robotic",
                {
                    "piece_s": round(piece_s, 4),
                    "parts": len(run),
                    "share_of_recording": round(lost_s / facts.length_s, 4),
                },
                where=where,
                length_s=lost_s,
            )
        )
    return found


def _runs(odd: Sequence[tuple[SoundPart, float]]) -> list[list[tuple[SoundPart, float]]]:
    """Odd parts with the same time, each near the one before."""
    runs: list[list[tuple[SoundPart, float]]] = []
    for part, lag_s in odd:
        last = runs[-1][-1] if runs else None
        same = last is not None and abs(lag_s - last[1]) * voice.RATE_HZ <= SAME_LAG
        if last is not None and same and part.time_s - last[0].time_s <= STUTTER_AGAIN_S:
            runs[-1].append((part, lag_s))
        else:
            runs.append([(part, lag_s)])
    return runs


def repeated_s(part: SoundPart) -> float:
    """After how many seconds the part's sound is heard again, again and again; 0 where it is not."""
    if part.piece is None or part.silent:
        return 0.0
    fine = np.diff(voice.samples_of(part.piece), 2).astype(np.float32)
    count = (fine.size - FRAME) // HOP + 1
    if count < FEWEST_FRAMES:
        return 0.0
    frames = np.stack([fine[at * HOP : at * HOP + FRAME] for at in range(count)])
    lags = _lags(frames)
    best = (
        max((int((np.abs(lags - lag) <= SAME_LAG).sum()), lag) for lag in lags.tolist() if lag)
        if lags.any()
        else (0, 0)
    )
    if best[0] < FEWEST_FRAMES or _steady(frames[0], frames[-1]):
        return 0.0
    return float(best[1]) / voice.RATE_HZ


def _lags(frames: Frames) -> NDArray[np.int64]:
    """After how many samples each frame comes back most, 0 where it does not."""
    shortest, longest = (int(each * voice.RATE_HZ) for each in (STUTTER_SHORTEST_S, STUTTER_LONGEST_S))
    size = 1 << (FRAME + longest).bit_length()
    spectra = np.fft.rfft(frames, size)
    alike = np.fft.irfft(spectra * np.conj(spectra), size)[:, :longest]
    power = np.concatenate(
        [np.zeros((len(frames), 1)), np.cumsum(np.square(frames, dtype=np.float64), axis=1)], 1
    )
    lags = np.arange(longest)
    norms = np.sqrt(power[:, FRAME - lags] * (power[:, -1:] - power[:, lags]) + 1e-12)
    alike = alike / norms
    best = shortest + alike[:, shortest:].argmax(axis=1)
    peaks = np.take_along_axis(alike, best[:, None], 1)[:, 0]
    tones = alike[:, VIBRATION:shortest].max(axis=1)
    found: NDArray[np.int64] = np.where((peaks > ALIKE) & (tones < SHORT_SHARE * peaks), best, 0)
    return found


def _steady(first: NDArray[np.float32], last: NDArray[np.float32]) -> bool:
    """Whether the same is heard in both frames, however it is shifted."""
    size = 1 << (2 * FRAME).bit_length()
    alike = np.fft.irfft(np.fft.rfft(first, size) * np.conj(np.fft.rfft(last, size)), size)
    norm = float(np.sqrt(np.square(first).sum() * np.square(last).sum())) + 1e-9
    return float(np.abs(alike).max()) / norm > MOST_STEADY
