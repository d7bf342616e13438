"""What was wrong with a part of the picture: a box that is black, a camera that stands still. Pure.

`PicturePartJudge` takes the looks at a recording as they come, and says of each whether the next ones matter;
when all were taken, it says what they amount to. Edges are those of the looks: of keyframes, where one was
noticed.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from stagebox.media.analysis.fields import (
    FieldBox,
    Fields,
    FieldSamples,
    Mask,
    changed,
    flat_below,
    flat_box,
    has_edges,
    same_above,
    same_around,
)
from stagebox.model.program import COLUMNS, ROWS

LIVE_LEVELS = 0.35
"""A camera's noise and a person who moves differ from look to look by more, still slides by less."""
LIVE_ENOUGH = 0.75
"""Of the steps before and after a standstill, so many are live: somebody may stand still for a moment."""
LIVE_SHARE = 0.3
"""What was live for so much of the recording is a camera; a film in a slide is not."""
CAMERA_SHARE = 0.02
"""Fewer fields than this share of the picture are a clock or a pointer."""
STILL_SHARE = 0.5
"""A camera that stands still differs, newly encoded, by less than this share of what it did."""
MOST_STILL_LEVELS = 3.0
STILL_FIELDS = 0.9
WHOLE_SHARE = 0.6
ALIKE_LEVELS, ALIKE_FIELDS = 20.0, 0.7
"""What stands still is what was last seen moving, so far in so many of the fields."""
GONE_SHARE = 0.5
DRAWN_LEVELS, DRAWN_SHARE = 6.0, 0.05
POSTER_SHARE = 0.4
"""A box of this share of the picture is no film in a slide."""
LONGEST_STEP_S = 12.0
"""Looks further apart than this differ where the slides changed, too."""
STEPS_IN_A_ROW = 4
"""What was live in so many steps, one after the other, is a camera or a film."""


class PartFault(StrEnum):
    """What was wrong with a part."""

    BLACK = "black"
    NO_SIGNAL = "no_signal"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class PartStretch:
    """A part of the picture that was wrong from `start_s` to `end_s`.

    `box` is left, top, width and height in shares of the picture.
    """

    start_s: float
    end_s: float
    what: PartFault
    box: tuple[float, float, float, float]

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class _PartSamples:
    time_s: float
    mean: Fields
    box: FieldBox | None


@dataclass(frozen=True, slots=True)
class _LevelChange:
    """From one look to the next: what changed, in tenths of a level."""

    start_s: float
    end_s: float
    changes: NDArray[np.uint16]


