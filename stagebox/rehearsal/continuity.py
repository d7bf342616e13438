"""What a recording lacks, by the counters in its picture and the clock in its sound. Pure: values in and out.

Picture. Every frame is taken to show one frame interval of the venue's time, beginning at its counter.
Between two frames with a counter, what is lacking is the counter's progress less the frames from the first
to the second (frames without a counter, of scenes that show neither slides nor camera, fill their own
interval each), less what the venue itself never painted. That finds a hole whether timestamps jump over it,
close it, or fill it with repeated pictures. A lack of under GAP_S is counted in frames (`frames_missing`);
from GAP_S on it is a gap.

Sound. The audio clock's slots give each moment's offset between the venue and the file. A break lacks the
growth of that offset (sound cut out) plus the time without clock tones (silence put in its place). Sound
that the venue itself delivered late is silence *and* an offset that shrinks: it sums to nothing, rightly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from stagebox.rehearsal.audio_clock import CYCLE, HOP_S, SLOT_S, AudioClockReading
from stagebox.rehearsal.counter import CounterSource
from stagebox.rehearsal.lateness import NOTHING, LateTicks
from stagebox.rehearsal.painter import TICK_HZ

GAP_S = 0.2
"""A lack of picture from here on is a gap; below (a busy machine rendered late), it is missing frames."""
SOUND_GAP_S = 0.03
"""A lack of sound from here on is a gap; below, it is the measurement's own noise."""
EDGE_S = 0.5
"""Start and end of a session are known no better than this."""
SHORTEST_SCENE_S = 0.4
"""A shorter stretch is a transition, and belongs to its neighbours."""

_SPEECH_DBFS = -40.0
_SPEECH_SHARE = 0.25
_NEIGHBOURS = 8
_TORN_SLOTS = 2


@dataclass(frozen=True, slots=True)
class OutputGap:
    """`lacks_s` seconds of the session are not in the output; they would be at `at_s` of the output."""

    at_s: float
    lacks_s: float


@dataclass(frozen=True, slots=True)
class ReadFrame:
    """One frame read back: its time, its counter or None, and its scene (`screen`, `speaker`, `combo`, …)."""

    at_s: float
    tick: int | None
    scene: str


