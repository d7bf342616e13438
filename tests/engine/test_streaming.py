"""Going live, trouble on the way, and the end of it: what the reducer makes of it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import StartStream, StopStream, TakeRemedy
from stagebox.model.effects import (
    ObsForgetStream,
    ObsStartRecord,
    ObsStartStream,
    ObsStopStream,
    ObsSwitchScene,
    ProbeStream,
)
from stagebox.model.observations import (
    EngineStarted,
    ObsDisconnected,
    ObsProcessEvent,
    OutputPhase,
    RequestAnswered,
    StreamServerEvent,
    StreamSetUpEvent,
    StreamStateEvent,
)
from stagebox.model.state import Phase
from stagebox.model.stream_state import ServerAnswer, StreamFigures, StreamPhase, StreamSetUp
from tests.engine.messages import EPOCH, Box, obs_connected
from tests.engine.test_recording import stats

GOOD = StreamSetUp(
    target="rtmp://live.example/app",
    protocol="rtmp",
    has_key=True,
    private=True,
    problem="",
    remedy="",
    change=1,
)


def ready(program: str = "Screen") -> Box:
    """A box whose OBS is there and whose target is good."""
    box = Box(rules=ReducerRules(go_live_scene="Intro"))
    box.say(StreamSetUpEvent(set_up=GOOD))
    box.say(obs_connected(program=program))
    return box


def live() -> Box:
    """A box that has been live for a minute."""
    box = ready()
    box.want(StartStream())
    said(box, "started")
    box.now += 60.0
    return box


def said(box: Box, phase: OutputPhase) -> None:
    box.say(StreamStateEvent(generation=1, phase=phase))


def server(box: Box, answer: ServerAnswer) -> None:
    """The server's answer to the last probe."""
    probe = [effect for effect in box.effects if isinstance(effect, ProbeStream)][-1]
    box.say(StreamServerEvent(effect_id=probe.effect_id, answer=answer))


def asked(box: Box) -> list[str]:
    """What OBS and the server were asked for, in order."""
    return [effect.kind for effect in box.effects if not isinstance(effect, ObsForgetStream)]


def test_going_live_shows_the_intro_then_streams_and_is_done_when_obs_says_so() -> None:
    box = ready()
    assert box.want(StartStream()).status == "pending"
    assert asked(box) == ["obs_switch_scene", "obs_start_stream"]
    assert isinstance(box.effects[-2], ObsSwitchScene)
    assert box.effects[-2].scene == "Intro"
    assert box.state.stream.phase is StreamPhase.CONNECTING
    said(box, "started")
    assert box.fate("i1").status == "done"
    assert box.state.stream.phase is StreamPhase.LIVE
    assert box.state.obs.streaming is True


def test_going_live_does_not_take_the_picture_from_a_talk_that_is_recorded() -> None:
    box = ready()
    box.start()
    box.started()
    box.want(StartStream())
    assert not any(isinstance(effect, ObsSwitchScene) for effect in box.effects)
    assert isinstance(box.effects[-1], ObsStartStream)


@pytest.mark.parametrize(
    ("set_up", "words"),
    [
        (StreamSetUp(), "It is not set where to stream to."),
        (replace(GOOD, protocol="whip"), "OBS 29.0.2 cannot stream by WHIP"),
        (replace(GOOD, problem="The stream key has a line break.", remedy="Type it again."), "line break"),
    ],
)
def test_a_target_that_cannot_be_used_is_refused_before_obs_is_asked(set_up: StreamSetUp, words: str) -> None:
    box = ready()
    box.say(StreamSetUpEvent(set_up=set_up))
    answer = box.want(StartStream())
    assert answer.status == "refused"
    assert words in answer.detail
    assert asked(box) == []


def test_stopping_ends_the_stream_takes_the_key_out_of_obs_and_leaves_the_recording() -> None:
    box = live()
    box.start()
    box.started()
    assert box.want(StopStream()).status == "pending"
    assert isinstance(box.effects[-1], ObsStopStream)
    said(box, "stopping")
    said(box, "stopped")
    assert box.fate("i3").status == "done"
    assert box.state.stream.phase is StreamPhase.OFF
    assert isinstance(box.effects[-1], ObsForgetStream)
    assert box.state.session is not None
    assert box.state.session.phase is Phase.RECORDING


