"""What to do about the classic traps. Pure."""

from functools import reduce

from stagebox.doctor.traps import USB_2_MBPS, TrapSigns
from stagebox.messages.code_catalogue import say_check
from stagebox.model.said import Fact, Sentence
from stagebox.model.settings import VideoSource

CARDS = frozenset({"v4l2", "dshow", "avfoundation"})
"""Kinds of sources that are capture cards or cameras."""


def for_black(role: str, source: VideoSource, signs: TrapSigns) -> Sentence:
    """What to do about a black picture, the likeliest first."""
    said = held(signs)
    if source.kind == "x11":
        said += (_say("two_gpus", gpus=signs.gpus) if signs.gpus > 1 else _say("asleep"),)
    elif source.kind in CARDS:
        said += (_say("laptop" if role == "slides" else "camera_off"), *for_crowded_usb(signs))
    else:
        said += (_say("file"),)
    return _one_after_the_other(said)


def for_no_picture(source: VideoSource, signs: TrapSigns) -> Sentence:
    """What to do when there is no picture at all."""
    if signs.holders:
        return _one_after_the_other(held(signs))
    if source.kind in CARDS:
        return _one_after_the_other((_say("plug"), *for_crowded_usb(signs)))
    if source.kind == "x11":
        return _say("screen_off")
    return _say("absent", what=source.device or source.kind)


def for_crowded_usb(signs: TrapSigns) -> tuple[Sentence, ...]:
    """What to do when two capture devices share one narrow USB bus; empty when they do not."""
    if signs.usb_mbps is None or signs.usb_mbps > USB_2_MBPS or not signs.usb_shared_with:
        return ()
    return (_say("crowded", others=", ".join(signs.usb_shared_with)),)


def held(signs: TrapSigns) -> tuple[Sentence, ...]:
    """A capture device gives its picture to one program at a time."""
    return (_say("held", holders=", ".join(signs.holders)),) if signs.holders else ()


def _one_after_the_other(said: tuple[Sentence, ...]) -> Sentence:
    return reduce(lambda first, then: _say("both", first=first, then=then), said)


def _say(key: str, **facts: Fact) -> Sentence:
    return say_check("slides", key, **facts)[1]
