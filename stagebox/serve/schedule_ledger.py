"""This room's talks and what became of them, as views and commands ask for them."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from stagebox.engine.scheduled import talks
from stagebox.model.settings import Settings
from stagebox.model.snapshot import session_view
from stagebox.model.state import Session, State
from stagebox.schedule.ledger import ledger
from stagebox.schedule.told import coverage_as_told
from stagebox.serve.finished import CurrentVerdicts

SESSIONS_MATCHED = 1000
"""So many of the newest sessions are held against the schedule."""


def told_from_disk(settings: Settings) -> dict[str, Any]:
    """The same by what a `serve` has left on the disk: the last good schedule, the journal, the catalogue.

    Raises StorageError: one of them cannot be read.
    """
    from stagebox.engine.engine import replay
    from stagebox.engine.journal import read
    from stagebox.engine.rules import ReducerRules
    from stagebox.engine.session_catalogue import SessionCatalogue

    recovered = read(settings.state_dir / "journal")
    state = replay(recovered.state, recovered.messages, ReducerRules.of(settings))
    catalogue = settings.state_dir / "catalogue.sqlite"
    known = SessionCatalogue(catalogue).newest(SESSIONS_MATCHED) if catalogue.exists() else ()
    return ScheduleLedger(lambda: state, lambda: known).told()


class ScheduleLedger:
    """Holds the schedule that the engine knows against what the catalogue knows.

    Args:
        state: gives the engine's state.
        sessions: gives the newest sessions of the catalogue; raises StorageError.
    """

    def __init__(self, state: Callable[[], State], sessions: Callable[[], tuple[Session, ...]]) -> None:
        self._state = state
        self._sessions = sessions
        self._judging = CurrentVerdicts()

    def _judged(self, session: Session) -> Session:
        """The session with the verdict that people left it with."""
        if not session.talk.key or not session.report:
            return session
        view = self._judging.told(session_view(session, 0.0))
        verdict = {"lost": "failed", "elsewhere": "ok"}.get(view.judged, view.judged)
        return replace(session, verdict=verdict) if verdict else session  # type: ignore[arg-type]

    def told(self) -> dict[str, Any]:
        """The JSON of `GET /api/schedule`. Raises StorageError."""
        state, now = self._state(), time.time()
        active = (state.session,) if state.session is not None else ()
        fresh = {one.id: one for one in (*self._sessions(), *state.finished, *state.jobs, *active)}
        judged = (self._judged(one) for one in fresh.values())
        lines = ledger(talks(state), state.gone_talks, judged, now)
        return coverage_as_told(state.schedule, lines, now)
