"""Pages."""

from collections.abc import Sequence

from stagebox.media.job import Job
from stagebox.media.manifest import Entry
from stagebox.media.take import Taken


def session_page(job: Job, entry: Entry, taken: Taken | None) -> str:
    """A page."""
    return entry.stem


def index_page(entries: Sequence[Entry]) -> str:
    """A page."""
    return "".join(entry.stem for entry in entries)
