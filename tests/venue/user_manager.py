"""A real `systemd --user` of its own, for tests: nothing is installed, and nothing is left behind.

It has mounts of its own (an empty /run), control groups, and processes: ending the first one ends all.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

SYSTEMD = Path("/usr/lib/systemd/systemd")
RUNTIME = "/run/user/0"
UP_S, COMMAND_S, END_S = 20.0, 60.0, 10.0

_INIT = f"""
set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system {RUNTIME}
chmod 700 {RUNTIME}
{SYSTEMD} --user --unit=default.target --log-target=console &
# Those whose parents are gone are this shell's: it waits for them all.
while :; do wait -n || true; sleep 1; done
"""


class UserManager:
    """A running manager: `pid` is its namespaces' first process, as seen from outside."""

    def __init__(self, pid: int, env: Mapping[str, str]) -> None:
        self._pid = pid
        self._env = dict(env)

    def run(self, *command: str) -> str:
        """What a command prints that runs beside the manager; fails when it does not end with 0."""
        entered = ["nsenter", "-t", str(self._pid), "-m", "-p", "-C", "--", *command]
        done = subprocess.run(
            entered, capture_output=True, text=True, timeout=COMMAND_S, check=False, env=self._env
        )
        assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
        return done.stdout.strip()

    def systemctl(self, *arguments: str) -> str:
        """`systemctl --user` with these arguments."""
        return self.run("systemctl", "--user", *arguments)

    def tell(self, unit: str, name: str) -> str:
        """One property of a unit."""
        return self.systemctl("show", unit, "--value", "-p", name)

    def until(self, unit: str, name: str, wanted: str, timeout_s: float) -> None:
        """Wait until a property of a unit has this value."""
        deadline = time.monotonic() + timeout_s
        while (seen := self.tell(unit, name)) != wanted:
            assert time.monotonic() < deadline, f"{unit}: {name} is {seen!r} and not {wanted!r}"
            time.sleep(0.1)


@contextmanager
def user_manager(folder: Path, env: Mapping[str, str]) -> Iterator[UserManager]:
    """Start a manager whose units lie in `folder`/systemd/user; `env` is what its units inherit.

    Skips the test, with the reason, where none can run.
    """
    absent = [
        name for name in (str(SYSTEMD), "unshare", "nsenter", "systemctl") if shutil.which(name) is None
    ]
    if absent:
        pytest.skip(f"no systemd of its own can be run here without {', '.join(absent)}")
    if os.geteuid() != 0:
        pytest.skip("only root may give a systemd namespaces of its own")
    whole = {**os.environ, **env, "XDG_RUNTIME_DIR": RUNTIME, "XDG_CONFIG_HOME": str(folder)}
    log = folder / "systemd.log"
    with _control_groups() as join, log.open("wb") as output:
        command = [
            "unshare",
            "-m",
            "-p",
            "-C",
            "-f",
            "--kill-child",
            "--mount-proc",
            "--propagation",
            "private",
        ]
        first = subprocess.Popen(
            ["sh", "-c", f'{join}exec "$@"', "sh", *command, "bash", "-c", _INIT],
            env=whole,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            manager = UserManager(_inner(first.pid), whole)
            _wait_up(manager, log)
            yield manager
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait(END_S)


def _inner(pid: int) -> int:
    """The first process inside, which `unshare` forks."""
    deadline = time.monotonic() + UP_S
    children = Path(f"/proc/{pid}/task/{pid}/children")
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            found = children.read_text().split()
            if found and Path(f"/proc/{found[0]}/comm").read_text().strip() == "bash":
                return int(found[0])
        time.sleep(0.05)
    pytest.skip("this computer does not allow a process namespaces of its own")


def _wait_up(manager: UserManager, log: Path) -> None:
    deadline = time.monotonic() + UP_S
    while time.monotonic() < deadline:
        with contextlib.suppress(AssertionError):
            if manager.systemctl("show", "--value", "-p", "SystemState") in ("running", "degraded"):
                return
        time.sleep(0.1)
    pytest.skip(f"systemd does not come up in namespaces here: {log.read_text()[-500:]}")


@contextmanager
def _control_groups() -> Iterator[str]:
    """Groups of the manager's own in every hierarchy; gives the shell words that join them."""
    name = f"stagebox-test-{os.getpid()}"
    made = []
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if (mounted := _mounted(controllers)) is not None:
            group = mounted / path.lstrip("/") / name
            with contextlib.suppress(OSError):
                group.mkdir(exist_ok=True)
                made.append(group)
    try:
        yield "".join(f"echo $$ > {group}/cgroup.procs; " for group in made)
    finally:
        for group in made:
            _remove(group)


def _mounted(controllers: str) -> Path | None:
    """Where the hierarchy with these controllers ("": version 2) is mounted."""
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        kind, _, options = right.split(" ", 2)
        if kind == ("cgroup" if controllers else "cgroup2") and (
            not controllers or controllers in options.split(",")
        ):
            return Path(left.split(" ")[4])
    return None


def _remove(group: Path) -> None:
    """Remove a group and those below it, as soon as the last process has left."""
    deadline = time.monotonic() + END_S
    while group.exists() and time.monotonic() < deadline:
        for below in sorted(group.rglob("*"), key=lambda path: -len(path.parts)):
            if below.is_dir():
                with contextlib.suppress(OSError):
                    below.rmdir()
        with contextlib.suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.05)
