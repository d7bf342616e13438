"""Keeps the journal on a thread of its own: the engine waits for the disk, but not for ever.

What a hung disk does is decision 1301.
"""

import logging
import threading
import time

from stagebox.engine.journal import Journal
from stagebox.messages.code_catalogue import say
from stagebox.model.errors import StorageError
from stagebox.model.messages import Message
from stagebox.model.state import State

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""So long is waited until a message is on the disk. After that the disk hangs, and nobody waits for it."""


class JournalHangsError(StorageError):
    """The disk does not answer."""

    def __init__(self) -> None:
        super().__init__(
            say("memory_hangs"),
            say("memory_hangs_help"),
        )


class JournalKeeper:
    """Writes to `journal`, one message at a time, in order.

    What could not be written is made good as soon as the disk takes something again: then the whole state is
    written as a new checkpoint, so that a replay never goes on from a state that lacks a message.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._changed = threading.Condition()
        self._wanted: tuple[Message | None, State] | None = None
        self._missed: State | None = None
        """The newest state that the journal lacks while the disk hangs."""
        self._behind = False
        """The journal lacks a message: a checkpoint comes next."""
        self._fault: StorageError | None = None
        self._hangs = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def write(self, message: Message, state: State) -> None:
        """Put a message on the disk; `state` is the durable state after it.

        Raises:
            JournalHangsError: it is not there in time; it will be, when the disk answers again.
            StorageError: it cannot be written. The next call writes the whole state.
        """
        until = time.monotonic() + PATIENCE_S
        if self._thread.ident is None:
            # Nobody to wait for: it is written here.
            if fault := self._put(message, state):
                raise fault
            return
        with self._changed:
            if not self._wait_for_disk(until):
                self._missed = state
                raise JournalHangsError
            self._wanted, self._fault = (message, state), None
            self._changed.notify_all()
            if not self._wait_for_disk(until):
                raise JournalHangsError
            if self._fault is not None:
                raise self._fault

    def make_good(self, state: State) -> bool:
        """Whether the journal has everything. If not, `state` is written when the disk can. Never waits."""
        with self._changed:
            if self._wanted is None and self._behind:
                self._wanted = (None, state)
                self._changed.notify_all()
            return self._wanted is None and not self._behind

    def close(self, timeout_s: float) -> None:
        """End when all is written, or after the time; from then on the disk is left to itself."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.ident is None:
            self._journal.close()
        else:
            self._thread.join(timeout_s)

    def _wait_for_disk(self, until: float) -> bool:
        """Wait until the disk has all; False at once when it is known to hang. With the lock held."""
        left_s = 0.0 if self._hangs else until - time.monotonic()
        done = self._changed.wait_for(lambda: self._wanted is None, max(0.0, left_s))
        self._hangs = not done
        return done

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not None or self._closing)
                if self._wanted is None:
                    break
                message, state = self._wanted
            fault = self._put(message, state)
            with self._changed:
                self._fault = fault
                missed, self._missed = self._missed, None
                self._wanted = None if missed is None else (None, missed)
                self._changed.notify_all()
        self._journal.close()

    def _put(self, message: Message | None, state: State) -> StorageError | None:
        """Write the message, or a checkpoint where one is due. Returns what went wrong."""
        behind, self._behind = self._behind or message is None, True
        try:
            if behind or message is None:
                self._journal.rotate(state)
            else:
                self._journal.append(message)
            self._behind = False
            if self._journal.long:
                self._journal.rotate(state)
        except StorageError as error:
            return error
        except Exception:
            log.exception("the journal stumbled")
            return StorageError(say("memory_not_written"), say("memory_not_written_help"))
        return None
