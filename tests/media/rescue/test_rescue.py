"""The rescue output of real files: the picture untouched, the backup's sound where it belongs."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from stagebox.media.job import Job, LiveAlarm
from stagebox.media.pipeline import process
from stagebox.media.release import inspection
from stagebox.media.rescue import align, sound_files
from stagebox.media.rescue.align import Sound
from stagebox.media.runner import INPUT_OPTIONS
from stagebox.model.ranges import FileRange
from stagebox.model.report import Report
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg, hashes_of
from tests.media.rescue.test_align import heard_by_another, talk

pytestmark = pytest.mark.venue

STARTED_UTC = 1_800_000_000.0
SESSION_S = 24.0
CUTS_S = ((0.0, 9.0), (11.4, 24.0))
BACKUP_FROM_S = -1.3
PPM = 150.0
PRIMING_S = 1024 / 48_000
"""ffmpeg's FLV begins with the AAC encoder's run-up: by this, all in it is later than what was put in."""
NAME = "20270115T080000Z_Main-room"


@pytest.fixture(scope="module")
def sound() -> Sound:
    return talk(21, SESSION_S)


def segment(folder: Path, name: str, sound: Sound, from_s: float, to_s: float, *, mute: bool = False) -> Path:
    """One file as OBS writes it: a picture, and this part of the sound."""
    part = sound[round(from_s * align.RATE_HZ) : round(to_s * align.RATE_HZ)] * (0.0 if mute else 1.0)
    wav, path = folder / f"{name}.wav", folder / f"{name}.flv"
    soundfile.write(wav, part, align.RATE_HZ)
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30", "-i", wav, "-t", f"{to_s - from_s:.3f}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", "-aac_coder", "fast", "-b:a", "160k", "-ar", "48000", "-ac", "2", path),
    )
    wav.unlink()
    return path


def backup(folder: Path, sound: Sound, to_s: float = SESSION_S, *, clock_wrong_s: float = 0.2) -> Path:
    """The backup recorder's backup of the session and its diary; its clock is a little wrong, as clocks
    are."""
    taken = 0.6 * heard_by_another(sound[: round(to_s * align.RATE_HZ)], BACKUP_FROM_S, ppm=PPM)
    path = folder / "backup" / f"{NAME}.flac"
    path.parent.mkdir(exist_ok=True)
    soundfile.write(path, np.clip(taken, -1, 1), align.RATE_HZ, subtype="PCM_16")
    began = STARTED_UTC + BACKUP_FROM_S + clock_wrong_s
    diary: dict[str, Any] = {
        "schema": "stagebox.backup/1", "file": path.name, "device": "room", "rate_hz": align.RATE_HZ,
        "channels": 1, "latency_s": 0.0, "clock": "boot", "started_monotonic_s": 100.0,
        "started_utc_s": began, "marks": [], "gaps": [], "gaps_left_out": 0, "frames": len(taken),
        "closed": True,
    }  # fmt: skip
    path.with_name(path.name + ".json").write_text(json.dumps(diary))
    return path


def two_segments(folder: Path, sound: Sound) -> Job:
    """A talk in two segments, with a gap of 2.4 s, and its backup."""
    recordings = folder / "recordings"
    recordings.mkdir()
    sources = tuple(
        segment(recordings, NAME if not number else f"{NAME}-part-2", sound, *cut)
        for number, cut in enumerate(CUTS_S)
    )
    backup(recordings, sound)
    starts_s = tuple(cut[0] for cut in CUTS_S)
    return Job(sources, folder / "talks", name=NAME, starts_s=starts_s, started_utc=STARTED_UTC)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory, sound: Sound) -> Job:
    """A talk that nobody has processed, and nobody shall."""
    return two_segments(tmp_path_factory.mktemp("pristine"), sound)


@pytest.fixture
def job(tmp_path: Path, pristine: Job) -> Job:
    """A talk of a test's own."""
    before = pristine.out.parent
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    sources = tuple(tmp_path / source.relative_to(before) for source in pristine.sources)
    return replace(pristine, sources=sources, out=tmp_path / pristine.out.name)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, sound: Sound) -> tuple[Job, Report]:
    """The talk of two segments, processed."""
    talk_of_two = two_segments(tmp_path_factory.mktemp("two"), sound)
    return talk_of_two, process(talk_of_two, Settings()).report


def heard_in(path: Path) -> Sound:
    return sound_files.listen(path, INPUT_OPTIONS, deadline_s=60.0).sound()


def chapters_in(path: Path) -> list[tuple[float, str]]:
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)],
        check=True, capture_output=True, timeout=30,
    ).stdout  # fmt: skip
    return [(float(one["start_time"]), one["tags"]["title"]) for one in json.loads(told)["chapters"]]


