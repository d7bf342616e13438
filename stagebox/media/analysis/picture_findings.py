"""What a recording's picture showed, and which findings follow from it. Pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stagebox.media.analysis.frame_classifier import SPECIAL, FrameKind
from stagebox.media.analysis.picture_parts import PartFault, PartStretch, boxes_of, overlapping
from stagebox.media.analysis.scene_boxes import BoxStretch
from stagebox.media.findings import finding
from stagebox.media.repetition import WHOLE_TALK, Repetition, RepetitionRule, repeated
from stagebox.media.thresholds import (
    FLICKER_S,
    HOLE_S,
    OFTEN_COUNT,
    OFTEN_LONG_S,
    OFTEN_LONG_SHARE,
    OFTEN_SHORT_S,
    OFTEN_SHORT_SHARE,
    REFINED_S,
    SHORT_FREEZE_S,
    STOPPED_S,
)
from stagebox.messages.code_catalogue import say
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.said import Sentence
from stagebox.model.settings import VerifySettings

NO_SIGNAL_KINDS = frozenset(
    {FrameKind.UNIFORM, FrameKind.BARS, FrameKind.CARD, FrameKind.WORDS, FrameKind.SNOW, FrameKind.HALF}
)


def _seen(kind: FrameKind) -> Sentence:
    """What such a picture shows, in words."""
    return say(f"{Code.NO_SIGNAL}+{kind}")


@dataclass(frozen=True, slots=True)
class PictureStretch:
    """Pictures of one kind from `start_s` up to `end_s`, in seconds from the recording's start."""

    start_s: float
    end_s: float
    kind: FrameKind

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class VideoTrackFacts:
    """What the picture of one recording showed.

    `stretches` are those that are not real pictures, in order; `stills` where the picture did not change
    (only when asked for); `parts` where a part of it was wrong, `boxes` where a box of
    the pack's scenes was; `film` holds (time in seconds, JPEG).
    `packets` and `frames_decoded` tell how much was read and how little of it had to be decoded.
    """

    length_s: float
    stretches: tuple[PictureStretch, ...] = ()
    stills: tuple[PictureStretch, ...] = ()
    parts: tuple[PartStretch, ...] = ()
    boxes: tuple[BoxStretch, ...] = ()
    film: tuple[tuple[float, bytes], ...] = ()
    packets: int = 0
    frames_decoded: int = 0


def picture_findings(facts: VideoTrackFacts, limits: VerifySettings, *, camera: bool) -> list[Finding]:
    """Return the findings that follow from what the picture showed; `camera`: also look for a frozen one."""
    black = [stretch for stretch in facts.stretches if stretch.kind is FrameKind.BLACK]
    blank = merged(stretch for stretch in facts.stretches if stretch.kind in NO_SIGNAL_KINDS)
    found = _black(black, facts.length_s, limits) + _no_signal(blank, facts.length_s, limits)
    # A black picture stands still, too, and its parts are black; it is reported once.
    other = [*black, *blank]
    spans = [(one.start_s, one.end_s) for one in other] + [(one.start_s, one.end_s) for one in facts.boxes]
    parts = [one for one in facts.parts if not any(overlapping(one, *at) > 0.5 for at in spans)]
    found += _parts(parts, facts.length_s, limits) + _boxes(facts.boxes, facts.length_s, limits)
    stopped = boxes_of(parts, PartFault.FROZEN)
    stills: list[PictureStretch] = []
    if camera:
        stills = [still for still in facts.stills if not any(_mostly_in(still, one) for one in other)]
        stills += [
            PictureStretch(one.start_s, one.end_s, FrameKind.PICTURE)
            for one in stopped
            if not any(overlapping(one, at.start_s, at.end_s) > 0.2 for at in stills)
        ]
        found += _frozen(stills, limits)
    else:
        found += _stopped(stopped, limits)
    return found


def _boxes(boxes: Sequence[BoxStretch], length_s: float, limits: VerifySettings) -> list[Finding]:
    """What a box of the pack's scenes lacks, as severe as if it were all of the picture."""
    found = []
    for one in boxes:
        share = one.length_s / length_s if length_s > 0 else 0.0
        told = {"source": one.box.role, "scene": one.scene, "box": list(one.box.box)}
        measured = {"length_s": round(one.length_s, 3), "share_of_recording": round(share, 4)}
        if one.kind is None:
            if one.length_s >= max(STOPPED_S, limits.frozen_warning_s):
                found.append(
                    finding(
                        Code.FROZEN,
                        Severity.WARNING,
                        one.start_s,
                        one.end_s,
                        "camera",
                        told | measured,
                        length_s=one.length_s,
                    )
                )
            continue
        black = one.kind is FrameKind.BLACK
        far = _black_limits(limits) if black else _no_signal_limits(limits)
        if one.length_s < far.note_s - 0.001:
            continue
        found.append(
            finding(
                Code.BLACK if black else Code.NO_SIGNAL,
                far.severity(one.length_s, share),
                one.start_s,
                one.end_s,
                one.box.role,
                told | measured | ({} if black else {"seen": str(one.kind)}),
                length_s=one.length_s,
                **({} if black else {"seen": _seen(one.kind)}),
            )
        )
    return found


