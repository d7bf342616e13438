"""How a box is, in a state and a sentence. Pure: what its conversation says in, a ButtonBoxReading out."""

from collections.abc import Collection
from dataclasses import replace

from stagebox.devices.buttonbox.mapping import BoxMapping, LackingPart
from stagebox.devices.buttonbox.session import BoxSession
from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts.button_boxes import BoxState, ButtonBoxReading
from stagebox.model.report import Code
from stagebox.model.said import Fact, Sentence

Told = tuple[Sentence, Sentence]
"""What is so, and what to do."""


def judged(
    seen: ButtonBoxReading, session: BoxSession, at: float, *, twin: str | None, mapped: BoxMapping
) -> ButtonBoxReading:
    """The box at the monotonic second `at`.

    Args:
        seen: as it was before; its id is that of the greeting.
        twin: the port of another box with this id that is obeyed already.
        mapped: what the settings say for this box.
    """
    counts = session.counts
    seen = replace(seen, stale=counts.stale, flooded=counts.flooded, refused=counts.refused)
    name = seen.box or seen.port

    def is_(state: BoxState, told: Told | None = None) -> ButtonBoxReading:
        return replace(seen, state=state, detail=told[0] if told is not None else "")

    if session.other_version:
        return is_("other_version", other_version(seen.port, session.other_version))
    hello = session.box
    if hello is None or session.gone(at):
        if session.chatters(at):
            return is_("chatters", _say("floods", port=seen.port))
        return is_("gone", at_port("mute", name)) if session.gone(at) else seen
    seen = replace(seen, box=hello.box, buttons=hello.buttons, lamps=hello.lamps)
    if twin is not None:
        return is_("twin", _say("twin", name=hello.box, first=twin, port=seen.port))
    if session.chatters(at):
        return is_("chatters", _say("chatters", name=name))
    if (lacking := mapped.beyond(hello.buttons, hello.lamps)) is not None:
        return is_("too_small", too_small(hello.box, lacking))
    return is_("ready")


def absent(name: str, others: Collection[str]) -> Told:
    """What is said of a box that is not there, while others are."""
    if not others:
        return _say("absent", name=name)
    return _say("absent_others", name=name, others=", ".join(sorted(others)))


def too_small(name: str, lacking: LackingPart) -> Told:
    """What is said of a box that has less than the settings name."""
    key = "too_small" if lacking.part == "button" else "too_few_lamps"
    return _say(key, name=name, number=lacking.number, has=lacking.has)


def other_version(name: str, version: int) -> Told:
    """What is said of a box that speaks another version of the protocol."""
    return _say("other_version", name=name, version=version)


def at_port(key: str, name: str) -> Told:
    """What is said of a port that ended so: `key` is one of port.PortEnd."""
    return _say(key, name=name)


def _say(key: str, **facts: Fact) -> Told:
    return say_live(Code.BUTTON_BOX_GONE, key, **facts)
