"""A tail is cut from an FLV at whatever byte the reading began and the writing stands."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.flv.tags import HEADER, PICTURE, SOUND, FlvTag, tag_of
from stagebox.flv.tail import (
    cut_tail,
    is_begun_tag,
    setup_tags,
    tags_from_start,
    tags_in_the_middle,
)


def written(tags: Iterable[FlvTag]) -> list[bytes]:
    return [tag_of(one.kind, one.time_ms, one.payload) for one in tags]


def tag(kind: int, time_s: float, body: bytes) -> bytes:
    return tag_of(kind, round(time_s * 1000), body)


def picture(time_s: float, key: bool, body: bytes = b"picture") -> bytes:
    return tag(PICTURE, time_s, bytes([0x17 if key else 0x27, 1]) + b"\0\0\0" + body)


def sound(time_s: float) -> bytes:
    return tag(SOUND, time_s, b"\xaf\x01sound")


SETUP = [tag(PICTURE, 0, b"\x17\x00setup"), tag(SOUND, 0, b"\xaf\x00setup")]


def recording(seconds: int = 6, start_s: float = 0.0) -> list[bytes]:
    tags = []
    for tenth in range(seconds * 10):
        at = start_s + tenth / 10
        tags += [picture(at, key=tenth % 20 == 0), sound(at)]
    return tags


def test_the_tail_is_the_last_keyframe_and_what_belongs_to_it() -> None:
    data = b"".join(recording())
    tail = cut_tail(
        setup_tags(HEADER + b"".join(SETUP) + data), tags_in_the_middle(data)[0], pictures=4, sound_s=1.0
    )
    assert tail is not None
    assert (tail.end_s, tail.video, tail.audio) == (5.9, 5, 11)
    cut = tags_from_start(tail.flv)
    assert written(cut[:2]) == SETUP
    assert [one.time_ms for one in cut if one.kind == PICTURE and not one.is_set_up] == [
        4000,
        4100,
        4200,
        4300,
        4400,
    ]


def test_times_beyond_four_hours_and_a_half_are_read_whole() -> None:
    data = b"".join(recording(4, start_s=20_000.0))
    assert tags_in_the_middle(data)[0][-1].time_ms == 20_003_900


def test_without_a_keyframe_there_is_no_tail() -> None:
    tags, _ = tags_in_the_middle(b"".join(picture(n / 10, key=False) for n in range(9)))
    assert len(tags) == 9
    assert cut_tail((), tags, pictures=4, sound_s=1.0) is None


@given(st.integers(0, 400), st.integers(0, 200))
@settings(deadline=None)
def test_a_piece_that_begins_and_ends_anywhere_gives_whole_tags_only(skip: int, missing: int) -> None:
    whole = recording(4)
    data = b"".join(whole)
    found, rest = tags_in_the_middle(data[skip : len(data) - missing])
    assert is_begun_tag(rest)
    assert found
    assert set(written(found)) <= set(whole)
    # Of what was not cut off, at most the first tag is lost.
    assert len(b"".join(written(found))) >= len(data) - skip - missing - 60


@given(st.binary(max_size=3000))
@settings(deadline=None)
def test_chance_is_no_recording(data: bytes) -> None:
    for one in (*tags_in_the_middle(data)[0], *tags_from_start(data)):
        assert tag_of(one.kind, one.time_ms, one.payload) in data


@given(st.binary(min_size=200, max_size=400), st.integers(0, 150))
@settings(deadline=None)
def test_what_looks_like_a_tag_inside_a_picture_is_not_taken_for_one(noise: bytes, skip: int) -> None:
    body = b"\x09\0\0\x05\0\0\0\0\0\0\0" + noise
    whole = [picture(0, True, body), sound(0), picture(0.1, False), sound(0.1)]
    found, _ = tags_in_the_middle(b"".join(whole)[skip:])
    assert set(written(found)) <= set(whole)


def test_zeroes_after_the_last_tag_are_no_recording() -> None:
    _, rest = tags_in_the_middle(b"".join(recording()) + bytes(5000))
    assert not is_begun_tag(rest)
