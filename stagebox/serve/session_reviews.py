"""What people say of finished talks while `serve` runs: the box's side of the routes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from stagebox.media import earlier_verdict, overview, processed_talk, report_html, reviewing, talk_review
from stagebox.media.processed_talk import ProcessedTalk
from stagebox.model.paths import legible


class SessionReviews:
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
        said = talk_review.load(known.hidden, known.key)
        judged = talk_review.judge(known.entry.report, said)
        told = earlier_verdict.compared(known.entry, said)
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
        found = reviewing.meant(known.entry.report, reviewing.code_of(code), at_s)
        reviewing.accept(known, found, note, who or "somebody at the box")
        return dict(legible(reviewing.as_json(known)))

    def take_back(self, session_id: str, code: str, at_s: float | None) -> dict[str, Any] | None:
        """Let it count again; returns the report. Raises StageboxError."""
        _, known = self._known(session_id)
        if known is None:
            return None
        reviewing.undo(known, reviewing.meant(known.entry.report, reviewing.code_of(code), at_s))
        return dict(legible(reviewing.as_json(known)))

    def _known(self, session_id: str) -> tuple[Path | None, ProcessedTalk | None]:
        path = self._report(session_id)
        return path, None if path is None else processed_talk.find(path)
