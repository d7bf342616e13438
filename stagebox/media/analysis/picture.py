"""What a recording's picture showed, and which findings follow from it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stagebox.media.analysis.look import Kind
from stagebox.media.findings import finding, span
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

NO_SIGNAL_KINDS = frozenset({Kind.UNIFORM, Kind.BARS, Kind.CARD})
SEEN_AS = {
    Kind.UNIFORM: "a picture of one colour",
    Kind.BARS: "colour bars",
    Kind.CARD: "a known “no signal” card",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pictures of one kind from `start_s` up to `end_s`, in seconds from the recording's start."""

    start_s: float
    end_s: float
    kind: Kind

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What the picture of one recording showed.

    `stretches` are those that are not real pictures, in order; `stills` where the picture did not change
    (only when asked for); `film` holds (time in seconds, JPEG). `packets` and `frames_decoded` tell how much
    was read and how little of it had to be decoded.
    """

    length_s: float
    stretches: tuple[Stretch, ...] = ()
    stills: tuple[Stretch, ...] = ()
    film: tuple[tuple[float, bytes], ...] = ()
    packets: int = 0
    frames_decoded: int = 0


def picture_findings(facts: PictureFacts, limits: VerifySettings, *, camera: bool) -> list[Finding]:
    """Return the findings that follow from what the picture showed; `camera`: also look for a frozen one."""
    black = [stretch for stretch in facts.stretches if stretch.kind is Kind.BLACK]
    blank = merged(stretch for stretch in facts.stretches if stretch.kind in NO_SIGNAL_KINDS)
    found = _black(black, facts.length_s, limits) + _no_signal(blank, facts.length_s, limits)
    if camera:
        # A black picture stands still, too; it is reported once.
        other = [*black, *blank]
        stills = [still for still in facts.stills if not any(_mostly_in(still, one) for one in other)]
        found += _frozen(stills, limits)
    return found


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Join stretches that touch (within a millisecond), keeping the kind that lasts longest."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and stretch.start_s - joined[-1].end_s < 0.001:
            last = joined[-1]
            kind = last.kind if last.length_s >= stretch.length_s else stretch.kind
            joined[-1] = Stretch(last.start_s, stretch.end_s, kind)
        else:
            joined.append(stretch)
    return joined


def _black(stretches: Sequence[Stretch], length_s: float, limits: VerifySettings) -> list[Finding]:
    long = [stretch for stretch in stretches if stretch.length_s >= limits.black_note_s - 0.001]
    share = _share(long, length_s)
    return [
        finding(
            Code.BLACK,
            _severity(
                stretch.length_s,
                share,
                limits.black_warning_s,
                limits.black_warning_share,
                limits.black_critical_share,
            ),
            stretch.start_s,
            stretch.end_s,
            f"The picture is black for {span(stretch.length_s)}.",
            {"length_s": round(stretch.length_s, 3), "share_of_recording": round(share, 4)},
        )
        for stretch in long
    ]


def _no_signal(stretches: Sequence[Stretch], length_s: float, limits: VerifySettings) -> list[Finding]:
    long = [stretch for stretch in stretches if stretch.length_s >= limits.no_signal_note_s - 0.001]
    share = _share(long, length_s)
    return [
        finding(
            Code.NO_SIGNAL,
            _severity(
                stretch.length_s,
                share,
                limits.no_signal_warning_s,
                limits.no_signal_warning_share,
                limits.no_signal_critical_share,
            ),
            stretch.start_s,
            stretch.end_s,
            f"The picture shows {SEEN_AS[stretch.kind]} for {span(stretch.length_s)}.",
            {
                "seen": str(stretch.kind),
                "length_s": round(stretch.length_s, 3),
                "share_of_recording": round(share, 4),
            },
        )
        for stretch in long
    ]


def _frozen(stills: Sequence[Stretch], limits: VerifySettings) -> list[Finding]:
    return [
        finding(
            Code.FROZEN,
            Severity.CRITICAL if still.length_s >= limits.frozen_critical_s else Severity.WARNING,
            still.start_s,
            still.end_s,
            f"The camera's picture does not move for {span(still.length_s)}.",
            {"length_s": round(still.length_s, 3)},
        )
        for still in stills
        if still.length_s >= limits.frozen_warning_s
    ]


def _severity(
    length_s: float, share: float, warning_s: float, warning_share: float, critical_share: float
) -> Severity:
    if share >= critical_share:
        return Severity.CRITICAL
    if length_s >= warning_s - 0.001 or share >= warning_share:
        return Severity.WARNING
    return Severity.NOTE


def _share(stretches: Sequence[Stretch], length_s: float) -> float:
    return sum(stretch.length_s for stretch in stretches) / length_s if length_s > 0 else 0.0


def _mostly_in(still: Stretch, other: Stretch) -> bool:
    common = min(still.end_s, other.end_s) - max(still.start_s, other.start_s)
    return common >= 0.8 * still.length_s
