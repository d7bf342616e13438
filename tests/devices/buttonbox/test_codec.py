"""The host's end of protocol v1 against the table that the firmware passes too, and against any bytes."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagebox.devices.buttonbox import codec
from stagebox.devices.buttonbox.codec import (
    Ack,
    BoxMessage,
    ButtonDeed,
    Heartbeat,
    Hello,
    LineError,
    LineSplitter,
    OtherVersion,
    crc16,
    decode,
)

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "scripts/button-box/vectors.json").read_text()
)


def as_table(message: BoxMessage) -> dict[str, Any]:
    """A message as the table writes it."""
    match message:
        case Hello():
            return {
                "kind": "hello",
                "seq": message.seq,
                "box": message.box,
                "buttons": message.buttons,
                "lamps": message.lamps,
                "nonce": message.nonce,
                "box_ms": message.box_ms,
            }
        case Heartbeat():
            return {"kind": "beat", "seq": message.seq, "box_ms": message.box_ms}
        case ButtonDeed():
            return {
                "kind": message.deed,
                "seq": message.seq,
                "button": message.button,
                "box_ms": message.box_ms,
            }
        case Ack():
            return {"kind": "ack", "seq": message.seq, "lamps_seq": message.lamps_seq}
        case OtherVersion():
            return {"kind": "other_version", "seq": message.seq, "version": message.version}


@pytest.mark.parametrize("one", TABLE["crc"], ids=lambda one: str(one["crc"]))
def test_the_checksum_is_the_table_s(one: dict[str, str]) -> None:
    assert f"{crc16(one['text'].encode()):04X}" == one["crc"]


@pytest.mark.parametrize("one", TABLE["from_box"], ids=lambda one: str(one["line"]))
def test_what_a_box_says_is_understood(one: dict[str, Any]) -> None:
    assert as_table(decode(one["line"].encode())) == one["message"]


@pytest.mark.parametrize("one", TABLE["refused_by_host"], ids=lambda one: str(one["why"]))
def test_what_is_no_message_is_refused_with_its_fault(one: dict[str, Any]) -> None:
    with pytest.raises(LineError) as refused:
        decode(one["line"].encode("latin-1"))
    assert refused.value.fault == one["fault"]


@pytest.mark.parametrize("one", TABLE["other_versions"], ids=lambda one: str(one["line"]))
def test_another_version_is_known_by_its_number(one: dict[str, Any]) -> None:
    message = decode(one["line"].encode())
    assert isinstance(message, OtherVersion)
    assert message.version == one["version"]


@pytest.mark.parametrize("one", TABLE["from_host"], ids=lambda one: str(one["line"]))
def test_what_the_host_says_is_what_the_table_says(one: dict[str, Any]) -> None:
    message = one["message"]
    said = {
        "hello": lambda: codec.encode_hello(message["seq"], message["nonce"]),
        "beat": lambda: codec.encode_beat(message["seq"]),
        "lamps": lambda: codec.encode_lamps(message["seq"], message["lamps"]),
        "bye": lambda: codec.encode_bye(message["seq"]),
    }[message["kind"]]()
    assert said == one["line"].encode() + b"\n"


@pytest.mark.parametrize("one", TABLE["streams"], ids=lambda one: str(one["why"]))
@pytest.mark.parametrize("piece", [1, 3, 7, 1000])
def test_a_stream_gives_the_same_lines_however_it_is_cut(one: dict[str, Any], piece: int) -> None:
    data, lines, kinds, refused = bytes.fromhex(one["hex"]), LineSplitter(), [], 0
    for start in range(0, len(data), piece):
        complete, overlong = lines.feed(data[start : start + piece])
        refused += overlong
        for line in complete:
            try:
                kinds.append(as_table(decode(line))["kind"])
            except LineError:
                refused += 1
    assert (kinds, refused) == (one["kinds"], one["refused"])


@given(st.binary(max_size=200))
def test_any_line_is_a_message_or_is_refused(line: bytes) -> None:
    try:
        message = decode(line)
    except LineError:
        return
    assert 0 <= message.seq < codec.SEQ_LIMIT


@given(st.lists(st.binary(max_size=120), max_size=20))
def test_lines_hold_less_than_one_line_however_bytes_come(pieces: list[bytes]) -> None:
    lines = LineSplitter()
    for piece in pieces:
        complete, _ = lines.feed(piece)
        assert all(len(line) < codec.LINE_BYTES and b"\n" not in line for line in complete)
        assert len(lines._rest) < codec.LINE_BYTES


@given(st.sampled_from([one["line"] for one in TABLE["from_box"]]), st.integers(0, 79), st.integers(0, 7))
def test_one_wrong_bit_is_noticed(line: str, at: int, bit: int) -> None:
    damaged = bytearray(line.encode())
    damaged[at % len(damaged)] ^= 1 << bit
    with pytest.raises(LineError):
        decode(bytes(damaged))
