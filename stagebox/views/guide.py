"""The guide through a first start: six steps, each confirmed, changed or skipped by a touch. Pure.

The device that is likely the right one is put behind its role when its step comes on show, so that its live
picture or level is there to be looked at; a touch confirms it (docs/decisions/0505).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stagebox.messages.code_catalogue import short
from stagebox.model.set_up import DeviceFound
from stagebox.views.progress import STEPS, Progress
from stagebox.views.seen import Seen, Translate
from stagebox.views.sensible import sensible
from stagebox.views.unset import ROLES, nothing_is_set_up
from stagebox.views.values import (
    Deed,
    Guide,
    GuideFace,
    GuideStep,
    RailItem,
    SetUp,
    Shape,
    SourceRow,
)

# --- how far somebody has come ----------------------------------------------------------------------------


def comes_by_itself(seen: Seen, screen: str) -> bool:
    """Whether the guide opens without a touch: nothing is set up, nobody has begun, and nothing records."""
    return (
        seen.progress.state == "new"
        and screen == "live"
        and nothing_is_set_up(seen)
        and not seen.snapshot.session
    )


def opened(progress: Progress) -> Progress:
    """Begun, taken up again, or gone through once more from its beginning."""
    again = progress.state == "finished"
    return replace(progress, state="open", step=STEPS[0] if again else progress.step)


def left(progress: Progress) -> Progress:
    """Gone elsewhere: what was settled stays so."""
    return progress if progress.state != "open" else replace(progress, state="left")


def confirmed(progress: Progress) -> Progress:
    """The step on show is right: on to the next one. After the last the guide is finished."""
    return _on(progress, _with(progress.confirmed, progress.step), _without_step(progress.skipped, progress))


def skipped(progress: Progress) -> Progress:
    """The step on show is left out: on to the next one."""
    return _on(progress, _without_step(progress.confirmed, progress), _with(progress.skipped, progress.step))


def _on(progress: Progress, confirmed: tuple[str, ...], skipped: tuple[str, ...]) -> Progress:
    last = progress.step == STEPS[-1]
    step = progress.step if last else STEPS[STEPS.index(progress.step) + 1]
    return Progress(state="finished" if last else "open", step=step, confirmed=confirmed, skipped=skipped)


def _without_step(steps: tuple[str, ...], progress: Progress) -> tuple[str, ...]:
    return tuple(one for one in steps if one != progress.step)


def _with(steps: tuple[str, ...], step: str) -> tuple[str, ...]:
    return steps if step in steps else (*steps, step)


# --- what the guide does by itself ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What the guide wants without a touch: to look for devices, or a device behind a role to be seen."""

    look: bool = False
    role: str = ""
    device: DeviceFound | None = None


def own_wish(seen: Seen, proposed: Sequence[str]) -> Own:
    """What to do now for the step on show; `proposed` are the roles that had their proposal."""
    told = seen.snapshot.set_up
    step, in_force, devices = seen.progress.step, told.in_force, told.devices
    if not seen.fresh or not seen.obs_up or in_force is None or step not in (*ROLES, "folder"):
        return Own()
    if devices is None:
        return Own(look=True)
    idle = not seen.snapshot.session and seen.snapshot.streaming is not True
    role = next((one for one in ROLES if one == step), None)
    if role is None or role in proposed or role in seen.progress.skipped or not idle:
        return Own()
    if in_force.of(role).kind != "none":
        return Own()
    taken = [(in_force.of(one).kind, in_force.of(one).device) for one in ROLES if one != role]
    found = sensible(role, devices.audio if role == "mic" else devices.video, taken)
    return Own(role=role, device=found) if found is not None else Own()


# --- what is shown ----------------------------------------------------------------------------------------


def guide_of(seen: Seen, set_up: SetUp, rail: Sequence[RailItem], translate: Translate) -> Guide:
    """The step on show; empty while another screen is."""
    if not seen.guiding:
        return Guide()
    facts = {one.key: one for one in rail}
    step = seen.progress.step
    steps = tuple(_step(seen, key, set_up, facts, translate) for key in STEPS)
    if step in ROLES:
        guide = _device(seen, step, set_up, facts, translate)
    else:
        guide = {"room": _room, "folder": _folder}.get(step, _check)(seen, set_up, facts, translate)
    return replace(guide, step=step, steps=steps)


