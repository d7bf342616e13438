"""Which room, and which talk, two names mean. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from stagebox.model.schedule import ScheduledRoom, ScheduledTalk

_ALIAS = re.compile(r"(.+?)\s*\((.+)\)")


def plain(name: str) -> str:
    """A name without what people write one way or the other: case, spaces, the form of accents."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def room_found(
    wanted: str, rooms: Iterable[ScheduledRoom], aliases: Mapping[str, str] | None = None
) -> ScheduledRoom | None:
    """The room of a schedule that somebody means; None: there is none, or several are meant.

    By its guid, else by its name, else by an alias of the settings (alias → name), else by either half of a
    name like `H.1308 (Rolin)`.
    """
    there = tuple(rooms)
    name = plain(wanted)
    told = plain({plain(one): other for one, other in (aliases or {}).items()}.get(name, ""))
    for matching in (
        [room for room in there if room.guid and plain(room.guid) == name],
        [room for room in there if plain(room.name) == name],
        [room for room in there if told and told in (plain(room.name), plain(room.guid))],
        [room for room in there if name in _halves(room.name)],
    ):
        if matching:
            return matching[0] if len({plain(room.name) for room in matching}) == 1 else None
    return None


def _halves(name: str) -> tuple[str, ...]:
    found = _ALIAS.fullmatch(name.strip())
    return tuple(plain(half) for half in found.groups()) if found else ()


def talks_in(room: ScheduledRoom, talks: Iterable[ScheduledTalk]) -> tuple[ScheduledTalk, ...]:
    """The talks of a room, and those that are in several rooms of which it is one; in their order."""
    return tuple(talk for talk in talks if any(plain(one) == plain(room.name) for one in talk.rooms))
