"""Are the button boxes of the settings there, and do they answer?"""

from collections.abc import Callable
from typing import Any

from stagebox.devices.buttonbox.codec import Hello
from stagebox.devices.buttonbox.finder import candidates
from stagebox.devices.buttonbox.greeting import greet
from stagebox.devices.buttonbox.mapping import BoxMapping
from stagebox.doctor.result import CheckLevel, CheckResult
from stagebox.model.button_words import is_id
from stagebox.model.errors import StageboxError
from stagebox.model.settings import ButtonBoxSettings

TITLE = "Button box"
ANSWER_S = 4.0


def through_stagebox(snapshot: dict[str, Any]) -> CheckResult:
    """What the running stagebox, which holds the ports, says of its boxes."""
    told = snapshot["health"]["button_box"]
    names = ", ".join(box["box"] or box["wanted"] for box in told["boxes"])
    if told["state"] in ("fine", "note"):
        level = CheckLevel.GOOD if told["state"] == "fine" else CheckLevel.NOTE
        return _result(level, told["words"] or f"{names}: connected.", told["remedy"])
    return _result(CheckLevel.LOOK, told["words"] or "Nothing is known of the button box.", told["remedy"])


def at_the_ports(settings: ButtonBoxSettings, ask: Callable[[str, float], Hello] = greet) -> CheckResult:
    """Greet every port at which a box of the settings may be."""
    if not settings.boxes:
        return _result(CheckLevel.GOOD, "None is configured.")
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
            return _result(CheckLevel.LOOK, trouble.what, trouble.remedy)
        there = f" There is “{next(iter(found))}”." if found else ""
        return _result(
            CheckLevel.LOOK, f"The button box “{missing[0]}” is not there.{there}", "Check its cable."
        )
    for hello in found.values():
        beyond = BoxMapping.of(settings, hello.box).beyond(hello.buttons, hello.lamps)
        if beyond:
            return _result(
                CheckLevel.LOOK,
                f"The settings name {beyond}: that is on “{hello.box}”.",
                "Correct button_box.",
            )
    names = ", ".join(f"“{hello.box}” with {hello.buttons} buttons" for hello in found.values())
    return _result(CheckLevel.GOOD, f"{names}: answers.")


def _result(level: CheckLevel, summary: str, remedy: str = "") -> CheckResult:
    return CheckResult("button_box", TITLE, level, summary, remedy)
