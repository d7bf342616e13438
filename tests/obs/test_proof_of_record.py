"""The REC light on a recording that a real OBS writes."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.devices.record_proof import RecordProof
from stagebox.health.folds.proof import fold_proof
from stagebox.health.record_light import record_light
from stagebox.model.facts.proof import LightColour, ProofFacts, ProofReading
from stagebox.model.observations import ObsStatsReading, RecordStateEvent
from stagebox.model.settings import HealthSettings
from stagebox.obs.link import ObsLink
from tests.venue_tools import RealObs

pytestmark = pytest.mark.venue

LIMITS = HealthSettings()


class Light:
    """Folds what link and proof post, as the engine does, and points the proof at the file."""

    def __init__(self) -> None:
        self.facts = ProofFacts()
        self.path = ""
        self._changed = threading.Condition()

    def post(self, seen: object) -> None:
        with self._changed:
            if isinstance(seen, ProofReading | ObsStatsReading):
                self.facts = fold_proof(self.facts, seen, time.monotonic())
            elif isinstance(seen, RecordStateEvent) and seen.path:
                self.path = seen.path
            self._changed.notify_all()

    def wait_for(self, colour: LightColour, timeout_s: float = 30.0) -> None:
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while (found := record_light(self.facts, LIMITS, time.monotonic(), local=True)).colour != colour:
                left_s = deadline - time.monotonic()
                assert left_s > 0, found
                self._changed.wait(left_s)


@pytest.fixture
def light() -> Light:
    return Light()


@pytest.fixture
def recorded(real_obs: RealObs, light: Light) -> Iterator[Path]:
    """The file of a recording that runs, watched by link and proof."""
    with real_obs.connect() as obs:
        before = set(real_obs.recordings.iterdir())
        obs.request("StartRecord")
        link = ObsLink(real_obs.target, light.post, request_timeout_s=5.0)
        proof = RecordProof(light.post, every_s=1.0, timeout_s=20.0)
        link.start()
        proof.start()
        try:
            deadline = time.monotonic() + 15
            while not (fresh := set(real_obs.recordings.iterdir()) - before):
                assert time.monotonic() < deadline, "OBS made no file"
                obs.wait_for_event(0.05)
            path = fresh.pop()
            proof.watch(path, recording=True)
            yield path
        finally:
            obs.request("StopRecord")
            assert proof.close()
            assert link.close()


def test_a_recording_is_green_after_its_first_proof_and_red_when_its_file_is_taken_away(
    recorded: Path, light: Light
) -> None:
    light.wait_for("green")
    assert light.facts.tail is not None
    assert light.facts.tail.fault == ""
    assert light.facts.tail.frames >= 1
    recorded.rename(recorded.with_suffix(".away"))
    light.wait_for("red")
    recorded.with_suffix(".away").rename(recorded)
    light.wait_for("green")
