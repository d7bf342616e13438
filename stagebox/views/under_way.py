"""Whether what a banner's button does was asked for already, so that another touch would do nothing. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar, get_args

from stagebox.model.commands import SessionKind
from stagebox.views.asked import is_asked
from stagebox.views.seen import Seen
from stagebox.views.tiles import would_do_nothing
from stagebox.views.values import AlarmBanner, Button, Hint

Banner = TypeVar("Banner", AlarmBanner, Hint)


def marked(seen: Seen, banners: Iterable[Banner]) -> tuple[Banner, ...]:
    """The banners, with each button that was asked for marked so."""
    return tuple(_marked(seen, one) for one in banners)


def _marked(seen: Seen, banner: Banner) -> Banner:
    if is_under_way(seen, banner.button):
        banner = replace(banner, button=replace(banner.button, asked=True))
    if isinstance(banner, AlarmBanner) and is_under_way(seen, banner.second):
        banner = replace(banner, second=replace(banner.second, asked=True))
    return banner


def is_under_way(seen: Seen, button: Button) -> bool:
    """Whether a touch on the button asks for what was asked a moment ago, or is so already."""
    if button.kind == "switch_scene":
        return would_do_nothing(seen, button.target)
    aimed = ("take_remedy", *get_args(SessionKind))
    target = button.target if button.kind in aimed else ""
    return is_asked(seen.asked, button.kind, target)
