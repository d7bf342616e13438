"""A decoder's set-up: H.264 parameter sets and AAC's AudioSpecificConfig, as FLV and MP4 hold them."""

from dataclasses import dataclass
from typing import Any

_EXTENSION = 0x2B7
_SBR_TYPES, _GA_TYPES, _OTHER_TYPES = (5, 29), (1, 2, 4), (23, 31)
"""Kinds of AAC by their object types: with a second rate, ordinary ones, and those of another form."""
_LONGEST_AAC_BYTES = 64
_CHANNEL_SETS = (*range(8), 11, 12, 14)
_SPS, _PPS = 7, 8
_RATES_HZ = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_HEVC_HEAD = 23
_CHANNELS = (0, 1, 2, 3, 4, 5, 6, 8)


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """H.264's set-up (avcC): its parameter sets, and how many bytes the length in front of a unit takes."""

    length_bytes: int
    units: tuple[bytes, ...]


def avc(data: bytes) -> ParameterSets | None:
    """The set-up in an `AVCDecoderConfigurationRecord`, None when it is none."""
    if len(data) < 7 or data[0] != 1:
        return None
    units, at = [], 5
    for mask in (0x1F, 0xFF):
        if at >= len(data):
            return None
        count, at = data[at] & mask, at + 1
        for _ in range(count):
            size = int.from_bytes(data[at : at + 2], "big")
            unit = data[at + 2 : at + 2 + size]
            if not size or len(unit) < size:
                return None
            units.append(unit)
            at += 2 + size
    return ParameterSets((data[4] & 3) + 1, tuple(units))


def hevc(data: bytes) -> ParameterSets | None:
    """The set-up in an `HEVCDecoderConfigurationRecord`, None when it is none."""
    if len(data) < _HEVC_HEAD or data[0] != 1:
        return None
    units, at = [], _HEVC_HEAD
    for _ in range(data[_HEVC_HEAD - 1]):
        count, at = int.from_bytes(data[at + 1 : at + 3], "big"), at + 3
        for _ in range(count):
            size = int.from_bytes(data[at : at + 2], "big")
            unit = data[at + 2 : at + 2 + size]
            if not size or len(unit) < size:
                return None
            units.append(unit)
            at += 2 + size
    return ParameterSets((data[_HEVC_HEAD - 2] & 3) + 1, tuple(units))


def of(codec: str, data: bytes) -> ParameterSets | None:
    """The set-up of a picture in H.264 or HEVC as MP4 and MKV hold it, None when it is none of them."""
    reader = {"h264": avc, "hevc": hevc}.get(codec)
    return reader(data) if reader is not None else None


def units_in_stream(codec: str, data: bytes, length_bytes: int) -> bytes:
    """`in_stream` of this set-up; empty when it is none that stands in a stream."""
    one = of(codec, data)
    return b"" if one is None else in_stream(one, length_bytes)


def names_its_units(one: ParameterSets) -> bool:
    """Whether the units of H.264's set-up say that they are parameter sets, and there is one of each kind."""
    return {unit[0] & 0x1F for unit in one.units} == {_SPS, _PPS}


def in_stream(one: ParameterSets, length_bytes: int) -> bytes:
    """The parameter sets as units of a packet, which a decoder takes up in the middle of a stream."""
    return b"".join(len(unit).to_bytes(length_bytes, "big") + unit for unit in one.units)


def units_of(packet: bytes, length_bytes: int) -> list[bytes] | None:
    """The units of a packet, None when their lengths do not fill it: it is not whole."""
    units, at = [], 0
    while at < len(packet):
        size = int.from_bytes(packet[at : at + length_bytes], "big")
        at += length_bytes
        if size <= 0 or at + size > len(packet):
            return None
        units.append(packet[at : at + size])
        at += size
    return units


def is_whole(packet: bytes, length_bytes: int) -> bool:
    """Whether the units' lengths fill the packet."""
    at, end = 0, len(packet)
    while at < end:
        size = int.from_bytes(packet[at : at + length_bytes], "big")
        at += length_bytes + size
        if size <= 0:
            return False
    return at == end and end > 0


def is_aac(data: bytes) -> bool:
    """Whether an encoder of AAC can have written this as its set-up (AudioSpecificConfig).

    A packet of sound that damage turns into a set-up is none: it begins with the number of an element, which
    is no kind of AAC, or goes on where a set-up ends.
    """
    if not 2 <= len(data) <= _LONGEST_AAC_BYTES:
        return False
    kind, rate, channels, rest = _fields(f"{int.from_bytes(data, 'big'):0{8 * len(data)}b}", 5, 4, 4)
    if kind in _OTHER_TYPES:
        return True
    if kind in _SBR_TYPES:
        second, kind, rest = _fields(rest, 4, 5)
        rate = max(rate, second)
    # The length of a frame; two signs of a core, which no recorder writes.
    _, core, rest = _fields(rest, 1, 2)
    if kind not in _GA_TYPES or rate >= len(_RATES_HZ) or channels not in _CHANNEL_SETS or core:
        return False
    if not channels:
        return len(data) > 2  # they stand in an element behind it
    return "1" not in rest or int(rest[:11], 2) == _EXTENSION


def _fields(bits: str, *widths: int) -> Any:
    """Numbers of so many bits each, and the bits that are left."""
    found: list[int | str] = []
    for width in widths:
        found.append(int(bits[:width] or "0", 2))
        bits = bits[width:]
    return [*found, bits]


def aac(data: bytes) -> str:
    """AAC's set-up in words: "48.0 kHz, 2 channels"; "other settings" when it cannot be read."""
    if len(data) < 2:
        return "other settings"
    bits = int.from_bytes(data[:2], "big")
    rate, channels = bits >> 7 & 15, bits >> 3 & 15
    if rate >= len(_RATES_HZ) or not 0 < channels < len(_CHANNELS):
        return "other settings"
    sound = {1: "mono", 2: "stereo"}.get(_CHANNELS[channels], f"{_CHANNELS[channels]} channels")
    return f"{_RATES_HZ[rate] / 1000:g} kHz {sound}"
