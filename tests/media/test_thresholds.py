"""Each finding, by a file just below its threshold and one just above; the page tells these thresholds.

The files are made here. What is seen and heard is judged by limits that keep them short.
"""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from stagebox.media import thresholds, viewer
from stagebox.media.analysis import RecordingAnalysis, analyse
from stagebox.media.analysis.frame_classifier import FrameKind
from stagebox.media.analysis.picture_findings import PictureStretch, VideoTrackFacts, picture_findings
from stagebox.media.analysis.picture_parts import PartFault, PartStretch
from stagebox.media.findings import figure, filled, settings_of, table
from stagebox.media.job import Job
from stagebox.media.pipeline import process, verify_recording
from stagebox.media.probe import probe
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import Settings, VerifySettings
from tests.media import sounds
from tests.media.conftest import ffmpeg

pytestmark = [pytest.mark.venue, pytest.mark.timeout(120)]

RATE_HZ = sounds.RATE_HZ
LIMITS = VerifySettings(
    black_warning_s=3.0,
    black_warning_share=0.9,
    camera_all_along=True,
    frozen_warning_s=3.0,
    silence_warning_s=4.0,
    channel_dead_warning_s=6.0,
    no_speech_min_s=12.0,
    no_speech_share=0.5,
)
FPS = 10
ROOM = 0.0005
"""The noise of a room, in parts of full scale."""

Stereo = NDArray[np.float64]


def severities(found: tuple[Finding, ...], code: Code) -> set[Severity]:
    return {one.severity for one in found if one.code is code}


# --- what is seen -------------------------------------------------------------------------------------


def seen(folder: Path, inserted: str, pictures: int) -> Path:
    """A film of six seconds at ten pictures a second with so many of them of another kind in it."""
    path = folder / "seen.mkv"
    moving = f"testsrc2=s=320x180:r={FPS},noise=alls=20:allf=t"
    ffmpeg(
        *("-f", "lavfi", "-i", f"{moving},trim=end_frame=30"),
        *("-f", "lavfi", "-i", f"{inserted},trim=end_frame={pictures}"),
        *("-f", "lavfi", "-i", f"{moving},trim=end_frame=30"),
        *("-lavfi", "[0][1][2]concat=n=3,format=yuv420p"),
        # Always the same quality: a still picture is not refined, so that nothing is sent for it.
        *("-c:v", "libx264", "-preset", "ultrafast", "-qp", "23", "-g", "250", "-bf", "0", path),
    )
    return path


@pytest.mark.parametrize(
    ("code", "inserted", "name", "severity"),
    [
        (Code.BLACK, "color=black", "black_note_s", Severity.NOTE),
        (Code.BLACK, "color=black", "black_warning_s", Severity.WARNING),
        (Code.NO_SIGNAL, "color=blue", "no_signal_note_s", Severity.NOTE),
        (
            Code.FROZEN,
            f"testsrc2=s=320x180:r={FPS},trim=end_frame=1,loop=-1:1,setpts=N/{FPS}/TB",
            "frozen_warning_s",
            Severity.WARNING,
        ),
    ],
    ids=lambda one: one if isinstance(one, str) and one.endswith("_s") else "",
)
def test_a_picture_is_told_when_it_lasts_as_long_as_the_settings_say(
    tmp_path: Path, code: Code, inserted: str, name: str, severity: Severity
) -> None:
    if inserted.startswith("color"):
        inserted += f":s=320x180:r={FPS}"
    limits = LIMITS.model_copy(update={"no_signal_warning_share": 0.9})
    pictures = round(getattr(limits, name) * FPS)
    found = {}
    for count in (pictures - 1, pictures + 1):
        path = seen(tmp_path, inserted, count)
        analysis = analyse(path, probe(path), limits, camera_roles=True, deadline_s=60)
        found[count] = severities(analysis.findings, code)
    assert severity not in found[pictures - 1]
    assert found[pictures + 1] == {severity}