Facts = Mapping[str, RailItem]


def _title(step: str, translate: Translate) -> str:
    return {
        "slides": translate("Slides"),
        "camera": translate("Camera"),
        "mic": translate("Microphone"),
        "room": translate("Room"),
        "folder": translate("Folder"),
        "check": translate("Check"),
    }[step]


def _step(seen: Seen, key: str, set_up: SetUp, facts: Facts, translate: Translate) -> GuideStep:
    shape: Shape = "unknown"
    words = ""
    if key in ROLES:
        source = _source(set_up, key)
        chosen = _is_chosen(source)
        shape = facts[key].shape if chosen else "off" if key in seen.progress.skipped else "unknown"
        left_out = translate("left out")
        words = source.name if chosen else left_out if shape == "off" else translate("not chosen")
    elif key == "room":
        shape = "fine" if key in seen.progress.confirmed else "unknown"
        words = set_up.room
    elif key == "folder":
        fine = key in seen.progress.confirmed or facts["disk"].shape in ("warn", "bad")
        shape, words = (facts["disk"].shape if fine else "unknown"), facts["disk"].words
    else:
        shape, words = set_up.check.shape, set_up.check.words
        if shape in ("unknown", "off"):
            words = translate("not done")
    if not seen.fresh:
        shape = "unknown"
    current = key == seen.progress.step
    return GuideStep(key=key, title=_title(key, translate), shape=shape, words=words, current=current)


def _source(set_up: SetUp, role: str) -> SourceRow:
    return next(one for one in set_up.sources if one.key == role)


def _is_chosen(source: SourceRow) -> bool:
    return any(one.chosen and one.kind != "none" for one in source.choices)


def _device(seen: Seen, role: str, set_up: SetUp, facts: Facts, translate: Translate) -> Guide:
    source = _source(set_up, role)
    chosen = _is_chosen(source)
    face, shape, words = _device_face(seen, role, set_up, facts, translate)
    question = {
        "slides": translate("Are these the slides?"),
        "camera": translate("Is this the camera?"),
        "mic": translate("Is this the microphone?"),
    }
    which = {
        "slides": translate("Which device shows the slides?"),
        "camera": translate("Which device is the camera?"),
        "mic": translate("Which device is the microphone?"),
    }
    can = chosen and not source.asked and seen.fresh
    return Guide(
        face=face,
        shape=shape,
        question=(question if chosen else which)[role],
        words=words,
        picture="" if role == "mic" or not chosen or face == "gone" else f"source/{role}",
        next=Deed(
            label=translate("Yes, use it") if chosen else translate("Nothing chosen yet"),
            detail=source.name if chosen else "",
            enabled=can,
        ),
        skip=_without(role, translate) if not (chosen and set_up.on_air) else Deed(),
    )


def _without(role: str, translate: Translate) -> Deed:
    return {
        "slides": Deed(
            label=translate("Without slides"),
            detail=translate("The talk has no slides"),
        ),
        "camera": Deed(
            label=translate("Without a camera"),
            detail=translate("The talk does not show the speaker"),
        ),
        "mic": Deed(
            label=translate("Without a microphone"),
            detail=translate("The talk has no sound"),
        ),
    }[role]


def _device_face(
    seen: Seen, role: str, set_up: SetUp, facts: Facts, translate: Translate
) -> tuple[GuideFace, Shape, str]:
    """The state of the step in a word, as a shape, and what a person is told."""
    source = _source(set_up, role)
    chosen = _is_chosen(source)
    if not seen.fresh:
        return "offline", "unknown", translate("Not connected. Wait a moment: it comes by itself.")
    if seen.snapshot.obs.link != "up":
        words = translate("OBS is starting. Its devices come in a few seconds.")
        return "obs", "busy", words
    if source.asked:
        sound = translate("Asked. The level comes in a moment.")
        words = sound if role == "mic" else translate("Asked. The picture comes in a moment.")
        return "asked", "busy", words
    if not chosen:
        return _nothing_chosen(seen, role, set_up, source, translate)
    code = _alarm(seen, role)
    if code == "missing":
        words = translate("It was chosen, and is not there. Check its cable, or choose another.")
        return "gone", "bad", words
    if code:
        return "seen", facts[role].shape, translate(short(code)).capitalize() + "."
    if set_up.on_air:
        words = translate("A talk is on air: you are asked again before anything changes.")
        return "on_air", "warn", words
    if facts[role].shape == "unknown":
        sound = translate("Not heard yet. Say something.")
        words = sound if role == "mic" else translate("Not seen yet. Wait a moment.")
        return "unknown", "busy", words
    if role == "mic":
        return "seen", facts[role].shape, translate("Speak: the level should move.")
    return "seen", facts[role].shape, translate("This is what will be recorded.")


