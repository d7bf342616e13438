"""The findings that say that a copy does not hold, or does not show, what its recording does. Pure."""

from collections.abc import Mapping

from stagebox.media.findings import finding
from stagebox.model.report import Code, Finding, Severity


def not_lossless(source: Mapping[int, str], output: Mapping[int, str], length_s: float) -> Finding | None:
    """The finding that says which streams' packets differ, or None when all are equal."""
    differing = sorted(
        index for index in source.keys() | output.keys() if source.get(index) != output.get(index)
    )
    if not differing and source:
        return None
    return finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        0.0,
        length_s,
        "differs" if differing else "nothing",
        {"streams": differing},
        streams=", ".join(map(str, differing)),
    )


def shown_otherwise(starts_s: Mapping[int, float], length_s: float) -> Finding | None:
    """The finding that says which streams are shown at other times in the copy, and from when on."""
    if not starts_s:
        return None
    at_s = max(min(starts_s.values()), 0.0)
    return finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        at_s,
        length_s,
        "times",
        {"streams": sorted(starts_s), "at_s": round(at_s, 3)},
        at_s=at_s,
        streams=", ".join(map(str, sorted(starts_s))),
    )


def begins_otherwise(length_s: float, stream: int) -> Finding:
    """The finding for a copy that hides the recording's first pictures."""
    return finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        0.0,
        length_s,
        "first",
        {"streams": [stream], "at_s": 0.0},
        streams=stream,
    )


def decoded_otherwise(at_s: float, length_s: float, stream: int) -> Finding:
    """The finding for a place from which on the copy shows something else than the recording."""
    return finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        at_s,
        length_s,
        "decoded",
        {"streams": [stream], "at_s": round(at_s, 3)},
        at_s=at_s,
        streams=stream,
    )
