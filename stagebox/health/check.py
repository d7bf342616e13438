"""A check: what a rule says of the facts. One file a rule in this room; every rule is a pure function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
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


Rule = Callable[[Facts, HealthSettings, float], tuple[Check, ...]]
"""(facts, limits, monotonic now) → one check for each code and role that the rule watches, always."""
