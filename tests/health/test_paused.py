"""The record light while OBS is paused, after it goes on, and where it goes on in another file by itself."""

from dataclasses import replace

from stagebox.health.health_state import HealthState
from stagebox.health.not_recording import light_of
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.proof import ProofReading, TailFacts
from stagebox.model.settings import HealthSettings
from tests.health.machine_facts import stats

LIMITS = HealthSettings()
TALK = HealthFacts(obs_up=True, session_wanted=True, recording=True, recording_since=0.0)


def tail(end_s: float) -> TailFacts:
    return TailFacts(end_s=end_s, frames=4, moving=True, sound_packets=90, peak_dbfs=-12.0)


def recorded(
    health_state: HealthState, first: int, last: int, path: str = "/r/a.flv", began: int = 0
) -> HealthState:
    """Each second OBS's figures and the file grow, and every other second its end is decoded."""
    for at in range(first, last + 1):
        health_state = health_state.see(replace(stats(), recording=True, record_bytes=1000 * at), at)
        size = 1000 * (at - began)
        proof = ProofReading(path=path, file_bytes=size, tail=tail(at - began) if at % 2 else None)
        health_state = health_state.see(proof, at)
    return health_state


def colour(health_state: HealthState, at: float, *, paused: bool = False) -> str:
    return light_of(replace(health_state.facts, paused=paused), LIMITS, at).colour


def test_a_pause_is_amber_by_its_name_and_no_fault_of_the_disk() -> None:
    health_state = recorded(HealthState(facts=TALK), 1, 20)
    assert colour(health_state, 20.0) == "green"
    for at in range(21, 90):
        health_state = health_state.see(
            replace(stats(), recording=True, paused=True, record_bytes=20_000), at
        )
    light = light_of(replace(health_state.facts, paused=True), LIMITS, 89.0)
    assert (light.colour, light.summary[:6]) == ("amber", "Paused")
    # It goes on: nothing of the pause counts against it.
    for at in range(90, 100):
        health_state = recorded(health_state, at, at, began=69)
        assert colour(health_state, float(at)) in ("amber", "green"), at
    assert colour(health_state, 99.0) == "green"


def test_a_file_that_obs_splits_off_leaves_the_light_green() -> None:
    health_state = recorded(HealthState(facts=TALK), 1, 20)
    for at in range(21, 60):
        health_state = recorded(health_state, at, at, "/r/a (2).flv", began=20)
        assert colour(health_state, float(at)) == "green", at


def test_a_part_that_does_not_grow_turns_the_light_red() -> None:
    health_state = recorded(HealthState(facts=TALK), 1, 20)
    for at in range(21, 40):
        health_state = health_state.see(replace(stats(), recording=True, record_bytes=1000 * at), at)
        health_state = health_state.see(ProofReading(path="/r/a (2).flv", file_bytes=10), at)
    assert colour(health_state, 39.0) == "red"
