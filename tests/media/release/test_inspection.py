"""What may go is told of real files, read as `process` reads them, in every state in which they are found."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.media import newer_codecs, processed_talk, reviewing, stand_in, storage
from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.media.release import inspection
from stagebox.model.settings import Settings, VerifySettings
from tests.media.asking import recorded
from tests.media.flv_maker import SCRIPT, after, record, tags_of, timed, write
from tests.media.test_foreign_files import newer_flv

pytestmark = [pytest.mark.venue, pytest.mark.files]
LIMITS = Settings(verify=VerifySettings(silence_warning_s=2.0))


@pytest.fixture
def rec(tmp_path: Path) -> Path:
    folder = tmp_path / "rec"
    folder.mkdir()
    return folder


def made(source: Path) -> processed_talk.ProcessedTalk:
    os.utime(source, (1_700_000_000, 1_700_000_000))
    out = source.parent.parent / "talks"
    process(Job((source,), out), LIMITS)
    return processed_talk.find(source, [out])


def why(source: Path) -> tuple[str, str]:
    """Code and sentence of why it stays; empty where it may go."""
    (one,) = inspection.groups(source.parent, [source.parent.parent / "talks"])
    return ("", "") if one.why is None else (one.why.code, f"{one.why.why} {one.why.remedy}")


@pytest.mark.parametrize(("codec", "tracks"), [("hevc", 1), ("av1", 1), ("h264", 2)])
def test_what_this_ffmpeg_cannot_read_is_compared_as_it_was_processed(
    rec: Path, monkeypatch: pytest.MonkeyPatch, codec: str, tracks: int
) -> None:
    source = newer_flv(rec, codec, tracks)
    (rec / "plain.mkv").unlink()
    known = made(source)
    assert why(source) == ("", "")
    assert not list(known.hidden.glob("*.part")), "what stood in for it is gone"

    with monkeypatch.context() as patch:
        patch.setattr(newer_codecs, "make", lambda *_: False)
        code, words = why(source)
    assert code == "cannot_compare"
    assert "newer than the libraries of this computer" in words

    def full(out: Path, size_bytes: int) -> None:
        raise storage.full_error(out, size_bytes)

    with monkeypatch.context() as patch:
        patch.setattr(stand_in.storage, "check_room", full)
        code, words = why(source)
    assert (code, "no room" in words) == ("cannot_compare", True)

    # One bit of one packet is another: it differs, and nothing else is said.
    output = known.out / "talk.mp4"
    seen, content = output.stat(), bytearray(output.read_bytes())
    content[content.index(b"mdat") + 2000] ^= 1
    output.write_bytes(content)
    os.utime(output, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert why(source)[0] == "differs"


CLOCK: Callable[[int], int] = lambda ms: ms if ms < 2000 else ms - 2000  # noqa: E731


def test_a_recording_that_was_mended_may_go(rec: Path) -> None:
    tags = [one for one in tags_of(record(rec / "whole.flv")) if one.kind != SCRIPT]
    (rec / "whole.flv").unlink()
    source = write(rec / "talk.flv", timed(tags, CLOCK))
    known = made(source)
    reviewing.accept(known, list(known.entry.report.findings), "The clock was set", "anna")
    assert why(source) == ("", "")


def test_each_reason_is_told_of_real_files(rec: Path, tmp_path: Path) -> None:
    flagged = recorded(tmp_path / "flagged.flv")
    other = tmp_path / "card.mp4"
    other.write_bytes(b"the speaker's own")

    def fresh() -> Path:
        shutil.rmtree(rec.parent / "talks", ignore_errors=True)
        return Path(shutil.copy(flagged, rec / "talk.flv"))

    source = fresh()
    known = made(source)
    assert why(source)[0] == "needs_person"
    reviewing.settle(known, "The disk died", "anna", None)
    assert why(source) == ("lost", "The talk is marked as lost. Keep it: somebody may still save it.")
    reviewing.settle(known, "The speaker's own", "anna", other)
    code, words = why(source)
    assert (code, str(other) in words) == ("elsewhere", True)
    reviewing.undo(known, None)
    reviewing.accept(
        known, reviewing.meant(known.entry.report, reviewing.code_of("silent"), None), "A film", "anna"
    )
    assert why(source) == ("", "")

    # Of the same size and time, and nothing can be read: a disk that forgets.
    source.write_bytes(bytes(source.stat().st_size))
    os.utime(source, (1_700_000_000, 1_700_000_000))
    code, words = why(source)
    assert (code, "cannot be read now" in words) == ("unreadable", True)
    source.unlink()

    tags = tags_of(record(tmp_path / "first.flv"))
    others = tags_of(record(tmp_path / "second.flv", size="320x180"))
    source = write(rec / "talk.flv", after(tags, others))
    known = made(source)
    assert known.entry.report.lossless is False
    assert why(source)[0] == "needs_person"
    reviewing.accept(known, list(known.entry.report.findings), "The encoder was started anew", "anna")
    code, words = why(source)
    assert (code, "exactly what was recorded" in words) == ("not_lossless", True)
