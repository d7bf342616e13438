"""The quick way for an ordinary FLV: its packets are known by its index, so nothing is demultiplexed twice.

The copy is still ffmpeg's. What is known of the packets comes from the index, and the proof reads both files
where their own tables say that the packets lie, and compares them byte by byte. When each is shown, and
what the decoders are told, is compared as well.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np

from stagebox.flv.table import Ints
from stagebox.media import mp4
from stagebox.media.analysis import flv_index
from stagebox.media.analysis.flv_index import Shorts
from stagebox.media.mp4 import Mp4Track
from stagebox.media.packets import PacketScan, StreamClock, clock_of, shown_otherwise
from stagebox.media.probe import Probe
from stagebox.media.remux import RemuxPlan
from stagebox.system.files import read_into

WINDOW_BYTES = 2 << 20
FURTHEST_BYTES = 16 << 20
"""Packets that lie together in the recording lie this near to each other in its copy."""
HIDDEN_S = 0.1
"""An edit list that hides more than this hides more than what a sound's encoder puts before its beginning."""
_MILLISECOND = Fraction(1, 1000)
_ORDINARY = (["audio", "video"], ["video"], ["audio"])


@dataclass(slots=True)
class FlvPackets:
    """An ordinary FLV's packets in the order of the plan's streams, and what they say in sum."""

    path: Path
    streams: tuple[Mp4Track, ...]
    packets: PacketScan
    set_ups: tuple[bytes, ...] = ()
    _index: flv_index.FlvIndex | None = None

    def hand_over(self) -> flv_index.FlvIndex | None:
        """The whole index, once: of it only a third is kept here, for the proof."""
        index, self._index = self._index, None
        return index


@dataclass(frozen=True, slots=True)
class HashedPackets:
    """Hashes of the streams as `md5:<hex>`, if they were wanted; `same`: which are equal, byte by byte."""

    hashes: Mapping[int, str]
    same: Mapping[int, bool]


def may_be_known(probe: Probe, plan: RemuxPlan) -> bool:
    """Whether to ask the index: an FLV of one picture, one sound, or both, that fits in an MP4."""
    plain = probe.container == "flv" and plan.container == "mp4" and not plan.left_out
    return plain and sorted(stream.kind for stream in plan.streams) in _ORDINARY


def known(probe: Probe, plan: RemuxPlan, look_up: Callable[[float], None]) -> FlvPackets | None:
    """What the index of the recording says, None when it is no ordinary FLV.

    Args:
        probe, plan: a recording of which `may_be_known` is true.
        look_up: told now and then which share has been read; may raise.
    """
    kinds = [stream.kind for stream in plan.streams]
    with probe.path.open("rb", buffering=0) as file:
        index = flv_index.index_of(file.fileno(), look_up)
    if index is None:
        return None
    by_kind = {"video": index.picture, "audio": index.sound}
    places = [one for one in (by_kind[kind] for kind in kinds) if one is not None]
    if len(places) != len(kinds) or len(kinds) != sum(one is not None for one in by_kind.values()):
        return None
    tracks = tuple(Mp4Track(one.at, one.size) for one in places)
    set_ups = tuple(index.set_ups[0 if kind == "video" else 1] for kind in kinds)
    return FlvPackets(probe.path, tracks, _scan(places), set_ups, index)


def _scan(streams: Sequence[flv_index.PacketPlaces]) -> PacketScan:
    """The clocks of the streams, as ffmpeg tells them: from the first moment that is shown or heard."""
    origin = min(int(one.pts.min()) for one in streams)
    return PacketScan({number: _clock(one, origin) for number, one in enumerate(streams)})


def _clock(stream: flv_index.PacketPlaces, origin: int) -> StreamClock:
    steps = np.diff(stream.dts)
    usual = int(np.median(steps)) if steps.size else 0
    return clock_of(
        _MILLISECOND, stream.pts.astype(np.int64), usual, origin, int(stream.size.sum(dtype=np.int64))
    )


