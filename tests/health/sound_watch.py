"""Fold, rules and book behind the real probes: the alarms that a real fault raises."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from stagebox.health.alarm_tracker import AlarmTracker
from stagebox.health.folds.sound import fold_sound
from stagebox.health.rules import sound_rules
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import SoundFacts, SoundReading, SoundWanted
from stagebox.model.settings import HealthSettings


class Watch:
    """Takes observations as the engine does; `post` is for the probes."""

    def __init__(self, wanted: SoundWanted, limits: HealthSettings) -> None:
        self._limits = limits
        self._facts = HealthFacts(
            obs_up=True, recording=True, program_scene="Talk", sound=SoundFacts(wanted=wanted)
        )
        self._book = AlarmTracker()
        self._changed = threading.Condition()

    def post(self, seen: SoundReading) -> None:
        """Fold an observation and note what the rules say."""
        with self._changed:
            now = time.monotonic()
            self._facts = replace(self._facts, sound=fold_sound(self._facts.sound, seen, now))
            checks = [
                (check, patience)
                for rule, patience in sound_rules(self._limits)
                for check in rule(self._facts, self._limits, now)
            ]
            self._book = self._book.note(checks, now)
            self._changed.notify_all()

    def scene(self, name: str) -> None:
        """OBS says that this scene is on program."""
        with self._changed:
            self._facts = replace(self._facts, program_scene=name)

    @property
    def alarms(self) -> dict[str, str]:
        """Codes of the raised alarms above a note, with their sentences."""
        return {
            str(entry.check.code): entry.check.summary
            for entry in self._book.raised
            if entry.check.level != "note"
        }

    @property
    def checks(self) -> dict[str, str]:
        """What each code's check is: fine, bad or unknown."""
        return {str(code): entry.check.outcome for (code, _), entry in self._book.entries.items()}

    def wait(self, holds: Callable[["Watch"], bool], timeout_s: float = 10.0) -> float:
        """Wait until it holds; return how many seconds that took. Fails when it does not in time."""
        began = time.monotonic()
        with self._changed:
            done = self._changed.wait_for(lambda: holds(self), timeout_s)
        assert done, f"the alarms are {self.alarms}, the checks {self.checks}"
        return time.monotonic() - began
