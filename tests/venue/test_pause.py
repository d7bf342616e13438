"""Somebody pauses the recording in OBS's own window: told by its name, and nothing is lost in silence."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.model.commands import ResumeRecording, StartRecording, StopRecording, TalkDetails
from stagebox.model.snapshot import SessionView
from tests.venue.foreign_hands import Hand, Joined, alarm, own_encoder, somebodys_obs

pytestmark = [pytest.mark.venue, pytest.mark.timeout(200)]
SAYS_OTHERWISE = ("not_recording", "short", "truncated", "disk_full", "folder_gone")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Joined, Hand]]:
    folder = tmp_path_factory.mktemp("pause")
    with somebodys_obs(folder) as (obs, hand):
        hand.set_profile(**own_encoder(obs.recordings))
        joined = Joined(folder / "box", obs)
        joined.provision(obs)
        yield joined, hand


def on(box: Joined) -> SessionView:
    session = box.appliance.latest.session
    assert session is not None
    return session


def test_a_pause_is_told_by_its_name_and_a_touch_ends_it(world: tuple[Joined, Hand]) -> None:
    joined, hand = world
    with joined.serving() as box:
        box.want(StartRecording(talk=TalkDetails(title="Paused")))
        box.green()
        hand("PauseRecord")
        seen = box.wait(lambda one: one.session is not None and one.session.paused)
        told = alarm(seen, "paused")
        assert told is not None
        assert "aused" in told.message
        assert "Go on recording" in told.remedy
        stood_s = on(box).elapsed_s
        # For longer than a file may stand still: no word of the disk comes.
        later = box.wait(lambda one: one.at > seen.at + 9.0)
        assert later.health.proof.state == "amber"
        assert "aused" in later.health.proof.words
        assert not [one for one in later.alarms if one.code in SAYS_OTHERWISE]
        assert on(box).elapsed_s == pytest.approx(stood_s, abs=0.05)
        told_s = hand("GetRecordStatus")["outputDuration"] / 1000
        box.want(ResumeRecording())
        went_on = box.wait(lambda one: one.session is not None and not one.session.paused)
        assert alarm(went_on, "paused") is None
        again = box.wait(lambda one: one.health.proof.state != "amber", 30.0)
        assert again.health.proof.state == "green"
        box.want(StopRecording())
        talk = box.done()
        findings = box.findings(talk)
    (pause,) = [one for one in findings if one["code"] == "paused"]
    assert pause["evidence"]["paused_s"] == pytest.approx(9.3, abs=1.5)
    assert pause["start_s"] == pytest.approx(told_s, abs=0.05), (
        "seconds since the first picture, by OBS itself"
    )
    assert not [one for one in findings if one["code"] in SAYS_OTHERWISE]


def test_a_pause_outlives_stagebox_and_can_be_stopped_in(world: tuple[Joined, Hand]) -> None:
    joined, hand = world
    with joined.serving() as box:
        count = len(box.appliance.latest.finished)
        box.want(StartRecording(talk=TalkDetails(title="Paused, and away")))
        box.green()
        hand("PauseRecord")
        box.wait(lambda one: one.session is not None and one.session.paused)
        stood_s = on(box).elapsed_s
    with joined.serving() as box:
        seen = box.wait(lambda one: one.session is not None and alarm(one, "paused") is not None)
        assert seen.session is not None
        assert seen.session.paused
        assert seen.session.elapsed_s == pytest.approx(stood_s, abs=0.3)
        box.want(StopRecording())
        talk = box.done(count + 1)
        codes = {one["code"] for one in box.findings(talk)}
    assert "paused" in codes
    assert not codes & set(SAYS_OTHERWISE)


def test_a_pause_that_was_begun_or_ended_while_stagebox_was_away_is_found(
    world: tuple[Joined, Hand],
) -> None:
    joined, hand = world
    with joined.serving() as box:
        count = len(box.appliance.latest.finished)
        box.want(StartRecording(talk=TalkDetails(title="Paused meanwhile")))
        box.green()
    hand("PauseRecord")
    with joined.serving() as box:
        box.wait(lambda one: one.session is not None and one.session.paused)
        box.wait(lambda one, began=box.appliance.latest.at: one.at > began + 4.0)  # type: ignore[misc]
    hand("ResumeRecord")
    with joined.serving() as box:
        box.wait(lambda one: one.session is not None and not one.session.paused)
        box.green()
        box.want(StopRecording())
        talk = box.done(count + 1)
        findings = box.findings(talk)
    (pause,) = [one for one in findings if one["code"] == "paused"]
    assert pause["evidence"]["paused_s"] > 4.0
    assert not [one for one in findings if one["code"] in SAYS_OTHERWISE]


def test_an_obs_that_dies_while_it_is_paused_ends_the_pause(tmp_path: Path) -> None:
    with somebodys_obs(tmp_path) as (obs, hand):
        hand.set_profile(**own_encoder(obs.recordings))
        joined = Joined(tmp_path / "box", obs)
        joined.provision(obs)
        with joined.serving() as box:
            box.want(StartRecording(talk=TalkDetails(title="Killed")))
            box.green()
            hand("PauseRecord")
            box.wait(lambda one: one.session is not None and one.session.paused)
            pid = obs.supervisor.pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            box.wait(lambda one: one.obs.link == "down")
            # What came up is another OBS, and somebody's own: it records nothing, and the talk is over.
            talk = box.done()
            codes = [one["code"] for one in box.findings(talk)]
    assert codes.count("paused") == 1
    assert "short" not in codes
