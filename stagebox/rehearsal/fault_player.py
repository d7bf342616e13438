"""Plays faults in a rehearsal: each until it is noticed, and undone until that is, too."""

import time
from collections.abc import Callable, Sequence

from stagebox.rehearsal import breakages
from stagebox.rehearsal.appliance_driver import ApplianceDriver, codes
from stagebox.rehearsal.faults import FaultTargets, RehearsalFault, Seen
from stagebox.rehearsal.outcome import PlayedFault

SETTLE_S = 10.0
PATIENCE_S = 6.0
"""How much longer than its goal an alarm is waited for, so that the figure is known when it is missed."""
FAULT_STAYS_S = 1.0
RECOVERY_S = 25.0
"""How long a box that was broken is given until it records again."""
STORM_PAUSE_S = 3.0
"""How long calm is waited for between the faults of a storm."""
AFTERWARDS_S = 4.0
"""How long the recording goes on after that, so that there is something to be compared."""


class FaultPlayer:
    """The faults of one rehearsal, played one after the other.

    `noticed_after_s` and `recovered_after_s` are about the last fault, `played` about all.
    """

    def __init__(self, desk: ApplianceDriver, stage: FaultTargets, say: Callable[[str], None]) -> None:
        self._desk = desk
        self._stage = stage
        self._say = say
        self.noticed_after_s: float | None = None
        self.recovered_after_s: float | None = None
        self.played: list[PlayedFault] = []

    def play_all(self, faults: Sequence[tuple[str, RehearsalFault]]) -> None:
        """Wait for calm, and play them. Raises StageboxError when one cannot be played."""
        self._desk.settle(SETTLE_S)
        for name, fault in faults:
            self._play(name, fault)

    def _play(self, name: str, fault: RehearsalFault) -> None:
        desk, stage = self._desk, self._stage
        if self.played:
            desk.until(breakages.recording, RECOVERY_S)
            desk.settle(STORM_PAUSE_S)
        stage.before = desk.look()
        self.noticed_after_s = self.recovered_after_s = None
        at_s = stage.venue.clock.seconds()
        desk.time_from_now()
        self._say(f"Fault: {fault.words}")
        fault.begin(stage)
        try:
            if desk.until(lambda seen: noticed(fault, stage, seen), fault.raised_s + PATIENCE_S):
                self.noticed_after_s = time.monotonic() - desk.alarms.zero_s
            if fault.recovered is None:
                desk.watch(time.monotonic() + FAULT_STAYS_S)
            elif fault.ends_after_recovery:
                self._await_recovery(fault)
        finally:
            desk.alarms.ended_s = time.monotonic()
            self._say("The fault is over")
            fault.end(stage)
        if fault.recovered is None:
            desk.until(lambda seen: not codes(seen) & set(fault.alarms), fault.cleared_s + PATIENCE_S)
        else:
            if not fault.ends_after_recovery:
                self._await_recovery(fault)
            desk.watch(time.monotonic() + AFTERWARDS_S)
        self.played.append(PlayedFault(name, at_s, self.noticed_after_s, self.recovered_after_s))

    def _await_recovery(self, fault: RehearsalFault) -> None:
        stage, recovered = self._stage, fault.recovered
        assert recovered is not None
        if self._desk.until(lambda seen: recovered(stage, seen), RECOVERY_S):
            self.recovered_after_s = time.monotonic() - self._desk.alarms.zero_s


def noticed(fault: RehearsalFault, stage: FaultTargets, seen: Seen) -> bool:
    """Whether the box has noticed the fault."""
    if fault.noticed is not None:
        return fault.noticed(stage, seen)
    # What is only noted is not noticed yet: clipping is a bang or a clap at first.
    grave = (alarm["code"] for alarm in (seen or {}).get("alarms", ()) if alarm["level"] != "note")
    return not set(fault.alarms).isdisjoint(grave)
