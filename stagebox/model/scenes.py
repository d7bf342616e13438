"""What a scene pack says of its scenes: all that engine and views know of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PackScene:
    """A scene of the pack, in the pack's order, which is that of tiles and choices.

    `label` is what people call it, `labels` the same in other languages by their two-letter codes. `shows`
    are the roles whose picture is in it, `card` the title card that it is (empty for none). `sound`: the
    microphone is heard in it.
    """

    name: str
    label: str
    labels: Mapping[str, str] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    card: str = ""
    sound: bool = False


def card_of(scenes: tuple[PackScene, ...], name: str) -> str:
    """Which title card the scene called `name` is; empty for none, or for a scene that is not the pack's."""
    return next((one.card for one in scenes if one.name.casefold() == name.casefold()), "")
