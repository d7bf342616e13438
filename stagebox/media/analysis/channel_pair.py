"""What is wrong with one channel beside the other: dead, noise alone, or each the other turned over. Pure."""

import numpy as np
from numpy.typing import NDArray

from stagebox.hearing.shape import MONO_LOSS_DB, STEADY_DB, mono_loss_db
from stagebox.media.analysis.sound_meter import AudioTrackFacts
from stagebox.media.analysis.stretches import sliding, spread, stretches
from stagebox.media.findings import finding
from stagebox.media.thresholds import (
    ALIVE_ABOVE_DB,
    CHANNEL_DEAD_SHARE,
    EVENTS_WINDOW_S,
    OUT_OF_PHASE_S,
    UNRELATED_SHARE,
)
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

SIDES = ("left", "right")
VOICE_SWING_DB = 12.0
"""A channel that swings so much in a second carries something that the other one should carry, too."""
LIVELY_DB = 10.0
"""And one that swings so much carries more than hiss or hum."""


def side_findings(facts: AudioTrackFacts, limits: VerifySettings, where: str) -> list[Finding]:
    """The findings about channels beside each other; none of a track with one channel."""
    if facts.channel_dbfs.shape[1] < 2:
        return []
    dead = _channel_dead(facts, limits, where)
    return dead or [*_channel_noise(facts, limits, where), *_out_of_phase(facts, limits, where)]


def _channel_dead(facts: AudioTrackFacts, limits: VerifySettings, where: str) -> list[Finding]:
    found: list[Finding] = []
    channels = facts.channel_dbfs.shape[1]
    loudest = np.nan_to_num(facts.channel_dbfs, nan=-200.0).max(axis=1)
    alive = loudest >= limits.channel_dead_dbfs + ALIVE_ABOVE_DB
    for channel in range(channels):
        level = facts.channel_dbfs[:, channel]
        dead = alive & (level < limits.channel_dead_dbfs)
        works = alive & (level >= limits.channel_dead_dbfs)
        # Between its last sign of life and the next one, pauses count as dead, too.
        for from_s, to_s in _between(dead, works):
            if to_s - from_s < min(limits.channel_dead_warning_s, CHANNEL_DEAD_SHARE * facts.length_s):
                continue
            found.append(
                finding(
                    Code.CHANNEL_DEAD,
                    Severity.WARNING,
                    float(from_s),
                    min(float(to_s), facts.length_s),
                    SIDES[channel] if channels == 2 else "channel",
                    {"channel": channel, "channels": channels},
                    where=where,
                    number=channel + 1,
                    length_s=to_s - from_s,
                )
            )
    return found


def _channel_noise(facts: AudioTrackFacts, limits: VerifySettings, where: str) -> list[Finding]:
    """One of two channels carries nothing but hiss or hum, while the other carries a voice."""
    found: list[Finding] = []
    if facts.channel_dbfs.shape[1] != 2:
        return found
    related = np.abs(facts.product) >= UNRELATED_SHARE * np.maximum(facts.energy / 2, 1e-20)
    for channel in (0, 1):
        level, swing = facts.channel_dbfs[:, channel], facts.swings_db[:, channel]
        other = facts.swings_db[:, 1 - channel] >= VOICE_SWING_DB
        sounds = other & (facts.channel_dbfs[:, 1 - channel] >= limits.channel_dead_dbfs + ALIVE_ABOVE_DB)
        noise = sounds & (level >= limits.channel_dead_dbfs) & (swing < STEADY_DB) & ~related
        works = sounds & ((swing >= LIVELY_DB) | related)
        for from_s, to_s in _between(noise, works):
            # By chance one channel of two microphones is steady for a second; never nearly always.
            if noise[from_s:to_s].sum() < 0.5 * sounds[from_s:to_s].sum():
                continue
            if to_s - from_s < min(limits.channel_dead_warning_s, CHANNEL_DEAD_SHARE * facts.length_s):
                continue
            loud_dbfs = float(np.median(level[from_s:to_s][noise[from_s:to_s]]))
            found.append(
                finding(
                    Code.CHANNEL_NOISE,
                    Severity.WARNING,
                    float(from_s),
                    min(float(to_s), facts.length_s),
                    SIDES[channel],
                    {"channel": channel, "noise_dbfs": round(loud_dbfs, 1)},
                    where=where,
                    length_s=to_s - from_s,
                )
            )
    return found


def _out_of_phase(facts: AudioTrackFacts, limits: VerifySettings, where: str) -> list[Finding]:
    """One channel is the other turned over: on one loudspeaker they take each other away."""
    size = int(EVENTS_WINDOW_S)
    energy = facts.energy.astype(np.float64)
    # Where nothing was decoded both are 0. What is loud decides: a pause between words has noise of its own.
    ahead, product = sliding(energy, size), sliding(facts.product.astype(np.float64), size)
    lowest = 10 ** (limits.silence_dbfs / 10)
    left = 0.5 + np.divide(product, ahead, out=np.zeros_like(ahead), where=ahead > 0)
    full = (ahead > lowest) & (left < 10 ** (MONO_LOSS_DB / 10))
    turned = facts.product < -0.25 * facts.energy
    bad = stretches(spread(full, size, turned & (facts.energy > 0)))
    return [
        finding(
            Code.OUT_OF_PHASE,
            Severity.WARNING,
            float(start),
            min(float(end), facts.length_s),
            "both",
            {"mono_loss_db": _loss_db(energy[start:end], facts.product[start:end])},
            where=where,
            length_s=float(min(end, facts.length_s) - start),
        )
        for start, end in bad
        if end - start >= min(OUT_OF_PHASE_S, CHANNEL_DEAD_SHARE * facts.length_s)
    ]


def _loss_db(energy: NDArray[np.float64], product: NDArray[np.float32]) -> float:
    return round(mono_loss_db(float(energy.sum()), float(product.sum())), 1)


def _between(bad: NDArray[np.bool_], works: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """From the first bad second to the last between signs of life; what is neither is as what is around."""
    found = []
    for start, end in stretches(~works):
        seconds = np.flatnonzero(bad[start:end])
        if seconds.size:
            found.append((start + int(seconds[0]), start + int(seconds[-1]) + 1))
    return found
