"""What changes in the middle of an MPEG-TS, MKV, MP4 or MOV can be watched in its MP4, and is told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.media.job import Job
from stagebox.media.pipeline import process_recording, verify_recording
from stagebox.model.report import Code, Report, Severity
from stagebox.model.settings import Settings
from tests.media import mp4_maker
from tests.media.conftest import ffmpeg
from tests.media.flv_maker import decodes, record, shown

pytestmark = pytest.mark.venue

LENGTH_S = 3.0
CLUSTER, CLUSTER_TIME = b"\x1f\x43\xb6\x75", b"\xe7"


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same clip in several containers, and clips with other set-ups."""
    folder = tmp_path_factory.mktemp("clips")
    flv = record(folder / "one.flv", LENGTH_S)
    for name, options in (
        ("one.ts", ()),
        ("late.ts", ("-output_ts_offset", "7200")),
        ("one.mkv", ("-cluster_time_limit", "500")),
        ("one.mp4", ("-movflags", "frag_keyframe+empty_moov+default_base_moof")),
    ):
        ffmpeg("-i", flv, "-c", "copy", *options, folder / name)
    for name, other in (("large", {"size": "320x180"}), ("mono", {"sound": "44100:1"})):
        one = record(folder / f"{name}.flv", LENGTH_S, **other)  # type: ignore[arg-type]
        ffmpeg("-i", one, "-c", "copy", "-output_ts_offset", str(LENGTH_S + 0.2), folder / f"{name}.ts")
    return folder


def made_of(source: Path) -> tuple[Report, Path]:
    report = process_recording(Job((source,), source.parent / "out"), Settings())
    assert report.output is not None
    seen = verify_recording(source, Settings())
    # That there is another file is told by what makes it.
    told_of = [one.code for one in report.findings if one.code is not Code.GAP]
    assert [one.code for one in seen.findings] == told_of
    return report, Path(report.output)


def told(report: Report, code: Code) -> list[float]:
    return [one.start_s for one in report.findings if one.code is code]


def put_together(target: Path, *parts: Path) -> Path:
    target.write_bytes(b"".join(part.read_bytes() for part in parts))
    return target


def reclocked_mkv(source: Path, target: Path, move: Callable[[int], int]) -> Path:
    """The MKV with the times of its clusters moved, in ms."""
    data = bytearray(source.read_bytes())
    for found in re.finditer(re.escape(CLUSTER), bytes(data)):
        at = data.index(CLUSTER_TIME, found.end(), found.end() + 20)
        size = data[at + 1] & 0x7F
        time_ms = int.from_bytes(data[at + 2 : at + 2 + size], "big")
        data[at + 2 : at + 2 + size] = move(time_ms).to_bytes(size, "big")
    target.write_bytes(data)
    return target


def reclocked_mp4(source: Path, target: Path, back_s: float) -> Path:
    """The fragmented MP4 with its clock set back in the middle."""
    data = bytearray(source.read_bytes())
    for found in re.finditer(b"tfdt", bytes(data)):
        track = data.rindex(b"tfhd", 0, found.start())
        second = 48_000 if int.from_bytes(data[track + 8 : track + 12], "big") == 2 else 16_000
        at = found.start() + 8
        ticks = int.from_bytes(data[at : at + 8], "big")
        if ticks >= (LENGTH_S / 2 - 0.1) * second:
            data[at : at + 8] = max(ticks - int(back_s * second), 0).to_bytes(8, "big")
    target.write_bytes(data)
    return target


def _ts_again(clips: Path, folder: Path) -> Path:
    return put_together(folder / "talk.ts", clips / "one.ts", clips / "one.ts")


def _ts_ahead(clips: Path, folder: Path) -> Path:
    return put_together(folder / "talk.ts", clips / "one.ts", clips / "late.ts")


def _ts_back(clips: Path, folder: Path) -> Path:
    return put_together(folder / "talk.ts", clips / "late.ts", clips / "one.ts")


