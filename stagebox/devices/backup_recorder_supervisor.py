"""Keeps the backup recorder's process: starts it, passes on what it says, replaces it when it dies or
hangs."""

import contextlib
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from stagebox.devices.backup_recorder.orders import (
    LINE_BYTES,
    BackupOrder,
    ListenOrder,
    Order,
    order_line,
    reading_of,
)
from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts.sound import BackupRecorderReading
from stagebox.model.report import Code
from stagebox.model.said import Sentence
from stagebox.model.settings import AudioSource
from stagebox.system.backoff import Backoff
from stagebox.system.files import never_wait

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "stagebox.devices.backup_recorder")
HANG_S = 6.0
"""A process that says nothing for this long hangs. Looking for devices takes a second or two at most."""

MUTE_S = 2.5
"""A backup recorder that listens speaks ten times a second: when it has been mute for this long, that is
said, but a computer that is only busy gets the rest of HANG_S before the process is replaced and its backup
cut."""

OVERSLEPT_S = 1.0
"""A wait that took so much longer than it should was no wait."""

START_S = 20.0
"""So long may it take until it says its first word, on a machine that is starting everything at once."""

PAUSES = Backoff(first_s=0.25, cap_s=10.0)
STEADY_S = 30.0
"""After so long without a fault the back-off begins anew."""

END_S = 4.0
TELL_AGAIN_S = 0.2
REPEAT_S = 1.0
"""While there is no process, that is said again this often, so that it does not look like silence."""


Told = tuple[Sentence, Sentence]
"""What happened, and what to do."""


def can_hear(source: AudioSource) -> bool:
    """Whether the backup recorder can listen to this source; files and empty roles it cannot."""
    return source.kind not in ("none", "media")


