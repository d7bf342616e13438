"""The service manager is told the truth: ready, well, or hanging. With a real socket and a real engine."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.rules import ReducerRules
from stagebox.model.commands import Command, StartRecording
from stagebox.model.effects import Effect
from stagebox.obs.link import ObsLink
from stagebox.serve.watchdog import (
    ENGINE_S,
    MAILBOX_S,
    LifeSigns,
    Watchdog,
    hanging,
)
from stagebox.system.notify import Notifier, watchdog_s
from tests.engine.messages import obs_connected
from tests.obs.fake_server import FakeObs

WELL = LifeSigns(engine_s=0.1, link_s=0.5, mailbox_s=0.0, link_patience_s=17.0)


class Manager:
    """The service manager's end of the socket."""

    def __init__(self, address: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self.socket.settimeout(10.0)

    def told(self) -> str:
        return self.socket.recv(4096).decode()

    def told_until(self, words: str) -> None:
        """Take what comes until `words` do; the socket's deadline ends it otherwise."""
        while words not in self.told():
            pass

    def drained(self, timeout_s: float) -> list[str]:
        """All that comes until nothing does for so long."""
        found = []
        self.socket.settimeout(timeout_s)
        try:
            while True:
                found.append(self.told())
        except TimeoutError:
            return found
        finally:
            self.socket.settimeout(10.0)


@pytest.fixture(params=["file", "abstract"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "notify") if request.param == "file" else f"@stagebox-test-{os.getpid()}"


@pytest.fixture
def manager(address: str) -> Iterator[Manager]:
    made = Manager(address)
    yield made
    made.socket.close()


def test_ready_is_said_the_watchdog_fed_and_the_end_announced(address: str, manager: Manager) -> None:
    watchdog = Watchdog(Notifier(address), 0.04, lambda: WELL)
    watchdog.start()
    assert manager.told() == "READY=1\nSTATUS=stagebox serves."
    assert [manager.told() for _ in range(3)] == ["WATCHDOG=1"] * 3
    watchdog.close()
    manager.told_until("STOPPING=1")


def test_without_a_service_manager_nothing_is_said_and_nothing_fails() -> None:
    notifier = Notifier.of({})
    assert notifier.send("READY=1") is False
    watchdog = Watchdog(notifier, 0.0, lambda: WELL)
    watchdog.start()
    watchdog.close()


def test_a_manager_that_is_gone_fails_nothing(tmp_path: Path) -> None:
    notifier = Notifier(str(tmp_path / "nobody"))
    assert notifier.send("WATCHDOG=1") is False
    notifier.close()


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, 0.0),
        ({"WATCHDOG_USEC": "20000000"}, 20.0),
        ({"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "7"}, 20.0),
        ({"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "8"}, 0.0),
        ({"WATCHDOG_USEC": "soon"}, 0.0),
    ],
)
def test_the_patience_is_the_managers(environment: dict[str, str], seconds: float) -> None:
    assert watchdog_s(environment, 7) == seconds


def test_each_sign_of_a_hang_is_named() -> None:
    assert hanging(WELL) == ""
    assert "engine" in hanging(LifeSigns(engine_s=ENGINE_S + 1, link_s=0, mailbox_s=0, link_patience_s=9))
    assert "mailbox" in hanging(LifeSigns(engine_s=0, link_s=0, mailbox_s=MAILBOX_S + 1, link_patience_s=9))
    assert "link" in hanging(LifeSigns(engine_s=0, link_s=10, mailbox_s=0, link_patience_s=9))


def test_an_engine_that_hangs_is_not_fed_and_one_that_goes_on_is_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, manager: Manager
) -> None:
    """The engine's real thread hangs in an executor that does not return."""
    monkeypatch.setattr("stagebox.serve.watchdog.ENGINE_S", 0.6)
    monkeypatch.setattr("stagebox.serve.watchdog.MAILBOX_S", 60.0)
    engine = Engine(tmp_path / "journal", ReducerRules(), event="Conf", room="Hall")
    hung, go_on = threading.Event(), threading.Event()

    def execute(effect: Effect) -> None:
        hung.set()
        assert go_on.wait(30.0)

    def signs() -> LifeSigns:
        return LifeSigns(
            engine_s=engine.turned_s, link_s=0.0, mailbox_s=engine.mailbox.oldest_s(), link_patience_s=9.0
        )

    engine.start(EngineOutputs(execute=execute, save=lambda session: None))
    watchdog = Watchdog(Notifier(address), 0.2, signs)
    watchdog.start()
    try:
        manager.told_until("WATCHDOG=1")
        engine.post(obs_connected())
        engine.submit(Command(id="a", origin="touch", want=StartRecording()))
        assert hung.wait(10.0)
        manager.told_until("STATUS=The engine has not turned")
        assert all("WATCHDOG" not in words for words in manager.drained(0.5))
        go_on.set()
        manager.told_until("WATCHDOG=1")
    finally:
        go_on.set()
        watchdog.close()
        engine.close()


def test_messages_that_wait_in_the_mailbox_age(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "journal", ReducerRules(), event="Conf", room="Hall")
    # Never started: its own first message waits for ever.
    first = engine.mailbox.oldest_s()
    assert engine.mailbox.take(0.0) is not None
    engine.post(obs_connected())
    assert engine.mailbox.oldest_s() <= first + 10.0
    assert engine.mailbox.take(0.0) is not None
    assert engine.mailbox.oldest_s() == 0.0
    engine.close()


def test_a_link_without_obs_turns_all_the_same(tmp_path: Path) -> None:
    """OBS being down is no reason to restart stagebox."""
    with FakeObs("secret") as fake:
        target = fake.target
    seen: list[object] = []
    tried = threading.Event()

    def post(observation: object) -> None:
        seen.append(observation)
        tried.set()

    link = ObsLink(target, post, request_timeout_s=0.5, backoff_cap_s=0.1)
    link.start()
    try:
        assert tried.wait(10.0)
        assert link.turned_s < link.patience_s
        assert (
            hanging(LifeSigns(engine_s=0, link_s=link.turned_s, mailbox_s=0, link_patience_s=link.patience_s))
            == ""
        )
    finally:
        assert link.close()
