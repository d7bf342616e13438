"""What a worker says, line by line. Only what is understood gets through; the rest is as if not said.

A worker reads damaged files and may end in the middle of a word: nothing that it says is trusted to be whole.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from stagebox.media import manifest
from stagebox.model.report import Code, Verdict

LONGEST = 16 << 20
"""A line of more characters than this is read in pieces, none of which is understood."""


def understood(line: str) -> dict[str, Any] | None:
    """What a line says (see `worker.py`), with every field there; None when it says nothing of these."""
    try:
        said = json.loads(line)
        if "free" in said:
            return {"free": True}
        if "progress" in said:
            return {"progress": _progress(said["progress"])}
        if "report" in said:
            return _report(said)
        return {"error": _error(said["error"])}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _progress(told: Mapping[str, Any]) -> dict[str, Any]:
    share = float(told["share"])
    if not math.isfinite(share):
        raise ValueError("no share")
    return {"step": str(told["step"]), "share": min(max(share, 0.0), 1.0)}


def _report(said: Mapping[str, Any]) -> dict[str, Any]:
    report = said["report"]
    verdict = Verdict(report["verdict"])
    manifest.read_report(report, usable=verdict is not Verdict.FAILED)
    paths = {name: said.get(name) for name in ("report_path", "page_path")}
    if not all(path is None or isinstance(path, str) for path in paths.values()):
        raise TypeError("a path is no text")
    return {"report": report, **paths, "skipped": bool(said.get("skipped"))}


def _error(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "what": str(told["what"]),
        "remedy": str(told["remedy"]),
        "said": told.get("said"),
        "code": str(Code(told.get("code", Code.UNREADABLE))),
        "killed": bool(told.get("killed")),
        "late": bool(told.get("late")),
        "yielded": bool(told.get("yielded")),
    }
