"""What people say into a folder that is read-only is refused in a sentence, and no word is lost."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.media import reviewing
from stagebox.model.errors import StorageError
from stagebox.serve.evening import EveningTalks
from tests.media.asking import config, recorded, said, told
from tests.media.release.test_move import small_disk

pytestmark = [pytest.mark.venue, pytest.mark.files]


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The file system of this folder, which is one of its own, while nothing can be written to it."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)


def content_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_word_into_a_read_only_folder_is_refused_and_nothing_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = recorded(tmp_path / "obs" / "talk.flv")
    os.utime(source, (1_700_000_000, 1_700_000_000))
    settings, out, card = config(tmp_path), tmp_path / "talks", tmp_path / "card.mp4"
    card.write_bytes(b"another file")
    with small_disk(out, "64m"):
        told(capsys, "-c", settings, "process", source, "--out", out)
        accept = ("-c", settings, "accept", out / "talk.mp4")
        assert said(capsys, *accept, "silent", "--note", "A film")[0] == 0
        before = content_of(out)
        with read_only(out):
            for words in (
                ("silent", "--note", "Another word"),
                ("--lost", "--note", "The disk died"),
                ("--other", card, "--note", "The speaker's own"),
                ("silent", "--undo"),
                ("--undo",),
            ):
                code, text, error = said(capsys, *accept, *words)
                assert (code, text) == (2, ""), words
                assert error.startswith("stagebox: This was not kept: The output folder ")
                assert "Read-only file system" in error
                assert "Nothing was changed." in error
                assert "Traceback" not in error
            evening = EveningTalks(lambda: out)
            page = evening.page()
            assert page is not None
            (key,) = {path.stem for path in (out / ".stagebox").glob("*.json")}
            with pytest.raises(StorageError, match="This was not kept"):
                evening.take_back(key, "silent", None)
            # What was said is still known, and whatever only looks works.
            code, after = told(capsys, *accept)
            assert (code, after["accepted"][0]["note"]) == (0, "A film")
            assert told(capsys, "compare", out)[0] == 0
            code, value = told(capsys, "-c", settings, "release", source.parent, "--out", out)
            assert (code, value["recordings"][0]["state"]) == (0, "may_go")
            aside = tmp_path / "aside"
            code, _, error = said(
                capsys, "-c", settings, "release", source.parent, "--out", out, "--move-to", aside
            )
            assert (code, "Read-only file system" in error, source.exists()) == (2, True, True)
        assert content_of(out) == before


def test_a_word_that_is_kept_but_not_shown_yet_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = recorded(tmp_path / "obs" / "talk.flv")
    settings, out = config(tmp_path), tmp_path / "talks"
    told(capsys, "-c", settings, "process", source, "--out", out)

    def full(*_: object) -> None:
        raise StorageError("The disk is full.", "Make room.")

    accept = ("-c", settings, "accept", out / "talk.mp4", "silent", "--note", "A film")
    with monkeypatch.context() as patch:
        patch.setattr(reviewing.pages, "write_said", full)
        code, _, error = said(capsys, *accept)
    assert (code, "This is kept" in error, "The disk is full." in error) == (2, True, True)
    assert told(capsys, "-c", settings, "process", source, "--out", out)[0] == 0
    assert said(capsys, *accept)[0] == 0
    assert "A film" in (out / "reports" / "talk.html").read_text()
