"""Judges what the backup recorder hears, two seconds at a time: a voice, noise or something else; and how it
sounds.

The voice's detector takes some 0.2 per cent of a core. Where it cannot be loaded, what was heard stays
unknown, and the levels alone decide as before.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from stagebox.devices.backup_recorder.sound_levels import Block
from stagebox.hearing import voice
from stagebox.hearing.shape import MONO_LOSS_DB, STEADY_DB, flat_tops, mono_loss_db, swing_db
from stagebox.model.facts.sound import Sort

PART_S = 2.0
WINDOWS_A_SECOND = 100
NOTHING_DBFS = -85.0
"""Below this there is not even the noise of an open microphone."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HeardPart:
    """What two seconds were. `turned`: left and right take each other away. `flat`: peaks were cut off."""

    sort: Sort
    turned: bool = False
    flat: bool = False


class Listener:
    """Takes blocks of one stream; after every PART_S of sound it has a `HeardPart`."""

    def __init__(self, rate_hz: int, ask: Callable[[voice.Floats], bool] = voice.ask) -> None:
        self._rate_hz = rate_hz
        self._ask: Callable[[voice.Floats], bool] | None = ask
        self._blocks: list[Block] = []
        self._frames = 0

    def heard(self, block: Block) -> HeardPart | None:
        """Take samples by channel; return the part that they complete, or None."""
        self._blocks.append(block)
        self._frames += len(block)
        if self._frames < PART_S * self._rate_hz:
            return None
        channels = np.concatenate(self._blocks).T
        self._blocks, self._frames = [], 0
        return self._judge(channels)

    def _judge(self, channels: Block) -> HeardPart:
        energy = np.einsum("cs,cs->c", channels, channels)
        samples = np.ascontiguousarray(channels[int(energy.argmax())])
        size = max(1, self._rate_hz // WINDOWS_A_SECOND)
        windows = samples[: samples.size // size * size].reshape(-1, size)
        levels_db = 10 * np.log10(np.einsum("ws,ws->w", windows, windows) / size + 1e-12)
        if float(levels_db.max()) < NOTHING_DBFS:
            return HeardPart("nothing")
        turned = False
        if len(channels) > 1:
            product = float(np.dot(channels[0], channels[1]))
            turned = mono_loss_db(float(energy[:2].sum()), product) < MONO_LOSS_DB
        spoken = self._spoken(samples)
        if spoken is None:
            return HeardPart("unknown", turned)
        if spoken:
            return HeardPart("voice", turned, flat_tops(samples, self._rate_hz))
        return HeardPart("noise" if swing_db(levels_db) < STEADY_DB else "other", turned)

    def _spoken(self, samples: voice.Floats) -> bool | None:
        piece = voice.piece_of(samples, self._rate_hz)
        if piece is None:
            return False
        if self._ask is None:
            return None
        try:
            return self._ask(voice.samples_of(piece))
        except (ImportError, OSError, RuntimeError) as error:
            log.warning("The detector of voices cannot be used: %s", error)
            self._ask = None
            return None
