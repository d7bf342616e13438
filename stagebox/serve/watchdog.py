"""Tells the service manager that `serve` is ready and well.

The watchdog is fed only while the engine turns, the thread of the link to OBS turns, and no message waits
long in the mailbox. OBS being down is none of these: it is a state of health, and no reason to restart
stagebox.
"""

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from stagebox.system.notify import Notifier, watchdog_s

log = logging.getLogger(__name__)

ENGINE_S, MAILBOX_S = 5.0, 5.0
"""So long may the engine take for one turn, and a message wait, before something hangs."""
FEEDS_PER_PERIOD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeSigns:
    """Signs of life, all in seconds: since the last turn of engine and link, and of the oldest message.

    `link_patience_s` is how long the link's thread may take for one turn when OBS does not answer.
    """

    engine_s: float
    link_s: float
    mailbox_s: float
    link_patience_s: float


def hanging(signs: LifeSigns) -> str:
    """What hangs, in a sentence; empty when all is well."""
    if signs.engine_s > ENGINE_S:
        return f"The engine has not turned for {signs.engine_s:.0f} s."
    if signs.mailbox_s > MAILBOX_S:
        return f"A message has waited in the mailbox for {signs.mailbox_s:.0f} s."
    if signs.link_s > signs.link_patience_s:
        return f"The link to OBS has not turned for {signs.link_s:.0f} s."
    return ""


class Watchdog:
    """Says READY, feeds the watchdog while all is well, and says STOPPING at the end.

    Args:
        notifier: where the words go.
        patience_s: the service manager's; 0 feeds nothing.
        signs: the signs of life now; must be quick and never wait.
    """

    def __init__(self, notifier: Notifier, patience_s: float, signs: Callable[[], LifeSigns]) -> None:
        self._notifier = notifier
        self._patience_s = patience_s
        self._signs = signs
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)

    def start(self) -> None:
        """Say that `serve` is ready, and begin to feed."""
        self._notifier.send("READY=1", "STATUS=stagebox serves.")
        if self._patience_s > 0:
            self._thread.start()

    def close(self) -> None:
        """Say that `serve` ends."""
        self._closing.set()
        if self._thread.ident is not None:
            self._thread.join(2.0)
        self._notifier.send("STOPPING=1")
        self._notifier.close()

    def _run(self) -> None:
        said = ""
        while not self._closing.wait(self._patience_s / FEEDS_PER_PERIOD):
            hangs = hanging(self._signs())
            if not hangs:
                self._notifier.send("WATCHDOG=1", *(["STATUS=stagebox serves."] if said else []))
            elif hangs != said:
                log.error("%s The watchdog is not fed.", hangs)
                self._notifier.send(f"STATUS={hangs}")
            said = hangs


def watchdog_of(signs: Callable[[], LifeSigns]) -> Watchdog:
    """The watchdog of this process, as its service manager asks for; a silent one without."""
    return Watchdog(Notifier.of(os.environ), watchdog_s(os.environ, os.getpid()), signs)
