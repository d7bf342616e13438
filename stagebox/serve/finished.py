"""Talks that were processed, as views ask for them: report, filmstrip, poster."""

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from stagebox.media import overview
from stagebox.messages.code_catalogue import say
from stagebox.model.errors import StorageError
from stagebox.model.paths import legible, path_of
from stagebox.model.report import Verdict
from stagebox.model.said import together
from stagebox.model.snapshot import Judged, SessionView
from stagebox.model.state import Session

_KEPT = 2000


def judged_of(report: Mapping[str, Any]) -> tuple[Judged, str]:
    """What a talk comes to by its report as people left it, and that in a sentence or two.

    Args:
        report: what lies beside the MP4, with a person's words where there are some.

    Raises:
        KeyError, TypeError, AttributeError: it is no report.
    """
    from stagebox.media.executor import summary_of

    after = report.get("after_acceptance")
    if after is None:
        return report["verdict"], summary_of(report)
    words = tuple(f"“{one['note']}” ({one['who']})" for one in report["accepted"])
    fate = after["fate"]
    if fate is not None:
        code = "talk_lost" if fate["kind"] == "lost" else "talk_elsewhere"
        return fate["kind"], say(code, file=str(fate.get("file")), note=fate["note"], who=fate["who"])
    settled = {(one["code"], one["start_s"], one["end_s"]) for one in report["accepted"]}
    counts = [one for one in report["findings"] if _place(one) not in settled]
    accepted = say("accepted", words=", ".join(dict.fromkeys(words))) if words else ""
    if after["verdict"] == Verdict.OK:
        return after["verdict"], accepted
    return after["verdict"], together(summary_of({**report, "findings": counts}), accepted)


def _place(finding: Mapping[str, Any]) -> tuple[Any, Any, Any]:
    return finding["code"], finding["start_s"], finding["end_s"]


class CurrentVerdicts:
    """Tells of sessions what they come to now; reads a report again only when it changed. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read: dict[str, tuple[tuple[int, int], tuple[Judged, str]]] = {}

    def told(self, view: SessionView) -> SessionView:
        """The view with what its report says now; as it is where there is none that can be read."""
        if not view.report:
            return view
        try:
            path = path_of(view.report)
            seen = path.stat()
            stamp = seen.st_mtime_ns, seen.st_size
            with self._lock:
                kept = self._read.get(view.report)
            if kept is None or kept[0] != stamp:
                kept = stamp, judged_of(legible(json.loads(path.read_bytes())))
                with self._lock:
                    if len(self._read) >= _KEPT:
                        self._read.clear()
                    self._read[view.report] = kept
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return view
        return replace(view, judged=kept[1][0], judged_summary=kept[1][1])


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
        path = self.path(session_id)
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
            "waveform": overview.thinned(seen.waveform),
            "alarms": [asdict(alarm) for alarm in seen.alarms],
            "pictures": [picture.at_s for picture in seen.pictures],
        }

    def findings(self, session_id: str) -> list[dict[str, Any]]:
        """What the report says was found; empty before there is one. Raises StorageError."""
        report = self.report(session_id)
        return [] if report is None else list(report["findings"])

    def picture(self, session_id: str, number: int | None) -> bytes | None:
        """A JPEG of the filmstrip, or with None the poster; None when there is no such picture."""
        path = self.path(session_id)
        if path is None:
            return None
        seen = overview.read_beside(path)
        if number is None:
            return seen.poster.jpeg if seen.poster is not None else None
        return seen.pictures[number].jpeg if number < len(seen.pictures) else None

    def path(self, session_id: str) -> Path | None:
        """Where the session's report is; None when it has none. Raises StorageError."""
        newest = next((one for one in self._told() if one.id == session_id and one.report), None)
        session = newest or self._find(session_id)
        return path_of(session.report) if session is not None and session.report else None
