"""How a box is, in a state and a sentence. Pure: what its conversation says in, a ButtonBoxReading out."""

from dataclasses import replace

from stagebox.devices.buttonbox.mapping import BoxMapping
from stagebox.devices.buttonbox.session import BoxSession
from stagebox.model.facts.button_boxes import BoxState, ButtonBoxReading


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
    name = f"The button box “{seen.box}”" if seen.box else f"The button box at {seen.port}"

    def is_(state: BoxState, detail: str = "") -> ButtonBoxReading:
        return replace(seen, state=state, detail=detail)

    if session.other_version:
        words = f"speaks version {session.other_version} of the protocol, and stagebox version 1."
        return is_("other_version", f"The button box at {seen.port} {words}")
    hello = session.box
    if hello is None or session.gone(at):
        if session.chatters(at):
            return is_("chatters", f"What is at {seen.port} floods its port.")
        return is_("gone", f"{name} does not answer.") if session.gone(at) else seen
    seen = replace(seen, box=hello.box, buttons=hello.buttons, lamps=hello.lamps)
    if twin is not None:
        both = f"Two button boxes call themselves “{hello.box}”: {twin} and {seen.port}."
        return is_("twin", f"{both} The first is obeyed.")
    if session.chatters(at):
        return is_("chatters", f"{name} chatters: its buttons are not obeyed until it is quiet.")
    if beyond := mapped.beyond(hello.buttons, hello.lamps):
        return is_("too_small", f"The settings name {beyond}: that is on the button box “{hello.box}”.")
    return is_("ready")
