"""The storm: faults at random, one after the other, in one talk. The same seed gives the same storm. Pure."""

import random
from collections.abc import Iterable

from stagebox.rehearsal.fault_catalogue import EVERY_FAULT

NAME = "random"
EVERY_S = 15.0
"""Twenty faults in five minutes."""
CALM_SECONDS = 6.0
"""How long the talk is recorded beside its faults."""

DRAWN = (
    *("obs-killed", "obs-killed", "obs-hung", "engine-killed", "engine-killed", "ear-killed", "power-cut"),
    *("camera-pulled", "mic-pulled", "slides-lost", "slides-black", "camera-frozen", "mic-silent"),
    *("mic-muted-in-obs", "slides-resolution"),
)
"""What is drawn from; what breaks the box is in it more often."""


def count_in(seconds: float) -> int:
    """How many faults a storm of this length has."""
    return max(1, round(seconds / EVERY_S))


def draw(seed: int, count: int, among: Iterable[str] = DRAWN) -> tuple[str, ...]:
    """The names of the faults of the storm with this seed, in order. No fault comes twice in a row."""
    chance = random.Random(seed)
    names = [name for name in among if name in EVERY_FAULT]
    found: list[str] = []
    while len(found) < count:
        name = chance.choice(names)
        if not found or found[-1] != name or len(set(names)) == 1:
            found.append(name)
    return tuple(found)