# Starts and lengths of black spells: a little less than it takes, and a little more.
OFTEN: dict[str, tuple[list[tuple[float, float]], list[tuple[float, float]]]] = {
    "FLICKER_S": (
        [(2.0 * number, thresholds.FLICKER_S - 0.02) for number in range(400)],
        [(1.0 * number, thresholds.FLICKER_S + 0.02) for number in range(400)],
    ),
    "OFTEN_COUNT": (
        [(9.0 * number, 4.0) for number in range(thresholds.OFTEN_COUNT - 1)],
        [(9.0 * number, 4.0) for number in range(thresholds.OFTEN_COUNT)],
    ),
    "OFTEN_SHORT_SHARE": (
        [
            (7.0 * number, thresholds.OFTEN_SHORT_S * thresholds.OFTEN_SHORT_SHARE / 4 - 0.1)
            for number in range(4)
        ],
        [
            (7.0 * number, thresholds.OFTEN_SHORT_S * thresholds.OFTEN_SHORT_SHARE / 4 + 0.1)
            for number in range(4)
        ],
    ),
    "OFTEN_SHORT_S": (
        [(thresholds.OFTEN_SHORT_S / 2 * number + 0.1 * number, 2.5) for number in range(3)],
        [(thresholds.OFTEN_SHORT_S / 2 * number - 0.1 * number, 2.5) for number in range(3)],
    ),
    "OFTEN_LONG_SHARE": (
        [
            (40.0 * number, thresholds.OFTEN_LONG_S * thresholds.OFTEN_LONG_SHARE / 15 - 0.1)
            for number in range(15)
        ],
        [
            (40.0 * number, thresholds.OFTEN_LONG_S * thresholds.OFTEN_LONG_SHARE / 15 + 0.1)
            for number in range(15)
        ],
    ),
    "OFTEN_LONG_S": (
        [(thresholds.OFTEN_LONG_S / 4 * number + number, 6.1) for number in range(5)],
        [(thresholds.OFTEN_LONG_S / 4 * number - number, 6.1) for number in range(5)],
    ),
}


@pytest.mark.parametrize("name", OFTEN)
def test_short_troubles_count_together_from_the_thresholds_of_the_page(name: str) -> None:
    told = []
    for spells in OFTEN[name]:
        blacks = tuple(PictureStretch(at_s, at_s + length_s, FrameKind.BLACK) for at_s, length_s in spells)
        found = picture_findings(VideoTrackFacts(36_000.0, blacks), VerifySettings(), camera=False)
        told.append(any("times" in one.evidence for one in found))
    assert told == [False, True]
    assert figure(name, getattr(thresholds, name)) in filled(table()[Code.BLACK], VerifySettings()).raised


def test_a_part_that_stops_is_told_from_the_threshold_of_the_page() -> None:
    told = []
    for length_s in (thresholds.STOPPED_S - 0.1, thresholds.STOPPED_S + 0.1):
        part = PartStretch(100.0, 100.0 + length_s, PartFault.FROZEN, (0.7, 0.6, 0.2, 0.2))
        found = picture_findings(VideoTrackFacts(600.0, parts=(part,)), VerifySettings(), camera=False)
        told.append([one.code for one in found])
    assert told == [[], [Code.FROZEN]]
    raised = filled(table()[Code.FROZEN], VerifySettings()).raised
    assert figure("STOPPED_S", thresholds.STOPPED_S) in raised


# --- what is heard ------------------------------------------------------------------------------------


def tone(seconds: float, level_dbfs: float = -14.0) -> Stereo:
    wave = 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * 997 * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    return np.stack([wave, wave])


def none_for(seconds: float) -> Stereo:
    return np.concatenate([tone(4), np.zeros((2, round(seconds * RATE_HZ))), tone(5)], axis=1)


def clipped(count: int) -> Stereo:
    samples = tone(12)
    for number in range(count):
        at = round((1.0 + 0.4 * number) * RATE_HZ)
        samples[:, at : at + 12] = 1.0
    return samples


def right_is_dead_for(seconds: int) -> Stereo:
    samples = tone(14)
    samples[1, 2 * RATE_HZ : (2 + seconds) * RATE_HZ] = 0.0
    return samples


