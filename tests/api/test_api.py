"""The API as its clients meet it: over a real socket, with the real engine behind it."""

import json
import threading
import time
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from stagebox.api.client import Client
from stagebox.api.listen import bind
from stagebox.messages.code_catalogue import entries
from stagebox.messages.languages import language
from stagebox.model.errors import ApiError, SettingsError
from stagebox.model.facts.sound import ChannelLevel
from stagebox.model.levels import MeterLevels
from stagebox.model.observations import SceneListEvent, ScheduleEvent
from stagebox.model.report import Code
from stagebox.model.said import said_of
from stagebox.model.schedule import RoomSchedule, ScheduledTalk
from tests.api.conftest import TOKEN, Served

AUTH = {"Authorization": f"Bearer {TOKEN.get_secret_value()}"}
ROUTES = [
    "/api/state",
    "/api/view",
    "/api/sessions",
    "/api/sources/slides.jpg",
    "/metrics",
    "/api/openapi.json",
]


def url(served: Served, path: str) -> str:
    return f"http://127.0.0.1:{served.port}{path}"


@pytest.mark.parametrize("path", ROUTES)
def test_every_route_wants_the_token(served: Served, path: str) -> None:
    assert httpx.get(url(served, path)).status_code == 401
    assert httpx.get(url(served, path), headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert httpx.get(url(served, path), headers=AUTH).status_code == 200


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize(
    "header",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Host": ""},
    ],
)
def test_a_foreign_page_or_name_is_refused(served: Served, path: str, header: dict[str, str]) -> None:
    assert httpx.get(url(served, path), headers={**AUTH, **header}).status_code == 403


def test_a_page_of_our_own_may_come(served: Served) -> None:
    headers = {**AUTH, "Origin": f"http://127.0.0.1:{served.port}"}
    assert httpx.get(url(served, "/api/state"), headers=headers).status_code == 200


def test_any_page_can_show_what_the_touch_screen_shows_in_its_own_language(served: Served) -> None:
    english, czech = (
        httpx.get(url(served, f"/api/view?language={code}"), headers=AUTH).json() for code in ("en", "cs")
    )
    assert (english["stage"]["face"], english["record"]["action"]) == ("live", czech["record"]["action"])
    assert english["record"]["label"] != czech["record"]["label"]
    assert {item["key"] for item in english["rail"]} >= {"slides", "mic", "disk", "obs"}
    assert httpx.get(url(served, "/api/view?language=../x"), headers=AUTH).status_code == 422


def test_any_page_can_show_todays_talks_by_the_schedule(served: Served) -> None:
    now = time.time()
    talk = ScheduledTalk(key="k", title="Opening", start_utc=now, end_utc=now + 600)
    told = RoomSchedule(source="talks.csv", room="Hall", rooms=("Hall",), talks=(talk,), fetched_utc=now)
    served.box.engine.post(ScheduleEvent(schedule=told))
    assert served.box.wait_for(lambda snapshot: snapshot.schedule.source == "talks.csv", 5.0)
    shown = httpx.get(url(served, "/api/view"), headers=AUTH).json()
    assert [one["title"] for one in shown["planned"]["rows"]] == ["Opening"]
    assert shown["speaker"]["title"] == "Opening"


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {**AUTH, "Origin": "https://evil.example"}]
)
@pytest.mark.parametrize("path", ["/api/live", "/api/meters"])
def test_the_websockets_are_guarded_too(served: Served, headers: dict[str, str], path: str) -> None:
    address = f"ws://127.0.0.1:{served.port}{path}"
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(address, additional_headers=headers, proxy=None) as socket,
    ):
        socket.recv(timeout=1)
    assert refused.value.response.status_code == 403


def test_a_command_is_followed_to_its_end(served: Served) -> None:
    with served.client() as client:
        assert client.send({"kind": "switch_scene", "scene": "Both"})["status"] == "done"
        assert client.state()["program_scene"] == "Both"


def test_a_refused_command_says_why(served: Served) -> None:
    with served.client() as client:
        answer = client.send({"kind": "switch_scene", "scene": "Nonsense"})
    assert answer["status"] == "refused"
    assert "Nonsense" in answer["detail"]


def test_a_talk_is_started_watched_and_stopped(served: Served) -> None:
    with served.client() as client:
        seen: list[dict[str, Any]] = []
        with client.live() as live:
            first = live.next(5)
            assert first is not None
            assert client.send({"kind": "start_recording", "talk": {"title": "Hi"}})["status"] == "done"
            while not seen or not seen[-1]["session"]:
                snapshot = live.next(5)
                assert snapshot is not None
                seen.append(snapshot)
        assert seen[-1]["seq"] > first["seq"]
        recording = client.wait_for(lambda s: s["session"] and s["session"]["phase"] == "recording", 5)
        assert recording["session"]["title"] == "Hi"
        assert client.send({"kind": "stop_recording"})["status"] == "done"
        assert client.sessions()[0]["title"] == "Hi"


