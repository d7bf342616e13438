"""Targets and keys: what is refused before OBS is asked, and what OBS is told of the others."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from stagebox.messages.stream_reasons import version_problem
from stagebox.model.settings import StreamSettings
from stagebox.model.stream_state import StreamSetUp
from stagebox.obs.stream_services import Service, ServiceServer, read_services, service_lists
from stagebox.obs.stream_target import (
    FORGOTTEN,
    key_problem,
    obs_service,
    protocol_of,
    server_problem,
    set_up_of,
    target_problem,
)

TWITCH = Service(
    "Twitch",
    True,
    (
        ServiceServer("EU: Prague", "rtmp://prg.example/app"),
        ServiceServer("EU: Berlin", "rtmp://ber.example/app"),
    ),
)
HLS = Service("YouTube - HLS", True, (ServiceServer("Primary", "https://a.example/hls?cid={stream_key}"),))
SERVICES = (TWITCH, HLS)
KEY = "live_0123456789"


@pytest.mark.parametrize(
    ("server", "words"),
    [
        ("live.example/app", "does not begin like rtmp://: live.example/app"),
        ("ftp://live.example/app", "begins with ftp://"),
        ("rtmp:///app", "names no computer"),
        ("rtmp://live.example:port/app", "cannot be read"),
        ("rtmp://live.example:99999/app", "cannot be read"),
        ("rtmp://live.example/my app", "a space or a line break"),
        ("rtmp://live.example/app\n", "a space or a line break"),
        ("rtmp://me:hunter2@live.example/app", "a name or a password"),
        ("srt://live.example:9000?passphrase=hunter2", "a password or a key"),
        ("srt://live.example", "needs a port"),
        ("rtmp://[::1/app", "cannot be read"),
    ],
)
def test_a_malformed_server_is_refused_with_a_sentence(server: str, words: str) -> None:
    problem = server_problem(server)
    assert problem is not None
    assert words in problem[0]
    assert problem[1], "and says what to do"
    assert "hunter2" not in " ".join(problem)


@pytest.mark.parametrize(
    ("server", "protocol"),
    [
        ("rtmp://live.example/app", "rtmp"),
        ("rtmps://live.example:443/app", "rtmps"),
        ("srt://live.example:9000?streamid=talk", "srt"),
        ("rist://live.example:1968", "rist"),
        ("https://live.example/whip", "whip"),
    ],
)
def test_every_protocol_of_obs_has_its_address(server: str, protocol: str) -> None:
    assert server_problem(server) is None
    assert protocol_of(StreamSettings(server=server), ()) == protocol


@given(st.text(max_size=60))
def test_whatever_is_typed_as_a_server_or_key_is_judged_without_a_crash(typed: str) -> None:
    server_problem(typed)
    problem = key_problem(typed)
    if problem is not None and len(typed) > 12:
        assert typed not in " ".join(problem)


@pytest.mark.parametrize(
    ("version", "refused"), [("29.0.2", True), ("30.0.0", False), ("31.1.0-beta1", False), ("", False)]
)
def test_whip_is_refused_for_an_obs_that_is_too_old_for_it(version: str, refused: bool) -> None:
    problem = version_problem(StreamSetUp(protocol="whip"), version)
    assert (problem is not None) is refused
    assert version_problem(StreamSetUp(protocol="srt"), version) is None


def test_no_target_an_unknown_service_and_a_foreign_server_are_refused() -> None:
    for settings, words in (
        (StreamSettings(), "not set where to stream"),
        (StreamSettings(service="Twich"), "no streaming service called “Twich”"),
        (StreamSettings(service="Twitch", server="Mars"), "no server of Twitch"),
    ):
        problem = target_problem(settings, SERVICES)
        assert problem is not None
        assert words in problem[0]
    assert target_problem(StreamSettings(service="Twitch", server="EU: Berlin"), SERVICES) is None
    problem = target_problem(StreamSettings(service="Twitch"), ())
    assert problem is not None
    assert "list" in problem[0]


def test_obs_is_told_the_service_its_server_and_the_key() -> None:
    told = obs_service(StreamSettings(service="Twitch", server="EU: Berlin"), SERVICES, SecretStr(KEY))
    assert told.request() == {
        "streamServiceType": "rtmp_common",
        "streamServiceSettings": {"service": "Twitch", "server": "rtmp://ber.example/app", "key": KEY},
    }
    custom = obs_service(StreamSettings(server="srt://live.example:9000"), (), SecretStr("")).request()
    assert custom["streamServiceType"] == "rtmp_custom"
    whip = obs_service(StreamSettings(server="https://live.example/whip"), (), SecretStr(KEY)).request()
    assert whip["streamServiceType"] == "whip_custom"
    assert whip["streamServiceSettings"] == {
        "service": "WHIP",
        "server": "https://live.example/whip",
        "bearer_token": KEY,
    }


def test_a_key_is_stars_wherever_it_is_printed() -> None:
    told = obs_service(StreamSettings(server="rtmp://live.example/app"), (), SecretStr(KEY))
    assert KEY not in repr(told)
    assert FORGOTTEN.request()["streamServiceSettings"] == {"server": "", "key": "", "use_auth": False}


def test_a_stream_without_a_key_is_refused_only_where_one_is_needed() -> None:
    def problem(settings: StreamSettings) -> str:
        set_up = set_up_of(settings, SERVICES, has_key=False, key_fault=None, private=True, change=1)
        return set_up.problem

    assert problem(StreamSettings(server="rtmp://live.example/app")) == "There is no stream key."
    assert problem(StreamSettings(service="YouTube - HLS")) == "There is no stream key."
    assert problem(StreamSettings(server="srt://live.example:9000")) == ""


def test_an_obs_that_was_only_joined_streams_as_its_owner_set_it() -> None:
    set_up = set_up_of(StreamSettings(), (), has_key=False, key_fault=None, private=False, change=1)
    assert set_up.own
    assert not set_up.problem


def test_the_list_of_services_is_obs_s_own(tmp_path: Path) -> None:
    assert read_services([tmp_path / "absent.json"]) == ()
    (tmp_path / "bad.json").write_text("{")
    listed = {"services": [{"name": "A", "servers": [{"name": "One", "url": "rtmp://a"}]}, {"name": "B"}]}
    (tmp_path / "good.json").write_text(json.dumps(listed))
    found = read_services([tmp_path / "bad.json", tmp_path / "good.json"])
    assert [service.name for service in found] == ["A"]


@pytest.mark.venue
def test_the_installed_obs_knows_the_well_known_services(tmp_path: Path) -> None:
    names = [service.name for service in read_services(service_lists(tmp_path))]
    assert "Twitch" in names
    assert any("YouTube" in name for name in names)
    assert len(names) > 50