def _nothing_chosen(
    seen: Seen, role: str, set_up: SetUp, source: SourceRow, translate: Translate
) -> tuple[GuideFace, Shape, str]:
    if set_up.face == "looking":
        return "looking", "busy", translate("Looking for devices…")
    if set_up.face in ("trouble", "unknown"):
        return "trouble", "warn", set_up.face_words
    if not any(one.kind not in ("none", "x11") for one in source.choices):
        none = {
            "slides": translate("No capture device was found. Plug it in, then “Look again”."),
            "camera": translate("No camera was found. Plug it in, then “Look again”."),
            "mic": translate("No microphone was found. Plug it in, then “Look again”."),
        }
        return "none", "warn", none[role]
    return "unset", "unknown", translate("Touch the right one in the list.")


def _alarm(seen: Seen, role: str) -> str:
    """The worst alarm of a role, by its code; that nothing is chosen is told otherwise."""
    loud = [
        one
        for one in seen.snapshot.alarms
        if one.role == role and one.level in ("warning", "critical") and one.code != "source_unset"
    ]
    loud.sort(key=lambda one: one.level != "critical")
    return loud[0].code if loud else ""


def _room(seen: Seen, set_up: SetUp, facts: Facts, translate: Translate) -> Guide:
    del facts
    return Guide(
        face="asked" if set_up.names_asked else "offline" if not seen.fresh else "ready",
        shape="busy" if set_up.names_asked else "unknown",
        question=translate("Which event and room is this?"),
        words=translate("On the title cards, and in the names of the recordings."),
        picture="scene/intro",
        next=Deed(
            label=translate("Keep these names"),
            detail=f"{set_up.room} · {set_up.title}",
            enabled=seen.fresh and not set_up.names_asked,
        ),
        skip=Deed(
            label=translate("Name it later"),
            detail=translate("Recordings get the name “{room}”").format(room=set_up.room),
        ),
    )


def _folder(seen: Seen, set_up: SetUp, facts: Facts, translate: Translate) -> Guide:
    asked = any(one.asked for one in set_up.places)
    shape = facts["disk"].shape
    words = translate("Touch another folder to change it.")
    if set_up.folder_locked:
        words = translate("A talk is being recorded: the folder can be changed when it has ended.")
    return Guide(
        face="asked" if asked else "offline" if not seen.fresh else "ready",
        shape="busy" if asked else shape,
        question=translate("Where should recordings go?"),
        words=words,
        next=Deed(
            label=translate("Record there"),
            detail=set_up.folder_words,
            enabled=seen.fresh and not asked,
        ),
        skip=Deed(
            label=translate("Choose it later"),
            detail=translate("Recordings go into the folder that is set now"),
        ),
    )


def _check(seen: Seen, set_up: SetUp, facts: Facts, translate: Translate) -> Guide:
    del facts
    check = set_up.check
    done = bool(check.rows) and not check.running
    face: GuideFace = (
        "offline" if not seen.fresh else "running" if check.running else "done" if done else "ready"
    )
    if check.running:
        deed = Deed(label=translate("Checking…"), detail=check.words, enabled=False)
    elif done:
        deed = Deed(
            label=translate("To the live screen"),
            detail=translate("Ready for the first talk") if check.shape == "fine" else check.words,
        )
    else:
        deed = Deed(
            label=translate("Run the check"),
            detail=translate("Half a minute; speak when asked"),
            enabled=check.ready,
        )
    return Guide(
        face=face,
        shape=check.shape,
        question=translate("Does it all work together?"),
        words=check.words,
        next=deed,
        skip=Deed()
        if done
        else Deed(
            label=translate("Without the check"),
            detail=translate("Nobody knows whether it works"),
        ),
    )
