"""What changes in the middle of a recording can be watched in its MP4, or is told."""

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.media.job import Job
from stagebox.media.mended_clock import MendedClock
from stagebox.media.pipeline import process_recording, verify_recording
from stagebox.model.report import Code, Report, Severity, Verdict
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg
from tests.media.flv_maker import (
    PICTURE,
    SCRIPT,
    SOUND,
    Made,
    after,
    decodes,
    record,
    shown,
    tags_of,
    timed,
    write,
)

pytestmark = pytest.mark.venue


@pytest.fixture(scope="module")
def talk_tags(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    return tags_of(record(tmp_path_factory.mktemp("mend") / "talk.flv"))


def made_of(source: Path, settings: Settings) -> tuple[Report, Path]:
    report = process_recording(Job((source,), source.parent / "out"), settings)
    assert report.output is not None
    return report, Path(report.output)


def told_codes(report: Report) -> list[Code]:
    return [one.code for one in report.findings]


def told(report: Report, code: Code) -> list[float]:
    return [one.start_s for one in report.findings if one.code is code]


# --- the clock -------------------------------------------------------------------------------------------

CLOCKS: dict[str, Callable[[int], int]] = {
    "starts anew": lambda ms: ms if ms < 2000 else ms - 2000,
    "set back by a second": lambda ms: ms if ms < 2000 else ms - 1000,
    "leaps by two hours": lambda ms: ms if ms < 2000 else ms + 7_200_000,
    "24 bits run over": lambda ms: (ms + (1 << 24) - 2000) % (1 << 24),
    "jumps twice": lambda ms: ms if ms < 1300 else ms - 1300 if ms < 2700 else ms + 9_000_000,
}


@pytest.mark.parametrize("how", CLOCKS)
def test_a_clock_that_jumps_costs_nothing_and_is_told(
    talk_tags: list[Made], tmp_path: Path, settings: Settings, how: str
) -> None:
    plain = write(tmp_path / "plain.flv", [one for one in talk_tags if one.kind != SCRIPT])
    source = write(
        tmp_path / "talk.flv", timed([one for one in talk_tags if one.kind != SCRIPT], CLOCKS[how])
    )
    report, output = made_of(source, settings)
    assert report.lossless is True
    assert report.duration_s == pytest.approx(4.1, abs=0.2)
    assert shown(output) == shown(plain)
    assert decodes(output) == ""
    at_s = told(report, Code.DISCONTINUITY)
    assert len(at_s) == (2 if how == "jumps twice" else 1)
    assert at_s[0] == pytest.approx(1.3 if how == "jumps twice" else 2.0, abs=0.2)
    seen = verify_recording(source, settings)
    assert [one.code for one in seen.findings] == [one.code for one in report.findings]


def test_a_clock_that_begins_late_is_in_order(
    talk_tags: list[Made], tmp_path: Path, settings: Settings
) -> None:
    source = write(tmp_path / "talk.flv", timed(talk_tags, lambda ms: ms + 18_000_000))
    report, _ = made_of(source, settings)
    assert (report.verdict, report.lossless) == (Verdict.OK, True)


def test_both_streams_keep_their_distance_over_a_jump() -> None:
    clock = MendedClock()
    placed = [
        clock.place(kind, ms) for kind, ms in [(9, 0), (8, 10), (9, 400), (8, 410), (9, 0), (8, 10), (9, 40)]
    ]
    assert placed[6] - placed[5] == 30
    assert placed == sorted(placed[:2]) + placed[2:]
    assert [jump.by_ms for jump in clock.jumps] == [-800]


# --- the decoder's set-up --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        {"size": "320x180"},
        {"options": ("-profile:v", "high444", "-pix_fmt", "yuv444p")},
        {"options": ("-bf", "0", "-refs", "1")},
    ],
    ids=["size", "profile", "references"],
)
def test_new_parameter_sets_in_the_middle_are_shown_in_one_file(
    talk_tags: list[Made], tmp_path: Path, settings: Settings, other: dict[str, object]
) -> None:
    second = tags_of(record(tmp_path / "second.flv", **other))  # type: ignore[arg-type]
    tags = after(after(talk_tags, second), talk_tags)
    source = write(tmp_path / "talk.flv", tags)
    report, output = made_of(source, settings)
    assert shown(output) == shown(tmp_path / "talk.flv")
    assert decodes(output) == ""
    assert report.lossless is False
    assert told(report, Code.NOT_LOSSLESS) == pytest.approx([4.1, 8.2], abs=0.3)
    assert {one.severity for one in report.findings if one.code is Code.NOT_LOSSLESS} == {Severity.WARNING}


def test_the_same_set_up_told_again_is_nothing_new(
    talk_tags: list[Made], tmp_path: Path, settings: Settings
) -> None:
    report, _ = made_of(write(tmp_path / "talk.flv", after(talk_tags, talk_tags)), settings)
    assert report.lossless is True
    assert not told(report, Code.NOT_LOSSLESS)