def _parts(parts: Sequence[PartStretch], length_s: float, limits: VerifySettings) -> list[Finding]:
    """What a part of the picture lacks, as severe as if it were all of it."""
    found = []
    for what, code, far in (
        (PartFault.BLACK, Code.BLACK, _black_limits(limits)),
        (PartFault.NO_SIGNAL, Code.NO_SIGNAL, _no_signal_limits(limits)),
    ):
        boxes = {(one.start_s, one.end_s): one.box for one in boxes_of(parts, what)}
        stretches = [PictureStretch(start_s, end_s, FrameKind.PICTURE) for start_s, end_s in boxes]
        alone, often = _told(stretches, length_s, far)
        share = _share([one for one in stretches if one.length_s >= far.note_s - 0.001], length_s)
        found += [
            finding(
                code,
                far.severity(one.length_s, share),
                one.start_s,
                one.end_s,
                "part",
                {
                    "box": list(boxes[one.start_s, one.end_s]),
                    "length_s": round(one.length_s, 3),
                    "share_of_recording": round(share, 4),
                },
                length_s=one.length_s,
            )
            for one in alone
        ]
        found += [_again(code, "part_again", many, length_s, far) for many in often]
    return found


def _stopped(stopped: Sequence[PartStretch], limits: VerifySettings) -> list[Finding]:
    return [
        finding(
            Code.FROZEN,
            Severity.WARNING,
            one.start_s,
            one.end_s,
            "part",
            {"box": list(one.box), "length_s": round(one.length_s, 3)},
            length_s=one.length_s,
        )
        for one in stopped
        if one.length_s >= max(STOPPED_S, limits.frozen_warning_s)
    ]


def merged(stretches: Iterable[PictureStretch]) -> list[PictureStretch]:
    """Join stretches that touch (within a millisecond), keeping the kind that lasts longest."""
    joined: list[PictureStretch] = []
    for stretch in stretches:
        if joined and stretch.start_s - joined[-1].end_s < 0.001:
            last = joined[-1]
            kind = last.kind if last.length_s >= stretch.length_s else stretch.kind
            joined[-1] = PictureStretch(last.start_s, stretch.end_s, kind)
        else:
            joined.append(stretch)
    return joined


def special_only(stretches: Sequence[PictureStretch], end_s: float) -> list[PictureStretch]:
    """Neighbours of one kind become one stretch; each ends where the next starts; special kinds remain."""
    joined: list[PictureStretch] = []
    stretches = _without_holes(stretches)
    ordered = sorted(stretches, key=lambda stretch: stretch.start_s)
    for number, stretch in enumerate(ordered):
        until_s = ordered[number + 1].start_s if number + 1 < len(ordered) else max(stretch.end_s, end_s)
        if joined and joined[-1].kind is stretch.kind:
            joined[-1] = PictureStretch(joined[-1].start_s, until_s, stretch.kind)
        else:
            joined.append(PictureStretch(stretch.start_s, until_s, stretch.kind))
    return [stretch for stretch in joined if stretch.kind in SPECIAL]


def _without_holes(stretches: Sequence[PictureStretch]) -> list[PictureStretch]:
    """Without real pictures that are shown so shortly between two of snow that they are none.

    An encoder that has too few bits for snow takes the noise out of a picture now and then.
    """
    ordered = sorted(stretches, key=lambda stretch: stretch.start_s)
    around = [{one.kind, other.kind} for one, other in zip(ordered, ordered[2:], strict=False)]
    holes = {
        number + 1
        for number, kinds in enumerate(around)
        if kinds == {FrameKind.SNOW} and ordered[number + 1].length_s < HOLE_S
    }
    return [one for number, one in enumerate(ordered) if number not in holes]


def _black(stretches: Sequence[PictureStretch], length_s: float, limits: VerifySettings) -> list[Finding]:
    far = _black_limits(limits)
    alone, often = _told(stretches, length_s, far)
    share = _share([one for one in stretches if one.length_s >= far.note_s - 0.001], length_s)
    found = [
        finding(
            Code.BLACK,
            far.severity(stretch.length_s, share),
            stretch.start_s,
            stretch.end_s,
            "whole",
            {"length_s": round(stretch.length_s, 3), "share_of_recording": round(share, 4)},
            length_s=stretch.length_s,
        )
        for stretch in alone
    ]
    return found + [_again(Code.BLACK, "again", one, length_s, far) for one in often]


def _no_signal(stretches: Sequence[PictureStretch], length_s: float, limits: VerifySettings) -> list[Finding]:
    far = _no_signal_limits(limits)
    alone, often = _told(stretches, length_s, far)
    share = _share([one for one in stretches if one.length_s >= far.note_s - 0.001], length_s)
    found = [
        finding(
            Code.NO_SIGNAL,
            far.severity(stretch.length_s, share),
            stretch.start_s,
            stretch.end_s,
            "whole",
            {
                "seen": str(stretch.kind),
                "length_s": round(stretch.length_s, 3),
                "share_of_recording": round(share, 4),
            },
            length_s=stretch.length_s,
            seen=_seen(stretch.kind),
        )
        for stretch in alone
    ]
    return found + [_again(Code.NO_SIGNAL, "again", one, length_s, far) for one in often]