class PicturePartJudge:
    """Takes looks at the pictures of one recording."""

    def __init__(self) -> None:
        self._looks: dict[float, _PartSamples] = {}
        self._steps: list[_LevelChange] = []
        self._last: FieldSamples | None = None
        self._last_live: Fields | None = None
        self._usual: Fields = np.zeros((ROWS, COLUMNS), np.float32)
        self._in_a_row = np.zeros((ROWS, COLUMNS), np.int64)

    def take(self, now: FieldSamples) -> bool:
        """Take the next look; returns whether a part may be wrong, so that each keyframe matters."""
        box = self._note(now)
        stands = self._follow(now)
        return stands or (box is not None and self._was_filled(now.time_s, now.mean, box))

    def take_earlier(self, now: FieldSamples) -> bool:
        """Take a look at what was shown before the last one; returns whether the same may be wrong there."""
        return self._note(now) is not None

    def stretches(self, end_s: float) -> list[PartStretch]:
        """What was wrong, in order; the recording ends at `end_s`."""
        found = [*self._boxes(end_s), *self._stills()]
        return sorted(found, key=lambda one: one.start_s)

    # Boxes

    def _note(self, now: FieldSamples) -> FieldBox | None:
        box = flat_box(now) or flat_below(now)
        self._looks[now.time_s] = _PartSamples(now.time_s, now.mean.astype(np.float16), box)
        return box

    def _was_filled(self, time_s: float, mean: Fields, box: FieldBox) -> bool:
        """Whether the part showed something at another time, with the same around it."""
        flat = float(np.median(mean[box.inside()]))
        for look in reversed(self._looks.values()):
            if look.box is not None and look.box.inside() == box.inside():
                continue
            if look.time_s > time_s and box.share < POSTER_SHARE:
                continue  # a film in a slide may be black until it begins
            inside = look.mean[box.inside()]
            other = float((np.abs(inside - flat) > 2 * ALIKE_LEVELS).mean())
            if other < GONE_SHARE:
                continue
            if box.is_below:
                same = look.time_s < time_s and _is_drawn(inside) and same_above(look.mean, mean, box)
            else:
                same = has_edges(look.mean, box) and same_around(look.mean, mean, box)
            if same:
                return True
        return False

    def _boxes(self, end_s: float) -> list[PartStretch]:
        looks = sorted(self._looks.values(), key=lambda one: one.time_s)
        if not looks:
            return []
        untils = [*(look.time_s for look in looks[1:]), end_s]
        found: list[PartStretch] = []
        for box, group in itertools.groupby(zip(looks, untils, strict=True), key=lambda pair: pair[0].box):
            run = list(group)
            if box is None or not self._was_filled(run[0][0].time_s, run[0][0].mean, box):
                continue
            what = PartFault.BLACK if box.black else PartFault.NO_SIGNAL
            start_s, until_s = run[0][0].time_s, run[-1][1]
            if found and found[-1].what is what and abs(found[-1].end_s - start_s) < 1e-6:
                start_s, box_shares = found.pop().start_s, _shares(box)
            else:
                box_shares = _shares(box)
            found.append(PartStretch(start_s, until_s, what, box_shares))
        return found

    # Standing still

    def _follow(self, now: FieldSamples) -> bool:
        before, self._last = self._last, now
        if before is None:
            return False
        away = changed(before, now)
        self._steps.append(
            _LevelChange(before.time_s, now.time_s, np.minimum(away * 10, 60_000).astype(np.uint16))
        )
        if now.time_s - before.time_s > LONGEST_STEP_S:
            return False
        camera = self._in_a_row >= STEPS_IN_A_ROW
        if (
            float(camera.mean()) >= CAMERA_SHARE
            and self._last_live is not None
            and float(_is_still(away, self._usual)[camera].mean()) >= STILL_FIELDS
            and _alike(self._last_live, now.mean, camera)
        ):
            return True
        live = away > LIVE_LEVELS
        self._in_a_row = np.where(live, self._in_a_row + 1, 0)
        self._usual = np.where(live, away, 0.0).astype(np.float32)
        self._last_live = now.mean
        return False

    def _stills(self) -> list[PartStretch]:
        short = sum(step.end_s - step.start_s <= LONGEST_STEP_S for step in self._steps)
        if short <= STEPS_IN_A_ROW:
            return []
        away = np.stack([step.changes for step in self._steps]).astype(np.float32)
        away /= 10
        length_s = np.array([step.end_s - step.start_s for step in self._steps], np.float32)
        live = away > LIVE_LEVELS
        shares = (live * length_s[:, None, None]).sum(axis=0) / max(float(length_s.sum()), 1e-3)
        still = _is_still(away, middle_of(away, live))
        # Of steps that are longer, nobody knows whether a camera moved or the slides changed.
        live &= (length_s <= LONGEST_STEP_S)[:, None, None]
        votes: dict[tuple[int, int], Mask] = {}
        for row, column in np.argwhere((shares >= LIVE_SHARE) & still.any(axis=0)).tolist():
            for first, last in _pauses(still[:, row, column], live[:, row, column]):
                fields = votes.setdefault((first, last), np.zeros((ROWS, COLUMNS), bool))
                fields[row, column] = True
        found: list[PartStretch] = []
        # Most of a camera's fields stop and go on at once; noise makes some of them a step late.
        for (first, last), fields in sorted(votes.items(), key=lambda vote: -int(vote[1].sum())):
            near = [
                other
                for (start, end), other in votes.items()
                if abs(start - first) <= 1 and abs(end - last) <= 1
            ]
            camera: Mask = np.logical_or.reduce(near)
            stretch = self._stopped(first, last, camera, shares >= LIVE_SHARE)
            if stretch is None or any(overlapping(stretch, one.start_s, one.end_s) > 0 for one in found):
                continue
            if int(fields.sum()) * 3 >= int(camera.sum()):
                found.append(stretch)
        return found

    def _stopped(self, first: int, last: int, camera: Mask, lively: Mask) -> PartStretch | None:
        """The stretch of these steps, if so many fields are a camera, and stand as they were last seen."""
        if float(camera.mean()) < CAMERA_SHARE:
            return None
        box = _box_around(camera)
        # Where the noise of the wall goes on behind somebody who stands still, the camera did not stop.
        if int(camera.sum()) < WHOLE_SHARE * int(lively[box.inside()].sum()):
            return None
        start, end = self._steps[first], self._steps[last]
        before = self._steps[first - 1]
        stands = self._looks[start.start_s].mean
        # Before and after it is the same scene, or it was no camera that stopped.
        beside = [before.start_s, self._steps[first - STEPS_IN_A_ROW].start_s]
        beside += [step.end_s for step in self._steps[last + 1 : last + 1 + STEPS_IN_A_ROW]]
        if not all(_alike(self._looks[at_s].mean, stands, camera) for at_s in beside):
            return None
        # It stopped somewhere between the last look at what moved and the first at what does not.
        after = self._steps[last + 1] if last + 1 < len(self._steps) else None
        start_s = (before.start_s + start.start_s) / 2
        end_s = (end.end_s + after.end_s) / 2 if after is not None else end.end_s
        return PartStretch(start_s, end_s, PartFault.FROZEN, _shares(box))


