"""Schedules from files and from a real HTTP server, which may be anything."""

import gzip
import time
from datetime import UTC, date
from pathlib import Path

import pytest

from stagebox.schedule import fetching
from stagebox.schedule.draft import Defaults, Zone
from stagebox.schedule.failure import ScheduleError
from stagebox.schedule.fetching import Validators, fetched, is_address
from stagebox.schedule.parsing import parsed
from tests.schedule.servers import Request, serving


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.org/schedule.xml", True),
        ("webcal://example.org/x.ics", True),
        ("file:///etc/passwd", True),
        ("FILE:/etc/passwd", True),
        ("ftp://example.org/x", True),
        ("schedule.xml", False),
        ("/media/stick/schedule.xml", False),
        ("C:\\talks.csv", False),
    ],
)
def test_what_is_an_address(source: str, expected: bool) -> None:
    assert is_address(source) == expected


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "talks.csv").write_bytes(b"x")
    assert fetched(str(tmp_path / "talks.csv")).data == b"x"


def test_what_is_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ScheduleError, match="could not be read: Could not determine home directory"):
        fetched("~nobody-is-called-this/talks.xml")
    for source in (str(tmp_path / "gone.xml"), str(tmp_path)):
        with pytest.raises(ScheduleError, match="There is no file"):
            fetched(source)
    (tmp_path / "large").write_bytes(b"12345")
    monkeypatch.setattr(fetching, "LARGEST_BYTES", 4)
    with pytest.raises(ScheduleError, match="is larger than"):
        fetched(str(tmp_path / "large"))


@pytest.mark.parametrize(
    "source",
    ["file:///etc/passwd", "ftp://example.org/x", "http://", "https:///x", "gopher://x/1", "http://[::1"],
)
def test_other_addresses_are_not_asked(source: str) -> None:
    with pytest.raises(ScheduleError, match="A schedule cannot be fetched from"):
        fetched(source)


def test_a_server_is_asked_with_what_it_said_before() -> None:
    def answer(request: Request) -> None:
        if request.headers.get("If-None-Match") == '"v1"':
            request.tell(status=304)
        else:
            request.tell(b"talks", ETag='"v1"', Last_Modified="Sun, 29 Nov 2026 10:00:00 GMT")

    with serving(answer) as server:
        first = fetched(f"{server.address}/schedule.xml")
        again = fetched(f"{server.address}/schedule.xml", first.validators)
        anew = fetched(f"{server.address}/schedule.xml")
    assert (first.data, again.data, anew.data) == (b"talks", None, b"talks")
    assert first.validators == Validators('"v1"', "Sun, 29 Nov 2026 10:00:00 GMT")
    assert server.asked[1][1]["If-Modified-Since"] == "Sun, 29 Nov 2026 10:00:00 GMT"


def test_a_packed_answer_is_unpacked_and_a_bomb_of_it_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(b"talks" * 100_000)
    with serving(lambda request: request.tell(packed, Content_Encoding="gzip")) as server:
        assert fetched(server.address).data == b"talks" * 100_000
        monkeypatch.setattr(fetching, "LARGEST_BYTES", 100_000)
        with pytest.raises(ScheduleError, match="is larger than"):
            fetched(server.address)


def test_what_is_packed_twice_is_not_unpacked() -> None:
    bomb = gzip.compress(gzip.compress(bytes(10_000)))
    for coding in ("gzip, gzip", "gzip,deflate", "br", "rot13"):
        with (
            serving(lambda request, coding=coding: request.tell(bomb, Content_Encoding=coding)) as server,  # type: ignore[misc]
            pytest.raises(ScheduleError, match="it packs its answer as"),
        ):
            fetched(server.address)


def test_a_server_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LONGEST_S", 0.3)

    def drip(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        for _ in range(1000):
            request.wfile.write(b"x")
            time.sleep(0.02)

    with serving(drip) as server, pytest.raises(ScheduleError, match="its answer takes longer than"):
        fetched(server.address)


def test_a_validator_that_cannot_be_sent_back_is_forgotten() -> None:
    with serving(lambda request: request.tell(b"talks", ETag='"\xe9"')) as server:
        first = fetched(server.address)
        assert first.validators == Validators()
        assert fetched(server.address, first.validators).data == b"talks"


def test_a_password_in_an_address_is_in_no_sentence() -> None:
    for answer in (b"<html>", b"", b"{}"):
        with serving(lambda request, answer=answer: request.tell(answer)) as server:  # type: ignore[misc]
            source = server.address.replace("://", "://ann:s3cr@et@")
            with pytest.raises(ScheduleError) as told:
                parsed(fetched(source).data or b"", source, Defaults(Zone("UTC", UTC), date(2026, 11, 29)))
        assert "s3cr" not in f"{told.value} {told.value.what} {told.value.remedy}"
        assert "127.0.0.1" in told.value.what


def test_redirects_are_followed_on_their_own_host_alone() -> None:
    with serving(lambda request: request.tell(b"secrets")) as other:

        def answer(request: Request) -> None:
            targets = {
                "/moved": "/new",
                "/host": f"{other.address}/secrets",
                "/name": "http://localhost/secrets",
                "/file": "file:///etc/passwd",
                "/round": "/round",
            }
            if request.path in targets:
                request.tell(status=302, Location=targets[request.path])
            else:
                request.tell(b"talks")

        with serving(answer) as server:
            assert fetched(f"{server.address}/moved").data == b"talks"
            for path, sentence in (
                ("/host", "points to another address"),
                ("/name", "points to another address"),
                ("/file", "127.0.0.1"),
                ("/round", "sends on again and again"),
            ):
                with pytest.raises(ScheduleError, match=sentence):
                    fetched(f"{server.address}{path}")
        assert other.asked == []


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_a_refusal_is_told_with_its_number(status: int) -> None:
    sentence = f"refuses to give the schedule \\({status}"
    with (
        serving(lambda request: request.tell(b"no", status=status)) as server,
        pytest.raises(ScheduleError, match=sentence) as told,
    ):
        fetched(server.address)
    assert told.value.remedy


def test_a_server_that_is_gone_or_breaks_off_is_told() -> None:
    def broken(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"half")
        request.close_connection = True

    with serving(broken) as server:
        address = server.address
        with pytest.raises(ScheduleError, match="does not answer"):
            fetched(address)
    with pytest.raises(ScheduleError, match="does not answer"):
        fetched(address)


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    over = threading.Event()
    monkeypatch.setattr(fetching, "PATIENCE_S", 0.3)
    with serving(lambda request: over.wait(20) and None) as server:
        with pytest.raises(ScheduleError, match="does not answer"):
            fetched(server.address)
        over.set()
