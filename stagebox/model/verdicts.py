"""What people call a verdict: one set of words for table, page, screen, watch. JSON has its own."""

from collections.abc import Mapping
from types import MappingProxyType

from stagebox.model.report import Verdict

WORDS: Mapping[str, str] = MappingProxyType(
    {Verdict.OK: "good", Verdict.FLAGGED: "needs a look", Verdict.FAILED: "failed"}
)
NOT_DONE = "not done yet"
SETTLED: Mapping[str, str] = MappingProxyType({"lost": "lost", "elsewhere": "in another file"})
"""What a person said became of a talk: then its verdict counts no more."""


def counted_words(words: str, number: int) -> str:
    """The words as they stand after a number: "1 needs a look", "3 need a look"."""
    return words if number == 1 else words.replace("needs", "need")


def verdict_words(verdict: str) -> str:
    """ "good", "needs a look" or "failed" for a verdict of a report; of any other, that it is not checked."""
    return WORDS.get(verdict, "not checked")
