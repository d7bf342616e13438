"""The scenes as the pack tells them: their order, what they are called, what they show. Pure.

A scene that is not of the pack keeps its name in OBS and comes last; nothing is known of what it shows.
"""

from collections.abc import Collection, Iterable

from stagebox.model.scenes import PackScene
from stagebox.model.snapshot import Snapshot
from stagebox.views.seen import Seen

MOST_TILES = 12
PICTURES = ("slides", "camera")


def in_order(snapshot: Snapshot, scenes: Iterable[str]) -> list[str]:
    """Scenes in the pack's order, as many as there are tiles."""
    places = {one.name.casefold(): place for place, one in enumerate(snapshot.pack)}
    return sorted(scenes, key=lambda one: (places.get(one.casefold(), len(places)), one.casefold()))[
        :MOST_TILES
    ]


def label_of(seen: Seen, scene: str) -> str:
    """What people call a scene, in their language if the pack knows it."""
    known = _of(seen.snapshot, scene)
    return (known.labels.get(seen.language) or known.label if known is not None else "") or scene


def shown_in(snapshot: Snapshot, scene: str) -> tuple[str, ...]:
    """The roles whose pictures a scene shows."""
    known = _of(snapshot, scene)
    return tuple(role for role in PICTURES if known is not None and role in known.shows)


def card_of(snapshot: Snapshot, scene: str) -> str:
    """Which title card a scene is; empty for none."""
    known = _of(snapshot, scene)
    return known.card if known is not None else ""


def without(snapshot: Snapshot, roles: Collection[str]) -> str:
    """The first scene that shows a picture, and none of these roles'; empty for none."""
    shows = {one: shown_in(snapshot, one) for one in _there(snapshot)}
    return next((one for one, shown in shows.items() if shown and not set(shown) & set(roles)), "")


def with_most(snapshot: Snapshot) -> str:
    """The first scene that shows as much as any; empty when none shows a picture."""
    best = max(_there(snapshot), key=lambda one: len(shown_in(snapshot, one)), default="")
    return best if best and shown_in(snapshot, best) else ""


def _there(snapshot: Snapshot) -> list[str]:
    return in_order(snapshot, snapshot.scenes)


def _of(snapshot: Snapshot, scene: str) -> PackScene | None:
    return next((one for one in snapshot.pack if one.name.casefold() == scene.casefold()), None)
