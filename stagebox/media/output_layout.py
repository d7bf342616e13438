"""Where the outputs of a run go: below the output folder as the recordings lie below what was named. Pure."""

import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stagebox.media.job import safe_stem

BETWEEN = " - "
"""What stands between folders and name where all outputs lie in one folder."""


@dataclass(frozen=True, slots=True)
class OutputPlace:
    """Where a recording's output goes, and what it is called; `name` None: as the recording.

    `top` is the folder whose index shows it.
    """

    folder: Path
    top: Path
    name: str | None = None


@dataclass(frozen=True, slots=True)
class OutputLayout:
    """Where everything goes.

    Args:
        out: the output folder; None: beside each recording.
        roots: the folders that were named. Several keep the part of their paths in which they differ.
        flatten: all outputs in `out` itself, with the folders in their names.
    """

    out: Path | None
    roots: tuple[Path, ...] = ()
    flatten: bool = False

    def spot(self, source: Path, root: Path | None) -> OutputPlace:
        """The place of this recording's output, which was found in `root`, or was named itself."""
        folder = source.absolute().parent
        out = None if self.out is None else self.out.absolute()
        if out is None:
            return OutputPlace(folder, folder if root is None else root.absolute())
        if root is None:
            return OutputPlace(out, out)
        inner = self.folders(folder)
        if self.flatten:
            name = safe_stem(BETWEEN.join((*inner, source.stem))) if inner else None
            return OutputPlace(out, out, name)
        return OutputPlace(out.joinpath(*inner), out)

    def folders(self, folder: Path) -> tuple[str, ...]:
        """The folders between what was named and this one, outermost first; empty outside of it."""
        return _folders(self.roots, folder)


@functools.lru_cache(4096)
def _folders(roots: tuple[Path, ...], folder: Path) -> tuple[str, ...]:
    base = common(roots)
    return folder.relative_to(base).parts if folder.is_relative_to(base) else ()


def common(roots: Iterable[Path]) -> Path:
    """The one folder, or the innermost that holds them all."""
    return Path(os.path.commonpath([os.path.abspath(root) for root in roots] or [os.sep]))  # noqa: PTH100