def choppy(gaps: int) -> Stereo:
    """Words of 0.6 s with pauses in which the room is heard, and a gap in so many of the words."""
    chance = np.random.default_rng(1)
    noise = ROOM * chance.standard_normal(12 * RATE_HZ)
    words = tone(12)[0] * (np.arange(12 * RATE_HZ) / RATE_HZ % 0.75 < 0.6)
    samples = words + noise
    for number in range(gaps):
        at = round((0.3 + 0.75 * number) * RATE_HZ)
        samples[at : at + RATE_HZ // 20] = 0.0
    return np.stack([samples, samples])


def speech_in(parts: int) -> Stereo:
    """Twenty seconds of hum, with somebody speaking in so many of the ten parts of two seconds."""
    return _speech(parts, 20)


def hum_for(seconds: int) -> Stereo:
    return _speech(0, seconds)


def _speech(parts: int, seconds: int) -> Stereo:
    time_s = np.arange(seconds * RATE_HZ) / RATE_HZ
    samples = 0.08 * sum(np.sin(2 * np.pi * 50 * n * time_s) / n for n in (1, 2, 3, 5))
    spoken = parts * 2 * RATE_HZ
    samples[:spoken] = VOICE[:spoken]
    return np.stack([samples, samples])


VOICE: NDArray[np.float64]


@pytest.fixture(scope="module", autouse=True)
def voice(tmp_path_factory: pytest.TempPathFactory) -> None:
    global VOICE
    VOICE = sounds.voice(tmp_path_factory.mktemp("voice"), "speech", 20.0)


HEARD: dict[str, tuple[Code, Callable[..., Stereo], float, float]] = {
    # Each with what is fine and what is not, a step apart.
    "silence_warning_s": (
        Code.SILENT, none_for, LIMITS.silence_warning_s - 0.1, LIMITS.silence_warning_s + 0.1
    ),
    "silence_dbfs": (
        Code.SILENT,
        lambda level: np.concatenate([tone(6), tone(5, level), tone(6)], axis=1),
        # A sine's level is 3 dB below its peaks.
        LIMITS.silence_dbfs + 3.5,
        LIMITS.silence_dbfs + 2.5,
    ),
    "quiet_lufs": (
        Code.QUIET, lambda level: tone(5, level), LIMITS.quiet_lufs + 0.5, LIMITS.quiet_lufs - 0.5
    ),
    "clipping_warning_count": (
        Code.CLIPPING, clipped, LIMITS.clipping_warning_count - 1, LIMITS.clipping_warning_count
    ),
    "channel_dead_warning_s": (
        Code.CHANNEL_DEAD, right_is_dead_for, LIMITS.channel_dead_warning_s - 1, LIMITS.channel_dead_warning_s
    ),
    "dropouts_warning_count": (
        Code.DROPOUTS, choppy, LIMITS.dropouts_warning_count - 1, LIMITS.dropouts_warning_count
    ),
    "no_speech_share": (Code.NO_SPEECH, speech_in, 6, 4),
    "no_speech_min_s": (Code.NO_SPEECH, hum_for, LIMITS.no_speech_min_s - 1, LIMITS.no_speech_min_s + 1),
}  # fmt: skip


@pytest.mark.parametrize("name", HEARD)
def test_a_sound_is_told_when_it_passes_the_limit_of_the_settings(tmp_path: Path, name: str) -> None:
    code, make, fine, wrong = HEARD[name]
    whole = name.endswith("_count") or code in (Code.CHANNEL_DEAD, Code.NO_SPEECH)
    found = []
    for value in (fine, wrong):
        wav, path = tmp_path / "heard.wav", tmp_path / "heard.mkv"
        sounds.write_stereo(wav, make(int(value) if whole else value))
        ffmpeg("-i", wav, "-c:a", "pcm_s16le", path)
        analysis = analyse(path, probe(path), LIMITS, deadline_s=60)
        found.append(code in {one.code for one in analysis.findings})
    assert found == [False, True]
    assert name in settings_of(table()[code])


def turned_over_for(seconds: int) -> Stereo:
    samples = tone(30)
    samples[1, 5 * RATE_HZ : (5 + seconds) * RATE_HZ] *= -1
    return samples


def right_is_noise_for(seconds: int) -> Stereo:
    samples = np.stack([VOICE, VOICE])
    part = slice(4 * RATE_HZ, (4 + seconds) * RATE_HZ)
    samples[1, part] = 0.005 * np.random.default_rng(2).standard_normal(seconds * RATE_HZ)
    return samples


SIDES: dict[str, tuple[Code, Callable[[int], Stereo], int, int]] = {
    "OUT_OF_PHASE_S": (Code.OUT_OF_PHASE, turned_over_for, 9, 11),
    "channel_dead_warning_s": (Code.CHANNEL_NOISE, right_is_noise_for, 4, 9),
}


@pytest.mark.parametrize("name", SIDES)
def test_one_channel_beside_the_other_is_told_when_it_passes_the_limit(tmp_path: Path, name: str) -> None:
    code, make, *lengths = SIDES[name]
    found = []
    for seconds in lengths:
        wav, path = tmp_path / "heard.wav", tmp_path / "heard.mkv"
        sounds.write_stereo(wav, make(seconds))
        ffmpeg("-i", wav, "-c:a", "pcm_s16le", path)
        analysis = analyse(path, probe(path), LIMITS, deadline_s=60)
        found.append(code in {one.code for one in analysis.findings})
    assert found == [False, True]


# --- what the file says -------------------------------------------------------------------------------


def flv(folder: Path, *, picture_s: float = 6.0, sound_s: float = 6.0) -> bytes:
    """An FLV as OBS writes it: 25 pictures a second, AAC; a stream of no length is not there."""
    path = folder / "made.flv"
    inputs, codecs = [], []
    if picture_s:
        inputs += ["-f", "lavfi", "-t", f"{picture_s}", "-i", "testsrc2=s=320x180:r=25"]
        codecs += ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-bf", "0", "-pix_fmt", "yuv420p"]
    if sound_s:
        inputs += ["-f", "lavfi", "-t", f"{sound_s}", "-i", "sine=f=220:r=48000,tremolo=f=4:d=0.9"]
        codecs += ["-c:a", "aac"]
    ffmpeg(*inputs, *codecs, path)
    return path.read_bytes()


AUDIO, VIDEO = 8, 9


def retimed(content: bytes, change: Callable[[int, int], int]) -> bytes:
    """The same FLV with other times: `change` takes a packet's kind and time in ms and returns its time."""
    made, at = bytearray(content), 13
    while at + 15 <= len(made):
        kind, size = made[at], int.from_bytes(made[at + 1 : at + 4], "big")
        now_ms = int.from_bytes(made[at + 4 : at + 7], "big")
        if kind in (AUDIO, VIDEO):
            made[at + 4 : at + 7] = change(kind, now_ms).to_bytes(3, "big")
        at += 15 + size
    return bytes(made)


def with_hole(content: bytes, kinds: tuple[int, ...], hole_s: float) -> bytes:
    """From the third second on, these kinds of packets are this much later than they were."""
    later_ms = round(hole_s * 1000)
    return retimed(content, lambda kind, ms: ms + later_ms if kind in kinds and ms > 3000 else ms)


def with_step_back(content: bytes, back_s: float) -> bytes:
    """From the third second on, all packets are this much earlier than the last one before."""
    back_ms = round(back_s * 1000)
    return retimed(content, lambda kind, ms: ms - back_ms if ms > 3000 else ms)


def told_length(content: bytes, more_s: float) -> bytes:
    """The same FLV, whose head says that it is this much longer than it is."""
    at = content.index(b"\x00\x08duration\x00") + 11
    (length_s,) = struct.unpack(">d", content[at : at + 8])
    return content[:at] + struct.pack(">d", length_s + more_s) + content[at + 8 :]


def without_end(content: bytes, less_s: float) -> bytes:
    """The same FLV without the packets of its last seconds: what its head says of length and size stays."""
    at, end_ms, tags = 13, 0, []
    while at + 15 <= len(content):
        size = int.from_bytes(content[at + 1 : at + 4], "big")
        now_ms = int.from_bytes(content[at + 4 : at + 7], "big")
        tags.append((now_ms, content[at : at + 15 + size]))
        end_ms = max(end_ms, now_ms)
        at += 15 + size
    return content[:13] + b"".join(tag for now_ms, tag in tags if now_ms <= end_ms - less_s * 1000)


def damaged(content: bytes) -> bytes:
    """The length that stands behind a packet in the middle is not that of the packet."""
    at = 13
    while at < len(content) // 2:
        at += 15 + int.from_bytes(content[at + 1 : at + 4], "big")
    return content[: at - 4] + b"\0\0\0\1" + content[at:]


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures and sound are looked at here: starting a process for each file would take most of the time."""

    def look(wanted: viewer.ViewerRequest, **_: object) -> RecordingAnalysis:
        return analyse(wanted.probe.path, wanted.probe, wanted.limits, deadline_s=60)

    monkeypatch.setattr(viewer, "look", look)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return flv(tmp_path_factory.mktemp("good"))


def found_in(folder: Path, content: bytes, expected_s: float | None = None) -> tuple[Finding, ...]:
    path = folder / "talk.flv"
    path.write_bytes(content)
    return verify_recording(path, Settings(), expected_s=expected_s).findings


def edge(name: str, more: float) -> float:
    return float(getattr(thresholds, name)) + more


Make = Callable[[Path, bytes, float], bytes]
TIMES: dict[str, tuple[Code, Make, float]] = {
    # Each threshold in seconds, with the file that is so far apart; and how near the file can come to it.
    "AV_LENGTH_WARNING_S": (
        Code.AV_LENGTH_MISMATCH, lambda folder, _, apart_s: flv(folder, sound_s=6.0 - apart_s), 0.1
    ),
    "SOUND_HOLE_S": (
        Code.DISCONTINUITY, lambda _, good, hole_s: with_hole(good, (AUDIO,), hole_s), 0.03
    ),
    "PICTURE_HOLE_S": (
        Code.DISCONTINUITY, lambda _, good, hole_s: with_hole(good, (VIDEO,), hole_s), 0.03
    ),
    "BACKWARDS_S": (Code.DISCONTINUITY, lambda _, good, back_s: with_step_back(good, back_s), 0.06),
    "ENDS_EARLY_S": (Code.TRUNCATED, lambda _, good, less_s: without_end(good, less_s), 0.1),
    "WRONG_LENGTH_S": (Code.WRONG_LENGTH, lambda _, good, more_s: told_length(good, more_s), 0.1),
}  # fmt: skip


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", TIMES)
def test_a_file_is_told_when_it_passes_a_threshold_of_the_page(
    tmp_path: Path, good: bytes, name: str
) -> None:
    code, make, step_s = TIMES[name]
    found = [
        severities(found_in(tmp_path, make(tmp_path, good, edge(name, more_s))), code)
        for more_s in (-step_s, step_s)
    ]
    assert not found[0]
    assert found[1]
    assert figure(name, getattr(thresholds, name)) in filled(table()[code], VerifySettings()).raised


@pytest.mark.usefixtures("in_this_process")
def test_a_recording_is_short_by_the_tolerance_and_critically_by_a_tenth(tmp_path: Path, good: bytes) -> None:
    tolerance_s = VerifySettings().length_tolerance_s
    path = tmp_path / "talk.flv"
    path.write_bytes(good)
    length_s = verify_recording(path, Settings()).duration_s

    def severity(lacks_s: float, limits: VerifySettings) -> set[Severity]:
        settings = Settings(verify=limits)
        report = verify_recording(path, settings, expected_s=length_s + lacks_s)
        return severities(report.findings, Code.SHORT)

    assert severity(tolerance_s - 0.1, VerifySettings()) == set()
    assert severity(tolerance_s + 0.1, VerifySettings()) != set()
    # A tenth of this small talk is less than the usual tolerance.
    strict = VerifySettings(length_tolerance_s=0.2)
    tenth_s = length_s / (1 - thresholds.SHORT_CRITICAL_SHARE) - length_s
    assert severity(tenth_s - 0.1, strict) == {Severity.WARNING}
    assert severity(tenth_s + 0.1, strict) == {Severity.CRITICAL}


def test_what_has_no_threshold_is_told_of_the_smallest_file_that_has_it(tmp_path: Path, good: bytes) -> None:
    def codes(content: bytes) -> set[Code]:
        return {one.code for one in found_in(tmp_path, content)}

    assert codes(good) == set()
    assert codes(good[:-1]) == {Code.TRUNCATED}
    assert Code.CORRUPT in codes(damaged(good))
    assert codes(flv(tmp_path, picture_s=0)) == {Code.NO_VIDEO}
    assert codes(flv(tmp_path, sound_s=0)) == {Code.NO_AUDIO}
    assert codes(b"") == {Code.EMPTY}
    assert codes(b"F") == {Code.UNREADABLE}


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("fine.mov", ("-c", "copy"), None),
        ("clock.mov", ("-c", "copy", "-timecode", "00:00:00:00"), Code.LEFT_OUT),
        ("plain.mkv", ("-c:v", "copy", "-c:a", "pcm_s16le"), Code.NO_MP4),
    ],
)
def test_what_an_mp4_cannot_hold_is_a_note(
    tmp_path: Path, good: bytes, name: str, options: tuple[str, ...], code: Code | None
) -> None:
    source, path = tmp_path / "talk.flv", tmp_path / name
    source.write_bytes(good)
    ffmpeg("-i", source, *options, path)
    report = verify_recording(path, Settings())
    assert [(one.code, one.severity) for one in report.findings] == ([(code, Severity.NOTE)] if code else [])


def test_one_segment_has_no_gap_and_two_have_one(tmp_path: Path, good: bytes) -> None:
    one, two = tmp_path / "1.flv", tmp_path / "2.flv"
    for path in (one, two):
        path.write_bytes(good)
    assert process(Job((one,), tmp_path / "out"), Settings()).report.findings == ()
    joined = process(Job((one, two), tmp_path / "out"), Settings()).report
    assert {finding.code for finding in joined.findings} == {Code.GAP}


def test_every_code_is_held_here() -> None:
    held = {code for code, *_ in HEARD.values()} | {code for code, *_ in TIMES.values()}
    held |= {code for code, *_ in SIDES.values()}
    held |= {Code.BLACK, Code.NO_SIGNAL, Code.FROZEN, Code.SHORT, Code.GAP, Code.NOT_LOSSLESS}
    held |= {Code.CORRUPT, Code.NO_VIDEO, Code.NO_AUDIO, Code.EMPTY, Code.UNREADABLE}
    # What the detector of voices says when it is not there has no threshold, either: see test_listening.
    held |= {Code.NO_MP4, Code.LEFT_OUT, Code.GROWING, Code.NOT_DONE, Code.VOICE_UNSURE}
    # What is told live alone: see test_live_findings.
    held |= {Code.MISSING, Code.SOURCE_UNSET, Code.MUTED}
    # A pause, and a recording that talks share, have none: see test_splits_and_pauses and test_shared.
    assert held | {Code.PAUSED, Code.SHARED} == set(table())


def test_a_still_picture_is_told_only_where_a_camera_is_shown_all_the_time(tmp_path: Path) -> None:
    path = seen(tmp_path, f"testsrc2=s=320x180:r={FPS},trim=end_frame=1,loop=-1:1,setpts=N/{FPS}/TB", 31)
    for all_along in (False, True):
        limits = LIMITS.model_copy(update={"camera_all_along": all_along})
        found = verify_recording(path, Settings(verify=limits)).findings
        assert (Code.FROZEN in {one.code for one in found}) == all_along
