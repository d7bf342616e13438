"""What holds for every rule there is: found by looking, so that a new one cannot be left out."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import replace

import pytest

from stagebox import health
from stagebox.health.check import Check, Rule
from stagebox.health.health_state import HealthState
from stagebox.health.rules import rules
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.button_boxes import ButtonBoxesReading, ButtonBoxFacts, ButtonBoxReading
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.facts.sound import SoundFacts, SoundWanted
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings
from stagebox.rehearsal import imagined
from stagebox.rehearsal.imagined import MIC_DEVICE, TALK_S, ImaginedMoment
from tests.health.machine_facts import stats

LIMITS = HealthSettings()
SOURCES = {"slides": PictureFacts(), "camera": PictureFacts()}
SOUND = SoundFacts(
    wanted=SoundWanted(mic=True, ear=True, device=MIC_DEVICE, silent_scenes=frozenset({"intro"}))
)
NOTHING_SEEN = HealthFacts(
    pictures=SOURCES, sound=SOUND, button_boxes=ButtonBoxFacts(wanted=True), session_wanted=True
)
BY_EVENTS = {Code.SPEAKING_UNRECORDED, Code.CARD_ON_PROGRAM}
"""Whether OBS records and what is on program, OBS tells by events: there is nothing that grows old."""
OF_THE_ENGINE = {Code.OBS_STUCK, Code.STREAM_LOST, Code.STREAM_REFUSED, Code.STREAM_SLOW}
"""Whether its own OBS hangs and whether a stream is wanted the engine knows by itself, seen or not."""
OF_THE_SETTINGS = {Code.SOURCE_UNSET}
"""Whether a device is chosen the settings say: there is nothing to be seen, or that grows old."""


def rules_in_the_room() -> Iterator[Rule]:
    """Each public function of stagebox.health that looks like a rule."""
    for module in pkgutil.walk_packages(health.__path__, "stagebox.health."):
        loaded = importlib.import_module(module.name)
        for _, one in inspect.getmembers(loaded, inspect.isfunction):
            if one.__module__ != module.name or one.__name__.startswith("_"):
                continue
            signature = inspect.signature(one)
            if list(signature.parameters) == ["facts", "limits", "now"] and (
                signature.return_annotation == tuple[Check, ...]
            ):
                yield one


ALL = sorted(rules_in_the_room(), key=lambda rule: rule.__name__)
each_rule = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.__name__)


def seen_until(moment: ImaginedMoment, at: int, *, recording: bool) -> HealthFacts:
    """The facts after half a minute of an ordinary talk, everything seen at the end."""
    health_state = HealthState(facts=NOTHING_SEEN)
    for earlier in range(30, -1, -1):
        second = at - earlier
        frames = 30 * second
        figures = stats(
            recording=recording,
            record_bytes=700_000 * second,
            render_total_frames=frames,
            output_total_frames=frames,
        )
        readings = [
            figures,
            imagined.host(moment, second),
            imagined.picture("slides", moment, second),
            imagined.picture("camera", moment, second),
            imagined.meters(moment, second, on_air=True),
            imagined.ear(moment, second),
            imagined.proof(moment, "/rec/a.flv", float(second), second),
            ButtonBoxesReading(
                boxes=(ButtonBoxReading(wanted="desk", box="desk", port="/dev/desk", state="ready"),)
            ),
        ]
        for reading in readings:
            health_state = health_state.see(reading, float(second))
    return replace(
        health_state.facts,
        obs_up=True,
        recording=recording,
        recording_since=float(at - 600),
        session_wanted=recording,
        program_scene="screen",
        program_since=float(at - 600),
    )


TALK = ImaginedMoment(talk=0, second=60, length_s=TALK_S)


def test_every_rule_in_the_room_is_asked_and_no_other() -> None:
    assert {rule.__name__ for rule in ALL} == {rule.__name__ for rule, _ in rules(LIMITS)}
    assert len(ALL) == len(rules(LIMITS)) >= 26


@each_rule
def test_it_says_fine_of_an_ordinary_talk_that_is_recorded(rule: Rule) -> None:
    """So that the tests below would not hold for a rule that never says fine at all."""
    facts = seen_until(TALK, 1000, recording=True)
    outcomes = {check.code: (check.outcome, check.summary) for check in rule(facts, LIMITS, 1000.0)}
    assert outcomes
    assert {outcome for outcome, _ in outcomes.values()} == {"fine"}, outcomes


@each_rule
def test_it_never_says_fine_when_nothing_was_seen(rule: Rule) -> None:
    for now in (0.0, 100.0, 1e6):
        for check in rule(NOTHING_SEEN, LIMITS, now):
            assert check.outcome == "unknown" or check.code in OF_THE_ENGINE | OF_THE_SETTINGS, check


@each_rule
@pytest.mark.parametrize("late_s", [0.001, 5.0, 3600.0])
def test_it_never_says_fine_when_what_was_seen_is_old(rule: Rule, late_s: float) -> None:
    facts = seen_until(TALK, 1000, recording=True)
    for check in rule(facts, LIMITS, 1000.0 + LIMITS.stale_s + late_s):
        assert check.outcome != "fine" or check.code in BY_EVENTS | OF_THE_ENGINE | OF_THE_SETTINGS, check


@each_rule
def test_it_says_the_same_codes_whatever_is_known_and_names_what_is_not_fine(rule: Rule) -> None:
    known = rule(seen_until(TALK, 1000, recording=True), LIMITS, 1000.0)
    unknown = rule(NOTHING_SEEN, LIMITS, 1000.0)
    assert [(check.code, check.role) for check in known] == [(check.code, check.role) for check in unknown]
    assert all(check.summary for check in unknown if check.outcome != "fine")