def test_a_stream_stopped_in_obs_before_it_was_live_is_no_wish_that_waits_for_ever() -> None:
    box = ready()
    box.want(StartStream())
    said(box, "stopping")
    assert box.fate("i1").status == "superseded"
    assert box.state.stream.phase is StreamPhase.STOPPING


def test_an_obs_that_somebody_else_owns_keeps_its_stream_settings() -> None:
    box = ready()
    box.say(StreamSetUpEvent(set_up=replace(GOOD, private=False)))
    box.effects.clear()
    box.want(StartStream())
    said(box, "started")
    box.want(StopStream())
    said(box, "stopped")
    assert not any(isinstance(effect, ObsForgetStream) for effect in box.effects)


def test_a_wrong_key_is_told_from_a_server_that_is_gone_by_asking_the_server() -> None:
    for answer, trouble, words in (
        ("answers", "refused", "the key or the address is wrong"),
        ("closed", "gone", "does not answer"),
        ("no_network", "no_network", "network is gone"),
        ("hung", "stuck", "hangs"),
    ):
        box = ready()
        box.want(StartStream())
        said(box, "stopped")
        assert isinstance(box.effects[-1], ProbeStream)
        server(box, answer)  # type: ignore[arg-type]
        assert box.state.stream.phase is StreamPhase.FAILED
        assert box.state.stream.trouble == trouble
        assert box.fate("i1").status == "failed"
        assert words in box.fate("i1").detail
        assert box.state.stream.wanted, "the wish stays"


def test_obs_is_asked_again_only_when_the_server_answers() -> None:
    box = ready()
    box.want(StartStream())
    said(box, "stopped")
    server(box, "closed")
    for _ in range(5):
        box.wait(2.0)
        server(box, "closed")
    assert asked(box).count("obs_start_stream") == 1
    box.wait(2.0)
    server(box, "answers")
    assert asked(box)[-1] == "obs_start_stream"
    said(box, "started")
    assert box.state.stream.phase is StreamPhase.LIVE


def test_a_refused_stream_is_tried_ever_more_rarely_and_at_once_with_a_new_key() -> None:
    box = ready()
    box.want(StartStream())
    said(box, "stopped")
    server(box, "answers")
    tries = []
    for _ in range(400):
        before = asked(box).count("obs_start_stream")
        box.wait(1.0)
        if asked(box).count("obs_start_stream") > before:
            tries.append(box.now)
            said(box, "stopped")
            server(box, "answers")
    pauses = [round(after - before) for before, after in pairwise(tries)]
    assert pauses == sorted(pauses)
    assert pauses[0] >= 10
    assert max(pauses) == 120
    box.say(StreamSetUpEvent(set_up=replace(GOOD, change=2)))
    assert asked(box)[-1] == "obs_start_stream"


def test_a_lost_server_is_waited_for_while_obs_tries_by_itself() -> None:
    box = live()
    said(box, "reconnecting")
    assert box.state.stream.phase is StreamPhase.RECONNECTING
    assert box.state.stream.lost_at == box.now
    server(box, "closed")
    assert box.state.stream.trouble == "gone"
    said(box, "reconnected")
    assert box.state.stream.phase is StreamPhase.LIVE
    assert box.state.stream.live_s == 60.0
    assert asked(box).count("obs_start_stream") == 1


def test_obs_is_hurried_when_the_server_is_back_and_obs_still_waits() -> None:
    box = live()
    said(box, "reconnecting")
    for _ in range(8):
        server(box, "answers")
        if isinstance(box.effects[-1], ObsStopStream):
            break
        box.wait(1.0)
    assert isinstance(box.effects[-1], ObsStopStream)
    assert box.state.stream.wanted
    said(box, "stopping")
    said(box, "stopped")
    assert isinstance(box.effects[-1], ObsStartStream)
    said(box, "started")
    assert box.state.stream.phase is StreamPhase.LIVE


def test_a_stream_that_comes_back_while_obs_is_hurried_is_started_again_all_the_same() -> None:
    box = live()
    said(box, "reconnecting")
    while not isinstance(box.effects[-1], ObsStopStream):
        server(box, "answers")
        if not isinstance(box.effects[-1], ObsStopStream):
            box.wait(1.0)
    said(box, "reconnected")
    said(box, "stopping")
    said(box, "stopped")
    assert isinstance(box.effects[-1], ObsStartStream)
    assert box.state.stream.wanted


