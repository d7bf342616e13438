"""The record light is green only while picture and sound are there; what is lacking is named."""

from dataclasses import replace
from typing import Any

import pytest

from stagebox.health.health_state import HealthRules, HealthState
from stagebox.health.lacks import lack_of
from stagebox.health.program_black import is_program_black, program_black
from stagebox.health.view import health_view
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.proof import TailFacts
from stagebox.model.health_view import LightHealth
from stagebox.model.said import said_of
from tests.health.test_every_rule import LIMITS, TALK, seen_until

NOW = 1000.0


def talk() -> HealthFacts:
    return seen_until(TALK, 1000, recording=True)


def light(facts: HealthFacts) -> LightHealth:
    return health_view(HealthState(facts=facts), LIMITS, NOW).proof


def with_tail(**said: Any) -> HealthFacts:
    facts = talk()
    assert facts.proof.tail is not None
    return replace(facts, proof=replace(facts.proof, tail=replace(facts.proof.tail, **said)))


def with_meters(**said: Any) -> HealthFacts:
    facts = talk()
    obs = facts.sound.obs
    assert obs.seen is not None
    away = None if said.get("live", True) else NOW - 30.0
    obs = replace(obs, seen=replace(obs.seen, **said), off_air_since=away)
    return replace(facts, sound=replace(facts.sound, obs=obs))


def test_a_talk_with_picture_and_sound_is_green() -> None:
    assert light(talk()).state == "green"


def test_a_black_program_is_not() -> None:
    facts = with_tail(mean_level=2.0, peak_level=9.0)
    assert (light(facts).state, light(facts).lack) == ("amber", "program_black")
    assert said_of(light(facts).words).code == "not_recording.but"
    (check,) = program_black(facts, LIMITS, NOW)
    assert (check.role, check.outcome, check.level.value) == ("program", "bad", "warning")


def test_a_dark_terminal_is_not_black_and_what_was_not_looked_at_is_unknown() -> None:
    assert is_program_black(with_tail(mean_level=9.0, peak_level=120.0), LIMITS, NOW) is False
    assert is_program_black(with_tail(mean_level=None, peak_level=None), LIMITS, NOW) is None
    assert is_program_black(talk(), LIMITS, NOW + 60.0) is None


@pytest.mark.parametrize(
    ("facts", "lack"),
    [
        (with_meters(muted=True), "mic_muted"),
        (with_meters(volume_db=-90.0), "mic_muted"),
        (with_meters(live=False, levels=()), "mic_off_program"),
        (with_meters(up=False), "mic_unknown"),
    ],
)
def test_no_live_sound_is_not_green_and_says_which(facts: HealthFacts, lack: str) -> None:
    assert (light(facts).state, light(facts).lack) == ("amber", lack)


def test_a_title_card_on_program_on_purpose_stays_calm() -> None:
    facts = replace(with_meters(live=False, levels=()), program_scene="intro")
    assert (light(facts).state, light(facts).lack) == ("green", "")
    muted = replace(with_meters(live=False, muted=True, levels=()), program_scene="intro")
    assert light(muted).state == "green"


def test_what_is_not_chosen_is_named_the_gravest_first_and_a_camera_is_nobodys_lack() -> None:
    def without(*roles: str) -> str:
        facts = talk()
        pictures = {role: fact for role, fact in facts.pictures.items() if role not in roles}
        return lack_of(replace(facts, pictures=pictures, unset=frozenset(roles)), (), LIMITS, NOW)

    assert without("camera") == ""
    assert without("slides") == "slides_unset"
    assert without("slides", "camera") == "no_picture_chosen"
    assert without("mic", "slides") == "mic_unset"
    assert without("slides", "camera", "mic") == "nothing_chosen"


def test_an_amber_light_is_no_word_about_whether_anything_is_written() -> None:
    """So that an alarm about writing clears though the microphone is muted."""
    health_state, _ = HealthState(facts=with_tail(mean_level=0.0, peak_level=0.0)).judge(
        _recording_state(), HealthRules(), NOW
    )
    outcomes = {check.code.value: check.outcome for check in health_state.checks if check.role == "recording"}
    assert outcomes["not_recording"] == "fine"


def _recording_state() -> Any:
    from stagebox.model.commands import TalkDetails
    from stagebox.model.state import ObsFacts, Phase, Session, State

    session = Session(
        id="a",
        name="a",
        talk=TalkDetails(),
        phase=Phase.RECORDING,
        wanted=True,
        origin="touch",
        asked_utc=0.0,
        running_since=400.0,
    )
    return State(
        obs=ObsFacts(link="up", generation=1, recording=True, program_scene="screen"), session=session
    )


def test_a_tail_without_levels_keeps_the_light_as_it_was() -> None:
    """Tails of another kind tell no levels: then the sources' own pictures are what is known."""
    assert TailFacts(end_s=1.0, frames=1, moving=True, sound_packets=1, peak_dbfs=-1.0).mean_level is None
    assert light(with_tail(mean_level=None, peak_level=None)).state == "green"
