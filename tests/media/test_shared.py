"""Talks that share a recording: every packet is in one of the MP4s, and what lies at the seam in both."""

import itertools
import json
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from stagebox.media import manifest, shared, storage
from stagebox.media.job import Job, LiveAlarm
from stagebox.media.pipeline import process
from stagebox.model.pauses import EndedPause
from stagebox.model.ranges import FileRange
from stagebox.model.report import Code, Report, Severity, Verdict
from stagebox.model.settings import Settings
from tests.media import flv_maker
from tests.media.conftest import ffmpeg


@pytest.fixture(scope="module", params=["no B-frames", "B-frames"])
def recording(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds as OBS writes them, with a keyframe every second, or every 2.7 seconds."""
    frames = ("-bf", "0") if request.param == "no B-frames" else ("-bf", "3", "-g", "40")
    path = tmp_path_factory.mktemp("shared") / "2026 Hall First.flv"
    return flv_maker.record(path, 12.0, options=("-preset", "veryfast", *frames))


@dataclass(frozen=True)
class Packets:
    """A file's packets by stream: the hash of each, in order."""

    video: tuple[str, ...]
    audio: tuple[str, ...]


def packets(path: Path) -> Packets:
    told = subprocess.run(
        [
            *("ffprobe", "-v", "error", "-show_packets", "-show_data_hash", "md5", "-of", "json"),
            *("-show_entries", "packet=codec_type,data_hash", f"file:{path}"),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout
    found: dict[str, list[str]] = {"video": [], "audio": []}
    for one in json.loads(told)["packets"]:
        found[one["codec_type"]].append(one["data_hash"])
    return Packets(tuple(found["video"]), tuple(found["audio"]))


def talks(
    source: Path, out: Path, settings: Settings, marks: Sequence[float], **more: object
) -> list[Report]:
    """The reports on the talks between these marks."""
    edges = [None, *marks, None]
    reports = []
    for number, (from_s, to_s) in enumerate(itertools.pairwise(edges), 1):
        job = Job(
            sources=(source,),
            out=out,
            name=f"Talk {number}",
            ranges=(FileRange(from_s=from_s, to_s=to_s),),
            **more,  # type: ignore[arg-type]
        )
        reports.append(process(job, settings).report)
    return reports


def covered(whole: Sequence[str], parts: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Where each part lies in the whole; they meet or overlap, and together are all of it."""
    found, end = [], 0
    for part in parts:
        places = [n for n in range(len(whole)) if tuple(whole[n : n + len(part)]) == tuple(part)]
        assert part, "an output holds nothing"
        assert places, "an output holds what the recording does not"
        start = max((place for place in places if place <= end), default=places[0])
        assert start <= end, "packets lack between two outputs"
        found.append((start, start + len(part)))
        end = start + len(part)
    assert found[0][0] == 0
    assert end == len(whole), "the end lacks"
    return found


def check(source: Path, reports: Sequence[Report]) -> list[tuple[int, int]]:
    """Every packet of the recording is in one of the outputs; where the pictures of each lie."""
    for report in reports:
        assert report.lossless, report.findings
        assert report.output is not None
    whole, made = packets(source), [packets(Path(one.output or "")) for one in reports]
    covered(whole.audio, [one.audio for one in made])
    return covered(whole.video, [one.video for one in made])


def shared_of(report: Report) -> list[str]:
    return [str(one.message) for one in report.findings if one.code is Code.SHARED]


def test_every_packet_is_in_one_of_two_outputs_and_the_seam_in_both(
    recording: Path, tmp_path: Path, settings: Settings
) -> None:
    before = recording.read_bytes()
    reports = talks(recording, tmp_path / "out", settings, [6.3])
    first, second = check(recording, reports)
    assert first[1] > second[0], "the pictures around the mark are not in both"
    assert recording.read_bytes() == before
    for report in reports:
        assert (report.verdict, report.source) == (Verdict.OK, str(recording))
        assert len(shared_of(report)) == 1
    evidence = next(one.evidence for one in reports[1].findings if one.code is Code.SHARED)
    assert (evidence["source"], evidence["from_s"], evidence["to_s"]) == (str(recording), 6.3, None)
    assert list((tmp_path / "out" / storage.HIDDEN).glob("*.part")) == []


@pytest.mark.parametrize(
    "marks", [[0.0], [4.0], [12.5], [40.0], [3.1, 7.7], [5.2, 5.2], [5.2, 5.3], [0.0, 0.0, 30.0, 30.0]]
)
def test_marks_anywhere_lose_nothing(
    recording: Path, tmp_path: Path, settings: Settings, marks: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "STILL_S", 0.0)
    reports = talks(recording, tmp_path / "out", settings, marks)
    check(recording, reports)
    names = {one.output for one in reports}
    assert len(names) == len(marks) + 1
    if marks[-1] > 12.0:
        assert any("could not be cut exactly" in one for one in shared_of(reports[-2]))


def test_what_is_known_of_the_talk_is_told_from_where_its_part_begins(
    recording: Path, tmp_path: Path, settings: Settings
) -> None:
    alarm = LiveAlarm(code="quiet", level="warning", start_s=2.0, end_s=3.0, text="It was quiet.")
    job = Job(
        sources=(recording,),
        out=tmp_path / "out",
        name="Second",
        ranges=(FileRange(from_s=6.3),),
        expected_s=5.7,
        pauses=(EndedPause(at_s=1.0, started_utc=0.0, length_s=4.0),),
        alarms=(alarm,),
    )
    report = process(job, settings).report
    part = next(one.evidence for one in report.findings if one.code is Code.SHARED)
    lead_s = part["lead_s"]
    assert 0.0 <= lead_s < 3.0
    assert report.duration_s == pytest.approx(5.7 + lead_s, abs=0.15)
    paused = next(one for one in report.findings if one.code is Code.PAUSED)
    assert paused.start_s == pytest.approx(1.0 + lead_s)
    assert not [one for one in report.findings if one.code in (Code.SHORT, Code.TRUNCATED, Code.WRONG_LENGTH)]


def test_the_first_talk_is_made_while_the_recording_grows_and_waits_for_its_last_pictures(
    recording: Path, tmp_path: Path, settings: Settings
) -> None:
    data = recording.read_bytes()
    growing = tmp_path / "growing.flv"
    growing.write_bytes(data[: len(data) // 3])
    done: list[Report] = []

    def make() -> None:
        job = Job(
            sources=(growing,),
            out=tmp_path / "out",
            name="First",
            ranges=(FileRange(to_s=6.3),),
            expected_s=6.3,
        )
        done.append(process(job, settings).report)

    with growing.open("ab") as file:
        worker = threading.Thread(target=make)
        worker.start()
        time.sleep(1.0)
        assert not done, "it did not wait"
        file.write(data[len(data) // 3 : len(data) * 4 // 5])
        file.flush()
        worker.join(60.0)
        assert done[0].verdict is Verdict.OK, done[0].findings
        file.write(data[len(data) * 4 // 5 :])
    job = Job(sources=(growing,), out=tmp_path / "out", name="Second", ranges=(FileRange(from_s=6.3),))
    check(growing, [*done, process(job, settings).report])
    again = Job(
        sources=(growing,), out=tmp_path / "out", name="First", ranges=(FileRange(to_s=6.3),), expected_s=6.3
    )
    assert process(again, settings).skipped, "the file only grew behind the talk's part"


def test_a_recording_that_ends_before_the_mark_is_taken_as_it_is(
    recording: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "WAIT_S", 0.5)
    monkeypatch.setattr(shared, "STILL_S", 0.2)
    data = recording.read_bytes()
    killed = tmp_path / "killed.flv"
    killed.write_bytes(data[: len(data) // 2])
    job = Job(
        sources=(killed,), out=tmp_path / "out", name="First", ranges=(FileRange(to_s=9.0),), expected_s=9.0
    )
    report = process(job, settings).report
    assert report.lossless
    codes = {one.code for one in report.findings if one.severity is not Severity.NOTE}
    assert codes == {Code.SHORT, Code.TRUNCATED}


def test_a_damaged_recording_loses_no_more_in_two_talks_than_in_one(
    recording: Path, tmp_path: Path, settings: Settings
) -> None:
    data = bytearray(recording.read_bytes())
    for at in (len(data) // 4, len(data) * 3 // 4):
        data[at : at + 6000] = bytes(6000)
    hurt = tmp_path / "hurt.flv"
    hurt.write_bytes(data)
    whole = process(Job(sources=(hurt,), out=tmp_path / "whole", name="Whole"), settings).report
    reports = talks(hurt, tmp_path / "out", settings, [6.3])
    for report in reports:
        assert report.lossless
        assert Code.CORRUPT in {one.code for one in report.findings}
    kept, made = packets(Path(whole.output or "")), [packets(Path(one.output or "")) for one in reports]
    covered(kept.video, [one.video for one in made])
    covered(kept.audio, [one.audio for one in made])


def test_the_second_talk_is_told_that_its_recording_was_never_closed(
    recording: Path, tmp_path: Path, settings: Settings
) -> None:
    data = recording.read_bytes()
    place = data.index(b"\0\x08duration\0") + 11
    killed = tmp_path / "killed.flv"
    killed.write_bytes(data[:place] + bytes(8) + data[place + 8 :])
    first, second = talks(killed, tmp_path / "out", settings, [6.3])
    assert Code.TRUNCATED not in {one.code for one in first.findings}
    assert Code.TRUNCATED in {one.code for one in second.findings}


def test_a_talk_goes_on_in_another_file_after_its_part_of_the_first(
    recording: Path, tmp_path: Path, settings: Settings
) -> None:
    more = flv_maker.record(tmp_path / "more.flv", 4.0, options=("-preset", "veryfast", "-bf", "0"))
    same = tmp_path / "same.flv"
    same.write_bytes(recording.read_bytes())
    job = Job(
        sources=(recording, same),
        out=tmp_path / "out",
        name="Second",
        ranges=(FileRange(from_s=6.3), FileRange()),
        starts_s=(0.0, 8.0),
        expected_s=20.0,
    )
    report = process(job, settings).report
    assert report.lossless, report.findings
    gap = next(one for one in report.findings if one.code is Code.GAP)
    part = next(one.evidence for one in report.findings if one.code is Code.SHARED)
    assert gap.start_s == pytest.approx(part["length_s"], abs=0.1)
    assert gap.evidence["gap_s"] == pytest.approx(8.0 - 5.7, abs=0.15)
    assert more.exists()


def test_what_is_no_flv_is_taken_whole_and_that_is_said(
    recording: Path, tmp_path: Path, settings: Settings
) -> None:
    other = tmp_path / "other.mkv"
    ffmpeg("-i", recording, "-map", "0", "-c", "copy", other)
    reports = talks(other, tmp_path / "out", settings, [6.3])
    for report in reports:
        assert report.verdict is Verdict.FLAGGED
        assert report.duration_s == pytest.approx(12.0, abs=0.2)
        assert any("cannot be cut" in one for one in shared_of(report))


def test_each_talk_has_an_entry_of_its_own_that_says_which_part_it_has(
    recording: Path, tmp_path: Path, settings: Settings
) -> None:
    talks(recording, tmp_path / "out", settings, [6.3])
    entries = manifest.entries(tmp_path / "out" / storage.HIDDEN)
    assert [one.ranges for one in entries] == [(FileRange(to_s=6.3),), (FileRange(from_s=6.3),)]
    assert entries[1].parts[0].first_byte < entries[0].parts[0].end_byte