def test_the_sound_of_the_gap_is_in_the_rescue_and_lies_within_20_ms_everywhere(
    made: tuple[Job, Report], sound: Sound
) -> None:
    job, report = made
    rescue = report.rescue
    assert rescue is not None
    assert rescue.output == str(job.out / f"{NAME} (rescue sound).mp4")
    assert rescue.method == "correlation"
    assert rescue.offset_s == pytest.approx(BACKUP_FROM_S + PRIMING_S, abs=0.005)
    assert rescue.residual_s is not None
    assert rescue.residual_s <= 0.01
    assert rescue.gained_s == pytest.approx(2.4, abs=0.1)
    assert rescue.lost_s < 0.02
    assert rescue.picture_stands_s == pytest.approx(2.4, abs=0.1)
    mixed = heard_in(Path(rescue.output))
    found = align.lags(sound, mixed, 0.0, windows=20)
    assert len(found) >= 8
    assert max(abs(lag.own_s + PRIMING_S - lag.backup_s) for lag in found) <= 0.01
    inside = [lag for lag in found if 8.0 < lag.own_s < 12.4]
    assert inside, "no window lies in the gap"


def test_the_picture_of_the_rescue_is_the_recordings_packet_for_packet(made: tuple[Job, Report]) -> None:
    _, report = made
    assert report.output is not None
    assert report.rescue is not None
    assert report.rescue.output is not None
    assert report.rescue.picture_lossless
    assert hashes_of(Path(report.rescue.output))[0] == hashes_of(Path(report.output))[0]


def test_both_outputs_carry_the_gap_as_a_chapter(made: tuple[Job, Report]) -> None:
    _, report = made
    assert report.rescue is not None
    marks = chapters_in(Path(str(report.rescue.output)))
    assert [title for _, title in marks] == [
        "Segment 1",
        "Gap of 2.4 s: the picture is frozen",
        "Segment 2",
    ]
    assert [at_s for at_s, _ in marks] == pytest.approx([0.0, 9.0, 11.4], abs=0.06)
    joined = chapters_in(Path(str(report.output)))
    assert [at_s for at_s, _ in joined] == pytest.approx([0.0, 9.0], abs=0.06)
    assert "gap" in joined[1][1]
    assert [finding.code for finding in report.findings if finding.code == "gap"] == ["gap"]


def test_the_report_tells_of_the_rescue_and_a_second_run_does_nothing_until_it_is_gone(
    job: Job, settings: Settings
) -> None:
    first = process(job, settings)
    assert first.report_path is not None
    told = json.loads(first.report_path.read_text())
    assert told["schema"] == "stagebox.report/1"
    rescue = job.out / f"{NAME} (rescue sound).mp4"
    assert told["rescue"]["output"] == str(rescue)
    again = process(job, settings)
    assert again.skipped
    assert again.report.to_json() == told
    assert sorted(job.out.glob("*.mp4")) == [rescue, job.out / f"{NAME}.mp4"]
    stricter = settings.verify.model_copy(update={"silence_warning_s": 9.0})
    told_again = settings.model_copy(update={"verify": stricter})
    written = rescue.stat().st_mtime_ns
    assert not process(job, told_again).skipped
    assert sorted(job.out.glob("*.mp4")) == [rescue, job.out / f"{NAME}.mp4"]
    assert rescue.stat().st_mtime_ns == written, "judged again, it is not made again"
    rescue.unlink()
    (one,) = [one for one in inspection.groups(job.sources[0].parent, [job.out]) if one.known is not None]
    assert one.why is not None
    assert one.why.code == "rescue_gone"
    anew = process(job, settings)
    assert not anew.skipped
    assert rescue.exists(), anew.report.rescue


def test_the_backup_of_another_talk_is_not_used(job: Job, settings: Settings) -> None:
    backup(job.sources[0].parent, talk(22, SESSION_S))
    report = process(job, settings).report
    assert report.output is not None
    assert report.rescue is not None
    assert report.rescue.output is None
    assert "another sound" in report.rescue.why_not
    assert [path.name for path in job.out.glob("*.mp4")] == [f"{NAME}.mp4"]


def test_a_whole_recording_gets_no_rescue(tmp_path: Path, sound: Sound, settings: Settings) -> None:
    source = segment(tmp_path, NAME, sound, 0.0, 8.0)
    backup(tmp_path, sound, 8.0)
    report = process(Job((source,), tmp_path / "talks", name=NAME), settings).report
    assert report.verdict == "ok"
    assert report.rescue is None
    assert "rescue" not in report.to_json()


def test_a_muted_talk_gets_its_sound_back_by_the_clocks(
    tmp_path: Path, sound: Sound, settings: Settings
) -> None:
    source = segment(tmp_path, NAME, sound, 0.0, 12.0, mute=True)
    backup(tmp_path, sound, 12.0, clock_wrong_s=0.0)
    job = Job((source,), tmp_path / "talks", name=NAME, started_utc=STARTED_UTC)
    rescue = process(job, settings).report.rescue
    assert rescue is not None
    assert rescue.output is not None
    assert rescue.method == "clock"
    assert rescue.residual_s is None
    found = align.align(sound, heard_in(Path(rescue.output)), 0.0)
    assert found is not None
    assert found.offset_s == pytest.approx(0.0, abs=0.02)


