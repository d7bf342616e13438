"""A talk that must not be streamed: a card takes OBS's place for its length, and the recording goes on."""

from dataclasses import replace

import pytest

from stagebox.engine.snapshots import snapshot_of
from stagebox.model.commands import EditTalk, NextTalk, StartRecording, StartStream, StopStream, TalkDetails
from stagebox.model.effects import ObsForgetStream, ObsStartStream, ObsStopRecord, ObsStopStream, StreamCard
from stagebox.model.health_view import HealthView
from stagebox.model.observations import (
    CardEvent,
    EngineStarted,
    RequestAnswered,
    StreamSetUpEvent,
    StreamStateEvent,
)
from stagebox.model.schedule import Consent, ScheduledTalk, TalkConsent
from stagebox.model.stream_state import CardStage, StreamPhase, StreamSetUp
from tests.engine.messages import Box, obs_connected
from tests.engine.test_scheduled import DAY, box_with, go_to

SHY = (replace(DAY[0], consent=TalkConsent(stream=Consent.NO)), *DAY[1:])
"""The first talk must not be streamed."""
TARGET = StreamSetUp(
    target="A server", protocol="rtmp", has_key=True, private=True, problem="", remedy="", change=1
)


def obs_streams(box: Box, phase: str, generation: int = 1) -> None:
    box.say(StreamStateEvent(generation=generation, phase=phase))  # type: ignore[arg-type]


def live(*talks: ScheduledTalk, until: float = 500.0) -> Box:
    """On air before the first talk."""
    box = box_with(*talks)
    box.say(StreamSetUpEvent(set_up=TARGET))
    go_to(box, until)
    box.want(StartStream())
    obs_streams(box, "started")
    assert box.state.stream.phase is StreamPhase.LIVE
    return box


def card(box: Box, state: str) -> None:
    box.say(CardEvent(effect_id=box.state.stream.card_effect, state=state))  # type: ignore[arg-type]


def asked(box: Box) -> list[str]:
    """What was asked of OBS's stream and of the card, in order."""
    words = {ObsStartStream: "obs on", ObsStopStream: "obs off"}
    return [
        ("card on" if one.on else "card off") if isinstance(one, StreamCard) else words[type(one)]
        for one in box.effects
        if isinstance(one, ObsStartStream | ObsStopStream | StreamCard)
    ]


def shown() -> Box:
    """The card is shown, and the talk is recorded."""
    box = live(*SHY)
    go_to(box, 610.0)
    box.want(StartRecording())
    box.started("/a/a.flv")
    obs_streams(box, "stopped")
    card(box, "live")
    return box


def test_while_it_is_on_a_card_takes_the_streams_place_and_obs_comes_back() -> None:
    box = live(*SHY)
    assert asked(box) == ["obs on"]
    go_to(box, 601.0)
    assert asked(box) == ["obs on", "obs off"], "by the clock, though nothing is recorded"
    assert box.state.stream.card == "Talk a"
    obs_streams(box, "stopping")
    obs_streams(box, "stopped")
    assert asked(box) == ["obs on", "obs off", "card on"]
    card(box, "live")
    assert (box.state.stream.phase, box.state.stream.card_stage) == (StreamPhase.LIVE, CardStage.SHOWN)
    assert box.state.stream.wanted
    told = snapshot_of(box.state, HealthView(), seq=1, at=box.now, utc=0.0, event="", room="").stream
    assert (told.phase, told.card, told.card_stage) == ("live", "Talk a", "shown")
    go_to(box, 2401.0)
    assert asked(box)[3:] == ["card off"]
    card(box, "ended")
    assert asked(box)[3:] == ["card off", "obs on"]
    obs_streams(box, "started")
    assert (box.state.stream.phase, box.state.stream.card) == (StreamPhase.LIVE, "")


def test_the_recorded_talk_counts_whatever_the_clock_says() -> None:
    box = shown()
    go_to(box, 2500.0)
    assert box.state.stream.card_stage is CardStage.SHOWN, "it runs over"
    box.want(NextTalk())
    assert box.state.stream.card_stage is CardStage.RETURNING
    card(box, "ended")
    obs_streams(box, "started")
    assert box.state.stream.phase is StreamPhase.LIVE
    assert not any(isinstance(effect, ObsStopRecord) for effect in box.effects), "the recording goes on"


@pytest.mark.parametrize(("recorded_s", "over"), [(1000.0, True), (60.0, False)])
def test_a_talk_of_which_enough_was_recorded_is_over(recorded_s: float, over: bool) -> None:
    """One that was stopped by mistake is not."""
    box = shown()
    go_to(box, 610.0 + recorded_s)
    box.stop()
    box.stopped("/a/a.flv")
    assert (box.state.stream.card_stage is CardStage.RETURNING) is over