def prove(
    source: FlvPackets,
    copy: Path,
    look_up: Callable[[float], None],
    kind: Literal["md5", "sha256"] | None = "md5",
) -> HashedPackets | None:
    """Compare every packet of the recording with the copy's, None when the copy is not laid out as usual.

    Args:
        kind: which hash to take of the recording's packets on the way; None takes none.

    Raises OSError when one of them cannot be read.
    """
    with source.path.open("rb", buffering=0) as file, copy.open("rb", buffering=0) as made:
        tracks = mp4.tracks_of(made.fileno())
        if tracks is None or len(tracks) != len(source.streams):
            return None
        same = [np.array_equal(a.size, b.size) for a, b in zip(source.streams, tracks, strict=True)]
        if not all(same):
            return None
        if any(told not in track.set_up for told, track in zip(source.set_ups, tracks, strict=True)):
            return None
        if any(track.shown_s.size and float(track.shown_s.min()) < -HIDDEN_S for track in tracks):
            return None  # players leave out what comes before the beginning: a demuxer must say what is left
        if shown_otherwise(source.packets.shown_s(), [track.shown_s for track in tracks]):
            return None
        sums = [hashlib.new(kind, usedforsecurity=False) for _ in tracks if kind is not None]
        one, other = _PacketReader(file.fileno()), _PacketReader(made.fileno())
        with ThreadPoolExecutor(1, thread_name_prefix="hash") as hasher:
            hashing: Future[None] | None = None
            for share, spans in _windows(source.streams):
                if _reach(tracks, spans)[1] > FURTHEST_BYTES:
                    return None
                recorded = one.window(source.streams, spans)
                if hashing is not None:
                    hashing.result()
                if sums:
                    hashing = hasher.submit(_add, sums, recorded)
                for number, packets in enumerate(other.window(tracks, spans)):
                    same[number] &= packets == recorded[number]
                look_up(share)
            if hashing is not None:
                hashing.result()
    return HashedPackets(
        {number: f"{kind}:{digest.hexdigest()}" for number, digest in enumerate(sums)}, dict(enumerate(same))
    )


def _add(sums: "Sequence[hashlib._Hash]", packets: Sequence[bytes]) -> None:
    for digest, more in zip(sums, packets, strict=True):
        digest.update(more)


Span = tuple[int, int]
"""The first and, one more than, the last packet of a stream."""


def _windows(streams: Sequence[Mp4Track]) -> list[tuple[float, list[Span]]]:
    """Runs of packets that lie together in the recording, and which share of it they reach to."""
    start = min(int(one.at[0]) for one in streams)
    end = max(int(one.at[-1]) for one in streams)
    edges = np.arange(start, end + WINDOW_BYTES, WINDOW_BYTES, dtype=np.int64)
    edges[-1] = end + 1
    places = [np.searchsorted(one.at, edges).tolist() for one in streams]
    count = len(edges) - 1
    return [((step + 1) / count, [(p[step], p[step + 1]) for p in places]) for step in range(count)]


def _reach(streams: Sequence[Mp4Track], spans: Sequence[Span]) -> tuple[int, int]:
    """Where the packets begin in the file, and how many bytes it is to their end."""
    lie = [(one.at[a:b], one.size[a:b]) for one, (a, b) in zip(streams, spans, strict=True) if a < b]
    if not lie:
        return 0, 0
    start = min(int(at.min()) for at, _ in lie)
    return start, max(int((at + size).max()) for at, size in lie) - start


class _PacketReader:
    """Reads the packets of one file, window by window, into the same memory."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._buffer = bytearray(2 * WINDOW_BYTES)

    def window(self, streams: Sequence[Mp4Track], spans: Sequence[Span]) -> list[bytes]:
        """The packets of each stream, one after the other."""
        start, length = _reach(streams, spans)
        if length > len(self._buffer):
            self._buffer = bytearray(length)
        view = memoryview(self._buffer)[:length]
        taken = 0
        while taken < length:
            step = read_into(self._file, view[taken:], start + taken)
            if step == 0:
                break  # the file became shorter while it was read
            taken += step
        view = view[:taken]
        return [
            self._joined(view, one.at[a:b] - start, one.size[a:b])
            for one, (a, b) in zip(streams, spans, strict=True)
        ]

    def _joined(self, view: memoryview, at: Ints, size: Ints | Shorts) -> bytes:
        ends = (at + size).tolist()
        return b"".join([view[a:b] for a, b in zip(at.tolist(), ends, strict=True)])
