"""Talks that were processed, as views ask for them: report, filmstrip, poster."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from stagebox.media import overview
from stagebox.model.errors import StorageError
from stagebox.model.paths import legible, path_of
from stagebox.model.snapshot import SessionView
from stagebox.model.state import Session


class FinishedTalks:
    """Reads what was made of a session.

    Args:
        find: the session of this id in the catalogue, or None; raises StorageError.
        told: those that the newest snapshot tells of. It knows of an end before the catalogue has it.
    """

    def __init__(
        self, find: Callable[[str], Session | None], told: Callable[[], Iterable[SessionView]] = tuple
    ) -> None:
        self._find = find
        self._told = told

    def report(self, session_id: str) -> dict[str, Any] | None:
        """Its `stagebox.report/1`, with loudness, waveform, alarms raised live and the pictures' times.

        None before it was processed. Raises StorageError when the report cannot be read.
        """
        path = self._path(session_id)
        if path is None:
            return None
        try:
            report: dict[str, Any] = dict(legible(json.loads(path.read_bytes())))
            findings = [dict(one) for one in report["findings"]]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise StorageError(
                f"The report {path} cannot be read.", "Make it again with `stagebox process`."
            ) from error
        seen = overview.read_beside(path)
        return report | {
            "findings": findings,
            "loudness_lufs": seen.loudness_lufs,
            "waveform": seen.waveform,
            "alarms": [asdict(alarm) for alarm in seen.alarms],
            "pictures": [picture.at_s for picture in seen.pictures],
        }

    def findings(self, session_id: str) -> list[dict[str, Any]]:
        """What the report says was found; empty before there is one. Raises StorageError."""
        report = self.report(session_id)
        return [] if report is None else list(report["findings"])

    def picture(self, session_id: str, number: int | None) -> bytes | None:
        """A JPEG of the filmstrip, or with None the poster; None when there is no such picture."""
        path = self._path(session_id)
        if path is None:
            return None
        seen = overview.read_beside(path)
        if number is None:
            return seen.poster.jpeg if seen.poster is not None else None
        return seen.pictures[number].jpeg if number < len(seen.pictures) else None

    def _path(self, session_id: str) -> Path | None:
        """Where the session's report is; None when it has none."""
        newest = next((one for one in self._told() if one.id == session_id and one.report), None)
        session = newest or self._find(session_id)
        return path_of(session.report) if session is not None and session.report else None
