"""The backup recorder: does the microphone reach stagebox without OBS too?"""

import threading
from types import TracebackType
from typing import Self

from stagebox.devices.backup_recorder_supervisor import BackupRecorderSupervisor, can_hear
from stagebox.doctor.result import CheckLevel, CheckResult, checked
from stagebox.doctor.sound import SILENT_DBFS
from stagebox.model.facts.sound import BackupRecorderReading
from stagebox.model.settings import AudioSource

CHECK = "ear"
READY_S = 20.0
"""A small computer that is busy may take long to start a process; nobody waits when it is quick."""
GOOD_RATE_HZ = 48_000


class BackupRecorderCheck:
    """Listens beside OBS while the block runs, and remembers the loudest moment.

    Args:
        source: sources.mic of the settings.
    """

    def __init__(self, source: AudioSource) -> None:
        self._source = source
        self._keeper = BackupRecorderSupervisor(source, self._hear, hang_s=READY_S)
        self._changed = threading.Condition()
        self._last: BackupRecorderReading | None = None
        self._peak: float | None = None

    def __enter__(self) -> Self:
        """Start, and wait until the backup recorder listens, or says why it cannot, at most READY_S."""
        if can_hear(self._source):
            self._keeper.start()
            with self._changed:
                self._changed.wait_for(self._has_begun, READY_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keeper.close()

    def _has_begun(self) -> bool:
        return self._last is not None and self._last.status not in ("starting", "down")

    def _hear(self, seen: BackupRecorderReading) -> None:
        with self._changed:
            self._last = seen
            for level in seen.levels:
                self._peak = max(level.peak_dbfs, self._peak if self._peak is not None else level.peak_dbfs)
            self._changed.notify_all()

    def result(self) -> CheckResult | None:
        """What was heard so far; None when the microphone is of a kind that the backup recorder cannot
        hear."""
        with self._changed:
            return judge(self._last, self._peak) if can_hear(self._source) else None

    @property
    def peak_dbfs(self) -> float | None:
        """The loudest moment so far; None while nothing was heard."""
        return self._peak


def judge(last: BackupRecorderReading | None, peak_dbfs: float | None) -> CheckResult:
    """What the backup recorder's last words and its loudest moment, in dBFS, mean. Pure."""
    if last is None:
        return checked(CHECK, CheckLevel.LOOK, "no_answer")
    if last.status == "busy":
        return checked(CHECK, CheckLevel.NOTE, "busy", reason=last.detail, help=last.remedy)
    if last.status != "listening" and last.detail:
        return CheckResult(CHECK, CheckLevel.LOOK, last.detail, last.remedy)
    if last.status != "listening" or peak_dbfs is None:
        return checked(CHECK, CheckLevel.LOOK, "no_level")
    evidence = {"peak_dbfs": round(peak_dbfs, 1), "rate_hz": last.rate_hz, "device": last.device}
    if peak_dbfs < SILENT_DBFS:
        return checked(CHECK, CheckLevel.LOOK, "silent", evidence)
    good = last.rate_hz == GOOD_RATE_HZ
    level, key = (CheckLevel.GOOD, "good") if good else (CheckLevel.NOTE, "rate")
    khz = f"{last.rate_hz / 1000:g}"
    return checked(CHECK, level, key, evidence, dbfs=round(peak_dbfs), khz=khz)