@pytest.mark.parametrize("how", [_ts_again, _ts_ahead, _ts_back])
def test_a_transport_streams_clock_that_jumps_costs_nothing_and_is_told(
    clips: Path, tmp_path: Path, how: Callable[[Path, Path], Path]
) -> None:
    report, output = made_of(how(clips, tmp_path))
    assert report.lossless is True
    assert report.duration_s == pytest.approx(2 * LENGTH_S, abs=0.3)
    assert told(report, Code.DISCONTINUITY) == pytest.approx([LENGTH_S], abs=0.3)
    assert decodes(output) == ""
    once = shown(clips / "one.ts")
    frames = shown(output)
    assert frames[-len(once) :] == once
    # Behind the first part's last packet none follows that would show it to be whole.
    before = frames[: -len(once)]
    assert len(before) >= len(once) - 1
    assert before == [one for one in once if one in before]


@pytest.mark.parametrize("back_ms", [1500, 700])
def test_an_mkvs_clock_that_is_set_back_costs_nothing_and_is_told(
    clips: Path, tmp_path: Path, back_ms: int
) -> None:
    source = reclocked_mkv(
        clips / "one.mkv", tmp_path / "talk.mkv", lambda ms: ms if ms < 1500 else ms - back_ms
    )
    report, output = made_of(source)
    assert report.lossless is True
    assert report.duration_s == pytest.approx(LENGTH_S, abs=0.3)
    assert told(report, Code.DISCONTINUITY) == pytest.approx([1.5], abs=0.6)
    assert shown(output) == shown(clips / "one.mkv")
    assert decodes(output) == ""


def test_a_fragmented_mp4s_clock_that_restarts_costs_nothing_and_is_told(clips: Path, tmp_path: Path) -> None:
    source = reclocked_mp4(clips / "one.mp4", tmp_path / "talk.mp4", 1.5)
    report, output = made_of(source)
    assert report.lossless is True
    assert report.duration_s == pytest.approx(LENGTH_S, abs=0.3)
    assert told(report, Code.DISCONTINUITY)
    assert shown(output) == shown(clips / "one.mp4")
    assert decodes(output) == ""


def test_a_transport_streams_new_picture_is_shown_and_told(clips: Path, tmp_path: Path) -> None:
    source = put_together(tmp_path / "talk.ts", clips / "one.ts", clips / "large.ts")
    report, output = made_of(source)
    assert report.lossless is True
    assert pytest.approx(told(report, Code.DISCONTINUITY)[0], abs=0.4) == LENGTH_S
    frames = shown(output)
    assert frames[-len(shown(clips / "large.ts")) :] == shown(clips / "large.ts")
    assert decodes(output) == ""


def test_a_transport_streams_new_sound_goes_on_in_a_part_of_its_own(clips: Path, tmp_path: Path) -> None:
    source = put_together(tmp_path / "talk.ts", clips / "one.ts", clips / "mono.ts")
    report, output = made_of(source)
    assert report.lossless is False
    assert told(report, Code.NOT_LOSSLESS) == pytest.approx([LENGTH_S], abs=0.4)
    (part,) = [path for path in output.parent.glob("*.mp4") if path != output]
    assert len(shown(part, "a:0")) == pytest.approx(len(shown(clips / "mono.ts", "a:0")), abs=2)
    assert decodes(output) == decodes(part) == ""


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_movs_second_sample_entry_is_shown_and_told(tmp_path: Path, codec: str) -> None:
    quiet = ("-x265-params", "log-level=none:bframes=0") if codec == "libx265" else ()
    for name, size in (("one", "160x90"), ("two", "320x180")):
        ffmpeg(
            *(
                "-f",
                "lavfi",
                "-i",
                f"testsrc2=s={size}:r=15",
                "-t",
                "2",
                "-c:v",
                codec,
                "-preset",
                "ultrafast",
            ),
            *("-pix_fmt", "yuv420p", "-bf", "0", "-g", "15", *quiet, tmp_path / f"{name}.mp4"),
        )
    source = mp4_maker.joined(tmp_path / "one.mp4", tmp_path / "two.mp4", tmp_path / "talk.mov")
    report, output = made_of(source)
    assert report.lossless is False
    (finding,) = [one for one in report.findings if one.code is Code.NOT_LOSSLESS]
    assert (finding.severity, finding.start_s) == (Severity.WARNING, pytest.approx(2.0, abs=0.2))
    assert shown(output) == shown(tmp_path / "one.mp4") + shown(tmp_path / "two.mp4")
    assert decodes(output) == ""
