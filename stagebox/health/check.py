"""A check: what a rule says of the facts. One file a rule in this room; every rule is a pure function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from stagebox.messages.code_catalogue import say_live
from stagebox.model.alarms import Alarm
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.said import Fact, said_of
from stagebox.model.settings import HealthSettings

Outcome = Literal["fine", "bad", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a rule found for one code and role.

    `unknown` is for facts that are missing or stale; it is never shown as fine. `bad` carries the level,
    and for all that is not fine, `summary` says what is wrong and `remedy` what to do, in plain words.
    `evidence` holds the figures it rests on (JSON values).
    """

    code: Code
    role: str
    outcome: Outcome
    level: Severity = Severity.NOTE
    summary: str = ""
    remedy: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The catalogue's key of what is said; empty where nothing is."""
        return said_of(self.summary).code.partition(".")[2]


Rule = Callable[[HealthFacts, HealthSettings, float], tuple[Check, ...]]
"""(facts, limits, monotonic now) → one check for each code and role that the rule watches, always."""


def bad(
    code: Code,
    role: str,
    level: Severity,
    key: str,
    *,
    evidence: Mapping[str, Any] | None = None,
    **facts: Fact,
) -> Check:
    """What is wrong, in the catalogue's words for `key`, with the figures in `facts`."""
    summary, remedy = say_live(code, key, **facts)
    return Check(
        code=code,
        role=role,
        outcome="bad",
        level=level,
        summary=summary,
        remedy=remedy,
        evidence=evidence or {},
    )


def unknown(code: Code, role: str, key: str, **facts: Fact) -> Check:
    """The answer of a rule that knows too little, in the catalogue's words for `key`."""
    summary, remedy = say_live(code, key, **facts)
    return Check(code=code, role=role, outcome="unknown", summary=summary, remedy=remedy)


def fine(code: Code, role: str, evidence: Mapping[str, Any] | None = None, key: str = "") -> Check:
    """Nothing is wrong, and in the catalogue's words for `key` why, where that is not plain to see."""
    summary = say_live(code, key)[0] if key else ""
    return Check(code=code, role=role, outcome="fine", summary=summary, evidence=evidence or {})


def alarm(code: Code, role: str, level: Severity, utc: float, key: str, **facts: Fact) -> Alarm:
    """An alarm of now, in the catalogue's words for `key`: for what the engine's state tells by itself."""
    message, remedy = say_live(code, key, **facts)
    return Alarm(code=code, level=level, role=role, since_utc=utc, message=message, remedy=remedy)
