"""What the doctor says of one thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from stagebox.model.errors import ExitCode


class Level(StrEnum):
    """good; note: worth knowing; look: needs a person; broken: the set-up cannot work like this."""

    GOOD = "good"
    NOTE = "note"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the checklist.

    `check` is its name for programs, `title` for people; `summary` says what was found, `remedy` what to do
    about it; `evidence` holds figures and files (JSON values).
    """

    check: str
    title: str
    level: Level
    summary: str
    remedy: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The result as one object of `stagebox doctor --json`."""
        return {
            "check": self.check,
            "title": self.title,
            "level": str(self.level),
            "summary": self.summary,
            "remedy": self.remedy,
            "evidence": dict(self.evidence),
        }


def exit_code(results: Iterable[Result]) -> ExitCode:
    """0 all good (notes do not count), 1 something needs a person, 2 the set-up is broken."""
    levels = {result.level for result in results}
    if Level.BROKEN in levels:
        return ExitCode.UNUSABLE
    return ExitCode.NEEDS_PERSON if Level.LOOK in levels else ExitCode.GOOD
