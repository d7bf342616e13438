"""Plays a story of sound to the fold, tenth by tenth of a second, and asks the rules along the way."""

from dataclasses import dataclass, field, replace

from stagebox.health.alarm_tracker import AlarmTracker
from stagebox.health.check import Check
from stagebox.health.folds.sound import fold_sound
from stagebox.health.rules import sound_rules
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.sound import (
    FLOOR_DBFS,
    BackupRecorderReading,
    ChannelLevel,
    MetersReading,
    SoundFacts,
    SoundWanted,
)
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings

STEP_S = 0.1
MIC_DEVICE = "room.monitor"
LIMITS = HealthSettings()


def level(dbfs: float) -> ChannelLevel:
    return ChannelLevel(rms_dbfs=dbfs, peak_dbfs=min(0.0, dbfs + 9) if dbfs > FLOOR_DBFS else FLOOR_DBFS)


@dataclass
class Story:
    """A room with a microphone that OBS and the backup recorder hear; set the fields, then let time pass."""

    obs_dbfs: tuple[float, ...] = (-20.0, -20.0)
    ear_dbfs: tuple[float, ...] = (-20.0, -20.0)
    meters: MetersReading | None = field(
        default_factory=lambda: MetersReading(
            run=1, up=True, present=True, live=True, muted=False, volume_db=0.0, device=MIC_DEVICE
        )
    )
    ear: BackupRecorderReading | None = field(
        default_factory=lambda: BackupRecorderReading(
            run=1, status="listening", device=MIC_DEVICE, rate_hz=48_000
        )
    )
    facts: HealthFacts = field(
        default_factory=lambda: HealthFacts(
            obs_up=True,
            recording=True,
            program_scene="Screen",
            sound=SoundFacts(
                wanted=SoundWanted(
                    mic=True, ear=True, device=MIC_DEVICE, silent_scenes=frozenset({"Intermission"})
                )
            ),
        )
    )
    now: float = 1000.0
    tracker: AlarmTracker = field(default_factory=AlarmTracker)

    def room(self, dbfs: float) -> "Story":
        """Both hear this level on both channels."""
        self.obs_dbfs = self.ear_dbfs = (dbfs, dbfs)
        return self

    def obs(self, **changes: object) -> "Story":
        assert self.meters is not None
        self.meters = replace(self.meters, **changes)  # type: ignore[arg-type]  # Any field.
        return self

    def hears(self, **changes: object) -> "Story":
        assert self.ear is not None
        self.ear = replace(self.ear, **changes)  # type: ignore[arg-type]  # Any field.
        return self

    def world(self, **changes: object) -> "Story":
        self.facts = replace(self.facts, **changes)  # type: ignore[arg-type]  # Any field.
        return self

    def passes(self, seconds: float) -> "Story":
        """Let time pass; the book is kept at each step."""
        for _ in range(round(seconds / STEP_S)):
            self.now += STEP_S
            sound = self.facts.sound
            if self.meters is not None:
                live = self.meters.up and self.meters.live
                levels = tuple(level(dbfs) for dbfs in self.obs_dbfs) if live else ()
                cut = level(FLOOR_DBFS)
                said = replace(
                    self.meters,
                    levels=tuple(cut for _ in levels) if self.meters.muted else levels,
                    input_peaks_dbfs=tuple(one.peak_dbfs for one in levels),
                )
                sound = fold_sound(sound, said, self.now)
            if self.ear is not None:
                hears = self.ear.status == "listening"
                levels = tuple(level(dbfs) for dbfs in self.ear_dbfs) if hears else ()
                sound = fold_sound(sound, replace(self.ear, levels=levels), self.now)
            self.facts = replace(self.facts, sound=sound)
            patient = [
                (check, patience)
                for rule, patience in sound_rules(LIMITS)
                for check in rule(self.facts, LIMITS, self.now)
            ]
            self.tracker = self.tracker.note(patient, self.now)
        return self

    def checks(self) -> tuple[Check, ...]:
        return tuple(check for rule, _ in sound_rules(LIMITS) for check in rule(self.facts, LIMITS, self.now))

    def check(self, code: Code) -> Check:
        (found,) = [check for check in self.checks() if check.code is code]
        return found

    def alarms(self) -> dict[str, str]:
        """Codes that are raised, with their levels."""
        return {str(entry.check.code): str(entry.check.level) for entry in self.tracker.raised}

    def until_raised(self, code: Code, limit_s: float) -> float:
        """Seconds until the alarm is raised, counted from now."""
        began = self.now
        while str(code) not in self.alarms():
            assert self.now - began < limit_s, f"{code} was not raised in {limit_s} s: {self.check(code)}"
            self.passes(STEP_S)
        return self.now - began

    def until_cleared(self, code: Code, limit_s: float) -> float:
        """Seconds until the alarm is cleared, counted from now."""
        began = self.now
        while str(code) in self.alarms():
            assert self.now - began < limit_s, f"{code} was not cleared in {limit_s} s: {self.check(code)}"
            self.passes(STEP_S)
        return self.now - began

    def loud(self) -> dict[str, str]:
        """Alarms above a note."""
        return {code: grade for code, grade in self.alarms().items() if grade != "note"}
