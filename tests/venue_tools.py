"""A real screen and a real OBS for tests: `real_obs` starts one of each for the whole run."""

import os
import select
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import SecretStr

from stagebox.model.settings import ObsSettings
from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.home import ObsHome
from stagebox.obs.supervisor import ObsSupervisor

Message = TypeVar("Message")
PASSWORD = SecretStr("correct horse battery staple")


def free_port() -> int:
    """Return a TCP port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def screen(width: int = 1280, height: int = 720) -> Iterator[str]:
    """Run an Xvfb on a display that it picks itself, and give its name, like ":7"."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as told:
            assert select.select([told], [], [], 20)[0], "Xvfb did not start"
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


@dataclass
class Seen:
    """Collects observations; `wait_for` waits for them to arrive, with a deadline."""

    all: list[Any] = field(default_factory=list)
    _taken: dict[type, int] = field(default_factory=dict)
    _arrived: threading.Condition = field(default_factory=threading.Condition)

    def post(self, observation: Any) -> None:
        """Take an observation, as the engine's mailbox does."""
        with self._arrived:
            self.all.append(observation)
            self._arrived.notify_all()

    def of(self, kind: type[Message]) -> list[Message]:
        """Return all observations of `kind` so far."""
        with self._arrived:
            return [it for it in self.all if isinstance(it, kind)]

    def wait_for(
        self,
        kind: type[Message],
        matching: Callable[[Message], bool] = lambda _: True,
        *,
        timeout_s: float = 15.0,
    ) -> Message:
        """Return the next observation of `kind` that matches; fail when none comes in time.

        Those of other kinds stay to be waited for.
        """
        deadline = time.monotonic() + timeout_s
        with self._arrived:
            while True:
                for at in range(self._taken.get(kind, 0), len(self.all)):
                    self._taken[kind] = at + 1
                    if isinstance(self.all[at], kind) and matching(self.all[at]):
                        return self.all[at]  # type: ignore[no-any-return]  # Narrowed above.
                left_s = deadline - time.monotonic()
                assert left_s > 0, f"no such {kind.__name__} came; the last: {self.all[-6:]}"
                self._arrived.wait(left_s)


@dataclass
class RealObs:
    """A running private OBS under its supervisor."""

    settings: ObsSettings
    home: ObsHome
    recordings: Path
    supervisor: ObsSupervisor
    seen: Seen

    @property
    def target(self) -> ObsTarget:
        """Where its websocket is."""
        return self.supervisor.target

    def connect(self) -> ObsConnection:
        """Return a new connection to it."""
        return ObsConnection(self.target, timeout_s=5.0)


@contextmanager
def running_obs(folder: Path) -> Iterator[RealObs]:
    """Start an OBS with a screen of its own below `folder`, wait until it answers, and end both."""
    recordings = folder / "recordings"
    recordings.mkdir(parents=True)
    with screen() as display:
        settings = ObsSettings(
            port=free_port(),
            display=display,
            canvas_width=640,
            canvas_height=360,
            video_bitrate_kbps=1000,
            start_timeout_s=40.0,
        )
        seen = Seen()
        home = ObsHome(folder / "state" / "obs")
        supervisor = ObsSupervisor(settings, home, PASSWORD, recordings, seen.post)
        try:
            supervisor.start()
            supervisor.wait_ready()
            yield RealObs(settings, home, recordings, supervisor, seen)
        finally:
            supervisor.stop()


@pytest.fixture(scope="session")
def real_obs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealObs]:
    """Return a real OBS that the whole run shares: leave it as you found it."""
    with running_obs(tmp_path_factory.mktemp("real-obs")) as obs:
        yield obs
