"""The tags of an FLV one by one and all at once: both say the same, and pass over what is damaged."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.flv.table import OddFlvError, shifts_ms, times_ms, whole_tags
from stagebox.flv.tags import FIRST_AT, HEADER, PICTURE, SCRIPT, SOUND, FlvDamage, FlvTag, tag_of, walk

TAGS = st.lists(
    st.tuples(
        st.sampled_from((PICTURE, SOUND, SCRIPT)),
        st.integers(0, 2**32 - 1),
        st.binary(min_size=5, max_size=60),
    ),
    min_size=2,
    max_size=12,
)
Content = list[tuple[int, int, bytes]]


def walked(data: bytes) -> list[FlvTag | FlvDamage]:
    return list(walk(lambda size, at: data[at : at + size], len(data), lambda share: None))


def written(tags: Content) -> list[bytes]:
    return [tag_of(*one) for one in tags]


@given(TAGS)
@settings(deadline=None)
def test_what_was_written_is_read(tags: Content) -> None:
    found = walked(HEADER + b"".join(written(tags)))
    assert [(one.kind, one.time_ms, one.payload) for one in found if isinstance(one, FlvTag)] == tags
    assert len(found) == len(tags)


@given(TAGS, st.data())
@settings(deadline=None)
def test_one_damaged_tag_costs_that_one(tags: Content, data: st.DataObject) -> None:
    whole = written(tags)
    at = data.draw(st.integers(0, len(whole) - 1))
    torn = [*whole[:at], bytes(len(whole[at])), *whole[at + 1 :]]
    start = FIRST_AT + len(b"".join(whole[:at]))
    found = walked(HEADER + b"".join(torn))
    assert [one for one in found if isinstance(one, FlvDamage)] == [FlvDamage(start, start + len(whole[at]))]
    assert len(found) == len(tags)


def test_a_second_file_behind_the_first_is_read_on() -> None:
    one = HEADER + tag_of(SOUND, 0, b"\xaf\x01sound")
    assert [type(each) for each in walked(one + one)] == [FlvTag, FlvTag]


def test_the_last_tag_may_lack_its_length() -> None:
    data = HEADER + tag_of(SOUND, 0, b"\xaf\x01sound")
    assert [type(each) for each in walked(data[:-4])] == [FlvTag]
    assert [type(each) for each in walked(data[:-5])] == [FlvDamage]


@given(TAGS, st.integers(0, 40))
@settings(deadline=None)
def test_the_table_says_what_the_tags_say(tags: Content, missing: int) -> None:
    data = b"".join(written(tags))
    table = whole_tags(memoryview(data[: len(data) - missing]))
    found = [one for one in walked(HEADER + data[: table.length]) if isinstance(one, FlvTag)]
    assert table.length == sum(len(one.payload) + 15 for one in found)
    for kind in (PICTURE, SOUND, SCRIPT):
        payloads, sizes = table.of(kind)
        mine = [one for one in found if one.kind == kind]
        assert [at + FIRST_AT for at in payloads.tolist()] == [one.at for one in mine]
        assert sizes.tolist() == [len(one.payload) for one in mine]
        assert times_ms(table.data, payloads).tolist() == [one.time_ms for one in mine]
        shifts = [int.from_bytes(one.payload[2:5], "big", signed=True) for one in mine]
        assert shifts_ms(table.data, payloads).tolist() == shifts


@given(TAGS, st.data())
@settings(deadline=None)
def test_the_table_is_none_where_a_tag_is_damaged(tags: Content, data: st.DataObject) -> None:
    whole = written(tags)
    at = data.draw(st.integers(0, len(whole) - 1))
    torn = bytearray(whole[at])
    torn[data.draw(st.sampled_from([0, 8, 9, 10, -4, -1]))] ^= 0x40
    try:
        table = whole_tags(memoryview(b"".join([*whole[:at], bytes(torn), *whole[at + 1 :]])))
    except OddFlvError:
        return
    raise AssertionError(f"{table.length} bytes were taken for whole")


def test_a_piece_without_a_whole_tag_is_an_empty_table() -> None:
    table = whole_tags(memoryview(tag_of(SOUND, 0, b"\xaf\x01sound")[:-1]))
    assert (table.length, table.at.size) == (0, 0)
