"""What the doctor says of one thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from stagebox.model.errors import ExitCode


class CheckLevel(StrEnum):
    """good; note: worth knowing; look: needs a person; broken: the set-up cannot work like this."""

    GOOD = "good"
    NOTE = "note"
    LOOK = "look"
    BROKEN = "broken"


TARGETS: Mapping[str, str] = {
    "slides": "setup/sources/slides",
    "camera": "setup/sources/camera",
    "mic": "setup/sources/mic",
    "ear": "setup/sources/mic",
    "folder_folder": "setup/room/folder",
    "folder_out": "setup/room/folder",
    "disk": "setup/room/folder",
    "scenes": "build_scenes",
    "button_box": "setup/buttons",
    "recording": "setup/check",
    "obs": "setup/check",
    "obs_lost": "setup/check",
}
"""By a check's name: the page of Set-up on which it is put right, or what is done about it with one touch."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line of the checklist.

    `check` is its name for programs, `title` for people; `summary` says what was found, `remedy` what to do
    about it in a terminal; `evidence` holds figures and files (JSON values).
    """

    check: str
    title: str
    level: CheckLevel
    summary: str
    remedy: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """Where a touch helps: a page of Set-up, like "setup/sources/mic", or "build_scenes"; else empty."""
        if self.level is CheckLevel.GOOD:
            return ""
        return TARGETS.get(self.check, "")

    def to_json(self) -> dict[str, Any]:
        """The result as one object of `stagebox doctor --json`."""
        return {
            "check": self.check,
            "title": self.title,
            "level": str(self.level),
            "summary": self.summary,
            "remedy": self.remedy,
            "target": self.target,
            "evidence": dict(self.evidence),
        }


def exit_code(results: Iterable[CheckResult]) -> ExitCode:
    """0 all good (notes do not count), 1 something needs a person, 2 the set-up is broken."""
    levels = {result.level for result in results}
    if CheckLevel.BROKEN in levels:
        return ExitCode.UNUSABLE
    return ExitCode.NEEDS_PERSON if CheckLevel.LOOK in levels else ExitCode.GOOD