def test_another_talk_is_recorded_at_that_time_and_streamed() -> None:
    box = live(*SHY)
    box.want(StartRecording(talk=TalkDetails(title="Lightning talks")))
    box.started("/a/l.flv")
    go_to(box, 700.0)
    assert asked(box) == ["obs on"]
    box.stop()
    box.stopped("/a/l.flv")
    assert asked(box) == ["obs on", "obs off"]


def test_a_no_that_comes_meanwhile_is_obeyed_and_taken_back() -> None:
    box = live(*DAY, until=610.0)
    assert asked(box) == ["obs on"], "unknown is streamed"
    box.want(EditTalk(key="a", stream=Consent.NO))
    assert asked(box) == ["obs on", "obs off"]
    box.want(EditTalk(key="a", stream=Consent.YES))
    obs_streams(box, "stopped")
    assert asked(box) == ["obs on", "obs off", "obs on"], "and no card is needed"


def test_who_goes_live_meanwhile_gets_the_card_and_obs_sends_nothing() -> None:
    box = box_with(*SHY)
    box.say(StreamSetUpEvent(set_up=TARGET))
    go_to(box, 610.0)
    answer = box.want(StartStream())
    assert answer.status == "done"
    assert answer.detail == (
        "Viewers see the intermission card: its speaker does not want “Talk a” streamed."
    )
    assert asked(box) == ["card on"]


def test_stopped_by_a_person_it_stays_stopped() -> None:
    box = shown()
    assert box.want(StopStream()).status == "done"
    assert asked(box)[-1] == "card off"
    assert box.state.stream.phase is StreamPhase.OFF
    assert any(isinstance(effect, ObsForgetStream) for effect in box.effects)
    card(box, "ended")
    go_to(box, 2500.0)
    box.stop()
    box.stopped("/a/a.flv")
    assert asked(box)[-1] == "card off"


def test_stopped_while_obs_still_ends_it_stays_stopped_too() -> None:
    box = live(*SHY)
    go_to(box, 601.0)
    assert box.want(StopStream()).status == "pending"
    obs_streams(box, "stopped")
    assert box.state.stream.phase is StreamPhase.OFF
    assert "card on" not in asked(box)


def test_a_card_that_loses_its_server_is_told_and_comes_back() -> None:
    box = shown()
    card(box, "lost")
    assert box.state.stream.phase is StreamPhase.RECONNECTING
    for _ in range(5):
        box.wait(20.0)
    card(box, "live")
    assert box.state.stream.phase is StreamPhase.LIVE
    assert "obs on" not in asked(box)[1:]


def test_obs_that_streams_all_the_same_is_stopped() -> None:
    box = shown()
    count = asked(box).count("obs off")
    obs_streams(box, "started")
    assert asked(box).count("obs off") == count + 1
    box.wait(40.0)
    assert asked(box).count("obs off") == count + 2
    obs_streams(box, "stopped")
    assert box.state.stream.card_stage is CardStage.SHOWN


def test_obs_that_says_it_does_not_stream_is_believed() -> None:
    box = live(*SHY)
    go_to(box, 601.0)
    effect = box.state.stream.effect_id
    box.say(RequestAnswered(generation=1, effect_id=effect, ok=False, code=501))
    assert asked(box)[-1] == "card on"


def test_after_a_crash_of_stagebox_the_card_comes_back() -> None:
    box = shown()
    box.say(EngineStarted(boot_id="", alive_utc=box.epoch + box.now))
    assert box.state.stream.card_stage is CardStage.CLEARING
    box.say(obs_connected(1, recording=True))
    assert asked(box)[-1] == "card on"
    card(box, "live")
    assert box.state.stream.card_stage is CardStage.SHOWN


def test_with_a_talk_that_ended_while_stagebox_was_away_obs_streams_at_once() -> None:
    box = live(*SHY)
    go_to(box, 601.0)
    obs_streams(box, "stopped")
    card(box, "live")
    box.now += 1850.0
    box.say(EngineStarted(boot_id="", alive_utc=box.epoch + box.now - 5.0))
    box.say(obs_connected(1))
    assert asked(box)[-1] == "obs on"


@pytest.mark.parametrize("state", ["dark", "live"])
def test_a_target_that_takes_no_card_is_dark(state: str) -> None:
    box = live(*SHY)
    go_to(box, 601.0)
    obs_streams(box, "stopped")
    card(box, state)
    assert box.state.stream.card_stage is (CardStage.DARK if state == "dark" else CardStage.SHOWN)
    go_to(box, 2401.0)
    card(box, "ended")
    assert asked(box)[-1] == "obs on"


def test_a_new_key_reaches_the_card() -> None:
    box = shown()
    box.say(StreamSetUpEvent(set_up=replace(TARGET, change=2)))
    assert asked(box)[-2:] == ["card on", "card on"]