class BackupRecorderSupervisor:
    """Posts BackupRecorderReading from a thread of its own, about ten a second while the backup recorder
    listens.

    Args:
        source: sources.mic of the settings. pulse: the source's name, as OBS uses it ("room.monitor"),
            reached through ALSA's `pulse` plugin. alsa: OBS's name ("hw:CARD=USB,DEV=0"). wasapi,
            coreaudio: the device's name. Nothing is started for the kinds none and media.
        post: called with each observation; it must only enqueue.
        environment: variables of the process, if not this process's own.
    """

    def __init__(
        self,
        source: AudioSource,
        post: Callable[[BackupRecorderReading], None],
        *,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] = COMMAND,
        hang_s: float = HANG_S,
    ) -> None:
        self._source = source
        self._post = post
        self._environment = environment
        self._command = command
        self._hang_s = hang_s
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._backup: str | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._heard_at = 0.0
        self._spoke = False
        self._listening = False
        self._ended = False
        self._told = True
        """The backup recorder knows where its backup goes."""
        self._run = 0
        self._thread = threading.Thread(target=self._keep, name="ear-keeper", daemon=True)

    @property
    def pid(self) -> int | None:
        """The backup recorder's process id while it runs."""
        process = self._process
        return process.pid if process is not None else None

    def start(self) -> None:
        """Start the backup recorder, if it can hear the source."""
        if can_hear(self._source):
            self._thread.start()

    def set_backup(self, path: Path | None) -> None:
        """Write what is heard to this FLAC file from now on, or to none.

        A file that exists is never touched: the next is named -part-2, and so on; so it is after the backup
        recorder or its device came back. Never waits: a backup recorder that does not read is told again, or
        replaced.
        """
        with self._changed:
            self._backup = str(path) if path is not None else None
            if self._process is not None:
                self._told = self._order(self._process, BackupOrder(self._backup))
                self._changed.notify_all()

    def close(self) -> bool:
        """End the backup recorder, its backup closed in good order; return whether all ended in time."""
        with self._changed:
            self._closing.set()
            self._changed.notify_all()
        if self._thread.ident is None:
            return True
        self._thread.join(END_S + 3.0)
        return not self._thread.is_alive()

    # --- the keeper's thread --------------------------------------------------------------------------

    def _keep(self) -> None:
        again = 0
        while not self._closing.is_set():
            began = time.monotonic()
            self._run += 1
            try:
                down = self._live()
            except Exception:
                log.exception("The backup recorder could not be started")
                down = say_live(Code.EAR_DOWN, "not_started")
            if self._closing.is_set():
                return
            if time.monotonic() - began > STEADY_S:
                again = 0
            pause_s = PAUSES.pause_s(again)
            log.warning("%s It is started again in %.2f s.", down[0], pause_s)
            self._pause(down, pause_s)
            again += 1

    def _live(self) -> Told:
        """Run one process until it ends; return what happened."""
        process = subprocess.Popen(
            [*self._command, "--run", str(self._run)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA's libraries chat there; what matters comes as a report
            bufsize=0,
            env=dict(self._environment) if self._environment is not None else None,
        )
        if process.stdin is not None:
            # A backup recorder that hangs reads nothing, and whoever tells it something must not hang with
            # it.
            never_wait(process.stdin.fileno())
        reader = threading.Thread(target=self._read, args=(process,), name="ear-reader", daemon=True)
        with self._changed:
            self._heard_at, self._spoke, self._ended = time.monotonic(), False, False
            self._listening = False
            self._process = process
            # Under the lock, so that an older order never follows a newer one.
            self._order(process, ListenOrder(self._source.kind, self._source.device))
            self._told = self._order(process, BackupOrder(self._backup))
        hung = False
        try:
            reader.start()
            hung = self._watch()
        finally:
            with self._changed:
                self._process = None
            _end(process, 0.0 if hung else END_S)
            reader.join(END_S)
            if process.stdout is not None:
                process.stdout.close()
        if hung:
            return say_live(Code.EAR_DOWN, "mute")
        return say_live(Code.EAR_DOWN, "ended", exit=int(process.returncode))

    def _watch(self) -> bool:
        """Wait until the process ends, hangs, or the keeper is closed; return whether it hangs."""
        with self._changed:
            while not self._closing.is_set() and not self._ended:
                patience_s = self._hang_s if self._spoke else START_S
                mute_s = time.monotonic() - self._heard_at
                if mute_s >= patience_s:
                    return True
                left_s = patience_s - mute_s
                if not self._told and self._process is not None:
                    self._told = self._order(self._process, BackupOrder(self._backup))
                    left_s = min(left_s, TELL_AGAIN_S)
                if self._listening:
                    if mute_s >= MUTE_S:
                        self._tell_down(say_live(Code.EAR_DOWN, "mute"))
                    left_s = min(left_s, REPEAT_S if mute_s >= MUTE_S else MUTE_S - mute_s)
                waits = time.monotonic()
                self._changed.wait(left_s)
                overslept_s = time.monotonic() - waits - left_s
                if overslept_s > OVERSLEPT_S:
                    # The whole computer stood still: the backup recorder had no more time to speak than we
                    # had to hear.
                    self._heard_at += overslept_s
        return False

    def _read(self, process: "subprocess.Popen[bytes]") -> None:
        pipe = process.stdout
        if pipe is None:
            return
        while line := pipe.readline(LINE_BYTES):
            try:
                seen = reading_of(line)
            except ValueError:
                log.warning("The backup recorder said what is no report: %r", line[:200])
                continue
            self._heard_at = time.monotonic()
            self._listening = seen.status == "listening"
            if not self._spoke:
                with self._changed:
                    self._spoke = True
                    self._changed.notify_all()
            if seen.status != "off":
                self._tell(seen)
        with self._changed:
            if self._process is process:
                self._ended = True
            self._changed.notify_all()

    def _pause(self, down: Told, pause_s: float) -> None:
        until = time.monotonic() + pause_s
        with self._changed:
            while not self._closing.is_set() and (left_s := until - time.monotonic()) > 0:
                self._tell_down(down)
                self._changed.wait(min(left_s, REPEAT_S))

    def _tell_down(self, down: Told) -> None:
        detail, remedy = down
        self._tell(
            BackupRecorderReading(
                run=self._run,
                status="down",
                detail=detail,
                remedy=remedy,
                device=self._source.device,
            )
        )

    def _order(self, process: "subprocess.Popen[bytes]", order: Order) -> bool:
        """Tell it, in one piece or not at all; False when its pipe is full."""
        pipe = process.stdin
        if pipe is None:
            return True
        try:
            return pipe.write(order_line(order)) is not None
        except BlockingIOError:
            return False
        except (OSError, ValueError):
            return True  # It has just ended: the next one is told anew.

    def _tell(self, seen: BackupRecorderReading) -> None:
        try:
            self._post(seen)
        except Exception:
            log.exception("What the backup recorder said could not be handed over")


def _end(process: "subprocess.Popen[bytes]", patience_s: float) -> None:
    """Close the backup recorder's stdin, which ends it; kill it when that takes longer than `patience_s`."""
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(END_S)