@pytest.mark.parametrize("sound", ["44100:2", "48000:1", "22050:1"])
def test_a_sound_that_becomes_another_goes_on_in_a_part_of_its_own(
    talk_tags: list[Made], tmp_path: Path, settings: Settings, sound: str
) -> None:
    second = record(tmp_path / "second.flv", sound=sound)
    source = write(tmp_path / "talk.flv", after(talk_tags, tags_of(second)))
    report, output = made_of(source, settings)
    assert report.lossless is False
    assert told(report, Code.NOT_LOSSLESS) == pytest.approx([4.1], abs=0.3)
    (part,) = [path for path in output.parent.glob("*.mp4") if path != output]
    assert shown(output, "a:0") == shown(write(tmp_path / "first.flv", talk_tags), "a:0")
    assert len(shown(part, "a:0")) == pytest.approx(len(shown(second, "a:0")), abs=1)
    assert decodes(output) == decodes(part) == ""


@pytest.mark.parametrize(
    "how", ["packet turned into a set-up", "set-up with a damaged byte", "packet of another codec"]
)
@pytest.mark.parametrize("kind", [SOUND, PICTURE], ids=["sound", "picture"])
def test_a_damaged_set_up_in_the_middle_is_damage_at_its_place(
    talk_tags: list[Made], tmp_path: Path, settings: Settings, kind: int, how: str
) -> None:
    tags = list(talk_tags)
    at = next(n for n, one in enumerate(tags) if one.kind == kind and one.time_ms > 2000)
    set_up = next(one for one in tags if one.kind == kind and one.is_set_up)
    payload = bytearray(tags[at].payload)
    if how == "set-up with a damaged byte":
        payload = bytearray(set_up.payload)
        # A kind of AAC that there is not; a parameter set that is none.
        payload[2 if kind == SOUND else payload.index(b"\x67", 5)] ^= 8
        tags.insert(at, replace(set_up, time_ms=tags[at].time_ms, payload=bytes(payload)))
    else:
        payload[how == "packet turned into a set-up"] ^= (
            0x40 if how.endswith("codec") and kind == SOUND else 1
        )
        tags[at] = replace(tags[at], payload=bytes(payload))
    source = write(tmp_path / "talk.flv", tags)
    report, output = made_of(source, settings)
    seen = verify_recording(source, settings)
    assert told_codes(report) == told_codes(seen) == [Code.CORRUPT]
    assert told(report, Code.CORRUPT) == pytest.approx([2.0], abs=0.2)
    if kind == SOUND:
        assert decodes(output) == ""


def test_a_set_up_that_cannot_be_mended_is_told_by_both(
    talk_tags: list[Made], tmp_path: Path, settings: Settings
) -> None:
    tags = list(talk_tags)
    at = next(n for n, one in enumerate(tags) if one.is_key and one.time_ms > 2000)
    set_up = next(one for one in tags if one.kind == PICTURE and one.is_set_up)
    payload = bytearray(set_up.payload)
    payload[9] ^= 2  # lengths of two bytes in front of units, which have four
    tags.insert(at, replace(set_up, time_ms=tags[at].time_ms, payload=bytes(payload)))
    source = write(tmp_path / "talk.flv", tags)
    report, _ = made_of(source, settings)
    seen = verify_recording(source, settings)
    assert report.verdict is seen.verdict is not Verdict.OK
    assert told_codes(report) == told_codes(seen)


# --- holes and tears -------------------------------------------------------------------------------------


@pytest.mark.parametrize("places", [(0.5,), (0.9,), (0.3, 0.6)])
def test_damage_is_told_where_it_is_and_what_follows_is_kept(
    talk_tags: list[Made], tmp_path: Path, settings: Settings, places: tuple[float, ...]
) -> None:
    source = write(tmp_path / "talk.flv", talk_tags)
    content = bytearray(source.read_bytes())
    for share in places:
        at = int(len(content) * share)
        content[at : at + 3000] = bytes(3000)
    source.write_bytes(content)
    report, output = made_of(source, settings)
    assert report.duration_s == pytest.approx(4.1, abs=0.2)
    assert told(report, Code.CORRUPT) == pytest.approx([4.1 * share for share in places], abs=0.5)
    assert decodes(output) == ""