def test_an_id_sent_twice_is_done_once(served: Served) -> None:
    body = {"id": "same", "want": {"kind": "switch_scene", "scene": "Speaker"}, "wait_s": 5}
    first = httpx.post(url(served, "/api/intents"), headers=AUTH, json=body).json()
    second = httpx.post(url(served, "/api/intents"), headers=AUTH, json=body).json()
    assert first == second


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"want": {"kind": "format_disk"}}',
        b'{"want": {"kind": "switch_scene"}}',
        b'{"want": {"kind": "switch_scene", "scene": "' + b"x" * 5000 + b'"}}',
        b'{"want": {"kind": "stop_recording"}, "id": "no spaces please"}',
        b'{"want": {"kind": "stop_recording"}, "wait_s": 1e9}',
    ],
)
def test_rubbish_is_refused_and_changes_nothing(served: Served, body: bytes) -> None:
    before = served.box.latest.answers
    answer = httpx.post(
        url(served, "/api/intents"), headers={**AUTH, "Content-Type": "application/json"}, content=body
    )
    assert answer.status_code == 422
    assert served.box.latest.answers == before


def test_a_huge_body_is_refused_unread(served: Served) -> None:
    answer = httpx.post(url(served, "/api/intents"), headers=AUTH, content=b"x" * 100_000)
    assert answer.status_code == 413


def test_a_picture_comes_or_says_why_not(served: Served) -> None:
    with served.client() as client:
        assert client.picture("slides").startswith(b"\xff\xd8")
        with pytest.raises(ApiError, match="no camera"):
            client.picture("camera")


def test_a_processed_talk_has_a_report_a_poster_and_a_filmstrip(served: Served) -> None:
    with served.client() as client:
        client.send({"kind": "start_recording"})
        (session_id, *_) = served.box.saved
        client.send({"kind": "stop_recording"})
        assert client.report(session_id)["findings"] == client.findings(session_id)
        assert client.session_picture(session_id) == b"None"
        assert client.session_picture(session_id, 0) == b"0"
        for ask in (lambda: client.session_picture(session_id, 7), lambda: client.report("nobody")):
            with pytest.raises(ApiError) as refused:
                ask()
            assert "This session" in refused.value.what or "this session" in refused.value.what


def test_the_metrics_name_the_alarms(served: Served) -> None:
    text = httpx.get(url(served, "/metrics"), headers=AUTH).text
    assert "stagebox_obs_up 1" in text
    assert 'stagebox_alarms{level="critical"}' in text


def test_the_openapi_page_tells_what_the_routes_do(served: Served) -> None:
    page = httpx.get(url(served, "/api/openapi.json"), headers=AUTH).json()
    assert set(page["paths"]) == {
        "/api/state",
        "/api/view",
        "/api/intents",
        "/api/sessions",
        "/api/sessions/{session_id}/findings",
        "/api/sessions/{session_id}/report",
        "/api/sessions/{session_id}/page",
        "/api/sessions/{session_id}/accepted",
        "/api/sessions/{session_id}/poster.jpg",
        "/api/sessions/{session_id}/pictures/{number}.jpg",
        "/api/evening/",
        "/api/evening/{name}",
        "/api/schedule",
        "/api/evening/talks/{key}/video",
        "/api/evening/talks/{key}/page",
        "/api/evening/talks/{key}/accepted",
        "/api/sources/{role}.jpg",
        "/api/scenes/{scene}.jpg",
        "/api/stream",
        "/api/stream/services",
        "/api/stream/target",
        "/api/stream/key",
        "/api/button-box/traffic",
        "/metrics",
    }
    assert page["components"]["securitySchemes"]
    told = page["info"]["description"]
    assert all(f"| {code} | {entries()[code].short} |" in told for code in Code)
    for path in page["paths"].values():
        for operation in path.values():
            assert operation["security"]
            assert {"401", "403"} <= set(operation["responses"])
    schema = page["components"]["schemas"]["Snapshot"]
    with served.client() as client:
        assert set(client.state()) == set(schema["properties"])


def test_every_example_of_the_openapi_page_validates(served: Served) -> None:
    page = httpx.get(url(served, "/api/openapi.json"), headers=AUTH).json()
    wants = page["components"]["schemas"]["CommandRequest"]["properties"]["want"]["discriminator"]["mapping"]
    assert set(wants) == {
        "switch_scene",
        "start_recording",
        "stop_recording",
        "resume_recording",
        "start_stream",
        "stop_stream",
        "mark_moment",
        "show_message",
        "set_button",
        "learn_button",
        "set_talk",
        "edit_talk",
        "take_back_edit",
        "give_talk",
        "keep_talk",
        "discard_talk",
        "take_back_discard",
        "use_schedule",
        "acknowledge",
        "take_remedy",
        "set_source",
        "set_event",
        "set_folder",
        "look_for_devices",
        "run_check",
        "start_trial",
        "next_talk",
        "build_scenes",
    }


