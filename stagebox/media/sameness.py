"""The findings that say that a copy does not hold, or does not show, what its recording does. Pure."""

from collections.abc import Mapping

from stagebox.model.figures import lasting
from stagebox.model.report import Code, Finding, Severity


def not_lossless(source: Mapping[int, str], output: Mapping[int, str], length_s: float) -> Finding | None:
    """The finding that says which streams' packets differ, or None when all are equal."""
    differing = sorted(
        index for index in source.keys() | output.keys() if source.get(index) != output.get(index)
    )
    if not differing and source:
        return None
    return Finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        0.0,
        length_s,
        "The copy does not hold exactly what the recording holds: "
        + (f"stream {', '.join(map(str, differing))} differs." if differing else "nothing could be read."),
        "Keep the recording and process it again; take another disk if this happens twice.",
        {"streams": differing},
    )


def shown_otherwise(starts_s: Mapping[int, float], length_s: float) -> Finding | None:
    """The finding that says which streams are shown at other times in the copy, and from when on."""
    if not starts_s:
        return None
    at_s = max(min(starts_s.values()), 0.0)
    named = ", ".join(map(str, sorted(starts_s)))
    return Finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        at_s,
        max(length_s, at_s),
        f"From {lasting(at_s)} on, the copy shows stream {named} at other times than the recording.",
        "Keep the recording. Look whether lips and voice stay together from there on.",
        {"streams": sorted(starts_s), "at_s": round(at_s, 3)},
    )


def begins_otherwise(length_s: float, stream: int) -> Finding:
    """The finding for a copy that hides the recording's first pictures."""
    return Finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        0.0,
        max(length_s, 0.0),
        f"The copy does not show the first pictures of stream {stream}: they come before the one that it "
        "begins with.",
        "Keep the recording, and use it for its first seconds.",
        {"streams": [stream], "at_s": 0.0},
    )


def decoded_otherwise(at_s: float, length_s: float, stream: int) -> Finding:
    """The finding for a place from which on the copy shows something else than the recording."""
    return Finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        at_s,
        max(length_s, at_s),
        f"From {lasting(at_s)} on, the copy cannot show stream {stream} as the recording does: what a "
        "decoder must know "
        "changes there.",
        "Keep the recording, and use it for this part. Do not change the encoder's settings during a talk.",
        {"streams": [stream], "at_s": round(at_s, 3)},
    )
