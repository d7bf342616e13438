"""Silence that was meant: title cards of the pack let no sound through. Pure."""

from collections.abc import Iterable, Sequence

from stagebox.media.findings import finding
from stagebox.model.program import OnProgram, SceneLayout, soundless
from stagebox.model.report import Code, Finding, Severity

EDGE_S = 2.0
"""A change of scene, and the end of a word, may be so far from the silence."""
MOST_SHARE = 0.8
"""A talk that was mostly on a card was forgotten there: its silence counts."""


def without_cards(
    found: Iterable[Finding], layouts: Sequence[SceneLayout], program: Sequence[OnProgram], length_s: float
) -> list[Finding]:
    """The findings, with silences as a note where a scene without sound was on program."""
    cards = soundless(layouts, program, length_s)
    on_cards_s = sum(end_s - start_s for start_s, end_s in cards)
    if not cards or on_cards_s > MOST_SHARE * length_s:
        return list(found)
    return [_noted(one) if _was_meant(one, cards) else one for one in found]


def _was_meant(one: Finding, cards: Sequence[tuple[float, float]]) -> bool:
    alone = one.code is Code.SILENT and "silences" not in one.evidence
    return alone and any(
        start_s - EDGE_S <= one.start_s and one.end_s <= end_s + EDGE_S for start_s, end_s in cards
    )


def _noted(one: Finding) -> Finding:
    evidence, length_s = {**one.evidence, "card": True}, one.end_s - one.start_s
    return finding(Code.SILENT, Severity.NOTE, one.start_s, one.end_s, "card", evidence, length_s=length_s)
