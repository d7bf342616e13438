"""The rules about a file's structure, each at its edge; and how containers end, on real files."""

import subprocess
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from stagebox.media import containers
from stagebox.media.closing import FileClosing, FileEnd
from stagebox.media.copy_findings import not_lossless
from stagebox.media.packets import PacketHole, PacketScan, StreamClock
from stagebox.media.probe import StreamInfo
from stagebox.media.remux import RemuxPlan, RemuxResult
from stagebox.media.structure import judge
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

MS = Fraction(1, 1000)
WHOLE = (FileEnd(FileClosing(), 60.0, 60.0),)


def clock(first_s: float, end_s: float, holes: Sequence[PacketHole] = ()) -> StreamClock:
    return StreamClock(MS, packets=100, size_bytes=1000, first_s=first_s, end_s=end_s, holes=list(holes))


def found(
    picture: StreamClock | None,
    sound: StreamClock | None,
    *,
    said: str = "",
    ends: Sequence[FileEnd] = WHOLE,
    expected_s: float | None = None,
    exit_code: int = 0,
) -> tuple[Finding, ...]:
    """The findings on a recording with one picture and one sound stream, where given."""
    kinds = [("video", "h264", picture), ("audio", "aac", sound)]
    present = [(kind, codec, one) for kind, codec, one in kinds if one is not None]
    streams = tuple(StreamInfo(n, kind, codec, MS) for n, (kind, codec, _) in enumerate(present))
    scan = PacketScan({n: one for n, (_, _, one) in enumerate(present)})
    reading = RemuxResult({}, scan, said, exit_code)
    return judge(RemuxPlan("mp4", streams), reading, ends, VerifySettings(), expected_s=expected_s)


def codes(findings: Sequence[Finding]) -> list[tuple[Code, Severity]]:
    return [(finding.code, finding.severity) for finding in findings]


def test_an_ordinary_recording_has_no_finding() -> None:
    assert found(clock(0.02, 60.0), clock(0.0, 60.0)) == ()


def test_a_recording_without_picture_or_sound_is_critical() -> None:
    assert codes(found(None, clock(0, 60))) == [(Code.NO_VIDEO, Severity.CRITICAL)]
    assert codes(found(clock(0, 60), None)) == [(Code.NO_AUDIO, Severity.CRITICAL)]


@pytest.mark.parametrize(("end_s", "flagged"), [(59.1, False), (58.9, True)])
def test_picture_and_sound_may_end_a_second_apart(end_s: float, flagged: bool) -> None:
    findings = found(clock(0, 60), clock(0, end_s))
    assert codes(findings) == ([(Code.AV_LENGTH_MISMATCH, Severity.WARNING)] if flagged else [])
    assert all((one.start_s, one.end_s) == (end_s, 60.0) for one in findings)


def test_sound_that_begins_late_is_told_at_the_start() -> None:
    (finding,) = found(clock(0, 60), clock(5, 60))
    assert (finding.code, finding.start_s, finding.end_s) == (Code.AV_LENGTH_MISMATCH, 0.0, 5.0)


def test_a_hole_in_the_sound_is_a_discontinuity_and_a_still_picture_is_none() -> None:
    hole = PacketHole(20.0, 24.0)
    assert codes(found(clock(0, 60), clock(0, 60, [hole]))) == [(Code.DISCONTINUITY, Severity.WARNING)]
    assert codes(found(clock(0, 60, [hole]), clock(0, 60))) == [(Code.DISCONTINUITY, Severity.NOTE)]
    assert codes(found(clock(0, 60, [PacketHole(20.0, 21.5)]), clock(0, 60))) == []


def test_a_clock_that_jumps_back_is_a_discontinuity() -> None:
    # ffmpeg tells it in ticks of the MP4's track, of which it makes 16,000 out of a recording's 1,000.
    said = "[mp4 @ 0x1] Non-monotonous DTS in output stream 0:0; previous: 144000, current: 64000; changing"
    (finding,) = found(clock(0, 60), clock(0, 60), said=said)
    assert (finding.code, finding.start_s, finding.evidence["back_s"]) == (Code.DISCONTINUITY, 9.0, 5.0)


@pytest.mark.parametrize(
    ("length_s", "expected"),
    [(58.5, []), (57.0, [(Code.SHORT, Severity.WARNING)]), (40.0, [(Code.SHORT, Severity.CRITICAL)])],
)
def test_a_recording_is_held_against_the_sessions_clock(
    length_s: float, expected: list[tuple[Code, Severity]]
) -> None:
    ends = (FileEnd(FileClosing(), length_s, length_s),)
    assert codes(found(clock(0, length_s), clock(0, length_s), ends=ends, expected_s=60.0)) == expected


def test_half_a_packet_at_the_end_of_a_cut_file_is_not_told_twice() -> None:
    said = "[flv @ 0x1] [warning] Packet corrupt (stream = 0, dts = 29990)."
    cut = (FileEnd(FileClosing("packet"), 60.0, 30.0),)
    findings = found(clock(0, 30), clock(0, 30), said=said, ends=cut)
    assert codes(findings) == [(Code.TRUNCATED, Severity.WARNING)]
    assert findings[0].evidence["lost_s"] == 30.0
    inside = "[flv @ 0x1] [warning] Packet corrupt (stream = 0, dts = 12000)."
    assert codes(found(clock(0, 30), clock(0, 30), said=inside, ends=cut))[0][0] is Code.CORRUPT


def test_ffmpeg_that_stops_early_is_critical() -> None:
    assert (Code.CORRUPT, Severity.CRITICAL) in codes(found(clock(0, 60), clock(0, 60), exit_code=1))


def test_streams_that_differ_are_named() -> None:
    assert not_lossless({0: "md5:a", 1: "md5:b"}, {0: "md5:a", 1: "md5:b"}, 1.0) is None
    finding = not_lossless({0: "md5:a", 1: "md5:b"}, {0: "md5:a", 1: "md5:c"}, 1.0)
    assert finding is not None
    assert finding.evidence == {"streams": [1]}
    assert not_lossless({}, {}, 1.0) is not None


FORMATS = {
    "flv": ("talk.flv", ()),
    "matroska,webm": ("talk.mkv", ()),
    "mov,mp4,m4a,3gp,3g2,mj2": ("front.mp4", ("-movflags", "+faststart")),
    "mov,fragmented": ("fragmented.mp4", ("-movflags", "frag_keyframe+empty_moov")),
    "mpegts": ("talk.ts", ()),
}


@pytest.mark.venue
@pytest.mark.parametrize("container", FORMATS)
def test_a_whole_file_and_a_cut_one_are_told_apart(
    repack: Callable[..., Path], tmp_path: Path, container: str
) -> None:
    name, options = FORMATS[container]
    whole, cut = repack(name, *options), tmp_path / name
    cut.write_bytes(whole.read_bytes()[:-50_001])
    assert containers.tail(whole, container) == FileClosing()
    assert containers.tail(cut, container).cut


@pytest.mark.venue
@pytest.mark.parametrize("name", ["talk.flv", "talk.mkv"])
def test_a_file_that_the_recorder_did_not_close_is_recognised(talk: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:  # Into a pipe: the writer cannot go back to write the length.
        container = "flv" if name.endswith("flv") else "matroska"
        command = ["ffmpeg", "-v", "error", "-i", str(talk), "-c", "copy", "-f", container, "-"]
        stream.write(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    assert not containers.tail(path, container).closed
