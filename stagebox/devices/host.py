"""Watches the machine: disk, processor, memory, heat, power, clock. One thread, one observation a second."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from stagebox.devices.folder import folder_state
from stagebox.devices.heat import HeatState, ThrottleDetector, hottest
from stagebox.devices.power import PowerState, power
from stagebox.devices.process_memory import ProcessMemory
from stagebox.model.facts.machine import FolderState, HostReading
from stagebox.model.settings import Settings
from stagebox.system import clocks

log = logging.getLogger(__name__)

EVERY_S = 1.0
SLOW_EVERY_S = 10.0
"""For what costs more to read and changes slowly: sensors, power, clock."""
PROCESSES_EVERY_S = 60.0
CLOSE_S = 2.0

AUDIO_KBPS = 160
"""What OBS's simple mode gives sound."""


class HostReader:
    """Takes readings; each costly one only when it is due. Not thread-safe, but for `in_use`.

    While the folders are `in_use`, a file is begun in each at every look, to find a disk that failed.

    Args:
        settings: for the folders and the planned bitrate.
        obs_pid: tells OBS's process on this computer, or None.
        local: False when OBS records on another computer, so that our folders say nothing of its disk.
    """

    def __init__(
        self, settings: Settings, *, obs_pid: Callable[[], int | None] = lambda: None, local: bool = True
    ) -> None:
        self._settings = settings
        self._local = local
        self.in_use = False
        self._throttle = ThrottleDetector()
        self._processes = ProcessMemory(obs_pid)
        self._slow_at = self._processes_at = float("-inf")
        self._heat = HeatState()
        self._power = PowerState()
        self._synced: bool | None = None
        self._throttled: bool | None = None
        self._cpu_begun = False

    def follow(self, settings: Settings) -> None:
        """Read the folders of these settings from now on."""
        self._settings = settings

    def read(self) -> HostReading:
        """The machine now. What cannot be read is None."""
        now = time.monotonic()
        if now - self._slow_at >= SLOW_EVERY_S:
            self._slow_at = now
            self._heat, self._power, self._synced = hottest(), power(), clocks.clock_synced()
            self._throttled = self._throttle.seen()
        if now - self._processes_at >= PROCESSES_EVERY_S:
            self._processes_at = now
            self._processes.look()
        state, free = self._folder(self._settings.recording.folder)
        second, second_free = self._folder(self._settings.recording.second_folder)
        settings = self._settings
        return HostReading(
            recording_folder=state,
            recording_path=str(settings.recording.folder),
            recording_free_bytes=free,
            second_folder=second,
            second_path=str(settings.recording.second_folder or ""),
            second_free_bytes=second_free,
            reserve_bytes=settings.recording.reserve_bytes,
            planned_bytes_per_s=(settings.obs.video_bitrate_kbps + AUDIO_KBPS) * 1000 / 8,
            cpu_percent=self._cpu(),
            memory=self._processes.memory(),
            temperature_c=self._heat.now_c,
            temperature_high_c=self._heat.high_c,
            throttled=self._throttled,
            mains=self._power.mains,
            battery_percent=self._power.battery_percent,
            clock_synced=self._synced,
            wall_offset_s=clocks.wall_offset_s(),
            slept_s=clocks.slept_s(),
        )

    def _folder(self, folder: Path | None) -> tuple[FolderState | None, int | None]:
        if not self._local or folder is None:
            return None, None
        return folder_state(folder, begin_file=self.in_use)

    def _cpu(self) -> float | None:
        """Since the last reading; the first has nothing to compare with."""
        percent = float(psutil.cpu_percent(None))
        begun, self._cpu_begun = self._cpu_begun, True
        return percent if begun else None


class HostProbe:
    """Posts what `read` tells, once a second. A disk that hangs makes the news stop, and so unknown."""

    def __init__(self, read: Callable[[], HostReading], post: Callable[[HostReading], None]) -> None:
        self._read = read
        self._post = post
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="host", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def close(self) -> bool:
        """End the watch; returns whether its thread ended in time."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        failing = False
        while True:
            try:
                self._post(self._read())
            except Exception:
                # Whatever a machine's files say must not end the watch; said once, not each second.
                if not failing:
                    log.exception("the machine could not be read")
                failing = True
            else:
                failing = False
            if self._closing.wait(EVERY_S):
                return


def _free(folder: str) -> int | None:
    try:
        return int(psutil.disk_usage(folder).free)
    except OSError:
        return None
