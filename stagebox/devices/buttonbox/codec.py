"""Protocol v1 of the button box, the host's end: bytes to messages, messages to bytes. Pure.

docs/button-box.md describes it; scripts/button-box/vectors.json holds examples that this codec and the
firmware both pass.
"""

import binascii
import re
from dataclasses import dataclass
from typing import Literal

VERSION = 1
LINE_BYTES = 80
"""The longest line, its line feed included."""
BUTTONS_LIMIT = 16
LAMPS_LIMIT = 16
SEQ_LIMIT = 65_536
MS_LIMIT = 2**30
"""The box's milliseconds begin anew here: after twelve days."""

Lamp = Literal["0", "1", "s", "f"]
"""A lamp is off, on, blinks slowly, or blinks fast."""
Deed = Literal["press", "hold", "release"]
Fault = Literal["form", "crc", "kind", "range"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The box names itself. `nonce` is the host's that it answers, 0 when it speaks first."""

    seq: int
    box: str
    buttons: int
    lamps: int
    nonce: int
    box_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherVersion:
    """What answers is a box that speaks another version of the protocol."""

    seq: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """The box lives; `box_ms` is its clock as it said so."""

    seq: int
    box_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonDeed:
    """Button `button` (from 1) was pressed, held or released at `box_ms` of the box's clock."""

    seq: int
    deed: Deed
    button: int
    box_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """The box shows the lamps of the host's line `lamps_seq`."""

    seq: int
    lamps_seq: int


BoxMessage = Hello | OtherVersion | Heartbeat | ButtonDeed | Ack


class LineError(ValueError):
    """A line is no message. `fault`: form (no line of the protocol), crc, kind (unknown), range."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


_LINE = re.compile(
    rb"(?P<body>(?P<seq>0|[1-9]\d{0,4}) (?P<rest>[A-Z]+(?: [0-9a-z-]+)*))\*(?P<crc>[0-9A-F]{4})"
)
_NUMBER = re.compile(r"0|[1-9]\d{0,9}")
_BOX = re.compile(r"[a-z0-9-]{1,24}")
_DEEDS: dict[str, Deed] = {"PRESS": "press", "HOLD": "hold", "RELEASE": "release"}


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, from 0xFFFF."""
    return binascii.crc_hqx(data, 0xFFFF)


def decode(line: bytes) -> BoxMessage:
    """The message of a line without its line feed; raises LineError."""
    matched = _LINE.fullmatch(line.removesuffix(b"\r"))
    if matched is None or len(line) >= LINE_BYTES:
        raise LineError("form")
    if crc16(matched["body"]) != int(matched["crc"], 16):
        raise LineError("crc")
    seq = int(matched["seq"])
    if seq >= SEQ_LIMIT:
        raise LineError("range")
    kind, *words = matched["rest"].decode("ascii").split(" ")
    return _message(seq, kind, words)


def _message(seq: int, kind: str, words: list[str]) -> BoxMessage:
    if kind == "HELLO" and words:
        version = _number(words[0], 1, MS_LIMIT - 1)
        if version != VERSION:
            return OtherVersion(seq=seq, version=version)
        if len(words) != 6:
            raise LineError("form")
        if _BOX.fullmatch(words[1]) is None:
            raise LineError("range")
        return Hello(
            seq=seq,
            box=words[1],
            buttons=_number(words[2], 1, BUTTONS_LIMIT),
            lamps=_number(words[3], 0, LAMPS_LIMIT),
            nonce=_number(words[4], 0, MS_LIMIT - 1),
            box_ms=_number(words[5], 0, MS_LIMIT - 1),
        )
    if kind == "BEAT" and len(words) == 1:
        return Heartbeat(seq=seq, box_ms=_number(words[0], 0, MS_LIMIT - 1))
    if kind in _DEEDS and len(words) == 2:
        return ButtonDeed(
            seq=seq,
            deed=_DEEDS[kind],
            button=_number(words[0], 1, BUTTONS_LIMIT),
            box_ms=_number(words[1], 0, MS_LIMIT - 1),
        )
    if kind == "ACK" and len(words) == 1:
        return Ack(seq=seq, lamps_seq=_number(words[0], 0, SEQ_LIMIT - 1))
    raise LineError("form" if kind in ("HELLO", "BEAT", "ACK", *_DEEDS) else "kind")


def _number(word: str, least: int, most: int) -> int:
    if _NUMBER.fullmatch(word) is None:
        raise LineError("form")
    value = int(word)
    if not least <= value <= most:
        raise LineError("range")
    return value


def encode_hello(seq: int, nonce: int, version: int = VERSION) -> bytes:
    """The host greets; the box answers with `nonce` (from 1)."""
    return _line(seq, f"HELLO {version} {nonce}")


def encode_beat(seq: int) -> bytes:
    """The host lives."""
    return _line(seq, "BEAT")


def encode_lamps(seq: int, lamps: str) -> bytes:
    """All lamps of the box, one letter each: 0, 1, s or f."""
    return _line(seq, f"LAMPS {lamps}")


def encode_bye(seq: int) -> bytes:
    """The host goes: the box shows that at once."""
    return _line(seq, "BYE")


def _line(seq: int, rest: str) -> bytes:
    body = f"{seq} {rest}".encode("ascii")
    return b"%s*%04X\n" % (body, crc16(body))


class LineSplitter:
    """Cuts a stream of bytes into lines. Holds at most one unfinished line, however the bytes come."""

    def __init__(self) -> None:
        self._rest = b""
        self._overlong = False

    def feed(self, data: bytes) -> tuple[list[bytes], int]:
        """The lines that `data` completes, without their line feeds, and how many were too long to be one."""
        *complete, rest = (self._rest + data).split(b"\n")
        overlong = 0
        if complete and self._overlong:
            complete[0] = b"\0" * LINE_BYTES
            self._overlong = False
        lines = [line for line in complete if len(line) < LINE_BYTES]
        overlong += len(complete) - len(lines)
        if len(rest) >= LINE_BYTES:
            self._overlong = True
        self._rest = b"" if self._overlong else rest
        return lines, overlong
