"""An ordinary FLV's index says what ffmpeg says, and the comparison of packets sees every changed byte."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.media import flv_fast_path, mp4, remux
from stagebox.media.flv_fast_path import FlvPackets
from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.media.probe import probe
from stagebox.model.report import Code
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg, hashes_of

pytestmark = pytest.mark.venue


def known(path: Path) -> FlvPackets | None:
    seen = probe(path)
    plan = remux.plan(seen)
    return (
        flv_fast_path.known(seen, plan, lambda share: None)
        if flv_fast_path.may_be_known(seen, plan)
        else None
    )


def proven(source: FlvPackets, copy: Path) -> flv_fast_path.HashedPackets | None:
    return flv_fast_path.prove(source, copy, lambda share: None)


def test_the_index_tells_of_the_packets_what_ffmpeg_tells(talk: Path, tmp_path: Path) -> None:
    holed = tmp_path / "holed.flv"
    # Half a second without sound, and pictures at no steady rate.
    ffmpeg(
        *("-i", talk, "-c:v", "libx264", "-bf", "2", "-vf", "setpts=PTS+if(gt(N\\,60)\\,0.013/TB\\,0)"),
        *("-af", "aselect=not(between(t\\,3\\,3.5)),asetpts=PTS", "-c:a", "aac", "-fps_mode", "vfr", holed),
    )
    sound = tmp_path / "sound.flv"
    ffmpeg("-i", talk, "-vn", "-c", "copy", sound)
    for path in (talk, holed, sound):
        seen = probe(path)
        plan = remux.plan(seen)
        by_index = known(path)
        told = remux.read(remux.single(seen), seen.container, plan, None, deadline_s=60).packets
        assert by_index is not None
        assert by_index.packets == told


def test_a_copy_is_proven_with_the_hashes_that_ffmpeg_tells(talk: Path, tmp_path: Path) -> None:
    source = known(talk)
    assert source is not None
    for name, options in (("plain.mp4", ()), ("front.mp4", ("-movflags", "+faststart"))):
        copy = tmp_path / name
        ffmpeg("-i", talk, "-map", "0", "-c", "copy", *options, copy)
        proof = proven(source, copy)
        assert proof is not None
        assert all(proof.same.values())
        assert list(proof.hashes.values()) == hashes_of(copy, "md5") == hashes_of(talk, "md5")


def test_one_changed_byte_anywhere_in_a_packet_is_seen(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flv_fast_path, "WINDOW_BYTES", 20_001)  # so that packets lie across the edges
    source, copy = known(talk), tmp_path / "copy.mp4"
    assert source is not None
    ffmpeg("-i", talk, "-map", "0", "-c", "copy", copy)
    with copy.open("r+b") as file:
        tracks = mp4.tracks_of(file.fileno())
        assert tracks is not None
        assert [track.size.size for track in tracks] == [len(one.at) for one in source.streams]
        chance = random.Random(1)
        for number, track in enumerate(tracks):
            for place in (0, len(track.at) - 1, *chance.sample(range(len(track.at)), 20)):
                at = int(track.at[place]) + chance.randrange(int(track.size[place]))
                old = os.pread(file.fileno(), 1, at)
                os.pwrite(file.fileno(), bytes([old[0] ^ 1]), at)
                proof = proven(source, copy)
                os.pwrite(file.fileno(), old, at)
                assert proof is not None
                assert proof.same == {n: n != number for n in proof.same}
    assert all((proven(source, copy) or pytest.fail("no proof")).same.values())


def test_what_is_laid_out_otherwise_is_left_to_ffmpeg(
    talk: Path, tmp_path: Path, repack: Callable[..., Path]
) -> None:
    source = known(talk)
    assert source is not None
    fragmented = repack("fragmented.mp4", "-movflags", "frag_keyframe+empty_moov")
    assert proven(source, fragmented) is None
    assert proven(source, talk) is None
    whole = repack("whole.mp4").read_bytes()
    at = whole.rindex(b"moov")
    for number in range(60):
        chance = random.Random(number)
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[chance.randrange(at, len(whole))] = chance.randrange(256)
        path = tmp_path / "damaged.mp4"
        path.write_bytes(damaged)
        proven(source, path)  # it may say anything but raise


def test_a_copy_that_became_another_is_not_lossless(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = remux.read

    def spoiled(*arguments: object, **options: object) -> remux.RemuxResult:
        reading = read(*arguments, **options)  # type: ignore[arg-type]
        target = arguments[3]
        if isinstance(target, Path):
            content = bytearray(target.read_bytes())
            content[len(content) // 2] ^= 1
            target.write_bytes(content)
        return reading

    monkeypatch.setattr(remux, "read", spoiled)
    source = tmp_path / "talk.flv"
    shutil.copy(talk, source)
    report = process(Job((source,), tmp_path / "out"), Settings()).report
    assert report.lossless is False
    assert Code.NOT_LOSSLESS in {finding.code for finding in report.findings}
    assert [stream.hash for stream in report.streams] == hashes_of(source)


def test_a_wrong_length_sets_no_more_room_aside_than_the_file_can_need(talk: Path) -> None:
    kept = remux.plan(probe(talk))
    assert remux.index_bytes(kept, 3600.0, 1_200_000_000) == remux.index_bytes(kept, 3600.0)
    assert remux.index_bytes(kept, 5 * 3600.0, 1_200_000) < 600_000 < remux.index_bytes(kept, 5 * 3600.0)