@pytest.mark.parametrize("share", [0.35, 0.6, 0.93])
@pytest.mark.parametrize("container", ["talk.flv", "talk.mkv", "fragmented.mp4", "talk.ts"])
def test_what_a_power_cut_leaves_decodes_without_a_fault(
    talk_tags: list[Made], tmp_path: Path, settings: Settings, container: str, share: float
) -> None:
    whole = write(tmp_path / "whole.flv", talk_tags)
    source = tmp_path / container
    if container == "talk.flv":
        source.write_bytes(whole.read_bytes())
    else:
        fragments = ("-movflags", "frag_keyframe+empty_moov") if container == "fragmented.mp4" else ()
        ffmpeg("-i", whole, "-c", "copy", *fragments, source)
    source.write_bytes(source.read_bytes()[: int(source.stat().st_size * share)])
    report, output = made_of(source, settings)
    assert report.verdict is Verdict.FLAGGED or container == "talk.ts"
    assert not told(report, Code.DISCONTINUITY)
    assert decodes(output) == ""


def test_zeros_behind_the_end_are_a_tear_at_the_end(
    talk_tags: list[Made], tmp_path: Path, settings: Settings
) -> None:
    source = write(tmp_path / "talk.flv", talk_tags)
    source.write_bytes(source.read_bytes() + bytes(65536))
    report, output = made_of(source, settings)
    (finding,) = report.findings
    assert (finding.code, finding.start_s) == (Code.TRUNCATED, pytest.approx(report.duration_s))
    assert decodes(output) == ""


# --- its own words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length_s", "note"), [(10_000_000.0, True), (18_004.0, True), (1.5, True), (4.1, False)]
)
def test_a_told_length_that_the_packets_contradict_is_a_note(
    talk_tags: list[Made], tmp_path: Path, settings: Settings, length_s: float, note: bool
) -> None:
    def said(one: Made) -> Made:
        at = one.payload.find(b"\x00\x08duration\x00")
        if one.kind != SCRIPT or at < 0:
            return one
        told_s = struct.pack(">d", length_s)
        return replace(one, payload=one.payload[: at + 11] + told_s + one.payload[at + 19 :])

    source = write(tmp_path / "talk.flv", [said(one) for one in talk_tags])
    report, _ = made_of(source, settings)
    assert (report.verdict, report.lossless) == (Verdict.OK, True)
    assert [one.code for one in report.findings] == ([Code.WRONG_LENGTH] if note else [])


def test_a_length_counted_from_a_late_clocks_zero_is_right(
    talk_tags: list[Made], tmp_path: Path, settings: Settings
) -> None:
    source = tmp_path / "talk.flv"
    write(source, timed(talk_tags, lambda ms: ms + 18_000_000))
    content = bytearray(source.read_bytes())
    at = content.index(b"\x00\x08duration\x00") + 11
    content[at : at + 8] = struct.pack(">d", 18_004.0)
    source.write_bytes(content)
    report, _ = made_of(source, settings)
    assert (report.verdict, report.findings) == (Verdict.OK, ())


# --- many small losses -----------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [3, 5, 10])
def test_sound_that_lacks_packets_again_and_again_is_hacked(
    tmp_path: Path, settings: Settings, every: int
) -> None:
    tags = tags_of(record(tmp_path / "whole.flv", 20.0))
    sound = [one for one in tags if one.kind == 8 and not one.is_set_up]
    gone = {id(one) for n, one in enumerate(sound) if 5000 < one.time_ms < 15_000 and n % every == 0}
    report, _ = made_of(write(tmp_path / "talk.flv", [one for one in tags if id(one) not in gone]), settings)
    (finding,) = [one for one in report.findings if one.code is Code.DROPOUTS]
    assert (finding.start_s, finding.end_s) == pytest.approx((5.0, 15.0), abs=0.4)
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("every", [2, 3, 15])
def test_pictures_that_are_missing_again_and_again_are_noted(
    tmp_path: Path, settings: Settings, every: int
) -> None:
    tags = tags_of(record(tmp_path / "whole.flv", 20.0, options=("-bf", "0")))
    pictures = [one for one in tags if one.kind == PICTURE and not one.is_set_up]
    kept = {id(one) for n, one in enumerate(pictures) if not 5000 < one.time_ms < 15_000 or n % every == 0}
    tags = [one for one in tags if one.kind != PICTURE or one.is_set_up or id(one) in kept]
    report, _ = made_of(write(tmp_path / "talk.flv", tags), settings)
    (finding,) = [one for one in report.findings if one.code is Code.DISCONTINUITY]
    assert (finding.start_s, finding.end_s) == pytest.approx((5.0, 15.0), abs=1.0)


def test_a_packet_lost_now_and_then_and_an_unsteady_clock_are_nothing(
    tmp_path: Path, settings: Settings
) -> None:
    tags = tags_of(record(tmp_path / "whole.flv", 20.0))
    sound = [one for one in tags if one.kind == 8 and not one.is_set_up]
    gone = {id(one) for one in sound[100::400]}
    late = {id(one) for one in sound[::7]}
    tags = [
        replace(one, time_ms=one.time_ms + 12) if id(one) in late else one
        for one in tags
        if id(one) not in gone
    ]
    report, _ = made_of(write(tmp_path / "talk.flv", tags), settings)
    assert report.verdict is Verdict.OK
