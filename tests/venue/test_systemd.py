"""The generated units under a real systemd: ready, watched, restarted; OBS records on through all of it."""

import contextlib
import json
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from stagebox import cli
from stagebox.api.client import Client
from stagebox.model.errors import ApiError
from stagebox.serve.units import SERVE
from tests.venue.user_manager import UserManager, user_manager
from tests.venue_tools import free_port, screen

pytestmark = [pytest.mark.venue, pytest.mark.timeout(240)]

PATIENCE_S = 4
"""The watchdog's, here: its own 20 s are only longer, and tests/serve/test_units.py holds them."""


@dataclass
class Box:
    """An appliance that systemd runs."""

    manager: UserManager
    port: int
    state_dir: Path

    def tell(self, name: str) -> str:
        return self.manager.tell(SERVE, name)

    def client(self) -> Client:
        return Client(self.port, SecretStr((self.state_dir / "api-token").read_text().strip()))

    def wait(self, true_of: Callable[[dict[str, Any]], bool], timeout_s: float = 30.0) -> dict[str, Any]:
        """The first state that is as wanted, whoever answers meanwhile."""
        deadline, seen = time.monotonic() + timeout_s, {}
        while time.monotonic() < deadline:
            with contextlib.suppress(ApiError, OSError), contextlib.closing(self.client()) as client:
                seen = client.state()
                if true_of(seen):
                    return seen
            time.sleep(0.1)
        raise AssertionError(f"not seen in {timeout_s:g} s: {json.dumps(seen)[:2000]}")

    def order(self, kind: str) -> None:
        with contextlib.closing(self.client()) as client:
            assert client.send({"kind": kind}, origin="cli", timeout_s=20.0)["status"] == "done"

    def obs(self) -> dict[str, Any]:
        """OBS's process: its number (as seen inside) and when it began."""
        noted = json.loads((self.state_dir / "obs" / "process.json").read_text())
        return {key: noted[key] for key in ("pid", "create_time")}

    def kill(self, pid: int | str, number: signal.Signals) -> None:
        self.manager.run("kill", f"-{int(number)}", str(pid))

    def lives(self, pid: int) -> bool:
        state = self.manager.run("sh", "-c", f"cut -d' ' -f3 /proc/{pid}/stat 2>/dev/null || true")
        return state not in ("", "Z")


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with screen() as display:
        port = free_port()
        config = tmp_path / "stagebox.toml"
        config.write_text(
            f'state_dir = "{tmp_path}/state"\n'
            f'[recording]\nfolder = "{tmp_path}/recordings"\nout = "{tmp_path}/talks"\n'
            "reserve_bytes = 100_000_000\n"
            f'[obs]\nport = {free_port()}\ndisplay = "{display}"\n'
            "canvas_width = 640\ncanvas_height = 360\nvideo_bitrate_kbps = 1000\n"
            f"[api]\nport = {port}\n"
        )
        units = tmp_path / "units"
        shorter = units / "systemd" / "user" / f"{SERVE}.d"
        shorter.mkdir(parents=True)
        (shorter / "patience.conf").write_text(f"[Service]\nWatchdogSec={PATIENCE_S}\n")
        asked = ["--config", str(config), "install-units", "--folder", str(shorter.parent)]
        assert cli.run(asked) == 0
        # The output goes to a file: there is no journal here.
        env = {"SYSTEMD_LOG_TARGET": "console", "HOME": str(tmp_path)}
        (shorter / "output.conf").write_text(
            f"[Service]\nStandardOutput=append:{tmp_path}/serve.log\nStandardError=append:{tmp_path}/serve.log\n"
        )
        with user_manager(units, env) as manager:
            yield Box(manager, port, tmp_path / "state")


def recording(seen: dict[str, Any]) -> bool:
    session = seen.get("session") or {}
    return session.get("phase") == "recording" and seen["recording"] is True and seen["obs"]["link"] == "up"


def test_a_hanging_stagebox_is_replaced_by_systemd_and_obs_records_the_same_talk_on(
    box: Box, tmp_path: Path
) -> None:
    # It counts as started only when it says that it is ready.
    box.manager.systemctl("start", SERVE)
    assert box.tell("ActiveState") == "active"
    assert box.tell("StatusText") == "stagebox serves."
    box.wait(lambda seen: seen["obs"]["link"] == "up")
    box.order("start_recording")
    before = box.wait(recording)
    obs, main = box.obs(), box.tell("MainPID")

    # Fed, again and again, for longer than systemd's patience.
    fed = [box.tell("WatchdogTimestampMonotonic")]
    while len(fed) < 6:
        box.manager.until(SERVE, "NRestarts", "0", 1.0)
        if (now := box.tell("WatchdogTimestampMonotonic")) != fed[-1]:
            fed.append(now)
    assert (int(fed[-1]) - int(fed[0])) / 1e6 > PATIENCE_S

    # It hangs: systemd ends it, and the words of every thread are kept.
    stopped_at = time.monotonic()
    box.kill(main, signal.SIGSTOP)
    box.manager.until(SERVE, "NRestarts", "1", PATIENCE_S + 15.0)
    replaced_s = time.monotonic() - stopped_at
    assert "Fatal Python error: Aborted" in (tmp_path / "serve.log").read_text()
    box.manager.until(SERVE, "ActiveState", "active", 30.0)
    after = box.wait(recording)
    back_s = time.monotonic() - stopped_at
    assert box.tell("MainPID") != main
    assert box.obs() == obs
    assert after["session"]["id"] == before["session"]["id"]
    assert len(after["session"]["segments"]) == 1

    # OBS is killed: that is OBS's state, and no reason to restart stagebox.
    main = box.tell("MainPID")
    box.kill(obs["pid"], signal.SIGKILL)
    box.wait(lambda seen: recording(seen) and len(seen["session"]["segments"]) == 2)
    assert (box.tell("MainPID"), box.tell("NRestarts")) == (main, "1")
    obs = box.obs()

    # Restarted and stopped by a person: OBS records on, also while no stagebox is there.
    box.manager.systemctl("restart", SERVE)
    box.wait(recording)
    assert box.obs() == obs
    box.manager.systemctl("stop", SERVE)
    assert box.tell("ActiveState") == "inactive"
    assert box.lives(obs["pid"])
    box.manager.systemctl("start", SERVE)
    after = box.wait(recording)
    assert box.obs() == obs
    assert len(after["session"]["segments"]) == 2
    box.order("stop_recording")
    ended = box.wait(lambda seen: any(one["phase"] == "done" for one in seen["finished"]), 60.0)
    assert Path(ended["finished"][-1]["output"]).exists()
    box.manager.systemctl("stop", SERVE)
    assert not box.lives(obs["pid"]), "nothing is recorded: OBS ends with stagebox"
    print(f"replaced after {replaced_s:.1f} s, records on under a new stagebox after {back_s:.1f} s")
