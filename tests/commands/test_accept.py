"""`stagebox accept`: what a person accepts counts no more, also after new runs, until it is taken back."""

import json
from pathlib import Path

import pytest

from tests.media.asking import config, recorded, said, told

pytestmark = [pytest.mark.venue, pytest.mark.files]


def test_a_word_counts_in_every_view_survives_new_runs_and_is_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = recorded(tmp_path / "obs" / "talk.flv")
    settings, out = config(tmp_path), tmp_path / "talks"
    process = ("-c", settings, "process", source, "--out", out)
    accept = ("-c", settings, "accept")
    code, (report,) = told(capsys, *process)
    assert (code, report["verdict"]) == (1, "flagged")
    assert "accepted" not in report
    (bad,) = [one for one in report["findings"] if one["severity"] != "note"]
    assert bad["code"] == "silent"

    output = out / "talk.mp4"
    code, text, _ = said(capsys, *accept, output, "silent@0:05", "--note", "A silent film", "--as", "Anna")
    assert code == 0
    assert "The talk is good." in text
    for path in (source, output, out / "reports" / "talk.json", out / "reports" / "talk.html"):
        code, after = told(capsys, *accept, path, "--out", out)
        assert (code, after["verdict"]) == (0, "flagged")
        assert after["after_acceptance"] == {"verdict": "ok", "needs_person": False, "fate": None}
        (word,) = after["accepted"]
        assert (word["note"], word["who"], word["code"]) == ("A silent film", "Anna", "silent")

    # A new run, one under other limits, and a look alone: exit code, table, report and index agree.
    for limits in ("[verify]\nsilence_warning_s = 2.0\n", "[verify]\nsilence_warning_s = 1.0\n"):
        config(tmp_path, limits)
        code, (again,) = told(capsys, *process)
        assert (code, again["verdict"], again["after_acceptance"]["verdict"]) == (0, "flagged", "ok")
    code, (seen,) = told(capsys, "-c", settings, "verify", output)
    assert (code, seen["accepted"][0]["who"]) == (0, "Anna")
    code, text, _ = said(capsys, *process)
    assert code == 0
    assert "1 recording: 1 good" in text
    assert "A silent film" in text
    written = json.loads((out / "reports" / "talk.json").read_text())
    assert written["accepted"] == again["accepted"]
    index = json.loads((out / "reports" / "index.json").read_text())
    assert index["recordings"][0]["after_acceptance"]["verdict"] == "ok"
    assert "1 good" in (out / "reports" / "index.html").read_text()

    code, text, _ = said(capsys, *accept, output, "silent", "--undo")
    assert code == 0
    assert "Still needs a look" in text
    code, (back,) = told(capsys, *process)
    assert (code, "accepted" in back) == (1, False)


def test_a_talk_is_marked_lost_or_given_to_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "obs" / "talk.flv"
    source.parent.mkdir()
    source.write_bytes(b"no recording at all")
    settings, out = config(tmp_path), tmp_path / "talks"
    process = ("-c", settings, "process", source, "--out", out)
    accept = ("-c", settings, "accept", source)
    assert told(capsys, *process)[0] == 1
    code, _, error = said(capsys, *accept, "unreadable", "--note", "x")
    assert code == 2
    assert "--lost" in error
    code, after = told(capsys, *accept, "--lost", "--note", "The disk died")
    assert (code, after["verdict"], after["after_acceptance"]["fate"]["kind"]) == (0, "failed", "lost")
    code, text, _ = said(capsys, *process)
    assert code == 0
    assert "– lost" in text
    assert "1 settled by a person" in text
    other = tmp_path / "card.mp4"
    assert said(capsys, *accept, "--other", other, "--note", "x")[0] == 2
    other.write_bytes(b"x")
    code, after = told(capsys, *accept, "--other", other, "--note", "The speaker's own")
    assert after["after_acceptance"]["fate"]["file"] == str(other)
    assert "Still needs a look: cannot be read" in said(capsys, *accept, "--undo")[1]
    assert told(capsys, *process)[0] == 1


def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = recorded(tmp_path / "obs" / "talk.flv")
    settings, out = config(tmp_path), tmp_path / "talks"
    accept = ("-c", settings, "accept")
    assert "no recording, MP4 or report" in said(capsys, *accept, source, "silent", "--note", "x")[2]
    assert told(capsys, "-c", settings, "process", source, "--out", out)[0] == 1
    output = out / "talk.mp4"
    for arguments, code, words in (
        ((output, "hissing", "--note", "x"), 2, "No finding is called"),
        ((output, "black", "--note", "x"), 2, "There is no “black”"),
        ((output, "silent@1", "--note", "x"), 0, ""),
        ((output, "silent@0:00:00.1:2", "--note", "x"), 64, "the place is"),
        ((output, "silent@x", "--note", "x"), 64, "the place is"),
        ((output, "silent"), 2, "needs a note"),
        ((output, "silent", "--note", "x" * 501), 2, "501 letters"),
        ((output, "silent", "--lost", "--note", "x"), 64, "exclude"),
        ((output, "--other", output, "--note", "x"), 2, "own file"),
        ((tmp_path / "absent.mp4", "silent", "--note", "x"), 2, "no recording, MP4 or report"),
        ((out, "silent", "--note", "x"), 2, "no recording, MP4 or report"),
    ):
        got, _, error = said(capsys, *accept, *arguments)
        assert (got, words in error) == (code, True), (arguments, error)
        said(capsys, *accept, output, "--undo")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = recorded(tmp_path / "obs" / "talk.flv")
    settings, out = config(tmp_path), tmp_path / "talks"
    told(capsys, "-c", settings, "process", source, "--out", out)
    (out / ".stagebox" / "words.lock").mkdir()  # not even root can hold this lock
    got = said(capsys, "-c", settings, "accept", out / "talk.mp4", "silent", "--note", "x")
    assert got[0] == 2
    assert "cannot be written" in got[2]