@dataclass(frozen=True, slots=True)
class _StretchLimits:
    """How far it may go: lengths in seconds, shares of the recording."""

    note_s: float
    warning_s: float
    warning_share: float
    critical_share: float

    def severity(self, length_s: float, share: float) -> Severity:
        if share >= self.critical_share:
            return Severity.CRITICAL
        if length_s >= self.warning_s - 0.001 or share >= self.warning_share:
            return Severity.WARNING
        return Severity.NOTE


def _black_limits(limits: VerifySettings) -> _StretchLimits:
    return _StretchLimits(
        limits.black_note_s,
        limits.black_warning_s,
        limits.black_warning_share,
        limits.black_critical_share,
    )


def _no_signal_limits(limits: VerifySettings) -> _StretchLimits:
    return _StretchLimits(
        limits.no_signal_note_s,
        limits.no_signal_warning_s,
        limits.no_signal_warning_share,
        limits.no_signal_critical_share,
    )


def _told(
    stretches: Sequence[PictureStretch], length_s: float, far: _StretchLimits
) -> tuple[list[PictureStretch], list[Repetition]]:
    """Those that are told each by itself, and as one those that come again and again."""
    small = [one for one in stretches if FLICKER_S <= one.length_s < far.warning_s - 0.001]
    often = repeated(((one.start_s, one.end_s) for one in small), length_s, _rules(far))
    alone = [
        one
        for one in stretches
        if one.length_s >= far.note_s - 0.001
        and not (one in small and any(many.holds(one.start_s) for many in often))
    ]
    return alone, often


def _rules(far: _StretchLimits) -> tuple[RepetitionRule, ...]:
    """What is a warning in one piece is one in several."""
    return (
        RepetitionRule(OFTEN_SHORT_S, OFTEN_COUNT, share=OFTEN_SHORT_SHARE, least_s=far.note_s),
        RepetitionRule(OFTEN_LONG_S, OFTEN_COUNT, share=OFTEN_LONG_SHARE, least_s=far.warning_s),
        RepetitionRule(WHOLE_TALK, OFTEN_COUNT, share=far.warning_share, least_s=far.warning_s),
    )


def _again(code: Code, key: str, many: Repetition, length_s: float, far: _StretchLimits) -> Finding:
    share = many.lost_s / length_s if length_s > 0 else 0.0
    return finding(
        code,
        Severity.CRITICAL if share >= far.critical_share else Severity.WARNING,
        many.start_s,
        many.end_s,
        key,
        {
            "times": many.count,
            "length_s": round(many.lost_s, 3),
            "share_of_recording": round(share, 4),
        },
        times=many.count,
        within_s=many.length_s,
        length_s=many.lost_s,
    )


def _frozen(stills: Sequence[PictureStretch], limits: VerifySettings) -> list[Finding]:
    """The camera's stills that are told each by itself, and as one those that come again and again."""
    least_s = limits.frozen_warning_s
    short = _joined([still for still in stills if still.length_s < least_s])
    small = [one for one in short if one[1] - one[0] >= SHORT_FREEZE_S - 0.001]
    found = [
        finding(
            Code.FROZEN,
            Severity.CRITICAL if still.length_s >= limits.frozen_critical_s else Severity.WARNING,
            still.start_s,
            still.end_s,
            "camera",
            {"length_s": round(still.length_s, 3)},
            length_s=still.length_s,
        )
        for still in stills
        if still.length_s >= least_s
    ]
    # What is too much in one piece is so in several within ten minutes.
    often = repeated(small, math.inf, (RepetitionRule(OFTEN_LONG_S, OFTEN_COUNT, least_s=least_s),))
    return found + [
        finding(
            Code.FROZEN,
            Severity.CRITICAL if many.lost_s >= limits.frozen_critical_s else Severity.WARNING,
            many.start_s,
            many.end_s,
            "again",
            {
                "times": many.count,
                "length_s": round(many.lost_s, 3),
                "share_of_stretch": round(many.share, 4),
            },
            times=many.count,
            within_s=many.length_s,
            length_s=many.lost_s,
        )
        for many in often
    ]


def _joined(stills: Sequence[PictureStretch]) -> list[tuple[float, float]]:
    """Starts and ends of stills; those are one that only an encoder parts, which improves a still picture."""
    spans: list[tuple[float, float]] = []
    for still in sorted(stills, key=lambda one: one.start_s):
        if spans and still.start_s - spans[-1][1] <= REFINED_S:
            spans[-1] = (spans[-1][0], max(spans[-1][1], still.end_s))
        else:
            spans.append((still.start_s, still.end_s))
    return spans


def _share(stretches: Sequence[PictureStretch], length_s: float) -> float:
    return sum(stretch.length_s for stretch in stretches) / length_s if length_s > 0 else 0.0


def _mostly_in(still: PictureStretch, other: PictureStretch) -> bool:
    common = min(still.end_s, other.end_s) - max(still.start_s, other.start_s)
    return common >= 0.8 * still.length_s
