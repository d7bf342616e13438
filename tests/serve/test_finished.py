"""What views are told of processed talks."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.engine import catalogue_rows
from stagebox.engine.session_catalogue import SessionCatalogue
from stagebox.media.filmstrip import FilmPicture
from stagebox.media.findings import finding
from stagebox.media.overview import TalkOverview, path_beside
from stagebox.messages.languages import language
from stagebox.model.commands import TalkDetails
from stagebox.model.errors import StorageError
from stagebox.model.paths import text_of
from stagebox.model.report import Code, Severity
from stagebox.model.said import said_of
from stagebox.model.snapshot import session_view
from stagebox.model.state import Session
from stagebox.serve.finished import CurrentVerdicts, FinishedTalks, judged_of


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
    path_beside(report).write_bytes(TalkOverview(pictures=(FilmPicture(3.0, b"jpeg"),)).to_json())
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
    catalogue = SessionCatalogue(tmp_path / "catalogue.sqlite")
    report = tmp_path / "report.json"
    path_beside(report).write_bytes(TalkOverview(pictures=(FilmPicture(3.0, b"jpeg"),)).to_json())
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
    whole = catalogue_rows.session_of

    def counted(row: object, segments: object) -> Session:
        read.append(row)
        return whole(row, segments)  # type: ignore[arg-type]

    monkeypatch.setattr(catalogue_rows, "session_of", counted)
    known = FinishedTalks(catalogue.find)
    assert known.picture("s0", None) == b"jpeg", "the oldest of very many, too"
    assert known.picture("s1", None) is None
    assert known.picture("nobody", None) is None
    assert len(read) == 2


BAD = {
    "code": "black",
    "severity": "warning",
    "start_s": 1.0,
    "end_s": 9.0,
    "message": "It is black.",
    "remedy": "",
}
SILENT = BAD | {"code": "silent", "message": "It is silent."}
WORD = {"code": "black", "start_s": 1.0, "end_s": 9.0, "note": "A film", "who": "Anna"}


def written(path: Path, *accepted: dict[str, object], **after: object) -> str:
    report: dict[str, object] = {"verdict": "flagged", "lossless": True, "findings": [BAD, SILENT]}
    if after:
        report |= {"accepted": list(accepted), "after_acceptance": {"fate": None} | after}
    path.write_text(json.dumps(report))
    return str(path)


def test_a_talk_comes_to_what_its_report_says_as_people_left_it(tmp_path: Path) -> None:
    judging, path = CurrentVerdicts(), tmp_path / "a.json"
    fate = {"kind": "elsewhere", "file": "/c.mp4", "note": "On a card", "who": "Bert"}

    def told() -> tuple[str, str]:
        view = judging.told(session_view(replace(session(path), verdict="flagged", summary="Black."), 0.0))
        assert (view.verdict, view.summary) == ("flagged", "Black."), "what was found stays"
        return view.judged, view.judged_summary

    assert told() == ("", "")  # no report
    written(path)
    assert told() == ("flagged", "It is black.")
    written(path, WORD, verdict="flagged")
    assert told() == ("flagged", "It is silent. Accepted: “A film” (Anna).")
    written(path, WORD, WORD | {"code": "silent"}, verdict="ok")
    assert told() == ("ok", "Accepted: “A film” (Anna).")
    written(path, verdict="flagged", fate=fate)
    assert told() == ("elsewhere", "The talk is in /c.mp4: “On a card” (Bert)")
    written(path, verdict="flagged", fate=fate | {"kind": "lost"})
    assert told() == ("lost", "The talk is lost: “On a card” (Bert)")
    for damaged in ("", "[]", '{"verdict": "ok"}', '{"verdict": "ok", "findings": 3}'):
        path.write_text(damaged)
        assert told() == ("", "")
    view = judging.told(session_view(session(""), 0.0))
    assert (view.judged, view.judged_summary) == ("", "")


def test_what_a_talk_comes_to_is_told_in_every_language() -> None:
    worst = finding(Code.SILENT, Severity.CRITICAL, 1.0, 11.0, "whole", where="", length_s=10.0).to_json()
    report = {"verdict": "flagged", "findings": [worst], "lossless": True, "rescue": {"output": "/out/a.mp4"}}
    _, words = judged_of(report)
    assert words.startswith("There is no sound for 10 s. Check")
    german = language("de").told(said_of(words))
    assert german.endswith("Der Ersatzton ist in a.mp4.")
    assert "Check" not in german
    fate = {"kind": "lost", "note": "No cable", "who": "Ann"}
    lost = judged_of(report | {"accepted": [], "after_acceptance": {"verdict": "failed", "fate": fate}})
    assert lost == ("lost", "The talk is lost: “No cable” (Ann)")
    assert language("fr").told(said_of(lost[1])) == "L’exposé est perdu\u00a0: «\u00a0No cable\u00a0» (Ann)"
