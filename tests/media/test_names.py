"""Names that collide, and names that hardly are any: each talk has its own files, and is found and told."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from stagebox import resources
from stagebox.media import storage
from stagebox.media.batch import Batch
from stagebox.media.collect import recordings
from stagebox.media.index import writing
from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.model.report import Verdict
from stagebox.model.settings import Settings
from stagebox.obs.layouts import layouts_of
from stagebox.obs.pack import load_pack
from tests.media.index_reader import rows_in
from tests.media.test_pages import Tags

pytestmark = [pytest.mark.venue, pytest.mark.timeout(240)]


def pages_in(out: Path) -> set[str]:
    return {path.name for path in (out / "reports").iterdir()}


@pytest.mark.parametrize("name", ["index", "INDEX"])
def test_a_talk_named_like_the_index_keeps_its_report(talk: Path, tmp_path: Path, name: str) -> None:
    source, out = tmp_path / f"{name}.flv", tmp_path / "out"
    shutil.copy(talk, source)
    outcome = process(Job((source,), out), Settings())
    index = writing.write(out)
    assert outcome.page_path is not None
    assert outcome.report_path is not None
    assert index == out / "reports" / "index.html"
    assert json.loads(outcome.report_path.read_bytes())["schema"] == "stagebox.report/1"
    assert json.loads(index.with_suffix(".json").read_bytes())["schema"] == "stagebox.index/1"
    assert "<h2>Facts</h2>" in outcome.page_path.read_text(encoding="utf-8")
    assert [row["report"] for row in rows_in(index)] == [f"{name}%20%28talk%29.html"]
    assert Path(str(outcome.report.output)).name == f"{name}.mp4"


def test_a_talk_that_has_the_name_which_the_index_leaves_to_another_keeps_its_report(
    talk: Path, tmp_path: Path
) -> None:
    out, told = tmp_path / "out", []
    for name in ("index (talk).flv", "index.flv"):
        shutil.copy(talk, tmp_path / name)
        told.append(process(Job((tmp_path / name,), out), Settings()).report_path)
    assert told == [out / "reports" / "index (talk).json", out / "reports" / "index (2).json"]


def test_names_that_differ_only_in_case_or_in_how_a_letter_is_written_are_kept_apart(
    talk: Path, tmp_path: Path
) -> None:
    """On a stick with FAT, or in a Mac's folder, they would be one file."""
    out = tmp_path / "out"
    for name in ("Talk é", "talk é", "talk e\u0301"):
        shutil.copy(talk, tmp_path / f"{name}.flv")
        process(Job((tmp_path / f"{name}.flv",), out), Settings())
    folded = [storage.folded(path.name) for path in out.glob("*.mp4")]
    assert len(set(folded)) == len(folded) == 3
    folded = [storage.folded(name) for name in pages_in(out)]
    assert len(set(folded)) == len(folded) == 9


def test_recordings_that_differ_only_in_their_kind_are_kept_apart_also_when_they_fail_at_once(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    paths = [tmp_path / f"a.{suffix}" for suffix in ("flv", "mkv", "mov", "ts", "mp4", "m4v")]
    for path in paths:
        path.write_bytes(b"no recording")
    with ThreadPoolExecutor(len(paths)) as pool:
        told = list(pool.map(lambda path: process(Job((path,), out), Settings()).report_path, paths))
    assert len(set(told)) == len(paths)
    sources = {json.loads(path.read_bytes())["source"] for path in told if path is not None}
    assert sources == {str(path) for path in paths}


def test_talks_named_like_what_lies_beside_them_are_talks(talk: Path, tmp_path: Path) -> None:
    out, stems = tmp_path / "out", ["talk", "reports", "talk.view", "talk.json", "talk.html"]
    for stem in stems:
        shutil.copy(talk, tmp_path / f"{stem}.flv")
        assert process(Job((tmp_path / f"{stem}.flv",), out), Settings()).report.verdict is Verdict.OK
    writing.write(out)
    wanted = {f"{stem}.{kind}" for stem in stems for kind in ("html", "json", "view")}
    assert pages_in(out) == wanted | {f"index.{kind}" for kind in ("html", "json", "csv")}


ODD = [b"-i\nb\xff\xfe\r.flv", b"a" * 251 + b".flv", "é".encode() * 125 + b"-.flv"]


def odd_talks(talk: Path, folder: Path) -> list[Path]:
    folder.mkdir()
    made = [Path(os.fsdecode(os.fsencode(folder) + b"/" + name)) for name in ODD]
    for path in made:
        shutil.copy(talk, path)
    return made


def test_names_that_hardly_are_any_are_processed_told_and_linked(talk: Path, tmp_path: Path) -> None:
    made, out = odd_talks(talk, tmp_path / "in"), tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "stagebox", "process", "in", "--out", "out"],
        cwd=tmp_path,
        capture_output=True,
        timeout=200,
        check=False,
    )
    table = done.stdout.decode("utf-8")
    assert done.returncode == 0, done.stderr
    assert f"{len(made)} recordings: {len(made)} good" in table
    assert b"Traceback" not in done.stderr
    assert "\\xff" in table
    assert "\\n" in table
    assert len(list(out.glob("*.mp4"))) == len(made)
    links = [row["report"] for row in rows_in(out / "reports" / "index.html")]
    assert len(links) == len(made)
    for link in links:
        page = out / "reports" / os.fsdecode(unquote_to_bytes(link))
        assert page.exists(), link
        video = next(
            seen["href"]
            for tag, seen in Tags(page.read_text(encoding="utf-8")).seen
            if tag == "a" and (seen.get("href") or "").startswith("../")
        )
        assert (page.parent / os.fsdecode(unquote_to_bytes(str(video)))).exists()
    assert len(json.loads((out / "reports" / "index.json").read_bytes())["recordings"]) == len(made)
    found = recordings([tmp_path / "in"])
    assert {one.path for one in found} == set(made)
    pack = load_pack("conference", resources.folder("scenes"))
    again = Batch(Settings(), out=out, layouts=layouts_of(pack)).run(found)
    assert all(one.skipped and one.page_path is not None and one.page_path.exists() for one in again)
    verified = Batch(Settings(), verify=True).run(found[:1])
    assert [one.report.verdict for one in verified] == [Verdict.OK]
