"""What the box may mend by itself: the wish, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Remedy = Literal[
    "bring_back",
    "reset_source",
    "unmute",
    "replace_obs",
    "stop_stream",
    "build_scenes",
    "open_collection",
    "open_profile",
    "rename_aside",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyWanted:
    """A remedy for one source role, or for OBS itself.

    `asks`: viewers would see or hear it, so a person must say yes first. `words` says in a sentence why,
    and what will be done.
    """

    remedy: Remedy
    role: str
    asks: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyTaken:
    """A remedy was taken: OBS did it (`ok`) or refused. It counts, so it is journalled."""

    kind: Literal["remedy_taken"] = "remedy_taken"
    remedy: Remedy
    role: str
    ok: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyTries:
    """How often a remedy was tried for one fault, and when last (monotonic seconds)."""

    count: int
    last_at: float


@dataclass(frozen=True, slots=True)
class RemedyLedger:
    """The tries of each remedy and role whose fault still holds."""

    tries: Mapping[tuple[Remedy, str], RemedyTries] = field(default_factory=dict)
