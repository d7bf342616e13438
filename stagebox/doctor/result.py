"""What the doctor says of one thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from stagebox.messages.code_catalogue import REMEDY, check_code, check_title, say_check, worded
from stagebox.model.errors import ExitCode, StageboxError
from stagebox.model.report import Finding
from stagebox.model.said import Fact, Said, Sentence, as_json, from_json, said_of


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

    `check` is its name for programs; `summary` says what was found, `remedy` what to do about it in a
    terminal, both in English, and know what they are made of; `evidence` holds figures and files (JSON
    values).
    """

    check: str
    level: CheckLevel
    summary: str
    remedy: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What people call the check."""
        return check_title(self.check) or self.check

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
            "said": as_json(said_of(self.summary)),
        }


def checked(
    check: str, level: CheckLevel, key: str, evidence: Mapping[str, Any] | None = None, **facts: Fact
) -> CheckResult:
    """A result in the catalogue's words for `key`. Raises KeyError for a key or a fact that it lacks."""
    return CheckResult(check, level, *say_check(check, key, **facts), evidence or {})


def of_error(
    check: str, level: CheckLevel, error: StageboxError, evidence: Mapping[str, Any] | None = None
) -> CheckResult:
    """What could not be done: as the error says it, in English; elsewhere as the catalogue does."""
    return as_told(check, level, "failed", error.what, error.remedy, evidence)


def as_told(
    check: str,
    level: CheckLevel,
    key: str,
    summary: str,
    remedy: str,
    evidence: Mapping[str, Any] | None = None,
) -> CheckResult:
    """Words of another room, which know what they are made of; if not, the catalogue's for `key` stand for
    them in other languages and on the screen."""
    code = check_code(check, key)
    if not said_of(summary).code:
        summary, remedy = worded(code, summary), worded(f"{code}.{REMEDY}", remedy)
    return CheckResult(check, level, summary, remedy, evidence or {})


def of_finding(check: str, level: CheckLevel, finding: Finding, evidence: Mapping[str, Any]) -> CheckResult:
    """What a finding of a recording says; its remedy is made of the same."""
    said = said_of(finding.message)
    remedy = Said(code=f"{said.code}.{REMEDY}", facts=said.facts, words=finding.remedy)
    return as_told(check, level, "unusable", finding.message, Sentence(remedy), evidence)


def in_snapshot(snapshot: Mapping[str, Any], words: str) -> Sentence:
    """A sentence of a running stagebox, with what it is made of."""
    return Sentence(from_json(snapshot.get("said", {}).get(words), words))


def exit_code(results: Iterable[CheckResult]) -> ExitCode:
    """0 all good (notes do not count), 1 something needs a person, 2 the set-up is broken."""
    levels = {result.level for result in results}
    if CheckLevel.BROKEN in levels:
        return ExitCode.UNUSABLE
    return ExitCode.NEEDS_PERSON if CheckLevel.LOOK in levels else ExitCode.GOOD
