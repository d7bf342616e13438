"""A run under other thresholds, or by another version, says talk by talk what changed since the last one."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stagebox.media import manifest
from tests.media.asking import config, recorded, said, told

pytestmark = [pytest.mark.venue, pytest.mark.files]

CALM, STRICT = "[verify]\nsilence_warning_s = 4.0\n", "[verify]\nsilence_warning_s = 2.0\n"


def entry_of(out: Path, stem: str) -> tuple[Path, manifest.ManifestEntry]:
    (path,) = [
        path
        for path in (out / ".stagebox").glob("*.json")
        if (entry := manifest.load(path)) is not None and entry.stem == stem
    ]
    entry = manifest.load(path)
    assert entry is not None
    return path, entry


def saved(path: Path, entry: manifest.ManifestEntry) -> None:
    manifest.save(path.parent, path.stem, entry)


def states(comparison: dict[str, Any]) -> dict[str, str]:
    return {one["talk"]: one["state"] for one in comparison["talks"]}


def test_other_thresholds_tell_what_changed_in_every_view_and_make_no_mp4_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    obs, out = tmp_path / "obs", tmp_path / "talks"
    recorded(obs / "still.flv", quiet_from_s=5.0, length_s=8.0)
    recorded(obs / "whole.flv", quiet_from_s=9.0, length_s=6.0)
    settings = config(tmp_path, CALM)
    process = ("-c", settings, "process", obs, "--out", out)
    code, reports = told(capsys, *process)
    assert (code, [one["verdict"] for one in reports]) == (0, ["ok", "ok"])
    assert all("compared" not in one for one in reports)
    code, first = told(capsys, "compare", out)
    assert (code, states(first), first["since"]) == (0, {"still": "first", "whole": "first"}, [])
    made = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in out.glob("*.mp4")}

    config(tmp_path, STRICT)
    code, text, _ = said(capsys, *process)
    assert code == 1
    assert "Judged anew, since the last run (2 talks): silence_warning_s 4 → 2." in text
    assert "1 talk changed (1 new), 1 as before." in text
    assert f"stagebox compare {out}" in text
    assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in made} == made
    code, text, _ = said(capsys, "compare", out)
    assert code == 1
    line = next(line for line in text.splitlines() if "still" in line)
    assert line.split("  ")[0] == "▲ needs a look"
    assert line.endswith("new: silent, 3 s at 0:05")
    assert "good" in line
    assert "2 talks: 1 changed (1 new), 1 as before." in text
    code, second = told(capsys, "compare", out)
    assert (code, second["schema"], states(second)) == (
        1,
        "stagebox.compare/1",
        {"still": "changed", "whole": "same"},
    )
    changed = second["talks"][0]
    assert (changed["verdict_before"], changed["verdict"], changed["is_worse"]) == ("ok", "flagged", True)
    (setting,) = second["since"][changed["since"]]["since"]["settings"]
    assert setting == {"name": "silence_warning_s", "before": "4", "now": "2"}
    # The same again changes nothing: neither is anything made, nor is the comparison lost.
    code, again = told(capsys, *process)
    assert [one["compared"]["state"] for one in again] == ["changed", "same"]
    assert told(capsys, "compare", out) == (1, second)
    index = json.loads((out / "reports" / "index.json").read_text())
    row = next(one for one in index["talks"] if one["talk"] == "still")
    assert (row["changed"], row["state_before"]) == ("1 new", "ok")
    assert index["since"][row["since"]]["settings"] == [setting]
    assert "1 new" in (out / "reports" / "index.csv").read_text()

    # What is accepted stays accepted, and is nothing that became worse.
    accept = ("-c", settings, "accept", out / "still.mp4")
    assert said(capsys, *accept, "silent", "--note", "A silent film")[0] == 0
    code, third = told(capsys, "compare", out)
    still = next(one for one in third["talks"] if one["talk"] == "still")
    assert (code, still["verdict"], still["is_worse"]) == (0, "ok", False)
    assert [one["accepted"] for one in still["changes"]] == [True]
    config(tmp_path, CALM)
    assert said(capsys, *process)[0] == 0
    code, back = told(capsys, "compare", out)
    still = next(one for one in back["talks"] if one["talk"] == "still")
    assert (code, still["verdict_before"], still["verdict"]) == (0, "ok", "ok")
    assert [one["kind"] for one in still["changes"]] == ["gone"]


def test_every_state_has_a_face_and_none_that_is_unsure_looks_fine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    obs, out = tmp_path / "obs", tmp_path / "talks"
    for at, name in enumerate(("old", "damaged", "gone", "lost past", "left")):
        recorded(obs / f"{name}.flv", quiet_from_s=5.0, length_s=8.0 + at / 10)
    settings = config(tmp_path, CALM)
    process = ("-c", settings, "process", obs, "--out", out)
    assert told(capsys, *process)[0] == 0
    # An older stagebox kept neither its version nor what it judged with.
    path, entry = entry_of(out, "old")
    saved(path, replace(entry, version="", made={}, limits="of an older version"))
    made = (out / "old.mp4").stat()
    damaged, _ = entry_of(out, "damaged")
    damaged.write_bytes(b'{"schema": "stagebox.manifest/1", "half')
    half = damaged.read_bytes()
    (obs / "gone.flv").unlink()
    config(tmp_path, STRICT)
    named = [obs / f"{name}.flv" for name in ("old", "damaged", "lost past")]
    assert told(capsys, "-c", settings, "process", *named, "--out", out)[0] == 1
    recorded(obs / "new.flv", quiet_from_s=9.0, length_s=6.0)
    assert told(capsys, "-c", settings, "process", obs / "new.flv", "--out", out)[0] == 0
    path, entry = entry_of(out, "lost past")
    saved(path, replace(entry, before={"version": "0.2.0", "report": {"findings": "?"}}))

    code, found = told(capsys, "compare", out)
    by_state = states(found)
    assert code == 1
    judged = {"old": "changed", "damaged": "unreadable", "lost past": "unreadable", "new": "first"}
    assert by_state == judged | {"left": "not_judged", "gone": "gone"}
    assert found["states"] == Counter(by_state.values()) | {"same": 0}
    old = next(one for one in found["talks"] if one["talk"] == "old")
    assert found["since"][old["since"]]["since"]["version_before"] == ""
    _, text, _ = said(capsys, "compare", out)
    assert "stagebox an older version → " in text
    for words in ("cannot be read any more", "not judged again yet", "because the recording is gone"):
        assert words in text
    assert "new " not in text.split("\n\n")[0]
    # Nothing of what could not be read was written over.
    now = (out / "old.mp4").stat()
    assert (now.st_ino, now.st_mtime_ns) == (made.st_ino, made.st_mtime_ns)
    (aside,) = damaged.parent.glob("*.unreadable")
    assert aside.read_bytes() == half


def test_a_folder_without_mp4s_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        code, _, error = said(capsys, "compare", folder)
        assert code == 2
        assert "nothing that `stagebox process` made" in error