def _pauses(still: NDArray[np.bool_], live: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """First and last step of each time in which a field that moved stood still, until it moved again."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], still, [False])).astype(np.int8)))
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        before = live[max(0, first - STEPS_IN_A_ROW) : first]
        follows = live[after : after + STEPS_IN_A_ROW]
        moved = before.size == STEPS_IN_A_ROW and float(before.mean()) >= LIVE_ENOUGH
        if moved and (not follows.size or float(follows.mean()) >= LIVE_ENOUGH):
            yield first, after - 1


def _is_still(away: NDArray[np.float32], usual: Fields) -> NDArray[np.bool_]:
    """Where changes are far smaller than they usually are."""
    still: NDArray[np.bool_] = away <= np.minimum(STILL_SHARE * usual, MOST_STILL_LEVELS)
    return still


def middle_of(away: NDArray[np.float32], live: NDArray[np.bool_]) -> Fields:
    """The middle of each field's live changes over the steps (the first axis), 0 where there is none."""
    ordered = np.sort(np.where(live, away, np.inf), axis=0)
    count = live.sum(axis=0)
    middle = np.take_along_axis(ordered, np.maximum(count - 1, 0)[None] // 2, axis=0)[0]
    return np.asarray(np.where(count > 0, middle, 0), np.float32)


def _is_drawn(mean: Fields) -> bool:
    """Whether there is more than bands from side to side."""
    beside = np.abs(mean - np.median(mean, axis=1, keepdims=True)) > DRAWN_LEVELS
    return float(beside.mean()) >= DRAWN_SHARE


def _alike(one: Fields, other: Fields, camera: Mask) -> bool:
    return float((np.abs(one - other)[camera] <= ALIKE_LEVELS).mean()) >= ALIKE_FIELDS


def _shares(box: FieldBox) -> tuple[float, float, float, float]:
    return (
        round(box.left / COLUMNS, 3),
        round(box.top / ROWS, 3),
        round((box.right - box.left) / COLUMNS, 3),
        round((box.bottom - box.top) / ROWS, 3),
    )


def _box_around(mask: Mask) -> FieldBox:
    """The box around the fields."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return FieldBox(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)


def overlapping(one: PartStretch, start_s: float, end_s: float) -> float:
    """The share of a stretch that lies between these times, 0 to 1."""
    common = min(one.end_s, end_s) - max(one.start_s, start_s)
    return max(0.0, common) / one.length_s if one.length_s > 0 else 0.0


def boxes_of(stretches: Sequence[PartStretch], what: PartFault) -> list[PartStretch]:
    """Those of one kind."""
    return [one for one in stretches if one.what is what]
