"""What a screen shows of a finished talk can be read back, and a damaged one counts as none."""

from pathlib import Path

import pytest

from stagebox.media.filmstrip import FilmPicture
from stagebox.media.job import Job, LiveAlarm
from stagebox.media.overview import TalkOverview, path_beside, read_beside, thinned
from stagebox.media.pipeline import process
from stagebox.model.settings import Settings

SEEN = TalkOverview(
    loudness_lufs=-18.5,
    waveform=((-0.5, 0.25), (0.0, 1.0)),
    alarms=(LiveAlarm("black", "critical", 1.0, 2.0, "Slides are black"),),
    pictures=(FilmPicture(0.5, b"small"), FilmPicture(2.5, b"the one with more in it")),
)


def test_an_overview_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    report = tmp_path / "a talk.v2.json"
    path_beside(report).write_bytes(SEEN.to_json())
    assert read_beside(report) == SEEN
    assert path_beside(report).name == "a talk.v2.view"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"schema": "stagebox.view/2"}', b'{"schema": "stagebox.view/1"}', b"\xff"],
)
def test_a_damaged_overview_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.view").write_bytes(content)
    assert read_beside(tmp_path / "a.json") == TalkOverview()
    assert read_beside(tmp_path / "absent.json") == TalkOverview()


def test_the_poster_is_the_picture_with_the_most_detail() -> None:
    assert SEEN.poster == SEEN.pictures[1]
    assert TalkOverview().poster is None


def test_a_waveform_is_thinned_and_loses_no_peak() -> None:
    wave = [(-0.1, 0.1)] * 999 + [(-2.0, 0.9)]
    made = thinned(wave, 100)
    assert len(made) == 100
    assert made[-1] == (-1.0, 0.9)
    assert thinned([], 100) == ()
    assert len(thinned(wave[:7], 100)) == 7


@pytest.mark.venue
def test_a_processed_talk_has_an_overview(talk: Path, tmp_path: Path) -> None:
    outcome = process(Job((talk,), tmp_path), Settings())
    assert outcome.report_path is not None
    seen = read_beside(outcome.report_path)
    assert seen.poster is not None
    assert seen.poster.jpeg.startswith(b"\xff\xd8")
    assert 1 <= len(seen.pictures) <= 12
    assert seen.waveform
