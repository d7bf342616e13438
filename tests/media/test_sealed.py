"""A discarded recording is where it was, or aside, or gone: whatever ends the one who moves it."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.media import collect, sealed
from stagebox.media.sealed import SealedTalk
from stagebox.model.effects import SealFiles
from stagebox.model.errors import StorageError
from stagebox.model.observations import SealAnswered
from stagebox.model.settings import RecordingSettings
from stagebox.serve.sealing import Sealer

NAME = "20270115T081140Z_Hall_Talk-a"


class Killed(BaseException):
    """As SIGKILL: nothing after it is done."""


@pytest.fixture
def talk(tmp_path: Path) -> SealedTalk:
    """A talk of two files and a backup of its sound, beside another talk."""
    main, backup = tmp_path / "rec", tmp_path / "rec" / "backup"
    backup.mkdir(parents=True)
    for name in (f"{NAME}.flv", f"{NAME}-part-2.flv", "other.flv"):
        (main / name).write_bytes(name.encode())
    for name in (f"{NAME}.flac", f"{NAME}.flac.json", "other.flac"):
        (backup / name).write_bytes(b"{}" if name.endswith("json") else b"sound")
    files = (main / f"{NAME}.flv", main / f"{NAME}-part-2.flv")
    return SealedTalk(name=NAME, files=files, folders=(main,))


def seal(talk: SealedTalk) -> None:
    sealed.seal(talk, title="Talk a", origin="touch", utc=1_800_000_000.0, delete_utc=1_800_086_400.0)


def tree(talk: SealedTalk) -> list[str]:
    root = talk.folders[0]
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_all_of_it_lies_aside_for_its_owner_alone_with_a_note(talk: SealedTalk) -> None:
    seal(talk)
    assert tree(talk) == [
        "backup/other.flac",
        f"backup/sealed/{NAME}/{NAME}.flac",
        f"backup/sealed/{NAME}/{NAME}.flac.json",
        f"backup/sealed/{NAME}/what-this-is.json",
        "other.flv",
        f"sealed/{NAME}/{NAME}-part-2.flv",
        f"sealed/{NAME}/{NAME}.flv",
        f"sealed/{NAME}/what-this-is.json",
    ]
    aside = talk.folders[0] / "sealed"
    assert stat.S_IMODE(aside.stat().st_mode) == 0o700
    assert stat.S_IMODE((aside / NAME).stat().st_mode) == 0o700
    note = json.loads((aside / NAME / "what-this-is.json").read_bytes())
    assert note["what"] == "The recording of “Talk a”: its speaker does not want it recorded."
    assert (note["discarded_by"], note["discarded_at"]) == ("touch", "2027-01-15T08:00:00+00:00")
    assert note["deleted_after"] == "2027-01-16T08:00:00+00:00"


def test_nobody_processes_what_is_sealed(talk: SealedTalk) -> None:
    assert len(collect.recordings([talk.folders[0]])) == 3
    seal(talk)
    assert [one.path.name for one in collect.recordings([talk.folders[0]])] == ["other.flv"]


def test_a_folder_that_somebody_calls_so_is_processed(tmp_path: Path) -> None:
    (tmp_path / "sealed").mkdir()
    (tmp_path / "sealed" / "a.flv").write_bytes(b"x")
    assert [one.path.name for one in collect.recordings([tmp_path])] == ["a.flv"]


def test_taken_back_all_is_as_it_was(talk: SealedTalk) -> None:
    before = tree(talk)
    seal(talk)
    sealed.take_back(talk)
    assert tree(talk) == before
    assert not (talk.folders[0] / "sealed").exists()


def test_deleted_it_is_gone_and_nothing_else(talk: SealedTalk) -> None:
    seal(talk)
    sealed.delete(talk)
    assert tree(talk) == ["backup/other.flac", "other.flv"]
    sealed.delete(talk)


@pytest.mark.parametrize(
    ("deed", "left"),
    [
        (seal, 8),
        (sealed.take_back, 6),
        (sealed.delete, 2),
    ],
    ids=["sealed", "taken back", "deleted"],
)
def test_killed_at_any_moment_the_next_one_does_the_rest(
    talk: SealedTalk, deed: Callable[[SealedTalk], None], left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rename and every removal is where it may end."""
    if deed is not seal:
        seal(talk)
    deaths = 0
    whole = {path.name: path.read_bytes() for path in talk.folders[0].rglob("*.fl*")}
    for dies_at in range(40):
        calls = 0

        def counted(real: Callable[..., object], dies_at: int = dies_at) -> Callable[..., object]:
            def call(*args: object, **more: object) -> object:
                nonlocal calls
                calls += 1
                if calls > dies_at:
                    raise Killed
                return real(*args, **more)

            return call

        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", counted(Path.rename))
            patched.setattr(Path, "mkdir", counted(Path.mkdir))
            patched.setattr("os.unlink", counted(__import__("os").unlink))
            patched.setattr("os.rmdir", counted(__import__("os").rmdir))
            try:
                deed(talk)
                break
            except Killed:
                deaths += 1
        if deed is not sealed.delete:
            there = {path.name: path.read_bytes() for path in talk.folders[0].rglob("*.fl*")}
            assert there == whole, "no file is lost on the way"
    deed(talk)
    assert deaths >= 3
    assert len(tree(talk)) == left
    assert (talk.folders[0] / "other.flv").exists()


def test_a_folder_that_is_gone_is_told_and_nothing_is_moved(talk: SealedTalk, tmp_path: Path) -> None:
    gone = SealedTalk(name=NAME, files=(*talk.files, tmp_path / "stick" / f"{NAME}-part-3.flv"))
    before = tree(talk)
    with pytest.raises(StorageError, match="is not there"):
        seal(gone)
    assert tree(talk) == before


def test_what_lies_in_the_way_is_not_written_over(talk: SealedTalk) -> None:
    seal(talk)
    talk.files[0].write_bytes(b"another")
    with pytest.raises(StorageError, match="another file"):
        sealed.take_back(talk)
    assert talk.files[0].read_bytes() == b"another"


def test_a_file_of_two_discarded_talks_comes_back_with_either(talk: SealedTalk) -> None:
    second = SealedTalk(name="second", files=talk.files)
    seal(second)
    sealed.take_back(talk)
    assert all(path.exists() for path in talk.files)


def test_the_sealer_answers_each_wish(talk: SealedTalk) -> None:
    answers: list[SealAnswered] = []
    sealer = Sealer(lambda: RecordingSettings(folder=talk.folders[0]), 86400.0, answers.append)
    paths = tuple(map(str, talk.files))
    sealer.submit(SealFiles(effect_id="e1", do="seal", session_id="a", name=NAME, files=paths, utc=1.0))
    lost = ("/nowhere/b.flv",)
    sealer.submit(SealFiles(effect_id="e2", do="seal", session_id="b", name="b", files=lost))
    sealer.submit(SealFiles(effect_id="e3", do="delete", session_id="a", name=NAME, files=paths))
    sealer.start()
    sealer.close()
    assert [(one.session_id, one.do, one.ok) for one in answers] == [
        ("a", "seal", True),
        ("b", "seal", False),
        ("a", "delete", True),
    ]
    assert "/nowhere" in answers[1].said.words
    assert tree(talk) == ["backup/other.flac", "other.flv"]
