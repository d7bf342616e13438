"""Which part of a recording is a talk's: talks that follow each other without a stop share a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRange:
    """From `from_s` to `to_s`, in seconds of the file's own time since its first packet; None: no edge."""

    from_s: float | None = None
    to_s: float | None = None

    @property
    def whole(self) -> bool:
        """Whether it is all of the file."""
        return self.from_s is None and self.to_s is None
