"""What is wrong with a recording, in the few words that fit into a row: "silent, 10 s". Pure."""

from collections.abc import Sequence

from stagebox.messages.code_catalogue import entry, found_short
from stagebox.model.figures import lasting
from stagebox.model.report import Finding
from stagebox.model.said import said_of

AMOUNTS = ("gap_s", "lost_s", "late_s", "back_s", "ahead_s", "paused_s", "seconds")
"""Figures of a finding's evidence that tell, in seconds, what its place does not."""


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names after one another: "a, b and c"; of many, the first ones and how many more."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def brief(finding: Finding) -> str:
    """The finding in few words, without a full stop; with how long it is, where that says something."""
    words = found_short(finding.code, said_of(finding.message).code)
    known = entry(finding.code)
    length_s = amount_s(finding) or finding.end_s - finding.start_s
    if length_s <= 0.05 or (known is not None and known.after is not None and known.after.whole):
        return words
    return f"{words}, {lasting(length_s)}"


def amount_s(finding: Finding) -> float:
    """The seconds that a finding's figures tell where its place does not: what a gap lacks."""
    told = finding.evidence
    figures = [float(told[name]) for name in AMOUNTS if isinstance(told.get(name), (int, float))]
    expected_s, read_s = told.get("expected_s"), told.get("duration_s")
    if isinstance(expected_s, (int, float)) and isinstance(read_s, (int, float)):
        figures.append(float(expected_s) - float(read_s))
    return max(figures, default=0.0)
