"""Which part of a file was taken for a talk that shares it with others, and whether it is there as it was."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol, Self

from stagebox.model.ranges import FileRange


class FileStamp(Protocol):
    """A file as it was."""

    @property
    def path(self) -> str: ...
    @property
    def size_bytes(self) -> int: ...
    @property
    def mtime_ns(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """Which part of a file was taken for a talk.

    Args:
        from_s, to_s: the marks, in seconds of the file's own time; None: its beginning or end.
        first_byte, end_byte: the bytes between which the part lies.
        lead_s, tail_s: how much of it lies before the first mark, and after the other.
        length_s: how long it is.
        found: whether the file held a keyframe after `to_s`.
        cut: whether it could be cut; else all of the file was taken.
    """

    from_s: float | None
    to_s: float | None
    first_byte: int = 0
    end_byte: int = 0
    lead_s: float = 0.0
    tail_s: float = 0.0
    length_s: float = 0.0
    found: bool = True
    cut: bool = True

    def is_before(self, was: FileStamp, now: FileStamp) -> bool:
        """Whether a file that was `was` only grew behind this part."""
        if was.path != now.path or self.to_s is None or not (self.found and self.cut):
            return False
        return now.size_bytes >= was.size_bytes and now.mtime_ns >= was.mtime_ns

    @property
    def range(self) -> FileRange:
        """Which part was asked for."""
        return FileRange(from_s=self.from_s, to_s=self.to_s)

    @property
    def is_shared(self) -> bool:
        """Whether it is not all of the file."""
        return not self.range.whole

    def to_json(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return asdict(self)

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> Self:
        """As it stood there. Raises TypeError when it is none."""
        return cls(**value)
