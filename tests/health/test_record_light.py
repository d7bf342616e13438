"""The REC light: green on proof only."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.health.folds.proof import fold_proof
from stagebox.health.record_light import RecordLight, record_light
from stagebox.model.facts.proof import LightColour, ProofFacts, ProofReading, TailFacts
from stagebox.model.observations import ObsStatsReading
from stagebox.model.said import said_of
from stagebox.model.settings import HealthSettings

LIMITS = HealthSettings()
TAIL = TailFacts(end_s=10.0, frames=5, moving=True, sound_packets=90, peak_dbfs=-20.0)
PATH = "/recordings/talk.flv"


def stats(record_bytes: int, *, recording: bool = True) -> ObsStatsReading:
    return ObsStatsReading(
        generation=1,
        recording=recording,
        record_bytes=record_bytes,
        active_fps=30,
        cpu_percent=5,
        free_disk_mb=1e5,
        render_skipped_frames=0,
        render_total_frames=0,
        output_skipped_frames=0,
        output_total_frames=0,
    )


def recorded(
    seconds: int,
    *,
    obs_stops: int = 10**6,
    file_stops: int = 10**6,
    file_gone: int = 10**6,
    no_tail_from: int = 10**6,
    tail: TailFacts = TAIL,
    time_stands: bool = False,
) -> ProofFacts:
    """The facts after so many seconds of recording, a look at everything each second, a tail every five."""
    facts = ProofFacts()
    for second in range(seconds + 1):
        facts = fold_proof(facts, stats(1000 * min(second, obs_stops)), float(second))
        size = None if second >= file_gone else 1000 * min(second, file_stops) + 1
        proves = second % 5 == 2 and second < no_tail_from
        end_s = 2.0 if time_stands else float(second)
        found = replace(tail, end_s=end_s) if proves else None
        facts = fold_proof(facts, ProofReading(path=PATH, file_bytes=size, tail=found), float(second))
    return facts


def light(facts: ProofFacts, now: float, *, local: bool = True, heard: float | None = -20.0) -> RecordLight:
    return record_light(facts, LIMITS, now, local=local, heard_dbfs=heard)


def test_a_file_that_was_not_there_yet_and_then_is_has_grown() -> None:
    """On a busy computer the second look at a file may come seconds after the first."""
    facts = fold_proof(ProofFacts(), stats(0), 0.0)
    facts = fold_proof(facts, ProofReading(path="", file_bytes=None), 0.1)
    facts = fold_proof(facts, ProofReading(path=PATH, file_bytes=None), 0.2)
    facts = fold_proof(facts, stats(9000), 2.0)
    facts = fold_proof(facts, ProofReading(path=PATH, file_bytes=9000), 2.0)
    assert facts.file_grew_at == 2.0
    elsewhere = fold_proof(facts, ProofReading(path=PATH + ".2", file_bytes=9000), 3.0)
    assert elsewhere.file_grew_at is None, "it may have been finished long ago"


def test_a_recording_that_grows_and_plays_is_green() -> None:
    assert light(recorded(60), 60.4).colour == "green"


@pytest.mark.parametrize(
    ("facts", "colour", "key"),
    [
        (recorded(1), "amber", "first_proof"),
        (recorded(60, obs_stops=50), "red", "writes_nothing"),
        (recorded(60, file_stops=50), "red", "file_still"),
        (recorded(60, file_gone=55), "red", "file_gone"),
        (recorded(60, no_tail_from=2), "amber", "unproven"),
        (recorded(60, no_tail_from=30), "amber", "old_proof"),
        (recorded(60, tail=replace(TAIL, fault="it is torn.")), "red", "no_play"),
        (recorded(4, tail=replace(TAIL, fault="it is torn.")), "amber", "no_play"),
        (recorded(60, time_stands=True), "red", "no_time"),
        (recorded(60, tail=replace(TAIL, moving=False)), "red", "no_time"),
        (recorded(60, tail=replace(TAIL, peak_dbfs=None)), "red", "no_sound_track"),
        (recorded(60, tail=replace(TAIL, peak_dbfs=-91.0)), "amber", "sound_lost"),
        (ProofFacts(), "amber", "obs_silent"),
    ],
)
def test_what_lacks_in_the_proof_is_said(facts: ProofFacts, colour: LightColour, key: str) -> None:
    found = light(facts, 4.2 if facts.obs_at == 4 else 1.2 if facts.obs_at == 1 else 60.2)
    assert (found.colour, said_of(found.summary).code) == (colour, f"not_recording.{key}")
    assert ("it is torn." in found.summary) == (key == "no_play")


def test_a_quiet_room_is_no_fault_of_the_recording() -> None:
    facts = recorded(60, tail=replace(TAIL, peak_dbfs=-91.0))
    assert light(facts, 60.2, heard=-80.0).colour == "green"
    assert light(facts, 60.2, heard=None).colour == "green"


def test_an_obs_elsewhere_is_amber_at_best() -> None:
    found = light(recorded(60), 60.2, local=False)
    assert found.colour == "amber"
    assert said_of(found.summary).code == "not_recording.elsewhere"
    assert light(recorded(60, obs_stops=50), 60.2, local=False).colour == "red"


def test_a_frozen_obs_whose_file_grows_is_amber_and_left_alone() -> None:
    facts = recorded(60)
    for second in range(61, 70):
        facts = fold_proof(facts, ProofReading(path=PATH, file_bytes=1000 * second), float(second))
    found = light(facts, 69.5)
    assert found.colour == "amber"
    assert said_of(found.summary).code == "not_recording.obs_silent_grows"


def test_no_recording_is_off_and_red_when_one_is_wanted() -> None:
    facts = fold_proof(recorded(30), stats(0, recording=False), 31.0)
    assert record_light(facts, LIMITS, 31.5, local=True).colour == "off"
    assert record_light(facts, LIMITS, 31.5, local=True, wanted=True).colour == "red"


def test_the_next_recording_proves_itself_anew() -> None:
    facts = fold_proof(recorded(30), stats(0, recording=False), 31.0)
    facts = fold_proof(facts, stats(500), 32.0)
    facts = fold_proof(facts, ProofReading(path="/recordings/next.flv", file_bytes=10), 32.0)
    assert light(facts, 32.5).colour == "amber"


@given(st.floats(3.01, 1e6))
@settings(deadline=None)
def test_old_facts_are_never_green(age_s: float) -> None:
    assert light(recorded(60), 60.0 + age_s).colour == "amber"


@given(
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.booleans(),
    st.sampled_from(["", "it is torn."]),
)
@settings(deadline=None)
def test_green_needs_every_part_of_the_proof(
    obs_stops: int, file_stops: int, no_tail_from: int, stands: bool, fault: str
) -> None:
    facts = recorded(
        60,
        obs_stops=obs_stops,
        file_stops=file_stops,
        no_tail_from=no_tail_from,
        time_stands=stands,
        tail=replace(TAIL, fault=fault),
    )
    if light(facts, 60.0).colour == "green":
        assert obs_stops > 55
        assert file_stops > 55
        assert no_tail_from > 42
        assert not stands
        assert not fault
