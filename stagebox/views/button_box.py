"""Set-up's page of the button box: what buttons do, and giving one something else to do. Pure."""

from collections.abc import Mapping

from stagebox.model.facts.button_boxes import OBEYED
from stagebox.views.asked import Teaching
from stagebox.views.said import sentence
from stagebox.views.scenes import in_order, label_of
from stagebox.views.seen import Seen, Translate
from stagebox.views.values import ButtonBox, ButtonBoxFace, Choice, Shape

DEEDS = ("record toggle", "next", "stream toggle", "mark", "acknowledge")
"""What a button can be given to do beside the scenes, as in the settings. The rest is for the file."""


def button_box_of(seen: Seen, translate: Translate) -> ButtonBox:
    """The page."""
    told = seen.snapshot.health.button_box
    there = any(one.state in OBEYED for one in told.boxes)
    if seen.teaching is not None:
        return _taught(seen, seen.teaching, there=there, translate=translate)
    if not seen.fresh or told.wanted is None:
        words = translate("Wait a moment. If it stays so, run the check: Set-up, Check.")
        return _page("unknown", "unknown", translate("Not known"), words, ())
    if not told.wanted:
        title = translate("No button box is set up")
        words = translate("The crew can add one: its guide says how.")
        return _page("none", "off", title, words, ())
    deeds = _deeds(seen, translate)
    if not there:
        title = translate("The button box cannot be used now")
        words = translate("Check its USB cable. It is used again by itself.")
        if known := sentence(seen, told.words):
            words = f"{known} {sentence(seen, told.remedy)}".strip()
        return _page("gone", "bad", title, words, deeds)
    title = translate("What should a button do?")
    words = translate("Choose it here, then press the button on the box.")
    return _page("choose", "fine", title, words, deeds)


def _taught(seen: Seen, teaching: Teaching, *, there: bool, translate: Translate) -> ButtonBox:
    """A button is being given something to do."""
    deed = deed_words(seen, teaching.words, translate)
    button = place_words(f"{teaching.box}:{teaching.button}", translate)
    shape: Shape = "busy"
    words = ""
    match teaching.step:
        case "asking" | "waiting":
            title = translate("Press the button for: {deed}").format(deed=deed)
            words = translate("It does nothing else this time. {n} s left.").format(n=teaching.left_s)
            if not there:
                shape = "bad"
                words = translate("The box is not there: check its USB cable.")
        case "silent":
            shape, title = "warn", translate("No button was pressed")
            words = translate("Is the box plugged in? Buttons do what they did before.")
        case "learned":
            shape, title = "fine", translate("Pressed: {button}").format(button=button)
            now = does_now(seen, teaching)
            words = translate("From now on: {deed}. Until now: {now}.").format(
                deed=deed, now=deed_words(seen, now, translate)
            )
        case "saving":
            title = translate("Saving: {button}").format(button=button)
        case "refused":
            shape, title = "bad", translate("It was not changed")
            words = teaching.why or translate("Buttons do what they did before. Try again.")
        case "done":
            shape, title = "fine", translate("Done: {button}").format(button=button)
            words = deed
    return _page(teaching.step, shape, title, words, ())


def does_now(seen: Seen, teaching: Teaching) -> str:
    """What the button that was pressed does as yet, as in the settings; "" for nothing."""
    buttons = _buttons(seen)
    return buttons.get(f"{teaching.box}:{teaching.button}", buttons.get(str(teaching.button), ""))


def deed_words(seen: Seen, words: str, translate: Translate) -> str:
    """What a button does, for people."""
    verb, _, scene = words.partition(" ")
    if verb == "scene":
        return translate("scene {name}").format(name=label_of(seen, scene))
    known = {
        "": translate("nothing"),
        "record toggle": translate("start and stop the recording"),
        "record start": translate("start the recording"),
        "record stop hold": translate("stop the recording"),
        "next": translate("start the next talk"),
        "stream toggle": translate("start and end the stream"),
        "stream stop hold": translate("end the stream"),
        "mark": translate("mark this moment"),
        "acknowledge": translate("mark the alarm as seen"),
    }
    return known.get(words, words)


def place_words(place: str, translate: Translate) -> str:
    """A button, for people: "3" or "left:3"."""
    box, _, number = place.rpartition(":")
    if not box:
        return translate("button {n}").format(n=number)
    return translate("button {n} of “{box}”").format(n=number, box=box)


def _deeds(seen: Seen, translate: Translate) -> tuple[Choice, ...]:
    scenes = [f"scene {name}" for name in in_order(seen.snapshot, seen.snapshot.scenes)]
    return tuple(_deed(seen, words, translate) for words in (*scenes, *DEEDS, ""))


def _deed(seen: Seen, words: str, translate: Translate) -> Choice:
    places = [place for place, does in _buttons(seen).items() if does == words] if words else []
    name = deed_words(seen, words, translate)
    return Choice(
        kind="deed" if words else "none",
        target=words,
        name=name[:1].upper() + name[1:],
        note=", ".join(place_words(place, translate) for place in places),
        chosen=bool(places),
        asked=False,
    )


def _buttons(seen: Seen) -> Mapping[str, str]:
    """What each button does, as in the settings."""
    in_force = seen.snapshot.set_up.in_force
    return in_force.buttons if in_force is not None else {}


def _page(face: ButtonBoxFace, shape: Shape, title: str, words: str, deeds: tuple[Choice, ...]) -> ButtonBox:
    return ButtonBox(face=face, shape=shape, title=title, words=words, deeds=deeds)
