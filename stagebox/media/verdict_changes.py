"""What is another between two verdicts on one recording: findings that are new, gone, graver, milder. Pure.

Other thresholds and newer versions move edges, split findings and join them, so findings are held against
each other by code and place, with the slack that a person's word has (decision 1602).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from stagebox.media.index.few_words import amount_s, brief
from stagebox.model.figures import clock
from stagebox.model.report import Finding, Severity

SLACK_S = 3.0
"""By so much a finding's start and end may move under other thresholds, or in a newer version."""
SLACK_SHARE = 0.1
"""And by this share of it its length may be another, before it is called longer or shorter."""

_WEIGHT = {"note": "a note", "warning": "a warning", "critical": "critical"}

Kind = Literal["new", "graver", "longer", "gone", "milder", "shorter"]
KINDS: tuple[Kind, ...] = ("new", "graver", "longer", "gone", "milder", "shorter")
WORSE: frozenset[Kind] = frozenset({"new", "graver", "longer"})


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One finding that is not as it was.

    `severity` is what it weighs now, empty when it is gone; `severity_before` what it weighed, empty when it
    is new. `start_s` and `end_s` are its place now, of what is gone its place then, in seconds. `accepted`
    says that a person accepted it: then it counts for nothing.
    """

    kind: Kind
    code: str
    severity: str
    severity_before: str
    start_s: float
    end_s: float
    words: str
    accepted: bool = False

    @property
    def is_worse(self) -> bool:
        """Whether somebody has to look at it who had not to before."""
        heavy = self.severity not in ("", Severity.NOTE)
        return self.kind in WORSE and heavy and not self.accepted

    @property
    def text(self) -> str:
        """The change in a few words: "new: 10 s silent at 1:10"."""
        where = f" at {clock(self.start_s)}" if self.end_s > 0 else ""
        was = f" (was {_WEIGHT[self.severity_before]})" if self.kind in ("graver", "milder") else ""
        small = " (accepted)" if self.accepted else ""
        return f"{self.kind}: {self.words}{where}{was}{small}"


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """Something that a verdict was made with, by name; `before` and `now` as people write it in a file."""

    name: str
    before: str
    now: str

    @property
    def text(self) -> str:
        """ "silence_warning_s 10 → 2"."""
        return f"{self.name} {self.before} → {self.now}"


@dataclass(frozen=True, slots=True)
class BasisChange:
    """Two ways in which verdicts were made: stagebox's versions, empty where not kept, and other settings."""

    version_before: str
    version: str
    settings: tuple[ChangedSetting, ...] = ()

    @property
    def text(self) -> str:
        """What is another, on one line."""
        before = self.version_before or "an older version"
        versions = [f"stagebox {before} → {self.version}"] if before != self.version else []
        return "; ".join((*versions, *(one.text for one in self.settings))) or "the same settings"


@dataclass(frozen=True, slots=True)
class VerdictComparison:
    """A verdict beside the last one that was made with something else, as people left both.

    `state` is unreadable where it is not known any more what was found then. `verdict_before` is a verdict as
    JSON has it, or empty.
    """

    state: Literal["same", "changed", "unreadable"]
    since: BasisChange
    verdict_before: str = ""
    changes: tuple[FindingChange, ...] = ()

    @property
    def text(self) -> str:
        """How many changes of each kind: "2 new, 1 gone"."""
        if self.state == "unreadable":
            return "what was found before cannot be read any more"
        return counted(self.changes) or "as before"


def counted(changes: Iterable[FindingChange]) -> str:
    """How many of each kind: "2 new, 1 gone"; empty without any."""
    numbers = Counter(one.kind for one in changes)
    return ", ".join(f"{numbers[kind]} {kind}" for kind in KINDS if numbers[kind])


def between(
    before: Sequence[Finding], now: Sequence[Finding], accepted: Collection[Finding] = ()
) -> tuple[FindingChange, ...]:
    """What is another now, the worst kinds first, then by place.

    Args:
        accepted: those of `now` and `before` that a person accepted.
    """
    made = [
        change
        for code in dict.fromkeys(one.code for one in (*now, *before))
        for was, found in _groups(
            [one for one in before if one.code is code], [one for one in now if one.code is code]
        )
        if (change := _change(was, found, accepted)) is not None
    ]
    return tuple(sorted(made, key=lambda one: (KINDS.index(one.kind), one.start_s, one.code)))


def _groups(
    before: Sequence[Finding], now: Sequence[Finding]
) -> Iterable[tuple[list[Finding], list[Finding]]]:
    """Findings of one code that lie at one place, before and now; each is in one group."""
    groups: list[tuple[list[Finding], list[Finding]]] = []
    end_s = float("-inf")
    placed = [(one, 0) for one in before] + [(one, 1) for one in now]
    for one, side in sorted(placed, key=lambda each: (each[0].start_s, each[0].end_s)):
        if not groups or one.start_s - end_s > SLACK_S:
            groups.append(([], []))
            end_s = one.start_s
        groups[-1][side].append(one)
        end_s = max(end_s, one.end_s)
    for was, found in groups:
        if was and found:
            yield was, found
        else:
            yield from (([one], []) for one in was)
            yield from (([], [one]) for one in found)


def _change(
    was: Sequence[Finding], now: Sequence[Finding], accepted: Collection[Finding]
) -> FindingChange | None:
    kind = _kind(was, now)
    if kind is None:
        return None
    told = now or was
    worst = max(told, key=lambda one: (one.severity.rank, one.end_s - one.start_s))
    return FindingChange(
        kind,
        str(worst.code),
        str(_heaviest(now)) if now else "",
        str(_heaviest(was)) if was else "",
        round(worst.start_s, 3),
        round(worst.end_s, 3),
        brief(worst),
        all(one in accepted for one in told),
    )


def _kind(was: Sequence[Finding], now: Sequence[Finding]) -> Kind | None:
    if not was or not now:
        return "new" if now else "gone"
    heavier = _heaviest(now).rank - _heaviest(was).rank
    if heavier:
        return "graver" if heavier > 0 else "milder"
    lasted_s = _lasting_s(was)
    longer_s = _lasting_s(now) - lasted_s
    if abs(longer_s) <= SLACK_S + SLACK_SHARE * lasted_s:
        return None
    return "longer" if longer_s > 0 else "shorter"


def _heaviest(findings: Iterable[Finding]) -> Severity:
    return max((one.severity for one in findings), key=lambda one: one.rank)


def _lasting_s(findings: Iterable[Finding]) -> float:
    return sum(max(one.end_s - one.start_s, amount_s(one)) for one in findings)


def settings_between(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[ChangedSetting, ...]:
    """What two verdicts were made with that is not the same, as `manifest.made_of` tells it.

    A threshold that only one of two versions knows has "–" on the other's side.
    """
    if not before or not now:
        return ()
    made = []
    for part in ("thresholds", "talk"):
        old, new = _part(before, part), _part(now, part)
        for name in dict.fromkeys((*new, *old)):
            if old.get(name) != new.get(name) or (name in old) != (name in new):
                made.append(ChangedSetting(str(name), *(_written(one, name) for one in (old, new))))
    return tuple(made)


def _part(made: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found = made.get(part)
    return found if isinstance(found, dict) else {}


def _written(values: Mapping[str, Any], name: str) -> str:
    if name not in values:
        return "–"
    value = values[name]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    return "not known" if value is None else str(value)
