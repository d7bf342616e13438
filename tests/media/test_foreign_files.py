"""Recordings that are newer than this ffmpeg, hold more than an MP4 does, still grow, or are taken away."""

import shutil
import subprocess
import sys
from pathlib import Path

import av
import pytest

from stagebox.media import batch, collect
from stagebox.media import probe as probing
from stagebox.media.job import Job
from stagebox.media.pipeline import process_recording, verify_recording
from stagebox.media.probe import Probe, UnusableError
from stagebox.model.report import Code, Severity, Verdict
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg
from tests.media.flv_maker import SCRIPT, Made, decodes, record, shown, tags_of, write

pytestmark = pytest.mark.venue

PICTURE = ("-f", "lavfi", "-i", "testsrc2=s=160x90:r=15")
CODECS = {
    "hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"),
    "av1": ("-c:v", "libsvtav1", "-preset", "12", "-pix_fmt", "yuv420p"),
    "h264": ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
}


def newer_flv(folder: Path, codec: str, tracks: int) -> Path:
    """An FLV as OBS writes it today: enhanced RTMP, by PyAV's own muxer."""
    plain, path = folder / "plain.mkv", folder / "talk.flv"
    sounds = [option for n in range(tracks) for option in ("-f", "lavfi", "-i", f"sine=f={300 + 200 * n}")]
    maps = [option for n in range(tracks + 1) for option in ("-map", str(n))]
    ffmpeg(*PICTURE, *sounds, *maps, "-t", "4", *CODECS[codec], "-c:a", "aac", plain)
    with av.open(str(plain)) as source, av.open(str(path), "w", format="flv") as made:
        copies = [made.add_stream_from_template(stream, opaque=True) for stream in source.streams]
        for packet in source.demux():
            if packet.size:
                packet.stream = copies[packet.stream_index]
                made.mux(packet)
    return path


@pytest.mark.parametrize(("codec", "tracks"), [("hevc", 1), ("av1", 1), ("h264", 2), ("hevc", 3)])
def test_an_flv_that_is_newer_than_this_ffmpeg_becomes_an_mp4_with_all_its_tracks(
    tmp_path: Path, codec: str, tracks: int
) -> None:
    source = newer_flv(tmp_path, codec, tracks)
    report = process_recording(Job((source,), tmp_path / "out"), Settings())
    assert (report.verdict, report.lossless) == (Verdict.OK, True)
    assert [one.codec for one in report.streams] == [codec] + ["aac"] * tracks
    assert report.duration_s == pytest.approx(4.0, abs=0.2)
    assert report.output is not None
    assert decodes(Path(report.output)) == ""
    for n in range(tracks):
        assert shown(Path(report.output), f"a:{n}") == shown(tmp_path / "plain.mkv", f"a:{n}")
    assert verify_recording(source, Settings()).verdict is Verdict.OK


