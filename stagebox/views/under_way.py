"""Whether what a banner's button does was asked for already, so that another touch would do nothing. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from stagebox.views.asked import is_asked
from stagebox.views.seen import Seen
from stagebox.views.tiles import would_do_nothing
from stagebox.views.values import AlarmBanner, Button, Hint

Banner = TypeVar("Banner", AlarmBanner, Hint)


def marked(seen: Seen, banners: Iterable[Banner]) -> tuple[Banner, ...]:
    """The banners, with each button that was asked for marked so."""
    return tuple(
        replace(one, button=replace(one.button, asked=True)) if is_under_way(seen, one.button) else one
        for one in banners
    )


def is_under_way(seen: Seen, button: Button) -> bool:
    """Whether a touch on the button asks for what was asked a moment ago, or is so already."""
    if button.kind == "switch_scene":
        return would_do_nothing(seen, button.target)
    target = button.target if button.kind == "take_remedy" else ""
    return is_asked(seen.asked, button.kind, target)
