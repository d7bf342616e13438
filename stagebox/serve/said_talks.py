"""What people say of finished talks while `serve` runs: the box's side of the routes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from stagebox.media import accepted, overview, report_html, saying, since, talk_of
from stagebox.media.talk_of import Known
from stagebox.model.paths import legible


class SaidTalks:
    """Keeps words on sessions.

    Args:
        report: where a session's report is; None when it has none; raises StorageError.
    """

    def __init__(self, report: Callable[[str], Path | None]) -> None:
        self._report = report

    def page(self, session_id: str) -> str | None:
        """The talk's report page, in which findings can be accepted; raises StorageError."""
        path, known = self._known(session_id)
        if path is None or known is None:
            return None
        said = accepted.load(known.hidden, known.key)
        judged = accepted.judge(known.entry.report, said)
        told = since.compared(known.entry, said)
        return report_html.session_page(
            known.entry, overview.read_beside(path), judged, compared=told, served=True
        )

    def accept(
        self, session_id: str, code: str, at_s: float | None, note: str, who: str
    ) -> dict[str, Any] | None:
        """Accept what was found; returns the report. Raises StageboxError."""
        _, known = self._known(session_id)
        if known is None:
            return None
        found = saying.meant(known.entry.report, saying.code_of(code), at_s)
        saying.accept(known, found, note, who or "somebody at the box")
        return dict(legible(saying.as_json(known)))

    def take_back(self, session_id: str, code: str, at_s: float | None) -> dict[str, Any] | None:
        """Let it count again; returns the report. Raises StageboxError."""
        _, known = self._known(session_id)
        if known is None:
            return None
        saying.undo(known, saying.meant(known.entry.report, saying.code_of(code), at_s))
        return dict(legible(saying.as_json(known)))

    def _known(self, session_id: str) -> tuple[Path | None, Known | None]:
        path = self._report(session_id)
        return path, None if path is None else talk_of.find(path)