@pytest.mark.parametrize("name", ["onTextData", "onCaptionInfo", "onCuePoint"])
def test_script_in_an_flv_leaves_it_an_mp4(tmp_path: Path, name: str) -> None:
    tags = tags_of(record(tmp_path / "whole.flv"))
    words = bytes([2]) + len(name).to_bytes(2, "big") + name.encode()
    words += b"\x08\0\0\0\x01\0\x04text\x02\0\x02hi\0\0\x09"
    script = [Made(SCRIPT, one.time_ms, words) for one in tags[5::40]]
    mixed = sorted([*tags, *script], key=lambda one: one.time_ms)
    report = process_recording(Job((write(tmp_path / "talk.flv", mixed),), tmp_path / "out"), Settings())
    assert (report.verdict, report.lossless) == (Verdict.OK, True)
    assert report.output is not None
    assert report.output.endswith(".mp4")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("pcm.mkv", ("-c:a", "pcm_s16le")),
        ("pcm24.mov", ("-c:a", "pcm_s24le")),
        ("timecode.mov", ("-c:a", "aac", "-timecode", "01:00:00:00")),
    ],
)
def test_what_an_mp4_has_no_place_for_is_named_as_that(
    tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    source = tmp_path / name
    ffmpeg(*PICTURE, "-f", "lavfi", "-i", "sine", "-t", "3", *CODECS["h264"], *options, source)
    report = process_recording(Job((source,), tmp_path / "out"), Settings())
    assert (report.verdict, report.lossless) == (Verdict.OK, True)
    assert {one.code for one in report.findings} <= {Code.NO_MP4, Code.LEFT_OUT}
    assert {one.severity for one in report.findings} <= {Severity.NOTE}


@pytest.mark.parametrize("good", [0, 1, 2])
def test_a_silent_track_beside_a_good_one_is_a_warning_with_its_name(tmp_path: Path, good: int) -> None:
    source = tmp_path / "talk.mkv"
    names = ["Desktop", "Mic", "Guests"]
    inputs, titles = [], []
    for n, title in enumerate(names):
        inputs += ["-f", "lavfi", "-i", "sine=f=220,tremolo=f=4" if n == good else "anullsrc"]
        titles += [f"-metadata:s:a:{n}", f"title={title}"]
    maps = ["-map", "0", "-map", "1", "-map", "2", "-map", "3"]
    ffmpeg(*PICTURE, *inputs, *maps, "-t", "14", *CODECS["h264"], "-c:a", "aac", *titles, source)
    report = process_recording(Job((source,), tmp_path / "out"), Settings())
    silent = [one for one in report.findings if one.code is Code.SILENT]
    assert len(silent) == 2
    assert {one.severity for one in silent} == {Severity.WARNING}
    assert [name for name in names if any(name in one.message for one in silent)] == [
        name for name in names if name != names[good]
    ]


# --- not finished, not there ----------------------------------------------------------------------


def test_a_file_that_is_still_written_is_left_for_later(talk: Path, tmp_path: Path) -> None:
    source = tmp_path / "talk.flv"
    shutil.copy(talk, source)
    wait = "import sys; f = open(sys.argv[1], 'ab'); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", wait, str(source)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        assert writer.stdout.readline() == "open\n"
        source.touch()
        for verify in (True, False):
            work = batch.Batch(Settings(), out=tmp_path / "out", verify=verify)
            (done,) = work.run(collect.recordings([source]))
            assert [one.code for one in done.report.findings] == [Code.GROWING]
            assert (done.report.verdict, done.report.output) == (Verdict.FLAGGED, None)
        writer.stdin.close()
    (done,) = batch.Batch(Settings(), out=tmp_path / "out").run(collect.recordings([source]))
    assert done.report.output is not None


def test_a_file_that_grew_while_it_was_read_is_left_for_later(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "talk.flv"
    shutil.copy(talk, source)
    child = batch.Batch._child

    def grown(self: batch.Batch, *arguments: object, **options: object) -> batch.BatchResult:
        done = child(self, *arguments, **options)  # type: ignore[arg-type]
        with source.open("ab") as file:
            file.write(bytes(1000))
        return done

    monkeypatch.setattr(batch.Batch, "_child", grown)
    (done,) = batch.Batch(Settings(), verify=True).run(collect.recordings([source]))
    assert [one.code for one in done.report.findings] == [Code.GROWING]


@pytest.mark.parametrize("how", ["deleted", "renamed", "moved"])
@pytest.mark.parametrize("verify", [True, False])
def test_a_recording_that_is_taken_away_in_the_work_is_called_that(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, verify: bool
) -> None:
    source = tmp_path / "talk.flv"
    shutil.copy(talk, source)
    ask = probing.probe

    def taken(path: Path, **options: object) -> Probe:
        found = ask(path, **options)  # type: ignore[arg-type]
        if path == source:
            match how:
                case "deleted":
                    source.unlink()
                case "renamed":
                    source.rename(tmp_path / "other.flv")
                case "moved":
                    (tmp_path / "away").mkdir()
                    source.rename(tmp_path / "away" / "talk.flv")
        return found

    monkeypatch.setattr(probing, "probe", taken)
    if verify:
        message = verify_recording(source, Settings()).findings[0].message
    else:
        with pytest.raises(UnusableError) as caught:
            process_recording(Job((source,), tmp_path / "out"), Settings())
        message = caught.value.what
    assert "deleted, moved or renamed" in message
    assert not list(tmp_path.glob("out/*.mp4"))
