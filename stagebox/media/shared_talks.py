"""Which talks share a recording, and whether what was made of them holds all of it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from stagebox.media import manifest
from stagebox.media.manifest import ManifestEntry

MadeTalk = tuple[Path, ManifestEntry]
"""The output folder of a talk, and its entry there."""


def by_source(entries: Iterable[ManifestEntry]) -> Mapping[str, list[ManifestEntry]]:
    """The talks that have a part of a recording, in order, by each recording as reports spell it."""
    found: dict[str, list[tuple[int, float, ManifestEntry]]] = {}
    for entry in entries:
        for stamp, part in zip(entry.sources, entry.parts, strict=False):
            found.setdefault(stamp.path, []).append((part.first_byte, part.from_s or 0.0, entry))
    return {
        path: [entry for _, _, entry in sorted(places, key=lambda place: place[:2])]
        for path, places in found.items()
    }


def hold_all(path: Path, source: str, talks: Sequence[MadeTalk]) -> bool:
    """Whether the proven MP4s of these talks, which are there as they were made, hold all of a recording.

    Args:
        source: the recording as entries spell its path.
        path: where it is now.

    Raises OSError when it cannot be looked at.
    """
    size = path.stat().st_size
    spans = []
    for out, entry in talks:
        if not entry.report.lossless or manifest.output_path(out, entry) is None:
            continue
        for stamp, part in zip(entry.sources, entry.parts, strict=True):
            now = manifest.stamp(path)
            same = (stamp.size_bytes, stamp.mtime_ns) == (now.size_bytes, now.mtime_ns)
            if stamp.path != source or not part.cut or not (same or part.to_s is not None):
                continue
            start = 0 if part.from_s is None else part.first_byte
            spans.append((start, size if part.to_s is None else part.end_byte))
    reach = 0
    for start, end in sorted(spans):
        if start > reach:
            return False
        reach = max(reach, end)
    return reach >= size