def test_a_stream_comes_back_after_obs_died() -> None:
    box = live()
    box.say(ObsProcessEvent(phase="exited"))
    box.say(ObsDisconnected(generation=1, fault="lost"))
    assert box.state.obs.streaming is None
    box.now += 3.0
    box.say(obs_connected(generation=2))
    assert box.state.stream.phase is StreamPhase.RECONNECTING
    assert isinstance(box.effects[-1], ObsStartStream)
    box.say(StreamStateEvent(generation=2, phase="started"))
    assert box.state.stream.phase is StreamPhase.LIVE


def test_a_stream_that_goes_on_is_taken_up_again_by_the_next_engine() -> None:
    box = live()
    box.say(EngineStarted(boot_id="a"))
    box.say(obs_connected(streaming=True))
    assert box.state.stream.phase is StreamPhase.LIVE
    assert asked(box).count("obs_start_stream") == 1


def test_nobody_is_on_air_again_hours_later() -> None:
    box = live()
    box.say(EngineStarted(boot_id="b", alive_utc=EPOCH + box.now))
    assert box.state.stream.phase is StreamPhase.LIVE
    box.now += 3600.0
    box.say(EngineStarted(boot_id="b", alive_utc=EPOCH + box.now - 3600.0))
    box.say(obs_connected())
    assert box.state.stream.phase is StreamPhase.OFF
    assert asked(box).count("obs_start_stream") == 1


def test_a_stream_that_is_started_or_stopped_in_obs_itself_is_a_wish_too() -> None:
    box = ready()
    said(box, "started")
    assert box.state.stream.phase is StreamPhase.LIVE
    assert box.state.stream.origin == "obs"
    said(box, "stopping")
    said(box, "stopped")
    assert box.state.stream.phase is StreamPhase.OFF
    assert "probe_stream" not in asked(box)


def test_a_stop_while_obs_connects_ends_the_stream_that_comes_after_it() -> None:
    box = ready()
    box.want(StartStream())
    box.want(StopStream())
    stop = box.effects[-1]
    assert isinstance(stop, ObsStopStream)
    box.say(RequestAnswered(generation=1, effect_id=stop.effect_id, ok=False, code=501))
    assert box.state.stream.phase is StreamPhase.STOPPING
    said(box, "started")
    assert isinstance(box.effects[-1], ObsStopStream)
    said(box, "stopped")
    assert box.fate("i2").status == "done"
    assert box.fate("i1").status == "superseded"


def test_a_stop_that_takes_long_says_that_the_recording_is_not_touched() -> None:
    box = live()
    box.want(StopStream())
    box.wait(36.0)
    answer = box.fate("i2")
    assert answer.status == "failed"
    assert "recording is not touched" in answer.detail
    assert isinstance(box.effects[-1], ObsStopStream)


def test_the_remedy_stops_the_stream() -> None:
    box = live()
    assert box.want(TakeRemedy(remedy="stop_stream", role="stream")).status == "done"
    assert isinstance(box.effects[-1], ObsStopStream)


def test_stream_and_recording_start_and_fail_without_each_other() -> None:
    box = ready()
    box.want(StartStream())
    said(box, "stopped")
    server(box, "answers")
    box.start()
    assert isinstance(box.effects[-1], ObsStartRecord)
    box.started()
    box.say(StreamSetUpEvent(set_up=replace(GOOD, change=2)))
    said(box, "started")
    box.stopped()
    assert box.state.stream.phase is StreamPhase.LIVE
    assert "not_recording" in box.codes()


def test_figures_that_keep_contradicting_the_events_are_believed() -> None:
    box = live()
    off = StreamFigures(
        active=False, reconnecting=False, sent_bytes=0, congestion=0.0, skipped_frames=0, total_frames=0
    )
    for _ in range(5):
        box.say(replace(stats(False, 1), stream=off))
        box.now += 1.0
    assert box.state.obs.streaming is False
    assert box.state.stream.phase is StreamPhase.RECONNECTING
