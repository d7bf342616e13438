"""What a link does when OBS, or what claims to be OBS, misbehaves."""

import contextlib
import json
import logging
import socket
import threading
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from stagebox.model.effects import ObsSwitchScene
from stagebox.model.observations import (
    ObsConnected,
    ObsDisconnected,
    ObsStatsReading,
    ProgramSceneEvent,
    RequestAnswered,
)
from stagebox.obs.connection import ObsConnection, ObsLinkError, ObsTarget
from stagebox.obs.link import QUEUE_LIMIT, ObsLink
from tests.obs.fake_server import Answer, FakeObs, Fault, drop
from tests.venue_tools import PASSWORD, Seen, free_port


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def link(fake_obs: FakeObs, seen: Seen) -> Iterator[ObsLink]:
    link = ObsLink(fake_obs.target, seen.post, request_timeout_s=0.4, heartbeat_s=30.0, backoff_cap_s=0.3)
    link.start()
    assert seen.wait_for(ObsConnected).generation == 1
    yield link
    assert link.close()


def once(request: str, fault: Fault) -> Fault:
    """Return `fault` for the first such request only."""
    left = [True]

    def misbehave(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
        if body["requestType"] != request or not left[0]:
            return False
        left[0] = False
        return fault(fake, client, body)

    return misbehave


def switch(generation: int, scene: str = "two", effect_id: str = "a") -> ObsSwitchScene:
    return ObsSwitchScene(effect_id=effect_id, generation=generation, scene=scene)


def hang(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
    return True


def cut(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
    drop(client)
    return True


def babble(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
    client.send("{this is no JSON")
    return True


def hollow(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
    client.send(json.dumps({"op": 7, "d": {"requestId": body["requestId"]}}))
    return True


@pytest.mark.parametrize(
    ("fault", "name"), [(hang, "timeout"), (cut, "lost"), (babble, "protocol"), (hollow, "protocol")]
)
def test_a_failed_request_is_answered_once_and_the_link_comes_back(
    fault: Fault, name: str, fake_obs: FakeObs, link: ObsLink, seen: Seen
) -> None:
    seen.wait_for(ObsStatsReading)
    fake_obs.fault = once("SetCurrentProgramScene", fault)
    link.submit(switch(1))
    answer = seen.wait_for(RequestAnswered)
    assert (answer.ok, answer.fault) == (False, name)
    assert seen.wait_for(ObsDisconnected).fault == name
    assert seen.wait_for(ObsConnected).generation == 2
    assert len(seen.of(RequestAnswered)) == 1


def test_a_late_answer_does_not_become_the_answer_to_the_next_request(
    fake_obs: FakeObs, link: ObsLink, seen: Seen
) -> None:
    late: list[Answer] = []

    def late_answer(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
        late.append(body | {"client": client})
        return True

    seen.wait_for(ObsStatsReading)
    fake_obs.fault = once("SetCurrentProgramScene", late_answer)
    link.submit(switch(1, effect_id="first"))
    assert seen.wait_for(RequestAnswered).fault == "timeout"
    assert seen.wait_for(ObsConnected).generation == 2
    with contextlib.suppress(OSError, ConnectionClosed):
        fake_obs.respond(late[0]["client"], late[0], (600, "the late one"))
    link.submit(switch(2, effect_id="second"))
    answer = seen.wait_for(RequestAnswered)
    assert (answer.effect_id, answer.ok) == ("second", True)


def test_an_answer_to_another_request_is_not_taken(fake_obs: FakeObs, link: ObsLink, seen: Seen) -> None:
    def swapped(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
        fake.respond(client, body | {"requestId": "somebody-else"}, {})
        fake.respond(client, body, (600, "the right one"))
        return True

    seen.wait_for(ObsStatsReading)
    fake_obs.fault = once("SetCurrentProgramScene", swapped)
    link.submit(switch(1))
    assert seen.wait_for(RequestAnswered).comment == "the right one"


def test_obs_that_is_not_ready_is_tried_again(fake_obs: FakeObs, link: ObsLink, seen: Seen) -> None:
    seen.wait_for(ObsStatsReading)
    refusals = iter((True, True))

    def not_ready(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
        if body["requestType"] == "GetVersion" and next(refusals, False):
            fake.respond(client, body, (207, "OBS is not ready to perform the request."))
            return True
        return False

    fake_obs.fault = not_ready
    fake_obs.drop_all()
    assert seen.wait_for(ObsDisconnected).fault == "lost"
    assert seen.wait_for(ObsDisconnected).fault == "not_ready"
    assert seen.wait_for(ObsConnected).generation == 2
    assert len(seen.of(ObsDisconnected)) == 2


def test_an_effect_that_obs_is_not_ready_for_is_answered_with_its_code(
    fake_obs: FakeObs, link: ObsLink, seen: Seen
) -> None:
    def not_ready(fake: FakeObs, client: ServerConnection, body: Answer) -> bool:
        fake.respond(client, body, (207, "not ready"))
        return True

    seen.wait_for(ObsStatsReading)
    fake_obs.fault = once("SetCurrentProgramScene", not_ready)
    link.submit(switch(1))
    answer = seen.wait_for(RequestAnswered)
    assert (answer.code, answer.fault) == (207, None)


@pytest.mark.parametrize(
    "text", ["{no json", "[]", '"x"', '{"op": 5, "d": {"eventType": "RecordStateChanged"}}']
)
def test_a_senseless_event_costs_one_connection_and_no_more(
    text: str, fake_obs: FakeObs, link: ObsLink, seen: Seen
) -> None:
    seen.wait_for(ObsStatsReading)
    fake_obs.emit_text(text)
    assert seen.wait_for(ObsDisconnected).fault == "protocol"
    assert seen.wait_for(ObsConnected).generation == 2
    fake_obs.emit("CurrentProgramSceneChanged", {"sceneName": "two"})
    assert seen.wait_for(ProgramSceneEvent).generation == 2


def test_a_dropped_connection_is_noticed_without_waiting_for_a_heartbeat(
    fake_obs: FakeObs, link: ObsLink, seen: Seen
) -> None:
    seen.wait_for(ObsStatsReading)  # The next heartbeat is 30 s away.
    fake_obs.drop_all()
    assert seen.wait_for(ObsDisconnected, timeout_s=5.0).fault == "lost"


def test_a_silent_obs_is_found_by_the_heartbeat(fake_obs: FakeObs, seen: Seen) -> None:
    link = ObsLink(fake_obs.target, seen.post, request_timeout_s=0.3, heartbeat_s=0.1)
    link.start()
    try:
        seen.wait_for(ObsStatsReading)
        fake_obs.fault = once("GetStats", hang)
        assert seen.wait_for(ObsDisconnected).fault == "timeout"
    finally:
        assert link.close()


def test_a_listener_that_fails_does_not_end_the_link(fake_obs: FakeObs, seen: Seen) -> None:
    def post(observation: object) -> None:
        seen.post(observation)
        if isinstance(observation, ObsConnected):
            raise OverflowError("the mailbox is full")

    link = ObsLink(fake_obs.target, post, request_timeout_s=1.0)
    link.start()
    try:
        seen.wait_for(ObsConnected)
        link.submit(switch(1))
        assert seen.wait_for(RequestAnswered).ok
    finally:
        assert link.close()


def test_an_absent_obs_is_told_once_and_effects_are_answered_meanwhile(seen: Seen) -> None:
    target = ObsTarget("127.0.0.1", free_port(), PASSWORD)
    link = ObsLink(target, seen.post, request_timeout_s=0.5, backoff_cap_s=0.1)
    link.start()
    try:
        assert seen.wait_for(ObsDisconnected).fault == "absent"
        for number in range(5):
            link.submit(switch(0, effect_id=str(number)))
            assert seen.wait_for(RequestAnswered).effect_id == str(number)
        assert len(seen.of(ObsDisconnected)) == 1
    finally:
        assert link.close()


def test_too_many_effects_are_answered_and_not_kept(fake_obs: FakeObs, seen: Seen) -> None:
    link = ObsLink(fake_obs.target, seen.post, request_timeout_s=0.5)
    for number in range(QUEUE_LIMIT + 1):
        link.submit(switch(0, effect_id=str(number)))
    assert seen.wait_for(RequestAnswered).effect_id == str(QUEUE_LIMIT)
    link.start()
    assert link.close()
    answered = {it.effect_id for it in seen.of(RequestAnswered)}
    assert len(answered) == QUEUE_LIMIT + 1


def test_an_older_protocol_is_named() -> None:
    with FakeObs("x", version="4.9.1") as fake, pytest.raises(ObsLinkError) as caught:
        ObsConnection(fake.target, timeout_s=2.0)
    assert caught.value.fault == "too_old"


def test_obs_websocket_4_is_named_though_it_never_greets() -> None:
    def version_4(client: ServerConnection) -> None:
        for _ in client:
            client.send('{"message-id": "1", "obs-websocket-version": "4.9.1", "status": "ok"}')

    with serve(version_4, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = server.socket.getsockname()[1]
        with pytest.raises(ObsLinkError) as caught:
            ObsConnection(ObsTarget("127.0.0.1", port, PASSWORD), timeout_s=0.3)
        server.shutdown()
        thread.join(10)
    assert caught.value.fault == "too_old"
    assert "OBS 28" in caught.value.remedy


def test_a_program_that_accepts_and_says_nothing_is_a_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        target = ObsTarget("127.0.0.1", server.getsockname()[1], PASSWORD)
        with pytest.raises(ObsLinkError) as caught:
            ObsConnection(target, timeout_s=0.3)
    assert caught.value.fault == "timeout"


def test_the_password_is_nowhere_to_be_read(
    fake_obs: FakeObs, seen: Seen, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "hunter2-very-secret"
    target = ObsTarget("127.0.0.1", fake_obs.target.port, SecretStr(secret))
    link = ObsLink(target, seen.post, request_timeout_s=1.0)
    link.start()
    fault = seen.wait_for(ObsDisconnected)
    assert link.close()
    assert secret not in f"{fault!r} {target!r} {link!r} {caplog.text}"
