"""What the link promises, on the fake server and on a real OBS alike."""

import uuid
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from stagebox.model.effects import (
    ObsForgetStream,
    ObsStartRecord,
    ObsStartStream,
    ObsStopRecord,
    ObsStopStream,
    ObsSwitchScene,
)
from stagebox.model.errors import SettingsError
from stagebox.model.observations import (
    ObsConnected,
    ObsStatsReading,
    ProgramSceneEvent,
    RecordStateEvent,
    RequestAnswered,
    SceneListEvent,
    StreamStateEvent,
)
from stagebox.obs.connection import ObsConnection, ObsLinkError, ObsRefusedError, ObsTarget
from stagebox.obs.link import ObsLink
from stagebox.obs.stream_target import StreamService
from tests.venue_tools import Seen


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def link(target: ObsTarget, seen: Seen) -> Iterator[ObsLink]:
    link = ObsLink(target, seen.post, request_timeout_s=5.0, heartbeat_s=0.2)
    link.start()
    yield link
    assert link.close()


@pytest.fixture
def stream_link(target: ObsTarget, seen: Seen) -> Iterator[ObsLink]:
    """A link that streams to where nobody listens; OBS fails at once."""
    nowhere = StreamService("rtmp_custom", (("server", "rtmp://127.0.0.1:9/refused"),), SecretStr("k-e-y"))
    link = ObsLink(target, seen.post, request_timeout_s=5.0, heartbeat_s=0.2, service=lambda: nowhere)
    link.start()
    yield link
    assert link.close()


def test_a_stream_that_fails_is_answered_told_and_forgotten(stream_link: ObsLink, seen: Seen) -> None:
    generation = seen.wait_for(ObsConnected).generation
    stream_link.submit(ObsStartStream(effect_id="go", generation=generation))
    assert seen.wait_for(RequestAnswered).ok
    seen.wait_for(StreamStateEvent, lambda it: it.phase == "stopped")
    stats = seen.wait_for(ObsStatsReading)
    assert stats.stream is not None
    assert not stats.stream.active
    stream_link.submit(ObsStopStream(effect_id="end", generation=generation))
    answer = seen.wait_for(RequestAnswered)
    assert (answer.ok, answer.code) == (False, 501)
    stream_link.submit(ObsForgetStream(effect_id="forget", generation=generation))
    assert seen.wait_for(RequestAnswered).ok


def test_a_key_that_cannot_be_read_is_answered_in_words_before_obs_is_asked(
    target: ObsTarget, seen: Seen
) -> None:
    def unreadable() -> StreamService:
        raise SettingsError("The secret file /k is empty.", "Write the secret into it.")

    link = ObsLink(target, seen.post, request_timeout_s=5.0, heartbeat_s=0.2, service=unreadable)
    link.start()
    generation = seen.wait_for(ObsConnected).generation
    link.submit(ObsStartStream(effect_id="go", generation=generation))
    answer = seen.wait_for(RequestAnswered)
    assert (answer.ok, answer.fault, answer.code) == (False, None, 0)
    assert "is empty" in answer.comment
    assert not seen.of(StreamStateEvent)
    assert link.close()


def test_a_new_connection_tells_what_obs_is_doing(link: ObsLink, seen: Seen) -> None:
    told = seen.wait_for(ObsConnected)
    assert (told.generation, told.program_scene, told.recording, told.streaming) == (1, "one", False, False)
    assert {"one", "two"} <= set(told.scenes)
    assert told.websocket_version.startswith("5.")


def test_a_switch_is_answered_and_seen(link: ObsLink, seen: Seen) -> None:
    generation = seen.wait_for(ObsConnected).generation
    link.submit(ObsSwitchScene(effect_id="a", generation=generation, scene="two"))
    assert seen.wait_for(RequestAnswered).ok
    assert seen.wait_for(ProgramSceneEvent, lambda it: it.scene != "one").scene == "two"


def test_a_switch_to_an_unknown_scene_is_refused_in_words(link: ObsLink, seen: Seen) -> None:
    generation = seen.wait_for(ObsConnected).generation
    link.submit(ObsSwitchScene(effect_id="a", generation=generation, scene="nowhere"))
    answer = seen.wait_for(RequestAnswered)
    assert (answer.ok, answer.code, answer.fault) == (False, 600, None)
    assert "nowhere" in answer.comment


def test_an_effect_of_another_generation_is_not_sent(link: ObsLink, seen: Seen) -> None:
    generation = seen.wait_for(ObsConnected).generation
    link.submit(ObsSwitchScene(effect_id="old", generation=generation - 1, scene="two"))
    answer = seen.wait_for(RequestAnswered)
    assert (answer.effect_id, answer.ok, answer.fault) == ("old", False, "lost")
    link.submit(ObsSwitchScene(effect_id="new", generation=generation, scene="one"))
    assert seen.wait_for(RequestAnswered).ok
    assert not [it for it in seen.of(ProgramSceneEvent) if it.scene == "two"]


def test_a_recording_carries_the_name_it_was_given(link: ObsLink, seen: Seen) -> None:
    generation = seen.wait_for(ObsConnected).generation
    stem = f"100% {uuid.uuid4().hex} Přednáška %CCYY"
    link.submit(ObsStartRecord(effect_id="go", generation=generation, filename_stem=stem))
    assert seen.wait_for(RequestAnswered).ok
    started = seen.wait_for(RecordStateEvent, lambda it: it.phase == "started")
    seen.wait_for(ObsStatsReading, lambda it: it.recording and it.record_bytes > 0)
    link.submit(ObsStopRecord(effect_id="end", generation=generation))
    assert seen.wait_for(RequestAnswered).ok
    stopped = seen.wait_for(RecordStateEvent, lambda it: it.phase == "stopped")
    assert stopped.path.endswith(f"/{stem}.flv")
    assert started.path in ("", stopped.path)


def test_stopping_what_is_not_recorded_is_refused(link: ObsLink, seen: Seen) -> None:
    generation = seen.wait_for(ObsConnected).generation
    link.submit(ObsStopRecord(effect_id="end", generation=generation))
    assert seen.wait_for(RequestAnswered).code == 501


def test_a_renamed_scene_is_seen_under_its_new_name(link: ObsLink, seen: Seen, target: ObsTarget) -> None:
    seen.wait_for(ObsConnected)
    with ObsConnection(target, timeout_s=5.0) as other:
        other.request("SetSceneName", {"sceneName": "one", "newSceneName": "uno"})
        try:
            assert "uno" in seen.wait_for(SceneListEvent, lambda it: "uno" in it.scenes).scenes
            assert seen.wait_for(ProgramSceneEvent, lambda it: it.scene != "one").scene == "uno"
        finally:
            other.request("SetSceneName", {"sceneName": "uno", "newSceneName": "one"})


def test_a_wrong_password_is_named(target: ObsTarget) -> None:
    with pytest.raises(ObsLinkError) as caught:
        ObsConnection(ObsTarget(target.host, target.port, SecretStr("wrong")), timeout_s=5.0)
    assert caught.value.fault == "auth"
    assert "password" in str(caught.value)


def test_a_refusal_leaves_the_connection_good(target: ObsTarget) -> None:
    with ObsConnection(target, timeout_s=5.0) as obs:
        with pytest.raises(ObsRefusedError) as caught:
            obs.request("NoSuchRequest")
        assert caught.value.code == 204
        assert obs.request("GetVersion")["obsVersion"]
