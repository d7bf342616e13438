"""Every recording of the corpus gets the verdict it deserves, with edges that are exact."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from stagebox.media.analysis import RecordingAnalysis, analyse
from stagebox.media.probe import Probe
from stagebox.model.report import Finding, Severity
from tests.media import corpus

pytestmark = pytest.mark.venue

PICTURE = ("black", "no_signal")
SILENCE_TOLERANCE_S = 0.1


def probe(path: Path) -> Probe:
    said = _ffprobe(path, "-show_format")
    facts = said["format"]
    return Probe(path, facts["format_name"], int(facts["size"]), float(facts.get("duration", 0)), ())


def first_picture_s(path: Path) -> float:
    """When the first picture is shown, from the recording's start: audio codecs may begin earlier."""
    said = _ffprobe(path, "-select_streams", "v:0", "-show_entries", "stream=start_time:format=start_time")
    return float(said["streams"][0]["start_time"]) - float(said["format"]["start_time"])


def _ffprobe(path: Path, *arguments: str) -> dict:
    command = ["ffprobe", "-v", "error", *arguments, "-of", "json", str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, timeout=30).stdout)


def checked(folder: Path, name: str) -> tuple[Path, RecordingAnalysis]:
    path = corpus.make(folder, name)
    recipe = corpus.CORPUS[name]
    return path, analyse(path, probe(path), corpus.limits(folder), camera_roles=recipe.camera, deadline_s=60)


@pytest.mark.parametrize("name", corpus.CORPUS)
def test_each_recording_gets_the_findings_it_deserves_and_no_other(corpus_folder: Path, name: str) -> None:
    recipe = corpus.CORPUS[name]
    path, seen = checked(corpus_folder, name)
    offset_s = first_picture_s(path)
    wanted = {one.code for one in recipe.expected}
    found = [one for one in seen.findings if one.severity is not Severity.NOTE or one.code in wanted]
    assert [(str(one.code), str(one.severity)) for one in found] == [
        (one.code, one.severity) for one in recipe.expected
    ]
    for one, expected in zip(found, recipe.expected, strict=True):
        if expected.start_s is not None and expected.end_s is not None:
            assert_edges(one, expected.start_s + offset_s, expected.end_s + offset_s, recipe.frame_s)


def assert_edges(found: Finding, start_s: float, end_s: float, frame_s: float) -> None:
    tolerance_s = frame_s + 0.0015 if found.code in PICTURE else SILENCE_TOLERANCE_S
    assert abs(found.start_s - start_s) <= tolerance_s, found
    assert abs(found.end_s - end_s) <= tolerance_s, found


def test_the_corpus_has_forty_recordings_and_every_code_of_picture_and_sound() -> None:
    codes = {one.code for recipe in corpus.CORPUS.values() for one in recipe.expected}
    assert len(corpus.CORPUS) >= 40
    assert codes == {
        "black", "no_signal", "frozen", "silent", "quiet", "clipping", "channel_dead", "dropouts", "no_speech"
    }  # fmt: skip


@pytest.mark.parametrize("name", ["black in one gop", "black hevc", "black svt av1", "black filler", "blue"])
def test_packet_sizes_lead_to_the_same_stretches_as_decoding_everything(
    corpus_folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stagebox.media.analysis import recording_reader
    from stagebox.media.analysis.picture_reader import PictureReader

    _, by_sizes = checked(corpus_folder, name)

    def decode_all(*arguments: object, **options: object) -> PictureReader:
        return PictureReader(*arguments, **{**options, "trust_sizes": False})  # type: ignore[arg-type]

    monkeypatch.setattr(recording_reader, "PictureReader", decode_all)
    _, in_full = checked(corpus_folder, name)
    assert in_full.frames_decoded == in_full.packets
    assert [one.to_json() for one in by_sizes.findings] == [one.to_json() for one in in_full.findings]


def test_ffmpegs_own_filters_are_wrong_where_stagebox_is_right(
    corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [
        "dark terminal",
        "dark terminal in full range",
        "dim stage",
        "blue",
        "bars",
        "black flv",
        "silent",
    ]
    lines = [f"{'recording':<30}{'blackdetect':<22}{'silencedetect':<22}stagebox"]
    wrong = set()
    for name in names:
        path, seen = checked(corpus_folder, name)
        black, silent = _plain_filters(path)
        ours = ", ".join(f"{one.code} {one.start_s:.2f}–{one.end_s:.2f}" for one in seen.findings) or "ok"
        lines.append(f"{name:<30}{_spans(black):<22}{_spans(silent):<22}{ours}")
        codes = [one.code for one in corpus.CORPUS[name].expected]
        if bool(black) != ("black" in codes) or bool(silent) != ("silent" in codes) or "no_signal" in codes:
            wrong.add(name)
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert {"dark terminal", "dark terminal in full range", "blue", "bars"} <= wrong
    assert {"black flv", "silent"}.isdisjoint(wrong)


@pytest.mark.parametrize("name", ["talk", "pink noise", "quiet", "music", "applause only"])
def test_the_loudness_is_that_of_ebur128(corpus_folder: Path, name: str) -> None:
    path, seen = checked(corpus_folder, name)
    said = corpus.run_ffmpeg("-i", str(path), "-vn", "-af", "ebur128", "-f", "null", "-")
    assert seen.loudness_lufs == pytest.approx(float(re.findall(r"I: +(-[\d.]+) LUFS", said)[-1]), abs=0.35)


def _plain_filters(path: Path) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    said = corpus.run_ffmpeg(
        "-i", str(path), "-vf", "blackdetect=d=1", "-af", "silencedetect=n=-50dB:d=4", "-f", "null", "-"
    )
    black = re.findall(r"black_start:([\d.]+) black_end:([\d.]+)", said)
    starts = re.findall(r"silence_start: ([\d.]+)", said)
    ends = re.findall(r"silence_end: ([\d.]+)", said)
    return (
        [(float(start), float(end)) for start, end in black],
        [(float(start), float(end)) for start, end in zip(starts, ends, strict=True)],
    )


def _spans(spans: list[tuple[float, float]]) -> str:
    return ", ".join(f"{start:.2f}–{end:.2f}" for start, end in spans) or "-"
