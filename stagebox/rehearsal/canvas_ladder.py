"""Which canvas and rate a computer holds: what was measured decides, from the largest down. Pure.

A trial is a few seconds of real OBS, recording the rehearsal's own scenes at one rung of the ladder. It tells
how long OBS takes to draw a picture (by the wall clock: waiting for the processor is in it) and how many it
left out. A rung holds when none were left out and drawing fills no more than a share of the time there is.
Other rungs are guessed from that by their pixels, so that two trials mostly settle it; only what was tried is
promised.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ROOM_SHARE = 0.6
"""Drawing may fill this share of the time between two pictures; the rest is for what comes."""
ROOM_SHARE_BEHIND = 0.45
"""The same where OBS cannot be given the processor first: what runs beside it may take more at any moment."""
LOST_SHARE = 0.01
"""From here on a rung does not hold: single pictures are lost all the time."""


@dataclass(frozen=True, slots=True)
class LadderRung:
    """A canvas in pixels, its pictures a second, and the bitrate it is recorded with."""

    width: int
    height: int
    fps: int
    bitrate_kbps: int

    @property
    def pixels_per_s(self) -> int:
        """What OBS has to draw in a second."""
        return self.width * self.height * self.fps

    def __str__(self) -> str:
        return f"{self.width} × {self.height} at {self.fps}"


LADDER = (
    LadderRung(1920, 1080, 30, 6000),
    LadderRung(1280, 720, 30, 4000),
    LadderRung(960, 540, 30, 3000),
    LadderRung(960, 540, 20, 3000),
    LadderRung(960, 540, 15, 3000),
)
"""The largest first. Rates divide the counters' 60 ticks a second."""
MIDDLE, SMALLEST = LADDER[2], LADDER[-1]
"""Where trials begin: a small computer without a graphics card holds it when nothing else runs."""


@dataclass(frozen=True, slots=True)
class RungTrial:
    """What OBS told of one rung: pictures due and left out, and the mean seconds that it took to draw one.

    `cores` is how much of the processor OBS used, in cores.
    """

    rung: LadderRung
    pictures: int
    not_drawn: int
    not_encoded: int
    draw_s: float
    cores: float

    @property
    def lost_share(self) -> float:
        """Share of the pictures that were left out; all of them when none were due."""
        lost = self.not_drawn + self.not_encoded
        return min(1.0, lost / self.pictures) if self.pictures > 0 else 1.0

    @property
    def filled_share(self) -> float:
        """Share of the time between two pictures that drawing one takes."""
        return self.draw_s * self.rung.fps

    def holds(self, room_share: float) -> bool:
        """Whether OBS keeps up here with a margin."""
        return self.lost_share < LOST_SHARE and self.filled_share <= room_share

    def to_json(self) -> dict[str, Any]:
        """The object in `rehearse --json`."""
        return {
            "width": self.rung.width,
            "height": self.rung.height,
            "fps": self.rung.fps,
            "pictures": self.pictures,
            "not_drawn": self.not_drawn,
            "not_encoded": self.not_encoded,
            "draw_s": round(self.draw_s, 4),
            "obs_cores": round(self.cores, 2),
        }


@dataclass(frozen=True, slots=True)
class LadderChoice:
    """The rung that is taken, what was tried for it, and whether OBS comes first for the processor.

    `trial` is that of the rung; None when it could not be tried, `trouble` then says why.
    """

    rung: LadderRung
    trials: tuple[RungTrial, ...]
    obs_first: bool
    trouble: str = ""

    @property
    def trial(self) -> RungTrial | None:
        """What was measured at the rung that is taken."""
        return next((one for one in reversed(self.trials) if one.rung == self.rung), None)

    @property
    def held(self) -> bool:
        """Whether the rung held when it was tried."""
        return self.trial is not None and self.trial.holds(room_share(obs_first=self.obs_first))

    @property
    def words(self) -> str:
        """Which canvas and rate, and why, in a line."""
        trial = self.trial
        if trial is None:
            what = f"{self.rung} pictures a second, the smallest: it could not be measured."
            return f"{what} {self.trouble}".strip()
        took = f"drawing a picture takes OBS {_ms(trial.draw_s)} of {_ms(1 / self.rung.fps)}"
        if not self.held:
            return f"{self.rung} pictures a second, the smallest, and hardly: {took}{_lost(trial)}"
        larger = [one for one in self.trials if one.rung.pixels_per_s > self.rung.pixels_per_s]
        if larger:
            least = min(larger, key=lambda one: one.rung.pixels_per_s)
            why = _lost(least) or _filled(least)
            return f"{self.rung} pictures a second: {took}; {least.rung} was too much{why}"
        if self.rung == LADDER[0]:
            return f"{self.rung} pictures a second, the largest: {took}"
        above = LADDER[LADDER.index(self.rung) - 1]
        return f"{self.rung} pictures a second: {took}; for {above} that would be {_ms(_guess(trial, above))}"

    def to_json(self) -> dict[str, Any]:
        """The object in `rehearse --json`."""
        trial = self.trial
        return {
            "width": self.rung.width,
            "height": self.rung.height,
            "fps": self.rung.fps,
            "held": self.held,
            "lost_share": None if trial is None else round(trial.lost_share, 4),
            "obs_first": self.obs_first,
            "why": self.words,
            "trials": [one.to_json() for one in self.trials],
        }


def room_share(*, obs_first: bool) -> float:
    """How much of the time drawing may fill."""
    return ROOM_SHARE if obs_first else ROOM_SHARE_BEHIND


def next_rung(trials: Sequence[RungTrial], share: float) -> LadderRung | None:
    """The rung to be tried next; None when it is known which one is taken.

    Up one rung at a time, and only when the guess has room; down to the first whose guess has room, or to the
    smallest.
    """
    if not trials:
        return MIDDLE
    last = trials[-1]
    tried = {one.rung for one in trials}
    place = LADDER.index(last.rung)
    if last.holds(share):
        above = LADDER[place - 1] if place > 0 else None
        if above is None or above in tried or _guess(last, above) * above.fps > share:
            return None
        return above
    if any(one.holds(share) for one in trials):
        return None
    below = LADDER[place + 1 :]
    return next(
        (rung for rung in below if _guess(last, rung) * rung.fps <= share), below[-1] if below else None
    )


def taken(trials: Sequence[RungTrial], share: float) -> LadderRung:
    """The largest rung that held; the smallest when none did."""
    held = [one.rung for one in trials if one.holds(share)]
    return max(held, key=lambda rung: rung.pixels_per_s, default=SMALLEST)


def _guess(trial: RungTrial, rung: LadderRung) -> float:
    """Seconds that drawing one picture would take at another rung: by its pixels."""
    return trial.draw_s * (rung.width * rung.height) / (trial.rung.width * trial.rung.height)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _lost(trial: RungTrial) -> str:
    lost = trial.not_drawn + trial.not_encoded
    return f" ({lost} of {trial.pictures} pictures left out)" if trial.lost_share >= LOST_SHARE else ""


def _filled(trial: RungTrial) -> str:
    return f" ({_ms(trial.draw_s)} of {_ms(1 / trial.rung.fps)})"