@dataclass(frozen=True, slots=True)
class SceneSpan:
    """A scene and when it is seen, in seconds of the output."""

    scene: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class PictureContinuity:
    """Continuity of the picture. `first_tick` and `last_tick` are None when no counter was read at all."""

    gaps: tuple[OutputGap, ...]
    frames: int
    frames_missing: int
    first_tick: int | None
    last_tick: int | None

    @property
    def gap_s(self) -> float:
        """Seconds of the session that the picture lacks."""
        return sum(gap.lacks_s for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class SoundContinuity:
    """Continuity of the sound, and whether somebody is heard speaking."""

    gaps: tuple[OutputGap, ...]
    speech_share: float
    speech_dbfs: float

    @property
    def gap_s(self) -> float:
        """Seconds of the session that the sound lacks."""
        return sum(gap.lacks_s for gap in self.gaps)

    @property
    def speech_audible(self) -> bool:
        """Whether speech fills enough of the sound to be called audible."""
        return self.speech_share >= _SPEECH_SHARE


def scene_of(shown: frozenset[CounterSource]) -> str | None:
    """Which scene shows these counters; None when it shows none."""
    return {
        frozenset({CounterSource.SLIDES}): "screen",
        frozenset({CounterSource.CAMERA}): "speaker",
        frozenset({CounterSource.SLIDES, CounterSource.CAMERA}): "combo",
    }.get(shown)


def frame_interval_s(times_s: Sequence[float]) -> float:
    """The usual time between two frames; a thirtieth when there are too few to tell.

    The mean of the ordinary steps: FLV rounds its times to milliseconds, and a median of 33 ms would be a
    second wrong after a hundred.
    """
    if len(times_s) < 3:
        return 1 / 30
    steps_s = np.diff(times_s)
    return float(steps_s[steps_s < 1.5 * np.median(steps_s)].mean())


def picture_continuity(
    frames: Sequence[ReadFrame],
    late: LateTicks = NOTHING,
    session: tuple[int, int] | None = None,
) -> PictureContinuity:
    """What the picture lacks; see the module's text.

    `late` is what was never painted. `session` are the ticks at which the
    session's recording began and ended: with them, a missing start or end counts too, from EDGE_S on.
    """
    step_s = frame_interval_s([frame.at_s for frame in frames])
    read = [
        (index, frame.at_s, frame.tick, frame.scene)
        for index, frame in enumerate(frames)
        if frame.tick is not None
    ]
    gaps: list[OutputGap] = []
    missing = 0
    for (index, at_s, tick, scene), (next_index, _, next_tick, next_scene) in pairwise(read):
        lacks_s = (next_tick - tick) / TICK_HZ - (next_index - index) * step_s
        lacks_s -= late.unpainted(tick, next_tick, scene if scene == next_scene else "") / TICK_HZ
        # Up to one tick, half a frame, is the beat between the counter's clock and the frames'.
        if lacks_s >= GAP_S:
            gaps.append(OutputGap(at_s + step_s, lacks_s))
        elif lacks_s > 0.75 * step_s:
            missing += max(1, round(lacks_s / step_s))
    if not read:
        if session is not None:
            gaps.append(OutputGap(0.0, max(0.0, (session[1] - session[0]) / TICK_HZ - len(frames) * step_s)))
        return PictureContinuity(
            tuple(gap for gap in gaps if gap.lacks_s >= GAP_S), len(frames), missing, None, None
        )
    first, last = read[0], read[-1]
    if session is not None:
        head_s = (first[2] - session[0]) / TICK_HZ - first[0] * step_s
        tail_s = (session[1] - last[2]) / TICK_HZ - (len(frames) - last[0]) * step_s
        if head_s >= EDGE_S:
            gaps.insert(0, OutputGap(0.0, head_s))
        if tail_s >= EDGE_S:
            gaps.append(OutputGap(frames[-1].at_s, tail_s))
    return PictureContinuity(tuple(gaps), len(frames), missing, first[2], last[2])


def timeline(frames: Sequence[ReadFrame]) -> tuple[SceneSpan, ...]:
    """The scenes in the order seen; stretches under SHORTEST_SCENE_S (transitions) join what came before."""
    spans: list[SceneSpan] = []
    step_s = frame_interval_s([frame.at_s for frame in frames])
    for frame in frames:
        if spans and spans[-1].scene == frame.scene:
            spans[-1] = SceneSpan(frame.scene, spans[-1].start_s, frame.at_s + step_s)
        else:
            spans.append(SceneSpan(frame.scene, frame.at_s, frame.at_s + step_s))
    kept: list[SceneSpan] = []
    for span in spans:
        short = span.end_s - span.start_s < SHORTEST_SCENE_S
        if kept and (short or kept[-1].scene == span.scene):
            kept[-1] = SceneSpan(kept[-1].scene, kept[-1].start_s, span.end_s)
        elif not short:
            kept.append(span)
    return tuple(kept)


def sound_continuity(
    hearing: AudioClockReading, end_s: float, excused: Sequence[SceneSpan] = ()
) -> SoundContinuity:
    """What the sound lacks; see the module's text.

    `end_s` is the length of the output. `excused` are spans whose scene need not carry the microphone: there,
    silence is no lack.
    """
    if not len(hearing.at_s):
        return SoundContinuity((OutputGap(0.0, end_s),) if end_s >= SOUND_GAP_S else (), 0.0, -120.0)
    spoken = hearing.speech_dbfs > _SPEECH_DBFS
    voice_dbfs = float(np.median(hearing.speech_dbfs[spoken])) if spoken.any() else -120.0
    meant = np.ones(len(hearing.at_s), bool)
    for span in excused:
        # Sound fades with the picture, so a transition on either side belongs to the card.
        within = hearing.at_s >= span.start_s - SHORTEST_SCENE_S
        meant &= ~(within & (hearing.at_s < span.end_s + SHORTEST_SCENE_S))
    heard = hearing.slot >= 0
    usual = float(np.median(hearing.clock_level[heard])) if heard.any() else np.inf
    quiet = (hearing.clock_level < 0.5 * usual) & meant
    share = float(spoken[meant].mean()) if meant.any() else 0.0
    centres_s, slots = _slot_centres(hearing, heard & (hearing.clock_level >= 0.5 * usual))
    gaps: list[OutputGap] = []
    if not len(slots):
        lacks_s = float(meant.sum()) * HOP_S
        return SoundContinuity(
            (OutputGap(0.0, lacks_s),) if lacks_s >= SOUND_GAP_S else (), share, voice_dbfs
        )
    offsets_s = slots * SLOT_S - centres_s
    faded = np.diff(np.searchsorted(hearing.at_s[quiet], centres_s)) > 0
    breaks = (np.diff(slots) != 1) | (np.abs(np.diff(offsets_s)) > SLOT_S / 2) | faded
    for first, last in _clusters(np.flatnonzero(breaks).tolist()):
        before = offsets_s[max(0, first + 1 - _NEIGHBOURS) : first + 1]
        after = offsets_s[last + 1 : last + 1 + _NEIGHBOURS]
        between = (hearing.at_s > centres_s[first]) & (hearing.at_s < centres_s[last + 1])
        cut_s = float(np.median(after) - np.median(before))
        lacks_s = cut_s + float((quiet & between).sum()) * HOP_S
        if lacks_s >= SOUND_GAP_S:
            gaps.append(OutputGap(float(centres_s[first]), lacks_s))
    head_s = float((quiet & (hearing.at_s < centres_s[0])).sum()) * HOP_S
    unheard_s = max(0.0, end_s - float(hearing.at_s[-1]) - HOP_S)
    tail_s = float((quiet & (hearing.at_s > centres_s[-1])).sum()) * HOP_S + unheard_s
    if head_s >= EDGE_S:
        gaps.insert(0, OutputGap(0.0, head_s))
    if tail_s >= EDGE_S:
        gaps.append(OutputGap(float(centres_s[-1]), tail_s))
    return SoundContinuity(tuple(gaps), share, voice_dbfs)


def _clusters(positions: list[int]) -> list[tuple[int, int]]:
    """First and last of positions that lie together: a slot torn in two is one break, not two."""
    found: list[tuple[int, int]] = []
    for position in positions:
        if found and position - found[-1][1] <= _TORN_SLOTS:
            found[-1] = (found[-1][0], position)
        else:
            found.append((position, position))
    return found


def _slot_centres(
    hearing: AudioClockReading, heard: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """The middle of the hops in which each slot was heard, and its number counted on beyond the cycle."""
    index = np.flatnonzero(heard)
    centres: list[float] = []
    numbers: list[int] = []
    group: list[float] = []
    raw = -1
    for at_s, slot in zip(hearing.at_s[index].tolist(), hearing.slot[index].tolist(), strict=True):
        if slot == raw and at_s - group[-1] < SLOT_S:
            group.append(at_s)
            centres[-1] = (group[0] + group[-1]) / 2
            continue
        if numbers:
            passed = (at_s - centres[-1]) / SLOT_S
            ahead = slot - numbers[-1]
            number = slot + CYCLE * round((passed - ahead) / CYCLE)
        else:
            number = slot
        raw, group = slot, [at_s]
        centres.append(at_s)
        numbers.append(number)
    return np.array(centres), np.array(numbers, np.int64)
