"""`lossless: true` means that the MP4 shows what the recording shows."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stagebox.media import remux
from stagebox.media.job import HashKind, Job
from stagebox.media.packets import shown_otherwise
from stagebox.media.pipeline import process_recording, verify_recording
from stagebox.model.report import Code, Severity, Verdict
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg, hashes_of
from tests.media.flv_maker import PICTURE, SCRIPT, Made, after, decodes, record, shown, tags_of, write

pytestmark = pytest.mark.venue


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proof")


@pytest.fixture(scope="module")
def talks(folder: Path) -> list[list[Made]]:
    """Short recordings with different set-ups."""
    return [
        tags_of(record(folder / "one.flv", 2.0)),
        tags_of(record(folder / "two.flv", 2.0, size="320x180")),
        tags_of(record(folder / "three.flv", 2.0, sound="44100:1", options=("-bf", "0"))),
    ]


def _mutated(tags: list[Made], how: str, at: int, other: list[Made]) -> list[Made]:
    """The recording, changed at its packet `at` in one of many ways."""
    at %= len(tags) - 8
    at += 4
    match how:
        case "other behind":
            return after(tags[:at], other)
        case "other set-ups":
            heads = [
                replace(one, time_ms=tags[at].time_ms)
                for one in other
                if one.kind != SCRIPT and one.is_set_up
            ]
            return [*tags[:at], *heads, *tags[at:]]
        case "clock back":
            back_ms = tags[at].time_ms // 2
            return [*tags[:at], *(replace(one, time_ms=max(one.time_ms - back_ms, 0)) for one in tags[at:])]
        case "one stream's clock":
            return [
                replace(one, time_ms=one.time_ms + 700) if n >= at and one.kind == PICTURE else one
                for n, one in enumerate(tags)
            ]
        case "order":
            return [*tags[:at], tags[at + 1], tags[at], *tags[at + 2 :]]
        case "composition":
            one = tags[at]
            if one.kind != PICTURE or one.is_set_up:
                return tags
            payload = one.payload[:2] + (200).to_bytes(3, "big") + one.payload[5:]
            return [*tags[:at], replace(one, payload=payload), *tags[at + 1 :]]
        case _:
            return tags


HOW = ("nothing", "other behind", "other set-ups", "clock back", "one stream's clock", "order", "composition")


@settings(max_examples=14, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(how=st.sampled_from(HOW), at=st.integers(0, 1000), first=st.integers(0, 2), second=st.integers(0, 2))
@pytest.mark.timeout(400)
def test_what_is_called_lossless_shows_and_sounds_as_the_recording(
    folder: Path, talks: list[list[Made]], how: str, at: int, first: int, second: int
) -> None:
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    source = write(work / "talk.flv", _mutated(talks[first], how, at, talks[second]))
    report = process_recording(Job((source,), work / "out"), Settings())
    if report.lossless:
        assert report.output is not None
        for stream in ("v:0", "a:0"):
            assert shown(Path(report.output), stream) == shown(source, stream)
    else:
        assert report.verdict is not Verdict.OK


def test_times_are_the_same_up_to_one_constant_for_all_streams() -> None:
    picture, sound = np.arange(100) / 30, np.arange(150) / 47
    assert shown_otherwise([picture, sound], [picture + 7, sound + 7]) == {}
    assert shown_otherwise([picture, sound], [picture + 7, sound + 7.1]) == {1: 0.0}
    late = picture + np.where(np.arange(100) >= 60, 0.02, 0.0)
    assert shown_otherwise([picture, sound], [late, sound]) == {0: pytest.approx(2.0)}
    swapped = picture.copy()
    swapped[[10, 11]] = swapped[[11, 10]]
    assert shown_otherwise([picture], [swapped]) == {0: pytest.approx(10 / 30)}
    assert shown_otherwise([picture], [picture[:-1]]) == {0: 0.0}


def _retimed(copy: Path) -> None:
    """The same packets, the sound 80 ms late."""
    aside = copy.with_suffix(".aside")
    shutil.move(copy, aside)
    ffmpeg(
        "-i",
        aside,
        "-itsoffset",
        "0.08",
        "-i",
        aside,
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-c",
        "copy",
        "-f",
        "mp4",
        copy,
    )


def _told_otherwise(copy: Path) -> None:
    """The same packets, and another picture parameter set in `avcC`: the other way of entropy coding."""
    content = bytearray(copy.read_bytes())
    at = content.index(b"\x68", content.index(b"avcC") + 20)
    content[at + 1] ^= 0x20
    copy.write_bytes(content)


@pytest.mark.parametrize("spoil", [_retimed, _told_otherwise])
@pytest.mark.parametrize("container", ["talk.flv", "talk.mkv"])
def test_a_copy_with_equal_packets_that_shows_something_else_is_not_lossless(
    talk: Path,
    repack: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Path], None],
    container: str,
) -> None:
    read = remux.read

    def spoiled(*arguments: object, **options: object) -> remux.RemuxResult:
        reading = read(*arguments, **options)  # type: ignore[arg-type]
        if isinstance(arguments[3], Path):
            spoil(arguments[3])
        return reading

    monkeypatch.setattr(remux, "read", spoiled)
    source = talk if container == "talk.flv" else repack(container)
    report = process_recording(Job((source,), tmp_path), Settings())
    assert report.lossless is False
    (finding,) = [one for one in report.findings if one.code is Code.NOT_LOSSLESS]
    assert finding.severity is Severity.CRITICAL


def test_hevc_is_named_so_that_every_player_takes_it(tmp_path: Path) -> None:
    source = tmp_path / "talk.mkv"
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=160x90:r=15", "-f", "lavfi", "-i", "sine", "-t", "3"),
        *("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-c:a", "aac", source),
    )
    for name in ("talk.mkv", "talk.mp4", "talk.ts"):
        given = tmp_path / name
        if name != "talk.mkv":
            ffmpeg("-i", source, "-c", "copy", given)
        report = process_recording(Job((given,), tmp_path / "out", name=name), Settings())
        assert (report.verdict, report.lossless) == (Verdict.OK, True)
        assert report.output is not None
        assert b"hvc1" in Path(report.output).read_bytes()
        assert decodes(Path(report.output)) == ""


@pytest.mark.parametrize("kind", ["murmur3", "md5", "sha256"])
def test_the_hash_that_is_asked_for_is_the_one_that_ffmpeg_tells(
    talk: Path, repack: Callable[..., Path], tmp_path: Path, kind: HashKind
) -> None:
    for source in (talk, repack("hashed.mkv")):
        report = process_recording(Job((source,), tmp_path, hash=kind), Settings())
        assert report.lossless is True
        assert [stream.hash for stream in report.streams] == hashes_of(source, kind)
        assert verify_recording(source, Settings(), kind=kind).streams == report.streams
