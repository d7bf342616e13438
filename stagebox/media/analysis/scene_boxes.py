"""What is judged where the scene pack says that slides and camera are. Pure.

Which scene was on program when is known by the marks of the talk. In a recording without marks, and where
nobody knew, a scene is known by what it shows around its boxes. What does not look there as the pack says is
judged as if there were no pack: marks may be stale, and packs change.
"""

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stagebox.media.analysis.fields import Fields, FieldSamples, changed
from stagebox.media.analysis.frame_classifier import FrameKind, YuvFrame, classify
from stagebox.media.analysis.picture_parts import middle_of
from stagebox.media.thresholds import STOPPED_S
from stagebox.model.program import COLUMNS, ROWS, OnProgram, SceneBox, SceneLayout, Shares

SETTLED_S = 1.5
"""So long after a change of scene, and before the next, the picture may still be of the other."""
GROUND_LEVELS, GROUND_SHARE = 10.0, 0.85
MOST_SHARE = 0.85
"""A larger box is the picture as a whole, which is judged anyway; but for standing still."""
INSET_SHARE = 0.04
"""At its edges a box may show what lies around it."""
LEAST_PX = 48
LIVE_LEVELS, LIVE_SHARE = 0.35, 0.3
"""A camera's noise differs from look to look by more. What is live less often does not say that it stands."""
LIVELY_FIELDS = 0.6
STEPS_KNOWN = 40
"""Whether a camera stands is asked of so many steps while they come, and of all at the end."""
STILL_SHARE, MOST_STILL_LEVELS, STILL_FIELDS = 0.5, 3.0, 0.9
NEVER_LEVELS, NEVER_STEPS, NEVER_S = 2.5, 6, 45.0
"""A camera of which no field ever differs by more, in so many looks and seconds, stands still all along.

A picture that is encoded anew differs by up to 1.7 levels, somebody who moves by 5 and more."""
_BAD = frozenset({FrameKind.BLACK, FrameKind.UNIFORM, FrameKind.BARS, FrameKind.CARD, FrameKind.WORDS})
"""Not snow, nor half a picture: in a small box they look like the noise of a dark hall."""


@dataclass(frozen=True, slots=True)
class BoxStretch:
    """From `start_s` to `end_s` a scene's box showed no real picture (`kind`), or stood still (None)."""

    start_s: float
    end_s: float
    box: SceneBox
    scene: str
    kind: FrameKind | None

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class _BoxSamples:
    time_s: float
    scene: str
    box: SceneBox
    kind: FrameKind


@dataclass(frozen=True, slots=True)
class _CameraChange:
    """From one look at a camera to the next: what changed in its fields."""

    start_s: float
    end_s: float
    changes: NDArray[np.float32]


class SceneBoxJudge:
    """Takes looks at the pictures of one recording.

    Args:
        layouts: the pack's scenes.
        program: which of them was on program when; empty when that is not known.
    """

    def __init__(self, layouts: Sequence[SceneLayout] = (), program: Sequence[OnProgram] = ()) -> None:
        self._layouts = {layout.scene: layout for layout in layouts}
        self._grounds = {
            layout.scene: np.array(layout.ground, np.float32).reshape(ROWS, COLUMNS)
            for layout in layouts
            if len(layout.ground) == ROWS * COLUMNS
        }
        self._program = sorted(program, key=lambda one: one.start_s)
        self._times_s: list[float] = []
        self._seen: list[_BoxSamples] = []
        self._steps: dict[tuple[str, SceneBox], list[_CameraChange]] = {}
        self._before: tuple[FieldSamples, tuple[str, SceneBox]] | None = None

    def take(self, picture: YuvFrame, now: FieldSamples) -> bool:
        """Take the next look; returns whether a box may be wrong, so that each keyframe matters."""
        if not self._layouts:
            return False
        strange = self._note(picture, now)
        camera = next((one for one in self._boxes_at(now) if one[1].role == "camera"), None)
        before, self._before = self._before, (now, camera) if camera is not None else None
        if camera is None or before is None or before[1] != camera:
            return strange
        away = changed(before[0], now)[_inside(camera[1].box)].ravel()
        steps = self._steps.setdefault(camera, [])
        steps.append(_CameraChange(before[0].time_s, now.time_s, away))
        return strange or _stands(steps[-STEPS_KNOWN:])

    def take_earlier(self, picture: YuvFrame, now: FieldSamples) -> bool:
        """Take a look at what was shown before the last one; returns whether a box may be wrong there."""
        return bool(self._layouts) and self._note(picture, now)

    def stretches(self, end_s: float) -> list[BoxStretch]:
        """What was wrong with boxes, in order; the recording ends at `end_s`."""
        bad = list(self._bad(end_s))
        # A black picture stands still, too; it is told once.
        stills = [one for one in self._stills() if not any(_mostly_in(one, other) for other in bad)]
        return sorted([*bad, *stills], key=lambda one: one.start_s)

    def _note(self, picture: YuvFrame, now: FieldSamples) -> bool:
        self._times_s.append(now.time_s)
        strange = False
        for scene, box in self._boxes_at(now):
            inside = _cut(picture, box.box)
            if inside is not None:
                kind = classify(inside)
                strange |= kind in _BAD
                self._seen.append(_BoxSamples(now.time_s, scene, box, kind))
        return strange

    def _boxes_at(self, now: FieldSamples) -> list[tuple[str, SceneBox]]:
        """The boxes that are shown now, each with its scene."""
        scene = self._marked(now.time_s)
        if scene is None:
            return []
        if not scene:
            fitting = [name for name, ground in self._grounds.items() if _fits(ground, now.mean)]
            if len(fitting) != 1:
                return []
            scene = fitting[0]
        elif scene in self._grounds and not _fits(self._grounds[scene], now.mean):
            return []
        return [(scene, box) for box in self._layouts[scene].boxes] if scene in self._layouts else []

    def _marked(self, time_s: float) -> str | None:
        """The scene on program by the marks; empty when nobody knows, None while it changes."""
        at = bisect_right(self._program, time_s, key=lambda mark: mark.start_s) - 1
        if at < 0:
            return "" if not self._program else None
        mark = self._program[at]
        ends_s = self._program[at + 1].start_s if at + 1 < len(self._program) else np.inf
        settled = at == 0 or time_s - mark.start_s >= SETTLED_S
        return mark.scene if settled and ends_s - time_s >= SETTLED_S else None

    def _bad(self, end_s: float) -> Iterator[BoxStretch]:
        """Where boxes showed no real picture: from each look to the next one."""
        times_s = sorted({*self._times_s, end_s})
        until = dict(itertools.pairwise(times_s))
        changes_s = [mark.start_s for mark in self._program]
        by_box: dict[tuple[str, SceneBox], list[_BoxSamples]] = {}
        for one in sorted(self._seen, key=lambda seen: seen.time_s):
            by_box.setdefault((one.scene, one.box), []).append(one)
        for (scene, box), looks in by_box.items():
            open_: BoxStretch | None = None
            for look in looks:
                changed_s = next((at for at in changes_s if at > look.time_s), np.inf)
                ends_s = min(until.get(look.time_s, end_s), changed_s)
                if open_ is not None and (look.kind is not open_.kind or look.time_s - open_.end_s > 1e-6):
                    yield open_
                    open_ = None
                if look.kind in _BAD:
                    start_s = look.time_s if open_ is None else open_.start_s
                    open_ = BoxStretch(start_s, ends_s, box, scene, look.kind)
            if open_ is not None:
                yield open_

    def _stills(self) -> Iterator[BoxStretch]:
        """Where a camera stood still."""
        for (scene, box), steps in self._steps.items():
            if scene in self._grounds and _never_moved(steps):
                yield BoxStretch(steps[0].start_s, steps[-1].end_s, box, scene, None)
                continue
            still = _still_steps(steps)
            for is_still, group in itertools.groupby(range(len(steps)), key=still.__getitem__):
                run = list(group)
                first, last = steps[run[0]], steps[run[-1]]
                if not is_still or any(
                    one.end_s != following.start_s
                    for one, following in itertools.pairwise(steps[run[0] : run[-1] + 1])
                ):
                    continue
                # It stopped somewhere between the last look at what moved and the first at what does not.
                before = steps[run[0] - 1] if run[0] else None
                start_s = first.start_s
                if before is not None and before.end_s == first.start_s:
                    start_s = (before.start_s + first.start_s) / 2
                if last.end_s - start_s >= STOPPED_S:
                    yield BoxStretch(start_s, last.end_s, box, scene, None)


