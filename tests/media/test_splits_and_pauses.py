"""Parts that OBS began by itself have no gap between them, and a pause has its place and length."""

from pathlib import Path

import pytest

from stagebox.media import interruptions, join
from stagebox.media.job import Job
from stagebox.media.worker import _job
from stagebox.model.pauses import EndedPause, without_pauses
from stagebox.model.report import Code, Severity
from stagebox.model.said import said_of


def test_only_where_obs_did_not_split_is_a_gap_looked_for() -> None:
    first, second = join.cuts([8.4, 8.4, 5.0], [0.0, 10.4, 30.0], 35.0, splits={1})
    assert (first.seamless, first.gap_s) == (True, 0.0)
    assert (second.seamless, second.gap_s) == (False, pytest.approx(11.2))


def test_the_finding_of_a_pause_tells_where_and_how_long() -> None:
    found = interruptions.paused(EndedPause(at_s=20.0, started_utc=1000.0, length_s=90.0))
    assert (found.code, found.severity) == (Code.PAUSED, Severity.WARNING)
    assert (found.start_s, found.end_s) == (20.0, 20.0)
    assert said_of(found.message).facts == {"paused_s": 90.0}
    away = interruptions.paused(EndedPause(at_s=20.0, started_utc=1000.0, length_s=90.0, seen=False))
    assert said_of(away.message).code == "paused+away"


def test_the_backups_clock_stands_still_in_each_pause() -> None:
    pauses = (
        EndedPause(at_s=20, started_utc=1020, length_s=30),
        EndedPause(at_s=50, started_utc=1080, length_s=10),
    )
    told = [without_pauses(utc, pauses) for utc in (1000, 1020, 1035, 1050, 1060, 1095)]
    assert told == [1000, 1020, 1020, 1020, 1030, 1055]


def test_a_worker_is_told_of_both() -> None:
    import json
    from dataclasses import asdict

    pause = EndedPause(at_s=1.0, started_utc=2.0, length_s=3.0)
    job = Job(sources=(Path("/a.flv"), Path("/b.flv")), out=Path("/o"), splits=(1,), pauses=(pause,))
    told = json.loads(json.dumps(asdict(job) | {"sources": ["/a.flv", "/b.flv"], "out": "/o"}))
    assert (_job(told).splits, _job(told).pauses) == ((1,), (pause,))
