"""The page of all talks of a box while `serve` runs: the box's side of the routes."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from stagebox.media import (
    earlier_verdict,
    manifest,
    overview,
    pages,
    processed_talk,
    report_html,
    reviewing,
    storage,
    talk_review,
)
from stagebox.media.index import gather, page, run_log, sheets, writing
from stagebox.media.index.gather import EveningIndex
from stagebox.media.index.rows import IndexRow
from stagebox.media.index.shelf import ManifestShelf, ShelvedTalk
from stagebox.media.parts.joined import belonging
from stagebox.model.paths import legible, path_of


class EveningTalks:
    """Reads what was made into an output folder and those below it, and keeps words on it. For any thread.

    Args:
        out: the folder, asked for at each call.
    """

    def __init__(self, out: Callable[[], Path]) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._shelf: ManifestShelf | None = None
        self._top: Path | None = None

    def page(self) -> str | None:
        """The page of all talks; None when there is none."""
        index = self._index()
        return None if index is None else page.made(index, served=True).decode("utf-8", "replace")

    def sheet(self, name: Literal["index.csv", "index.json"]) -> bytes | None:
        """The same as a table or as JSON; None when there is no talk."""
        index = self._index()
        if index is None:
            return None
        return sheets.as_csv(index) if name == "index.csv" else sheets.as_json(index)

    def video(self, key: str) -> Path | None:
        """Where the MP4 of this talk is; None when it is not as it was made."""
        known = self._known(key)
        return None if known is None else manifest.output_path(known.folder, known.entry)

    def report(self, key: str) -> str | None:
        """The talk's report page, in which findings can be accepted; None when there is no such talk."""
        known = self._known(key)
        if known is None:
            return None
        said = talk_review.load(known.folder / storage.HIDDEN, key)
        return report_html.session_page(
            known.entry,
            overview.read_beside(pages.report_path(known.folder, known.entry.stem)),
            talk_review.judge(known.entry.report, said),
            compared=earlier_verdict.compared(known.entry, said),
            served=True,
            back="../../",
        )

    def accept(self, key: str, code: str, at_s: float | None, note: str, who: str) -> dict[str, Any] | None:
        """Accept what was found; returns the row as the page draws it. Raises StageboxError."""
        known = self._known(key)
        if known is None:
            return None
        found = reviewing.meant(known.entry.report, reviewing.code_of(code), at_s)
        reviewing.accept(_meant(known), found, note, who or "somebody at the box")
        return self._row(known)

    def take_back(self, key: str, code: str, at_s: float | None) -> dict[str, Any] | None:
        """Let it count again; returns the row as the page draws it. Raises StageboxError."""
        known = self._known(key)
        if known is None:
            return None
        reviewing.undo(_meant(known), reviewing.meant(known.entry.report, reviewing.code_of(code), at_s))
        return self._row(known)

    def _read(self) -> tuple[Path, ManifestShelf]:
        """The folder and its talks as they are now; only what changed is read again."""
        top = self._out().expanduser().absolute()
        seen = run_log.load(top)
        if self._shelf is None or self._top != top:
            self._shelf, self._top = writing.shelf_of(top, seen), top
        for folder in seen.folders:
            self._shelf.add(top / folder)
        self._shelf.refresh()
        return top, self._shelf

    def _known(self, key: str) -> ShelvedTalk | None:
        with self._lock:
            return self._read()[1].find(key)

    def _index(self) -> EveningIndex | None:
        with self._lock:
            top, shelf = self._read()
            index = gather.gathered(top, shelf, run_log.load(top))
        if not index.rows and not index.gone:
            return None
        return replace(index, rows=tuple(_linked(row) for row in index.rows), gone=())

    def _row(self, known: ShelvedTalk) -> dict[str, Any]:
        with self._lock:
            top, shelf = self._read()
            belong = belonging(list(shelf))
        seen = run_log.load(top)
        roots = [root for root in seen.roots if path_of(root).is_dir()]
        row = gather.row_for(
            top,
            known,
            seen,
            roots,
            belong,
            lambda one: talk_review.load(one.folder / storage.HIDDEN, one.key),
        )
        return dict(legible(page.drawn(_linked(row), "")))


def _meant(known: ShelvedTalk) -> processed_talk.ProcessedTalk:
    return processed_talk.ProcessedTalk(known.folder, known.folder / storage.HIDDEN, known.key, known.entry)


def _linked(row: IndexRow) -> IndexRow:
    """The row with the addresses at which the box has its MP4 and its report."""
    if not row.key:
        return row
    here = f"talks/{row.key}"
    return replace(row, video=f"{here}/video" if row.video else "", report=f"{here}/page")