def _mostly_in(one: BoxStretch, other: BoxStretch) -> bool:
    common_s = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return one.box.role == other.box.role and common_s > 0.5 * one.length_s


def _stands(steps: Sequence[_CameraChange]) -> bool:
    """Whether the last step is one of a camera that stands still, as far as is known by now."""
    return len(steps) > 2 and bool(_still_steps(steps)[-1])


def _still_steps(steps: Sequence[_CameraChange]) -> list[bool]:
    """Of each step, whether nearly all that is usually live in the box is not."""
    away = np.stack([step.changes for step in steps])
    live = away > LIVE_LEVELS
    lively = live.mean(axis=0) >= LIVE_SHARE
    if float(lively.mean()) < LIVELY_FIELDS:
        return [False] * len(steps)
    usual = middle_of(away, live)[lively]
    still = away[:, lively] <= np.minimum(STILL_SHARE * usual, MOST_STILL_LEVELS)
    return [bool(share >= STILL_FIELDS) for share in still.mean(axis=1)]


def _never_moved(steps: Sequence[_CameraChange]) -> bool:
    if len(steps) < NEVER_STEPS or steps[-1].end_s - steps[0].start_s < NEVER_S:
        return False
    return all(float(step.changes.max()) <= NEVER_LEVELS for step in steps)


def _fits(ground: Fields, mean: Fields) -> bool:
    """Whether what lies around the scene's boxes is what the pack draws there."""
    there = ground >= 0
    return float((np.abs(ground - mean)[there] <= GROUND_LEVELS).mean()) >= GROUND_SHARE


def _inside(box: Shares) -> tuple[slice, slice]:
    """The fields that lie wholly in a box."""
    left, top, width, height = box
    return (
        slice(int(np.ceil(top * ROWS)), max(int((top + height) * ROWS), int(np.ceil(top * ROWS)) + 1)),
        slice(
            int(np.ceil(left * COLUMNS)), max(int((left + width) * COLUMNS), int(np.ceil(left * COLUMNS)) + 1)
        ),
    )


def _cut(picture: YuvFrame, box: Shares) -> YuvFrame | None:
    """What a box shows; None where it is too small to be judged, or the picture as a whole."""
    left, top, width, height = box
    if width * height > MOST_SHARE:
        return None
    planes = []
    for plane in (picture.y, picture.u, picture.v):
        rows, columns = plane.shape
        edges = (
            round((top + INSET_SHARE * height) * rows),
            round((top + height - INSET_SHARE * height) * rows),
            round((left + INSET_SHARE * width) * columns),
            round((left + width - INSET_SHARE * width) * columns),
        )
        planes.append(np.ascontiguousarray(plane[edges[0] : edges[1], edges[2] : edges[3]]))
    if min(planes[0].shape) < LEAST_PX:
        return None
    y, u, v = planes
    return YuvFrame(y, u, v, full_range=picture.full_range)