def test_a_talk_with_a_part_of_a_recording_gets_its_sound_back_where_that_part_begins(
    tmp_path: Path, sound: Sound, settings: Settings
) -> None:
    source = segment(tmp_path, NAME, sound, 0.0, 20.0, mute=True)
    backup(tmp_path, sound, 20.0, clock_wrong_s=0.0)
    part = FileRange(from_s=9.5)
    started_utc = STARTED_UTC + 9.5
    job = Job((source,), tmp_path / "talks", name=NAME, started_utc=started_utc, ranges=(part,))
    rescue = process(job, settings).report.rescue
    assert rescue is not None
    assert rescue.output is not None
    # The keyframe before the mark is that of second 8.
    found = align.align(sound[8 * align.RATE_HZ :], heard_in(Path(rescue.output)), 0.0)
    assert found is not None
    assert found.offset_s == pytest.approx(0.0, abs=0.05)


def test_a_silence_in_the_room_is_no_reason_for_a_rescue(
    tmp_path: Path, sound: Sound, settings: Settings
) -> None:
    quiet = sound.copy()
    quiet[3 * align.RATE_HZ : 16 * align.RATE_HZ] = 0.0
    source = segment(tmp_path, NAME, quiet, 0.0, 20.0)
    backup(tmp_path, quiet, 20.0)
    job = Job((source,), tmp_path / "talks", name=NAME, started_utc=STARTED_UTC)
    report = process(job, settings).report
    assert "silent" in [finding.code for finding in report.findings]
    assert report.rescue is not None
    assert report.rescue.output is None
    assert "lacks" in report.rescue.why_not


def test_an_alarm_alone_is_a_reason_when_the_sound_was_away_for_a_moment(
    tmp_path: Path, sound: Sound, settings: Settings
) -> None:
    torn = sound.copy()
    torn[5 * align.RATE_HZ : 9 * align.RATE_HZ] = 0.0
    source = segment(tmp_path, NAME, torn, 0.0, 20.0)
    backup(tmp_path, sound, 20.0)
    alarm = LiveAlarm("muted", "critical", 5.0, 9.0)
    job = Job((source,), tmp_path / "talks", name=NAME, started_utc=STARTED_UTC, alarms=(alarm,))
    rescue = process(job, settings).report.rescue
    assert rescue is not None
    assert rescue.output is not None
    assert rescue.reasons == ("muted",)
    assert rescue.gained_s > 1.0


def in_two(whole: Path, away_s: tuple[float, float]) -> None:
    """Leave of a backup what it was before and after the session's `away_s`, as two backups."""
    diary = json.loads(whole.with_name(whole.name + ".json").read_text())
    samples, rate_hz = soundfile.read(whole, dtype="float32")
    cut = [round((at_s - BACKUP_FROM_S) * rate_hz) for at_s in away_s]
    soundfile.write(whole, samples[: cut[0]], rate_hz, subtype="PCM_16")
    second = whole.with_name(f"{NAME}-part-2.flac")
    soundfile.write(second, samples[cut[1] :], rate_hz, subtype="PCM_16")
    later_s = cut[1] / rate_hz
    diary |= {
        "started_monotonic_s": diary["started_monotonic_s"] + later_s,
        "started_utc_s": diary["started_utc_s"] + later_s,
    }
    second.with_name(second.name + ".json").write_text(json.dumps(diary))


def test_a_backup_in_two_parts_is_filled_up_with_the_recordings_own_sound(
    job: Job, sound: Sound, settings: Settings
) -> None:
    in_two(backup(job.sources[0].parent, sound), (14.0, 16.0))
    rescue = process(job, settings).report.rescue
    assert rescue is not None
    assert rescue.output is not None
    assert len(rescue.backups) == 2
    assert rescue.lost_s < 0.02
    found = align.lags(sound, heard_in(Path(rescue.output)), 0.0, windows=30)
    assert max(abs(lag.own_s + PRIMING_S - lag.backup_s) for lag in found) <= 0.01
    assert [lag for lag in found if 13.5 < lag.own_s < 16.5]


def test_a_segment_that_ends_in_half_a_packet_keeps_its_place_on_the_clock(
    job: Job, sound: Sound, settings: Settings
) -> None:
    # The backup was begun anew in the gap too: only the clocks tell how long it was.
    in_two(backup(job.sources[0].parent, sound), (10.9, 11.2))
    job.sources[0].write_bytes(job.sources[0].read_bytes()[:-700])
    report = process(job, settings).report
    assert "truncated" in [finding.code for finding in report.findings]
    assert report.rescue is not None
    assert report.rescue.output is not None
    assert report.rescue.picture_stands_s == pytest.approx(2.4, abs=0.5)
