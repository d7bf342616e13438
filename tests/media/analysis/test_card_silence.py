"""A title card lets no sound through: that is a note, no fault, and what was said meanwhile stays private."""

import numpy as np
import pytest

from stagebox.media.analysis.card_silence import without_cards
from stagebox.media.rescue.sound_choice import reasons
from stagebox.model.program import OnProgram, SceneLayout, soundless
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.said import said_of

LAYOUTS = (
    SceneLayout(scene="screen", boxes=()),
    SceneLayout(scene="break", boxes=(), sound=False),
    SceneLayout(scene="outro", boxes=(), sound=False),
)
TALK = (
    OnProgram(scene="screen", start_s=0.0),
    OnProgram(scene="break", start_s=60.0),
    OnProgram(scene="screen", start_s=90.0),
)


def silent(start_s: float, end_s: float, **evidence: object) -> Finding:
    return Finding(Code.SILENT, Severity.WARNING, start_s, end_s, "There is no sound.", "Check it.", evidence)


@pytest.mark.parametrize(
    ("found", "program", "severity"),
    [
        (silent(60.2, 89.9), TALK, Severity.NOTE),
        (silent(58.5, 91.5), TALK, Severity.NOTE),
        (silent(50.0, 89.9), TALK, Severity.WARNING),
        (silent(100.0, 120.0), TALK, Severity.WARNING),
        (silent(60.0, 90.0, silences=3), TALK, Severity.WARNING),
        (silent(60.2, 89.9), (), Severity.WARNING),
        (silent(60.2, 89.9), (OnProgram(scene="", start_s=0.0),), Severity.WARNING),
        (silent(60.2, 89.9), (OnProgram(scene="unknown", start_s=0.0),), Severity.WARNING),
        (silent(0.0, 200.0), (OnProgram(scene="break", start_s=0.0),), Severity.WARNING),
    ],
    ids=[
        "in the break",
        "and the ends of words",
        "before it, too",
        "elsewhere",
        "many short ones",
        "no marks",
        "not known",
        "foreign scene",
        "forgotten on the card",
    ],
)
def test_silence_on_a_card_is_a_note(
    found: Finding, program: tuple[OnProgram, ...], severity: Severity
) -> None:
    (told,) = without_cards([found], LAYOUTS, program, 200.0)
    assert told.severity is severity
    assert reasons([told], []) == (() if severity is Severity.NOTE else ("silent",))
    assert (said_of(told.message).code == "silent+card") is (severity is Severity.NOTE)


def test_cards_that_follow_each_other_are_one_stretch_to_the_end() -> None:
    program = (*TALK, OnProgram(scene="break", start_s=150.0), OnProgram(scene="outro", start_s=160.0))
    assert soundless(LAYOUTS, program, 200.0) == [(60.0, 90.0), (150.0, 200.0)]
    assert np.isclose(sum(b - a for a, b in soundless(LAYOUTS, program, 200.0)), 80.0)
