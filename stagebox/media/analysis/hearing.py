"""Which findings follow from what a sound track was measured to be. Pure."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stagebox.media.analysis.loudness import integrated_lufs
from stagebox.media.analysis.sound import SoundFacts
from stagebox.media.findings import finding, span
from stagebox.media.thresholds import (
    ALIVE_ABOVE_DB,
    CHANNEL_DEAD_SHARE,
    CLICK_S,
    CLIPPED_SECOND_COUNT,
    DROPOUTS_CRITICAL_S,
    EVENTS_WINDOW_S,
    GAP_DBFS,
)
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

ROOM_NOISE_SHARE = 0.06
"""Share of windows with steady quiet: 8 % and more in recorded rooms, 4 % at most in dry synthetic voices."""

Span = tuple[float, float]


def sound_findings(facts: SoundFacts, limits: VerifySettings, *, track: str = "") -> list[Finding]:
    """Return the findings of one track; `track` names it in the messages when there are several."""
    where = f" on {track}" if track else ""
    found = _silent(facts, limits, where)
    if any(one.severity is Severity.CRITICAL for one in found):
        return found  # nothing else can be said of a silent recording
    found += _quiet(facts, limits, where)
    clipping = _clipping(facts, limits, where)
    found += clipping + _channel_dead(facts, limits, where)
    # Clipping makes the end of every word as steep as a gap.
    dropouts = [] if clipping else _dropouts(facts, limits, where)
    return found + dropouts + ([] if dropouts else _no_speech(facts, limits, where))


def silences(facts: SoundFacts, below_dbfs: float) -> list[Span]:
    """Return the stretches (start, end) in seconds below a level, clicks of up to 50 ms bridged."""
    silent = facts.levels_dbfs < below_dbfs  # NaN, not decoded, compares as False
    stretches = _stretches(silent)
    joined: list[tuple[int, int]] = []
    longest_click = int(CLICK_S / facts.window_s)
    for start, end in stretches:
        if (
            joined
            and start - joined[-1][1] <= longest_click
            and not np.isnan(facts.levels_dbfs[joined[-1][1] : start]).any()
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    last = facts.levels_dbfs.size
    return [
        (start * facts.window_s, facts.length_s if end >= last - 1 else end * facts.window_s)
        for start, end in joined
    ]


def _long_silences(facts: SoundFacts, limits: VerifySettings) -> list[Span]:
    # A recording that is itself shorter than the limit is judged by its share.
    shortest_s = min(limits.silence_warning_s, max(0.5, facts.length_s * limits.silence_critical_share))
    return [one for one in silences(facts, limits.silence_dbfs) if one[1] - one[0] >= shortest_s - 0.02]


def _silent(facts: SoundFacts, limits: VerifySettings, where: str) -> list[Finding]:
    if facts.length_s <= 0:
        return []
    long = _long_silences(facts, limits)
    share = sum(end - start for start, end in long) / facts.length_s
    severity = Severity.CRITICAL if share >= limits.silence_critical_share else Severity.WARNING
    return [
        finding(
            Code.SILENT,
            severity,
            start,
            end,
            f"There is no sound{where} for {span(end - start)}.",
            {
                "below_dbfs": limits.silence_dbfs,
                "length_s": round(end - start, 3),
                "share_of_recording": round(share, 4),
            },
        )
        for start, end in long
    ]


def _quiet(facts: SoundFacts, limits: VerifySettings, where: str) -> list[Finding]:
    lufs = integrated_lufs(facts.k_power)
    if lufs is None or lufs >= limits.quiet_lufs:
        return []
    return [
        finding(
            Code.QUIET,
            Severity.WARNING,
            0.0,
            facts.length_s,
            f"The sound{where} is very soft ({lufs:.0f} LUFS).",
            {"loudness_lufs": lufs},
        )
    ]


def _clipping(facts: SoundFacts, limits: VerifySettings, where: str) -> list[Finding]:
    size = int(EVENTS_WINDOW_S)
    # Seconds heard in part stand for the whole of their ten seconds.
    counts = _sliding(facts.clipped.astype(np.float64), size)
    bad = _stretches(_spread(counts >= limits.clipping_warning_count, size, facts.clipped > 0))
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
            f"The sound{where} is distorted for {span(end - start)}: the input is too loud.",
            {"clipped_runs": int(facts.clipped[start:end].sum()), "share_of_sound": round(clipped_share, 4)},
        )
        for start, end in bad
    ]


def _channel_dead(facts: SoundFacts, limits: VerifySettings, where: str) -> list[Finding]:
    found: list[Finding] = []
    channels = facts.channel_dbfs.shape[1]
    if channels < 2:
        return found
    loudest = np.nan_to_num(facts.channel_dbfs, nan=-200.0).max(axis=1)
    alive = loudest >= limits.channel_dead_dbfs + ALIVE_ABOVE_DB
    for channel in range(channels):
        level = facts.channel_dbfs[:, channel]
        dead = alive & (level < limits.channel_dead_dbfs)
        works = alive & (level >= limits.channel_dead_dbfs)
        # Between its last sign of life and the next one, pauses count as dead, too.
        for start, end in _stretches(~works):
            seconds = np.flatnonzero(dead[start:end])
            if not seconds.size:
                continue
            from_s, to_s = start + int(seconds[0]), start + int(seconds[-1]) + 1
            if to_s - from_s < min(limits.channel_dead_warning_s, CHANNEL_DEAD_SHARE * facts.length_s):
                continue
            found.append(
                finding(
                    Code.CHANNEL_DEAD,
                    Severity.WARNING,
                    float(from_s),
                    min(float(to_s), facts.length_s),
                    f"{_channel_name(channel, channels)}{where} is dead for {span(to_s - from_s)}.",
                    {"channel": channel, "channels": channels},
                )
            )
    return found


def _channel_name(channel: int, channels: int) -> str:
    if channels == 2:
        return ("The left channel", "The right channel")[channel]
    return f"Channel {channel + 1}"


def _dropouts(facts: SoundFacts, limits: VerifySettings, where: str) -> list[Finding]:
    if not _has_room_noise(facts.levels_dbfs):
        return []
    seconds = np.zeros(max(1, facts.heard.size), np.float64)
    for time_s in facts.gaps_s:
        seconds[min(int(time_s), seconds.size - 1)] += 1
    size = int(EVENTS_WINDOW_S)
    counts = _sliding(seconds, size)
    bad = _stretches(_spread(counts >= limits.dropouts_warning_count, size, seconds > 0))
    return [
        finding(
            Code.DROPOUTS,
            Severity.CRITICAL if end - start >= DROPOUTS_CRITICAL_S else Severity.WARNING,
            float(start),
            min(float(end), facts.length_s),
            f"The sound{where} is choppy for {span(end - start)}.",
            {"gaps": int(seconds[start:end].sum())},
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


def _no_speech(facts: SoundFacts, limits: VerifySettings, where: str) -> list[Finding]:
    if not facts.parts:
        return []
    # Only stretches without sound that are found in any case are taken off: what is heard in part must be
    # judged as what is decoded in full.
    still_s = sum(end - start for start, end in _long_silences(facts, limits))
    sound_s = facts.length_s - still_s
    if sound_s < limits.no_speech_min_s:
        return []
    speech_share = sum(speech for _, speech in facts.parts) / len(facts.parts)
    if speech_share >= limits.no_speech_share:
        return []
    return [
        finding(
            Code.NO_SPEECH,
            Severity.WARNING,
            0.0,
            facts.length_s,
            f"There is sound{where}, but nobody speaks.",
            {"speech_share": round(speech_share, 4), "parts": len(facts.parts)},
        )
    ]


def _stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.diff(mask.astype(np.int8), prepend=0, append=0)
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def _sliding(counts: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Sum of each second and the `size - 1` that follow."""
    total = np.concatenate(([0.0], np.cumsum(np.concatenate((counts, np.zeros(size))))))
    return total[size : size + counts.size] - total[: counts.size]


def _spread(full: NDArray[np.bool_], size: int, events: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Seconds inside any full window, cut to the seconds from its first to its last event."""
    inside = np.zeros_like(full)
    for start in np.flatnonzero(full):
        hits = np.flatnonzero(events[start : start + size])
        if hits.size:
            inside[start + hits[0] : start + hits[-1] + 1] = True
    return inside


def loudness_of(facts: Sequence[SoundFacts]) -> float | None:
    """Return the loudness in LUFS of the first track, None without sound."""
    return integrated_lufs(facts[0].k_power) if facts else None


def waveform_of(facts: Sequence[SoundFacts], steps: int = 600) -> tuple[tuple[float, float], ...]:
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
