"""The rail: each part of the appliance with a shape and words. What is not known is a ring. Pure."""

from collections.abc import Callable
from typing import Protocol

from stagebox.messages.code_catalogue import short
from stagebox.model.figures import room_words
from stagebox.model.health_view import PictureHealth, RoleState
from stagebox.views.seen import Seen, Translate
from stagebox.views.stream import state_of
from stagebox.views.values import RailItem, Shape
from stagebox.views.words import disk_minutes_left, elapsed, time_left

SHAPES: dict[str, Shape] = {
    "fine": "fine",
    "note": "fine",
    "warning": "warn",
    "critical": "bad",
    "unset": "off",
}
"""By a role's state. Every other state is not known."""
DISK_LOW_MIN, DISK_SHORT_MIN = 30.0, 90.0


class StateTold(Protocol):
    """Of whatever the snapshot tells a state."""

    @property
    def state(self) -> RoleState:
        """The worst of its checks."""


Entry = Callable[[Seen, Translate], RailItem]
"""One part's place in the rail: a pure function of what is seen, which says nothing of alarms or age.

What is old is turned to "not known", and what has an alarm says so, for all of them alike.
"""


def rail_of(seen: Seen, translate: Translate) -> tuple[RailItem, ...]:
    """The rail's items in their fixed places; the computer is there only when it needs a look."""
    items = [entry(seen, translate) for entry in ENTRIES]
    if seen.snapshot.health.machine.state in ("warning", "critical"):
        items.append(_machine(seen, translate))
    raised = _raised(seen)
    told = tuple(_with_alarm(item, raised.get(item.key), translate) for item in items)
    if seen.fresh:
        return told
    return tuple(_old(item, translate, known=seen.told) for item in told)


def _old(item: RailItem, translate: Translate, *, known: bool) -> RailItem:
    """What was known last, marked as old: nobody knows how it is now."""
    words = translate("not known")
    if known and item.shape != "unknown":
        words = translate("was: {words}").format(words=item.words.partition(",")[0])
    return RailItem(key=item.key, name=item.name, shape="unknown", words=words)


def _raised(seen: Seen) -> dict[str, tuple[Shape, str]]:
    """The worst alarm of each part: its shape and its code."""
    found: dict[str, tuple[Shape, str]] = {}
    for alarm in seen.snapshot.alarms:
        level, code = alarm.level, alarm.code
        role = "ear" if code == "ear_down" else alarm.role
        if level in ("warning", "critical") and (role not in found or found[role][0] != "bad"):
            found[role] = (SHAPES[level], code)
    return found


def _with_alarm(item: RailItem, alarm: tuple[Shape, str] | None, translate: Translate) -> RailItem:
    """No part looks better than its alarm, and its alarm says what is wrong with it."""
    if alarm is None:
        return item
    shape: Shape = "bad" if "bad" in (item.shape, alarm[0]) else alarm[0]
    return RailItem(key=item.key, name=item.name, shape=shape, words=translate(short(alarm[1])))


def _told(key: str, name: str, fact: StateTold, translate: Translate) -> RailItem:
    """A part of which the snapshot tells a state. Its sentence is for the alarm, too long for here."""
    shape: Shape = SHAPES.get(fact.state, "unknown")
    words = {
        "fine": translate("good"),
        "warn": translate("needs a look"),
        "bad": translate("failed"),
        "off": translate("not chosen"),
    }.get(shape, translate("not known"))
    return RailItem(key=key, name=name, shape=shape, words=words)


def _slides(seen: Seen, translate: Translate) -> RailItem:
    return _picture(seen, "slides", translate("Slides"), translate)


def _camera(seen: Seen, translate: Translate) -> RailItem:
    return _picture(seen, "camera", translate("Camera"), translate)


def _picture(seen: Seen, key: str, name: str, translate: Translate) -> RailItem:
    fact = seen.snapshot.health.pictures.get(key, PictureHealth())
    item = _told(key, name, fact, translate)
    width, height = fact.width, fact.height
    if item.shape != "fine" or not width or not height:
        return item
    return RailItem(key=key, name=name, shape="fine", words=f"{width:.0f}×{height:.0f}")


