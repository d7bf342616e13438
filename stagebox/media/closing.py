"""How a recording's file ends: whole, cut off, or at another place than it says itself. Pure rules."""

from dataclasses import dataclass

from stagebox.media.findings import finding
from stagebox.media.thresholds import ENDS_EARLY_S, WRONG_LENGTH_S
from stagebox.messages.code_catalogue import say
from stagebox.model.report import Code, Finding, Severity


@dataclass(frozen=True, slots=True)
class FileClosing:
    """How a file ends: `cut` is the key that says why it is not whole, empty when it is.

    `closed` tells whether it was closed, `lacks_share` the share of itself that the file lacks by its own
    word for its size, 0 where it has none.
    """

    cut: str = ""
    closed: bool = True
    lacks_share: float = 0.0


@dataclass(frozen=True, slots=True)
class FileEnd:
    """Where a file ends on the recording's timeline: by what it says of itself, and by what was read."""

    tail: FileClosing
    told_s: float
    read_s: float


def judge(end: FileEnd) -> list[Finding]:
    """The finding about this end; none when the file is whole and knows its length."""
    apart_s = end.told_s - end.read_s if end.told_s > 0 else 0.0
    tail = end.tail
    if tail.cut or not tail.closed or (apart_s >= ENDS_EARLY_S and _lacks_as_told(end)):
        return [_truncated(end)]
    if abs(apart_s) < WRONG_LENGTH_S:
        return []
    return [
        finding(
            Code.WRONG_LENGTH,
            Severity.NOTE,
            0.0,
            0.0,
            "length",
            {"told_s": round(end.told_s, 3), "read_s": round(end.read_s, 3)},
            told_s=end.told_s,
            read_s=end.read_s,
        )
    ]


def _lacks_as_told(end: FileEnd) -> bool:
    """Whether the file lacks as much of its size as of its length: one word alone is doubted."""
    lacks = end.tail.lacks_share
    if lacks <= 0 or end.told_s <= 0:
        return False
    return 0.25 < lacks / max(1 - end.read_s / end.told_s, 1e-9) < 4


def _truncated(end: FileEnd) -> Finding:
    lost_s = max(end.told_s - end.read_s, 0.0)
    if not (_lacks_as_told(end) if end.tail.lacks_share > 0 else lost_s <= max(20 * end.read_s, 3600.0)):
        lost_s = 0.0  # its own word for its length is not to be believed
    reason = end.tail.cut or ("early" if end.tail.closed else "open")
    return finding(
        Code.TRUNCATED,
        Severity.WARNING,
        end.read_s,
        end.read_s + lost_s,
        "lost" if lost_s >= 0.1 else "end",
        {
            "told_s": round(end.told_s, 3),
            "read_s": round(end.read_s, 3),
            "lost_s": round(lost_s, 3),
        },
        at_s=end.read_s,
        why=say(f"truncated+{reason}"),
        lost_s=lost_s,
    )
