"""A recording becomes a proven MP4, or a report that says why not."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.media.job import Job, LiveAlarm
from stagebox.media.pipeline import process_recording, verify_recording
from stagebox.media.probe import probe
from stagebox.model.report import Code, Severity, Verdict
from stagebox.model.schedule import Consent, TalkConsent
from stagebox.model.settings import Settings
from tests.media.conftest import PICTURE, ffmpeg, hashes_of

pytestmark = pytest.mark.venue


def test_an_flv_becomes_an_mp4_with_equal_hashes(talk: Path, tmp_path: Path, settings: Settings) -> None:
    before = (talk.read_bytes(), talk.stat().st_mtime_ns)
    report = process_recording(Job((talk,), tmp_path), settings)
    assert report.verdict is Verdict.OK
    assert report.lossless is True
    assert report.output == str(tmp_path / "talk.mp4")
    assert [s.hash for s in report.streams] == hashes_of(talk) == hashes_of(tmp_path / "talk.mp4")
    assert (talk.read_bytes(), talk.stat().st_mtime_ns) == before


def test_what_the_speaker_allows_stays_in_the_report(talk: Path, tmp_path: Path, settings: Settings) -> None:
    consent = TalkConsent(record=Consent.YES, publish=Consent.NO)
    told = {"record": "yes", "stream": "unknown", "publish": "no"}
    report = process_recording(Job((talk,), tmp_path, consent=consent), settings)
    assert report.consent == consent
    written = tmp_path / "reports" / "talk.json"
    assert json.loads(written.read_bytes())["consent"] == told
    other = settings.model_copy(update={"verify": settings.verify.model_copy(update={"black_note_s": 3.5})})
    again = process_recording(Job((talk,), tmp_path), other)
    assert again.consent == consent, "who judges again need not know it"
    assert json.loads(written.read_bytes())["consent"] == told


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("talk.mkv", ()),
        ("talk.mp4", ()),
        ("talk.mov", ()),
        ("fragmented.mp4", ("-movflags", "frag_keyframe+empty_moov")),
        ("talk.ts", ()),
    ],
)
def test_every_container_becomes_a_proven_mp4(
    repack: Callable[..., Path], tmp_path: Path, settings: Settings, name: str, options: tuple[str, ...]
) -> None:
    source = repack(name, *options)
    report = process_recording(Job((source,), tmp_path), settings)
    assert (report.verdict, report.lossless) == (Verdict.OK, True)
    assert report.duration_s == pytest.approx(8.0, abs=0.1)


def test_a_codec_that_mp4_cannot_carry_makes_an_mkv_and_a_note(tmp_path: Path, settings: Settings) -> None:
    source = tmp_path / "pcm.mkv"
    ffmpeg("-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", "sine", "-t", "2", "-c:a", "pcm_s16le", source)
    report = process_recording(Job((source,), tmp_path / "out"), settings)
    assert report.output == str(tmp_path / "out" / "pcm.mkv")
    assert report.lossless is True
    assert report.verdict is Verdict.OK
    (note,) = [finding for finding in report.findings if "pcm_s16le" in finding.message]
    assert (note.code, note.severity) == (Code.NO_MP4, Severity.NOTE)
    assert not any(finding.code is Code.NOT_LOSSLESS for finding in report.findings)


def test_black_and_silence_are_found_where_they_are(tmp_path: Path, settings: Settings) -> None:
    source = tmp_path / "dark.flv"
    ffmpeg(
        *("-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", "sine=f=300:r=48000", "-t", "40"),
        *("-vf", "drawbox=enable='between(t,10,16)':color=black:t=fill"),
        *("-af", "volume=enable='between(t,20,32)':volume=0"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", source),
    )
    report = verify_recording(source, settings)
    black = next(f for f in report.findings if f.code is Code.BLACK)
    silent = next(f for f in report.findings if f.code is Code.SILENT)
    assert (black.start_s, black.end_s) == pytest.approx((10.0, 16.0), abs=0.1)
    assert (silent.start_s, silent.end_s) == pytest.approx((20.0, 32.0), abs=0.15)
    assert report.verdict is Verdict.FLAGGED
    assert list(tmp_path.iterdir()) == [source]


def test_a_cut_flv_is_salvaged_and_the_seconds_lost_are_said(
    talk: Path, tmp_path: Path, settings: Settings
) -> None:
    source = tmp_path / "cut.flv"
    source.write_bytes(talk.read_bytes()[: talk.stat().st_size // 2])
    report = process_recording(Job((source,), tmp_path / "out"), settings)
    truncated = next(f for f in report.findings if f.code is Code.TRUNCATED)
    assert truncated.evidence["lost_s"] == pytest.approx(8.0 - report.duration_s, abs=0.2)
    assert report.output is not None
    assert report.lossless is True
    assert report.verdict is Verdict.FLAGGED


def test_a_recording_shorter_than_its_session_is_flagged(talk: Path, settings: Settings) -> None:
    report = verify_recording(talk, settings, expected_s=20.0)
    assert [finding.code for finding in report.findings] == [Code.SHORT]


def test_an_existing_file_of_that_name_is_left_alone(talk: Path, tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "talk.mp4").write_bytes(b"something else")
    report = process_recording(Job((talk,), tmp_path), settings)
    assert report.output == str(tmp_path / "talk (2).mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == b"something else"


def test_segments_are_joined_without_loss_and_the_gap_is_marked(
    talk: Path, tmp_path: Path, settings: Settings
) -> None:
    second = tmp_path / "'two\n.flv"
    second.write_bytes(talk.read_bytes())
    report = process_recording(
        Job((talk, second), tmp_path / "out", name="joined", starts_s=(0.0, 10.5), expected_s=18.5), settings
    )
    gap = next(f for f in report.findings if f.code is Code.GAP)
    assert report.lossless is True
    assert report.duration_s == pytest.approx(16.0, abs=0.1)
    assert (gap.start_s, gap.evidence["gap_s"]) == (pytest.approx(8.0, abs=0.1), pytest.approx(2.5, abs=0.1))
    output = probe(tmp_path / "out" / "joined.mp4")
    assert [chapter.start_s for chapter in output.chapters] == pytest.approx([0.0, 8.0], abs=0.1)
    assert [s.hash for s in report.streams] == hashes_of(tmp_path / "out" / "joined.mp4")[:2]
    assert [s.packets for s in report.streams] == [480, 2 * report.streams[1].packets // 2]


def test_a_segment_that_was_cut_off_in_a_packet_is_joined_with_the_length_that_it_has(
    talk: Path, tmp_path: Path, settings: Settings
) -> None:
    cut = tmp_path / "cut.flv"
    content = talk.read_bytes()
    cut.write_bytes(content[: len(content) * 6 // 10])
    alone = verify_recording(cut, settings)
    job = Job((cut, talk), tmp_path / "out", name="talk", starts_s=(0.0, 20.0))
    report = process_recording(job, settings)
    assert report.lossless
    assert 3.0 < alone.duration_s < 7.0
    assert report.duration_s == pytest.approx(alone.duration_s + 8.0, abs=0.1)
    (gap,) = [finding for finding in report.findings if finding.code == "gap"]
    assert gap.start_s == pytest.approx(alone.duration_s, abs=0.05)
    assert gap.evidence["gap_s"] == pytest.approx(20.0 - alone.duration_s, abs=0.05)


def test_segments_that_do_not_fit_become_outputs_of_their_own(
    talk: Path, tmp_path: Path, settings: Settings
) -> None:
    other = tmp_path / "other.flv"
    ffmpeg("-i", talk, "-t", "2", "-vf", "scale=160:90", "-c:v", "libx264", "-c:a", "copy", other)
    report = process_recording(Job((talk, other), tmp_path / "out", name="talk"), settings)
    gap = next(f for f in report.findings if f.code is Code.GAP)
    assert report.output == str(tmp_path / "out" / "talk.mp4")
    assert gap.evidence["output"] == str(tmp_path / "out" / "talk - part 2.mp4")
    assert (tmp_path / "out" / "talk - part 2.mp4").exists()


def test_an_output_starts_with_its_index_so_that_it_plays_while_it_loads(
    talk: Path, tmp_path: Path, settings: Settings
) -> None:
    process_recording(Job((talk,), tmp_path), settings)
    content = (tmp_path / "talk.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_every_track_with_its_title_the_chapters_and_the_title_are_kept(
    talk: Path, tmp_path: Path, settings: Settings
) -> None:
    source, marks = tmp_path / "two tracks.mkv", tmp_path / "chapters.txt"
    marks.write_text(
        ";FFMETADATA1\ntitle=A talk\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=3\ntitle=Intro\n"
        "[CHAPTER]\nTIMEBASE=1/1\nSTART=3\nEND=8\ntitle=Main \\= part\n",
        encoding="utf-8",
    )
    ffmpeg(
        *("-i", talk, "-i", marks, "-map", "0", "-map", "0:a", "-map_metadata", "1", "-c", "copy"),
        *("-metadata:s:1", "title=Mixer", "-metadata:s:2", "title=Camera", "-metadata:s:2", "language=deu"),
        source,
    )
    report = process_recording(Job((source,), tmp_path / "out"), settings)
    assert report.output is not None
    output = probe(Path(report.output))
    assert [stream.kind for stream in report.streams] == ["video", "audio", "audio"]
    assert [stream.tags["handler_name"] for stream in output.streams[1:3]] == ["Mixer", "Camera"]
    assert output.streams[2].tags["language"] == "deu"
    assert [(mark.start_s, mark.title) for mark in output.chapters] == [(0.0, "Intro"), (3.0, "Main = part")]
    assert output.tags["title"] == "A talk"


@pytest.mark.parametrize("codec", ["libx265", "libsvtav1"])
def test_other_codecs_and_b_frames_in_a_transport_stream_are_proven(
    tmp_path: Path, settings: Settings, codec: str
) -> None:
    source = tmp_path / ("talk.ts" if codec == "libx265" else "talk.mkv")
    quick = ("-preset", "ultrafast", "-bf", "3") if codec == "libx265" else ("-preset", "12")
    ffmpeg(
        *(
            "-f",
            "lavfi",
            "-i",
            PICTURE,
            "-f",
            "lavfi",
            "-i",
            "sine=r=48000",
            "-t",
            "2",
            "-c:v",
            codec,
            *quick,
        ),
        *("-pix_fmt", "yuv420p", "-g", "30", "-c:a", "aac", source),
    )
    report = process_recording(Job((source,), tmp_path / "out"), settings)
    assert (report.verdict, report.lossless, report.findings) == (Verdict.OK, True, ())


def test_a_decoder_that_crashes_costs_the_look_and_not_the_copy(
    talk: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashing = tmp_path / "python"
    crashing.write_text("#!/bin/sh\nkill -SEGV $$\n", encoding="utf-8")
    crashing.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crashing))
    report = process_recording(Job((talk,), tmp_path / "out"), settings)
    assert (report.lossless, report.output) == (True, str(tmp_path / "out" / "talk.mp4"))
    assert [finding.code for finding in report.findings] == [Code.CORRUPT]
    assert "signal 11" in report.findings[0].message


def test_a_talk_in_which_the_computer_slept_is_flagged_where_it_did(
    talk: Path, tmp_path: Path, settings: Settings
) -> None:
    asleep = LiveAlarm("gap", "warning", 3.0, 3.0, "The computer slept for 40 seconds.", lacks_s=40.0)
    report = process_recording(Job((talk,), tmp_path, alarms=(asleep,)), settings)
    assert report.verdict is Verdict.FLAGGED
    (gap,) = [finding for finding in report.findings if finding.code is Code.GAP]
    assert (gap.start_s, gap.end_s, gap.evidence["gap_s"]) == (3.0, 3.0, 40.0)
    assert "slept for 40 seconds" in gap.message