def _mic(seen: Seen, translate: Translate) -> RailItem:
    fact = seen.snapshot.health.sound
    item = _told("mic", translate("Microphone"), fact, translate)
    heard = fact.heard
    if item.shape != "fine" or heard not in ("off", "quiet"):
        return item
    if heard == "off":
        return RailItem(key="mic", name=item.name, shape="off", words=translate("off: card shown"))
    return RailItem(key="mic", name=item.name, shape="fine", words=translate("quiet"))


def _ear(seen: Seen, translate: Translate) -> RailItem:
    fact = seen.snapshot.health.ear
    item = _told("ear", translate("Backup sound"), fact, translate)
    seconds = fact.backup_s
    if item.shape != "fine" or not fact.backup:
        return item
    return RailItem(key="ear", name=item.name, shape="fine", words=elapsed(seconds))


def _button_box(seen: Seen, translate: Translate) -> RailItem:
    fact = seen.snapshot.health.button_box
    name = translate("Button box")
    if fact.wanted is False:
        return RailItem(key="button_box", name=name, shape="off", words=translate("none"))
    return _told("button_box", name, fact, translate)


def _machine(seen: Seen, translate: Translate) -> RailItem:
    return _told("machine", translate("Computer"), seen.snapshot.health.machine, translate)


def _disk(seen: Seen, translate: Translate) -> RailItem:
    name = translate("Disk")
    folder = seen.snapshot.folder
    if trouble := folder_trouble(seen, translate):
        return RailItem(key="disk", name=name, shape="bad", words=trouble)
    minutes = disk_minutes_left(seen.snapshot)
    if minutes is not None:
        shape: Shape = "bad" if minutes < DISK_LOW_MIN else "warn" if minutes < DISK_SHORT_MIN else "fine"
        return RailItem(key="disk", name=name, shape=shape, words=time_left(minutes, translate))
    free_mb = seen.snapshot.obs.free_disk_mb
    if free_mb is not None and folder == "ok":
        free = translate("{room} free").format(room=room_words(free_mb * 1024 * 1024))
        return RailItem(key="disk", name=name, shape="fine", words=free)
    return RailItem(key="disk", name=name, shape="unknown", words=translate("not known"))


def folder_trouble(seen: Seen, translate: Translate) -> str:
    """Why nothing can be written into the folder of recordings; empty when nothing is known to be amiss."""
    known = {
        "full": translate("full"),
        "gone": translate("folder is gone"),
        "read_only": translate("cannot be written"),
    }
    return known.get(seen.snapshot.folder, "")


def _obs(seen: Seen, translate: Translate) -> RailItem:
    obs = seen.snapshot.obs
    link, fps = obs.link, obs.fps
    if link == "up":
        if fps is None:
            return RailItem(key="obs", name="OBS", shape="unknown", words=translate("no figures"))
        lost = (obs.render_skipped_frames or 0) + (obs.output_skipped_frames or 0)
        words = translate("{fps} fps, none lost") if not lost else translate("{fps} fps, {n} lost")
        return RailItem(
            key="obs", name="OBS", shape="fine", words=words.format(fps=f"{fps:.1f}", n=int(lost))
        )
    if obs.process == "starting" or obs.fault == "not_ready":
        return RailItem(key="obs", name="OBS", shape="busy", words=translate("starting"))
    if link == "connecting":
        return RailItem(key="obs", name="OBS", shape="busy", words=translate("connecting"))
    return RailItem(key="obs", name="OBS", shape="bad", words=translate("does not answer"))


def _stream(seen: Seen, translate: Translate) -> RailItem:
    shape, words = state_of(seen, translate)
    return RailItem(key="stream", name=translate("Stream"), shape=shape, words=words)


ENTRIES: tuple[Entry, ...] = (_slides, _camera, _mic, _ear, _disk, _obs, _stream, _button_box)
