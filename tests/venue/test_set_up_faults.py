"""What `stagebox serve` says when the set-up cannot work: a sentence with its remedy, never a traceback."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.api.listen import bind
from tests.obs.fake_server import FakeObs

pytestmark = pytest.mark.slow

PASSWORD = "right-and-secret"


class Box:
    """A settings file of its own, and the command run with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: dict[str, list[str]] = {
            "": [f'state_dir = "{folder / "state"}"'],
            "recording": [f'folder = "{folder / "rec"}"', f'out = "{folder / "talks"}"'],
            "obs": [f"port = {free_port()}"],
            "api": [f"port = {free_port()}"],
        }

    def set(self, table: str, line: str) -> None:
        key = line.partition("=")[0]
        self.lines[table] = [one for one in self.lines[table] if one.partition("=")[0] != key] + [line]

    def write(self) -> Path:
        path = self.folder / "stagebox.toml"
        text = "\n".join(self.lines[""]) + "\n"
        for table, lines in self.lines.items():
            if table:
                text += f"[{table}]\n" + "\n".join(lines) + "\n"
        path.write_text(text)
        return path

    def run(self, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DISPLAY": ":1"}
        if path is not None:
            environment["PATH"] = path
        command = [sys.executable, "-m", "stagebox", "--config", str(self.write()), *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)


def free_port() -> int:
    listener = bind(0)
    port: int = listener.getsockname()[1]
    listener.close()
    return port


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


@pytest.fixture
def obs() -> Iterator[FakeObs]:
    with FakeObs(PASSWORD) as fake:
        yield fake


def attach(box: Box, obs: FakeObs, password: str) -> None:
    secret = box.folder / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    box.set("obs", 'mode = "attach"')
    box.set("obs", f"port = {obs.target.port}")
    box.set("obs", f'password_file = "{secret}"')


def refused(done: subprocess.CompletedProcess[str], *words: str, code: int = 2) -> None:
    told = done.stdout + done.stderr
    assert done.returncode == code, told
    assert "Traceback" not in told
    assert PASSWORD not in told
    for word in words:
        assert word in told
    first, *rest = done.stderr.strip().splitlines()
    assert first.startswith("stagebox: ")
    assert rest, "there is no remedy"


def test_a_wrong_password(box: Box, obs: FakeObs) -> None:
    attach(box, obs, "wrong")
    refused(box.run("serve"), "password")


def test_an_obs_that_is_too_old(box: Box) -> None:
    with FakeObs(PASSWORD, version="4.9.1") as old:
        attach(box, old, PASSWORD)
        refused(box.run("serve"), "4.9.1", "OBS 28")


def test_no_obs_installed(box: Box) -> None:
    box.set("obs", 'binary = "no-such-obs"')
    refused(box.run("serve"), "no-such-obs", "apt-get install")


def test_the_port_of_obs_is_taken(box: Box) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        box.set("obs", f"port = {port}")
        refused(box.run("serve"), str(port), "obs.port")


def test_the_port_of_the_api_is_taken(box: Box) -> None:
    listener = bind(0)
    port = listener.getsockname()[1]
    box.set("api", f"port = {port}")
    refused(box.run("serve"), str(port), "api.port")
    listener.close()


def test_no_ffmpeg_installed(box: Box, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    obs = shutil.which("obs")
    assert obs is not None
    (tools / "obs").symlink_to(obs)
    refused(box.run("serve", path=str(tools)), "ffmpeg", "apt-get install")


def test_a_folder_that_cannot_be_written(box: Box) -> None:
    box.set("recording", 'folder = "/proc/stagebox"')
    refused(box.run("serve"), "/proc/stagebox", "recording.folder")


def test_a_folder_that_is_a_file(box: Box, tmp_path: Path) -> None:
    (tmp_path / "talks").write_text("not a folder")
    refused(box.run("serve"), "recording.out")


def test_a_full_disk(box: Box) -> None:
    box.set("recording", f"reserve_bytes = {10**18}")
    refused(box.run("serve"), "are free", "Free some room")


def test_damaged_settings(box: Box) -> None:
    box.set("api", 'port = "many"')
    refused(box.run("serve"), "stagebox.toml", "api.port", "line")


def test_an_unknown_scene_pack(box: Box) -> None:
    box.lines["scenes"] = ['pack = "opera"']
    refused(box.run("serve"), "opera", "conference")


def test_a_second_serve_on_the_same_box(box: Box, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    with (state / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(box.run("serve"), "Another `stagebox serve`", "stagebox status")


@pytest.mark.parametrize("command", [["status"], ["scene", "intro"], ["record", "start"], ["record", "stop"]])
def test_a_client_without_a_serve(box: Box, command: list[str]) -> None:
    refused(box.run(*command), "No stagebox answers", "stagebox serve")


@pytest.mark.parametrize("command", [["record"], ["record", "pause"], ["scene"], ["sessions", "-n", "0"]])
def test_a_mistyped_command_is_a_usage_error(box: Box, command: list[str]) -> None:
    refused(box.run(*command), "--help", code=64)
