"""Where recordings go when they are moved aside: as they lay, so that days and rooms stay. Pure."""

import os
from collections.abc import Iterable
from pathlib import Path


def places(sources: Iterable[Path], top: Path) -> dict[Path, Path]:
    """Each recording's place below the folder it is moved to: as it lay below `top`.

    Those that lie elsewhere keep their places below the folder that holds these. All paths are absolute.
    """
    sources = list(sources)
    others = [source for source in sources if not source.is_relative_to(top)]
    base = Path(os.path.commonpath([source.parent for source in others])) if others else top
    return {source: source.relative_to(top if source.is_relative_to(top) else base) for source in sources}
