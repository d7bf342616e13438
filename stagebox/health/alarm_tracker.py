"""Tracks alarms: raised after a set time, cleared with hysteresis, acknowledged without being hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from stagebox.health.check import Check
from stagebox.messages.code_catalogue import loss_rank
from stagebox.model.report import Code

Key = tuple[Code, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmPatience:
    """How long a check must be bad before its alarm is raised, and fine before it is cleared, in seconds."""

    raise_after_s: float = 0.0
    clear_after_s: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmState:
    """What is known of one check. Times are monotonic; None is never or not now."""

    check: Check
    patience: AlarmPatience = AlarmPatience()
    bad_since: float | None = None
    fine_since: float | None = None
    raised_at: float | None = None


@dataclass(frozen=True, slots=True)
class AlarmTracker:
    """All checks with their history. Frozen; `note` gives the next one."""

    entries: Mapping[Key, AlarmState] = field(default_factory=dict)

    def note(self, checks: Iterable[tuple[Check, AlarmPatience]], now: float) -> "AlarmTracker":
        """The tracker after these checks at the monotonic time `now`.

        A check that turned unknown keeps its alarm: not knowing is no reason to be calm. One that its rule
        does not make any more (the device was taken out, nothing is asked of it) is over as a fine one is.
        """
        entries: dict[Key, AlarmState] = {}
        for check, patience in checks:
            key = (check.code, check.role)
            entries[key] = _next(self.entries.get(key), check, now, patience)
        for key, entry in self.entries.items():
            if key in entries or entry.raised_at is None:
                continue
            quiet = _next(entry, replace(entry.check, outcome="fine"), now, entry.patience)
            if quiet.raised_at is not None:
                entries[key] = replace(quiet, bad_since=None)
        return AlarmTracker(entries)

    def without(self, roles: frozenset[str]) -> "AlarmTracker":
        """The tracker without these roles: what was known of another device says nothing of the new one."""
        return AlarmTracker({key: entry for key, entry in self.entries.items() if key[1] not in roles})

    @property
    def raised(self) -> tuple[AlarmState, ...]:
        """The entries whose alarm is up, what loses most first, the older of equals first."""
        up = [entry for entry in self.entries.values() if entry.raised_at is not None]

        def rank(entry: AlarmState) -> tuple[int, int, float]:
            check = entry.check
            worst, place = loss_rank(check.level.value, check.code.value, check.role)
            return worst, place, entry.raised_at or 0.0

        return tuple(sorted(up, key=rank))


def _next(entry: AlarmState | None, check: Check, now: float, patience: AlarmPatience) -> AlarmState:
    if entry is None:
        entry = AlarmState(check=check, patience=patience)
    if check.outcome == "bad":
        bad_since = now if entry.bad_since is None else entry.bad_since
        raised_at = entry.raised_at
        if raised_at is None and now - bad_since >= patience.raise_after_s:
            raised_at = now
        return replace(entry, check=check, bad_since=bad_since, fine_since=None, raised_at=raised_at)
    if check.outcome == "unknown":
        kept = entry.check if entry.raised_at is not None else check
        return replace(entry, check=kept, fine_since=None)
    fine_since = now if entry.fine_since is None else entry.fine_since
    if entry.raised_at is not None and now - fine_since < patience.clear_after_s:
        return replace(entry, fine_since=fine_since)
    return AlarmState(check=check, patience=patience, fine_since=fine_since)
