"""The backup recorder's loop: listens, measures, writes the backup, tries again when the device is gone.

One thread does everything that can hang in PortAudio and also writes the report lines: so when it hangs
the lines stop, and the keeper replaces the process.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from stagebox.devices.backup_recorder.backup import BackupWriter, not_written
from stagebox.devices.backup_recorder.choose import CannotHearError, choose, environment
from stagebox.devices.backup_recorder.listener import Listener
from stagebox.devices.backup_recorder.orders import ListenOrder, Order
from stagebox.devices.backup_recorder.portaudio import AudioStream, SoundSystem
from stagebox.devices.backup_recorder.sound_levels import Block, SampleCadence, levels
from stagebox.hearing.peaks import clipped_runs
from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts.sound import BackupRecorderReading
from stagebox.model.file_names import BACKUP_FOLDER
from stagebox.model.report import Code
from stagebox.system.backoff import Backoff

INBOX = 64
"""Blocks and orders that wait for the loop; more blocks are dropped and counted."""

REPORT_IDLE_S = 0.5
STALL_S = 1.5
FIRST_BLOCK_S = 4.0
RETRIES = Backoff(first_s=0.3, cap_s=1.5)
LOOK_S = 0.5
"""How often it is looked whether the stream is still on its device; takes 0.1 ms."""

BACKUP_RETRY_S = 5.0
OVERSLEPT_S = 1.0
"""A wait that took so much longer than it should was no wait."""


@dataclass(frozen=True, slots=True)
class _SoundArrived:
    block: Block
    arrived: float
    overflow: bool
    stream: int


@dataclass(frozen=True, slots=True)
class _StreamEnded:
    stream: int


class BackupRecorder:
    """Runs until `hang_up`. `say` is called with each report, from the thread that runs."""

    def __init__(self, system: SoundSystem, say: Callable[[BackupRecorderReading], None], run: int) -> None:
        self._system = system
        self._say = say
        self._inbox: queue.Queue[_SoundArrived | _StreamEnded | Order] = queue.Queue(INBOX)
        self._ending = threading.Event()
        self._seen = BackupRecorderReading(run=run, status="off")
        self._listen: ListenOrder | None = None
        self._stream: AudioStream | None = None
        self._stream_number = 0
        self._cadence = SampleCadence(1)
        self._listener = Listener(1)
        self._last_sound = 0.0
        self._any_sound = False
        self._next_try = 0.0
        self._next_look = 0.0
        self._failures = 0
        self._dropped_blocks = 0
        self._write_to: Path | None = None
        self._backup: BackupWriter | None = None
        self._backup_dropped = 0
        self._backup_next_try = 0.0

    def order(self, order: Order) -> None:
        """Take an order; called from any thread. Waits while the inbox is full."""
        self._inbox.put(order)

    def hang_up(self) -> None:
        """End the loop in good order, within REPORT_IDLE_S; from any thread, and from a signal's handler."""
        self._ending.set()

    def run(self) -> None:
        """Listen until `hang_up`, then close the backup and the device."""
        try:
            self._tell()
            while not self._ending.is_set():
                self._step()
        finally:
            self._end_backup()
            self._close()

    def _step(self) -> None:
        now = time.monotonic()
        if self._listen is not None and self._stream is None and now >= self._next_try:
            self._open(self._listen)
            self._tell()
        wait_s = REPORT_IDLE_S if self._stream else min(REPORT_IDLE_S, RETRIES.first_s)
        try:
            thing = self._inbox.get(timeout=wait_s)
        except queue.Empty:
            woke = time.monotonic()
            if woke - now - wait_s > OVERSLEPT_S:
                # Nothing ran on this computer: the microphone had no time to be late.
                self._last_sound = woke
            self._watch_stall(woke)
            self._tell()
            return
        self._watch_device(time.monotonic())
        if isinstance(thing, _SoundArrived):
            if thing.stream == self._stream_number and self._stream is not None:
                self._take(thing, self._stream)
                self._tell()
        elif isinstance(thing, _StreamEnded):
            if thing.stream == self._stream_number and self._stream is not None:
                self._lose("pulled")
                self._tell()
        elif isinstance(thing, ListenOrder):
            self._begin(thing)
        else:
            self._end_backup()
            self._write_to = Path(thing.path) if thing.path is not None else None
            self._backup_next_try = 0.0
            self._seen = replace(self._seen, backup="", backup_s=0.0, backup_fault="")

    def _begin(self, listen: ListenOrder) -> None:
        self._end_backup()
        self._close()
        self._listen = listen if listen.kind != "none" else None
        self._next_try, self._failures = 0.0, 0
        self._seen = BackupRecorderReading(
            run=self._seen.run,
            status="starting" if self._listen is not None else "off",
            device=listen.device,
            clipped=self._seen.clipped,
            xruns=self._seen.xruns,
            gaps=self._seen.gaps,
            dropped=self._seen.dropped,
            flat=self._seen.flat,
        )

    def _open(self, listen: ListenOrder) -> None:
        self._stream_number += 1
        number = self._stream_number

        def on_block(block: Block, arrived: float, overflow: bool) -> None:
            try:
                self._inbox.put_nowait(_SoundArrived(block, arrived, overflow, number))
            except queue.Full:
                self._dropped_blocks += 1

        def on_end() -> None:
            try:
                self._inbox.put_nowait(_StreamEnded(number))
            except queue.Full:
                return  # no more blocks come: that is noticed too

        try:
            devices = self._system.devices(environment(listen.kind, listen.device))
            device = choose(listen.kind, listen.device, devices, self._system.cards())
            self._stream = self._system.open(device, on_block, on_end)
        except CannotHearError as error:
            self._next_try = time.monotonic() + RETRIES.pause_s(self._failures)
            self._failures += 1
            self._seen = replace(
                self._seen, status=error.status, detail=error.detail, remedy=error.remedy, levels=()
            )
            return
        self._cadence = SampleCadence(self._stream.rate_hz)
        self._listener = Listener(self._stream.rate_hz)
        self._last_sound, self._any_sound = time.monotonic(), False
        self._seen = replace(
            self._seen,
            device=listen.device or device.name,
            rate_hz=self._stream.rate_hz,
            measured_rate_hz=None,
            sort="unknown",
            turned=False,
        )

    def _take(self, sound: _SoundArrived, stream: AudioStream) -> None:
        lost = self._cadence.came(len(sound.block), sound.arrived)
        self._last_sound, self._any_sound = time.monotonic(), True
        self._failures = 0
        backup = self._backup_for(stream)
        if backup is not None:
            backup.add(sound.block, lost, sound.arrived)
        seen = self._seen
        part = self._listener.heard(sound.block)
        if part is not None:
            seen = replace(seen, sort=part.sort, turned=part.turned, flat=seen.flat + part.flat)
        self._seen = replace(
            seen,
            status="listening",
            detail="",
            remedy="",
            measured_rate_hz=self._cadence.measured_rate_hz,
            levels=levels(sound.block),
            clipped=seen.clipped + clipped_runs(sound.block),
            xruns=seen.xruns + sound.overflow,
            gaps=seen.gaps + (lost > 0),
            dropped=self._dropped_blocks + self._backup_dropped + (backup.dropped if backup else 0),
            backup=str(backup.path) if backup is not None else "",
            backup_s=round(backup.written_s, 2) if backup is not None else 0.0,
        )

    def _watch_stall(self, now: float) -> None:
        if self._stream is None:
            return
        if now - self._last_sound > (STALL_S if self._any_sound else FIRST_BLOCK_S):
            self._lose("no_sound")

    def _watch_device(self, now: float) -> None:
        if self._stream is None or self._listen is None or now < self._next_look:
            return
        self._next_look = now + LOOK_S
        if self._system.astray(self._listen.kind, self._listen.device):
            self._lose("moved")

    def _lose(self, key: str) -> None:
        detail, remedy = say_live(Code.EAR_DOWN, key)
        self._seen = replace(
            self._seen,
            status="lost",
            detail=detail,
            remedy=remedy,
            levels=(),
            backup="",
        )
        # Said before the device is closed, which may hang.
        self._tell()
        self._end_backup()
        self._close()
        self._next_try = time.monotonic() + RETRIES.pause_s(self._failures)

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    def _backup_for(self, stream: AudioStream) -> BackupWriter | None:
        """The open backup, begun if one is wanted; None with a sentence in `backup_fault` if it cannot be."""
        if self._write_to is None:
            return None
        if self._backup is not None and self._backup.fault:
            self._seen = replace(self._seen, backup_fault=self._backup.fault)
            self._backup_next_try = time.monotonic() + BACKUP_RETRY_S
            self._end_backup()
        if self._backup is None and time.monotonic() >= self._backup_next_try:
            try:
                if self._write_to.parent.name == BACKUP_FOLDER:
                    # Here, and not where the backup is asked for: a disk that hangs must hold up nobody else.
                    # The folder around it is the recordings': when that is gone, so is its disk.
                    self._write_to.parent.mkdir(exist_ok=True)
                self._backup = BackupWriter(
                    self._write_to,
                    device=self._seen.device,
                    rate_hz=stream.rate_hz,
                    channels=stream.channels,
                    latency_s=stream.latency_s,
                )
            except OSError as error:
                fault = not_written(self._write_to, str(error.strerror))
                self._seen = replace(self._seen, backup_fault=fault)
                self._backup_next_try = time.monotonic() + BACKUP_RETRY_S
        if self._backup is not None and not self._backup.fault and self._backup.written_s > 0:
            self._seen = replace(self._seen, backup_fault="")
        return self._backup

    def _end_backup(self) -> None:
        backup, self._backup = self._backup, None
        if backup is not None:
            backup.close()
            self._backup_dropped += backup.dropped

    def _tell(self) -> None:
        self._say(self._seen)
