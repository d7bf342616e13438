"""Are the button boxes of the settings there, and do they answer?"""

from collections.abc import Callable
from typing import Any

from stagebox.devices.buttonbox.codec import Hello
from stagebox.devices.buttonbox.finder import candidates
from stagebox.devices.buttonbox.greeting import greet
from stagebox.devices.buttonbox.judge import absent, too_small
from stagebox.devices.buttonbox.mapping import BoxMapping
from stagebox.doctor.result import CheckLevel, CheckResult, checked, in_snapshot, of_error
from stagebox.model.button_words import is_id
from stagebox.model.errors import StageboxError
from stagebox.model.settings import ButtonBoxSettings

CHECK = "button_box"
ANSWER_S = 4.0


def through_stagebox(snapshot: dict[str, Any]) -> CheckResult:
    """What the running stagebox, which holds the ports, says of its boxes."""
    told = snapshot["health"]["button_box"]
    fine = told["state"] == "fine"
    if told["words"]:
        level = CheckLevel.GOOD if fine else CheckLevel.NOTE if told["state"] == "note" else CheckLevel.LOOK
        summary, remedy = in_snapshot(snapshot, told["words"]), in_snapshot(snapshot, told["remedy"])
        return CheckResult(CHECK, level, summary, remedy)
    if not fine:
        return checked(CHECK, CheckLevel.LOOK, "not_known")
    boxes = ", ".join(box["box"] or box["wanted"] for box in told["boxes"])
    return checked(CHECK, CheckLevel.GOOD, "good", boxes=boxes)


def at_the_ports(settings: ButtonBoxSettings, ask: Callable[[str, float], Hello] = greet) -> CheckResult:
    """Greet every port at which a box of the settings may be."""
    if not settings.boxes:
        return checked(CHECK, CheckLevel.GOOD, "none")
    found: dict[str, Hello] = {}
    trouble: StageboxError | None = None
    for candidate in candidates(settings.boxes):
        try:
            hello = ask(candidate.path, ANSWER_S)
        except StageboxError as error:
            trouble = trouble or (error if candidate.wanted else None)
            continue
        found[candidate.wanted or hello.box] = hello
    missing = [entry for entry in settings.boxes if entry not in found]
    if missing:
        if trouble is not None and not is_id(missing[0]):
            return of_error(CHECK, CheckLevel.LOOK, trouble)
        return CheckResult(CHECK, CheckLevel.LOOK, *absent(missing[0], found))
    for hello in found.values():
        beyond = BoxMapping.of(settings, hello.box).beyond(hello.buttons, hello.lamps)
        if beyond is not None:
            return CheckResult(CHECK, CheckLevel.LOOK, *too_small(hello.box, beyond))
    return checked(
        CHECK,
        CheckLevel.GOOD,
        "good",
        {hello.box: {"buttons": hello.buttons, "lamps": hello.lamps} for hello in found.values()},
        boxes=", ".join(hello.box for hello in found.values()),
    )
