"""Roles for which nothing is chosen: which they are, and what is said of it before anybody records. Pure."""

from stagebox.messages.code_catalogue import role_name, short
from stagebox.model.health_view import PICTURE_LOST, SOUND_LOST
from stagebox.model.set_up import SOURCE_ROLES, SourceRole
from stagebox.views.scenes import shown_in
from stagebox.views.seen import Seen, Translate
from stagebox.views.values import Button

ROLES: tuple[SourceRole, ...] = SOURCE_ROLES
TO_GUIDE = "guide"


def unset_roles(seen: Seen) -> tuple[str, ...]:
    """The roles known to have no device. What is not known is not among them."""
    in_force = seen.snapshot.set_up.in_force
    return () if in_force is None else tuple(one for one in ROLES if in_force.of(one).kind == "none")


def nothing_is_set_up(seen: Seen) -> bool:
    """Whether no role has a device, and that is known."""
    return seen.fresh and unset_roles(seen) == ROLES


def missing_words(seen: Seen, translate: Translate) -> str:
    """What a recording that began now would lack, in a sentence; empty when nothing is known to be amiss."""
    if not seen.fresh:
        return ""
    unset = unset_roles(seen)
    known = {
        ("slides",): translate("No slides are chosen."),
        ("camera",): translate("No camera is chosen."),
        ("mic",): translate("No microphone is chosen: no sound."),
        ("slides", "camera"): translate("No slides and no camera are chosen: no picture."),
        ("slides", "mic"): translate("No slides and no microphone are chosen: no sound."),
        ("camera", "mic"): translate("No camera and no microphone are chosen: no sound."),
        ROLES: translate("Nothing is chosen: no picture and no sound."),
    }
    told = known.get(unset, "")
    if "mic" in unset:
        return told
    return _lost(seen, translate) or told


def _lost(seen: Seen, translate: Translate) -> str:
    """What is chosen, and does not come: the sound before any picture."""
    raised = {
        one.role: one.code
        for one in seen.snapshot.alarms
        if one.level in ("warning", "critical")
        and one.code in (SOUND_LOST if one.role == "mic" else PICTURE_LOST)
    }
    role = next((one for one in ("mic", "slides", "camera") if one in raised), "")
    return f"{translate(role_name(role))}: {translate(short(raised[role]))}" if role else ""


def tile_words(seen: Seen, scene: str, translate: Translate) -> tuple[str, bool]:
    """What a scene's tile says of roles that are not chosen, and whether that leaves it no picture."""
    shows = shown_in(seen.snapshot, scene)
    unset = tuple(role for role in shows if role in unset_roles(seen))
    if not seen.fresh or not unset:
        return "", False
    known = {
        ("slides",): translate("Slides not chosen"),
        ("camera",): translate("Camera not chosen"),
        ("slides", "camera"): translate("Neither slides nor camera chosen"),
    }
    return known[unset], unset == shows


def choose_button(seen: Seen, role: str, translate: Translate) -> Button:
    """The touch that goes to where a role's device is chosen: the guide while nobody has gone through it."""
    if seen.progress.state != "finished" and nothing_is_set_up(seen):
        return Button(kind="screen", target=TO_GUIDE, label=translate("Set it up"))
    known = {
        "slides": translate("Choose the slides"),
        "camera": translate("Choose the camera"),
        "mic": translate("Choose the microphone"),
    }
    label = known.get(role, translate("Open Sources"))
    return Button(kind="screen", target=f"setup/sources/{role}", label=label)
