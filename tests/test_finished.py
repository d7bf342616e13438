"""What views are told of processed talks."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.engine import rows
from stagebox.engine.catalogue import Catalogue
from stagebox.finished import FinishedTalks
from stagebox.media.film import Picture
from stagebox.media.overview import Overview, path_beside
from stagebox.model.errors import StorageError
from stagebox.model.intents import TalkDetails
from stagebox.model.paths import text_of
from stagebox.model.snapshot import session_view
from stagebox.model.state import Session


def session(report: Path | str) -> Session:
    return Session(
        id="a",
        name="a",
        talk=TalkDetails(),
        phase="done",
        wanted=False,
        origin="touch",
        asked_utc=1.0,
        report=str(report),
    )


def talks(report: Path | str) -> FinishedTalks:
    return FinishedTalks({"a": session(report)}.get)


def test_a_talk_that_was_not_processed_has_no_report() -> None:
    assert talks("").report("a") is None
    assert talks("").findings("a") == []
    assert talks("").picture("a", None) is None
    assert talks("/x.json").report("another") is None


def test_a_report_is_told_with_what_views_show_beside_it(tmp_path: Path) -> None:
    report = tmp_path / "a.json"
    report.write_text(json.dumps({"verdict": "ok", "findings": [{"code": "black"}]}))
    assert talks(report).report("a") == {
        "verdict": "ok",
        "findings": [{"code": "black"}],
        "loudness_lufs": None,
        "waveform": (),
        "alarms": [],
        "pictures": [],
    }
    path_beside(report).write_bytes(Overview(pictures=(Picture(3.0, b"jpeg"),)).to_json())
    told = talks(report).report("a")
    assert told is not None
    assert told["pictures"] == [3.0]
    assert talks(report).picture("a", None) == talks(report).picture("a", 0) == b"jpeg"
    assert talks(report).picture("a", 1) is None


@pytest.mark.parametrize("content", ["", "[]", '{"findings": 3}'])
def test_a_report_that_cannot_be_read_is_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(StorageError, match="cannot be read"):
        talks(tmp_path / "a.json").report("a")


def test_a_report_on_a_file_whose_name_is_no_utf_8_is_found_and_can_be_told(tmp_path: Path) -> None:
    report = tmp_path / os.fsdecode(b"caf\xe9.json")
    report.write_text('{"verdict": "ok", "findings": [], "source": "caf\\udce9.flv"}')
    told = talks(text_of(report)).report("a")
    assert told is not None
    assert json.dumps(told, ensure_ascii=False).encode()
    assert told["source"] == "caf\\xe9.flv"


def test_a_report_is_there_as_soon_as_a_snapshot_tells_of_it(tmp_path: Path) -> None:
    """The catalogue is written behind the engine: a view that asks at once was told that there is none."""
    report = tmp_path / "a.json"
    report.write_text('{"verdict": "flagged", "findings": [{"code": "silent"}]}')
    one = session(report)
    ended = session_view(one, 0.0)
    known = FinishedTalks({"a": replace(one, report="", phase="processing")}.get, lambda: (ended,))
    assert known.findings("a") == [{"code": "silent"}]
    assert known.report("b") is None


def test_a_poster_reads_its_own_session_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    report = tmp_path / "report.json"
    path_beside(report).write_bytes(Overview(pictures=(Picture(3.0, b"jpeg"),)).to_json())
    catalogue.save_all(
        Session(
            id=f"s{number}",
            name=f"s{number}",
            talk=TalkDetails(),
            phase="done",
            wanted=False,
            origin="touch",
            asked_utc=float(number),
            report=str(report) if number == 0 else "",
            number=number,
        )
        for number in range(1200)
    )
    read: list[object] = []
    whole = rows.session_of

    def counted(row: object, segments: object) -> Session:
        read.append(row)
        return whole(row, segments)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "session_of", counted)
    known = FinishedTalks(catalogue.find)
    assert known.picture("s0", None) == b"jpeg", "the oldest of very many, too"
    assert known.picture("s1", None) is None
    assert known.picture("nobody", None) is None
    assert len(read) == 2