def test_a_slow_reader_gets_the_newest_snapshot_and_holds_nobody_up(served: Served) -> None:
    with connect(f"ws://127.0.0.1:{served.port}/api/live", additional_headers=AUTH, proxy=None) as socket:
        with served.client() as client:
            for number in range(60):
                client.send({"kind": "switch_scene", "scene": ["Both", "Screen"][number % 2]})
            newest = client.state()["seq"]
        last = 0
        while last < newest:
            last = json.loads(socket.recv(timeout=5))["seq"]


def test_sound_levels_are_a_stream_of_their_own_and_the_newest_wins(served: Served) -> None:
    levels = [
        MeterLevels(channels=(ChannelLevel(rms_dbfs=-n, peak_dbfs=-1.0),), clipped=n) for n in range(1, 60)
    ]
    with served.client() as client, client.meters() as meters:
        assert meters.next(0.05) is None
        for one in levels:
            served.box.meters.publish(one)
        told = meters.next(2)
        while told is not None and told["clipped"] < 59:
            told = meters.next(2)
    assert told == {"channels": [{"rms_dbfs": -59.0, "peak_dbfs": -1.0}], "clipped": 59}
    assert served.box.latest.seq < 1000, "levels make no snapshots"


def test_many_clients_at_once_all_get_their_answers(served: Served) -> None:
    answers: list[str] = []

    def switch(name: str) -> None:
        with served.client() as client:
            answers.append(client.send({"kind": "switch_scene", "scene": name})["status"])

    threads = [threading.Thread(target=switch, args=(name,)) for name in ["Both", "Screen", "Intro"] * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(answers) == 15
    assert set(answers) <= {"done", "superseded"}


def test_nobody_there_is_a_sentence() -> None:
    listener = bind(0)
    port = listener.getsockname()[1]
    listener.close()
    with Client(port, TOKEN) as client, pytest.raises(ApiError, match="No stagebox answers"):
        client.state()
    with (
        Client(port, TOKEN) as client,
        pytest.raises(ApiError, match="No stagebox answers"),
        client.live() as live,
    ):
        live.next(1)


def test_a_wrong_token_is_a_sentence(served: Served) -> None:
    with served.client(SecretStr("wrong")) as client, pytest.raises(ApiError, match="refused our token"):
        client.state()


def test_a_taken_port_is_a_sentence(served: Served) -> None:
    with pytest.raises(SettingsError, match=f"Port {served.port}"):
        bind(served.port)


def test_each_scene_has_a_picture_whatever_it_is_called(served: Served) -> None:
    served.box.engine.post(SceneListEvent(generation=1, scenes=("one", "a/b #?%é")))
    assert served.box.wait_for(lambda snapshot: "a/b #?%é" in snapshot.scenes, 5.0)
    with served.client() as client:
        assert client.scene_picture("a/b #?%é", 320) == "a/b #?%é 320".encode()
        with pytest.raises(ApiError, match="no scene"):
            client.scene_picture("absent", 320)


KEY = "live_0123456789_aBcDeF"


def test_a_stream_key_goes_in_and_never_comes_out(served: Served) -> None:
    with served.client() as client:
        assert client.stream()["has_key"] is False
        assert client.set_stream_key(SecretStr(KEY))["has_key"] is True
        answers = json.dumps([client.stream(), client.state()])
        assert client.forget_stream_key()["has_key"] is False
    assert KEY not in answers


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (f"{KEY}\n", "line break"),
        (f"{KEY} ", "space"),
        ("", "empty"),
        (f"{KEY}\x07", "cannot be seen"),
        ("x" * 2000, "longer than"),
    ],
)
def test_a_key_that_cannot_be_one_is_refused_in_words_that_do_not_say_it(
    served: Served, key: str, words: str
) -> None:
    with served.client() as client, pytest.raises(ApiError, match=words) as refusal:
        client.set_stream_key(SecretStr(key))
    assert KEY not in str(refusal.value)


def test_a_body_that_is_no_key_is_not_sent_back(served: Served) -> None:
    answer = httpx.put(url(served, "/api/stream/key"), headers=AUTH, json={"keys": KEY})
    assert answer.status_code == 422
    assert KEY not in answer.text


def test_the_target_is_changed_for_now_and_later(served: Served) -> None:
    with served.client() as client:
        found = client.set_stream_target("", "rtmp://live.example/app")
        assert found["target"] == "rtmp://live.example/app"
        assert found["problem"] == "There is no stream key."
        client.set_stream_key(SecretStr(KEY))
        assert client.stream()["problem"] == ""
        with pytest.raises(ApiError, match="begins with ftp://") as refused:
            client.set_stream_target("", "ftp://live.example/app")
        said = said_of(refused.value.told)
        assert (
            language("cs").told(said).startswith("OBS neumí vysílat na adresu, která začíná ftp://. Použijte")
        )
        assert client.stream()["server"] == "rtmp://live.example/app"


def test_what_button_boxes_say_is_told_from_a_number_on(served: Served) -> None:
    with served.client() as client:
        assert client.button_box_traffic(4)[0]["number"] == 5
