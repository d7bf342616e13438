"""What is made of a trial: it is judged in a folder of its own, and goes when it was judged."""

import logging
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stagebox.model.effects import ProcessSession
from stagebox.model.paths import path_of
from stagebox.model.report import Severity
from stagebox.model.said import Sentence, from_json
from stagebox.model.trial import TrialFinding, TrialResult, is_own

log = logging.getLogger(__name__)


def folder_of(state_dir: Path, trial: ProcessSession) -> Path:
    """Where the trial's MP4 and report are made."""
    return state_dir / "trials" / trial.name


def remove(state_dir: Path, trial: ProcessSession) -> None:
    """Remove what the trial made: the files that bear its own name, and its folder. No other file, ever."""
    for path in map(path_of, trial.segments):
        if not is_own(str(path), trial.name) or path.is_symlink() or not path.is_file():
            continue
        try:
            path.unlink()
        except OSError as error:
            log.warning("the test recording %s could not be removed: %s", path, error)
    shutil.rmtree(folder_of(state_dir, trial), ignore_errors=True)


def result_of(trial: ProcessSession, report: Mapping[str, Any], summary: str) -> TrialResult:
    """What is kept of the trial, from its report (schema stagebox.report/1)."""
    return TrialResult(
        id=trial.session_id,
        verdict=report["verdict"],
        summary=summary,
        ended_utc=0.0,
        duration_s=float(report["duration_s"]),
        streams=tuple(f"{one['kind']} {one['codec']}" for one in report["streams"]),
        findings=tuple(
            TrialFinding(
                code=str(one["code"]),
                severity=Severity(one["severity"]),
                message=Sentence(from_json(one.get("said"), str(one["message"]))),
                remedy=str(one["remedy"]),
            )
            for one in report["findings"]
        ),
    )
