"""The `stagebox serve` of a rehearsal, and who starts it again: killed, cut from power, brought back."""

import contextlib
import os
import signal
import sys
import uuid
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import psutil

from stagebox.model.errors import StageboxError
from stagebox.rehearsal.children import VenueProcess
from stagebox.rehearsal.venue import Venue

BOOT_ID = "/proc/sys/kernel/random/boot_id"
BACKUP_RECORDER = "stagebox.devices.backup_recorder"
TORN_BYTES = 1500
END_S = 5.0


class ServeProcess:
    """The engine's process, as an init system keeps it.

    Args:
        config: its stagebox.toml.
        obs_pid: its OBS's process.
        env: what its environment has beside the venue's.
    """

    def __init__(
        self, venue: Venue, config: Path, obs_pid: Callable[[], int], env: Mapping[str, str] | None = None
    ) -> None:
        self._venue = venue
        self._config = config
        self.obs_pid = obs_pid
        self._env = dict(env or {})
        self._boot_file: Path | None = None
        self.child: VenueProcess | None = None

    def start(self) -> VenueProcess:
        """Start it (again). Raises StageboxError."""
        command = self.command("serve")
        if "LD_PRELOAD" in self._env:
            command[command.index("stagebox")] = "stagebox.rehearsal.preloaded"
        self.child = self._venue.spawn_appliance([*self._booted(), *command], self._env)
        return self.child

    def command(self, *arguments: str) -> list[str]:
        """The command line of a stagebox with these settings."""
        return [sys.executable, "-m", "stagebox", "--config", str(self._config), *arguments]

    def alive(self) -> bool:
        """Whether the engine runs."""
        return self.child is not None and self.child.alive()

    def kill_engine(self) -> None:
        """SIGKILL to the engine alone: OBS and the helpers are left to themselves."""
        child = self._running()
        os.kill(child.pid, signal.SIGKILL)
        child.process.wait(END_S)

    def kill_ear(self) -> None:
        """SIGKILL to the backup recorder."""
        ears = [one for one in self._family() if BACKUP_RECORDER in " ".join(one.cmdline())]
        if not ears:
            raise StageboxError("There is no backup recorder that could be killed.")
        for ear in ears:
            ear.kill()

    def kill_everything(self) -> None:
        """Engine, helpers and OBS, stopped in the same instant and killed, as when the power goes."""
        processes = [*self._family(), *_with_children(self.obs_pid())]
        for number in (signal.SIGSTOP, signal.SIGKILL):
            _to_all(processes, number)
        psutil.wait_procs(processes, END_S)
        self._running().process.wait(END_S)

    def put_to_sleep(self) -> Callable[[], None]:
        """Stop all that runs on the box, in the same instant; return what lets it go on."""
        processes = [*self._family(), *_with_children(self.obs_pid())]
        _to_all(processes, signal.SIGSTOP)
        return lambda: _to_all(processes, signal.SIGCONT)

    def tear(self, state_dir: Path) -> None:
        """Leave a half-written journal line and a half-written catalogue page, as a power cut does."""
        journal = max((state_dir / "journal").glob("*.journal"))
        lines = journal.read_bytes().splitlines(keepends=True)
        with journal.open("ab") as file:
            file.write(lines[-1][: len(lines[-1]) // 2])
        with (state_dir / "catalogue.sqlite-wal").open("ab") as file:
            file.write(os.urandom(TORN_BYTES))

    def reboot(self, folder: Path) -> None:
        """Let the next start be one of another boot, where this user may pretend that (root may)."""
        if os.geteuid() == 0:
            self._boot_file = folder / "boot-id"
            self._boot_file.write_text(f"{uuid.uuid4()}\n")

    def _booted(self) -> list[str]:
        if self._boot_file is None:
            return []
        mount = f'mount --bind "{self._boot_file}" {BOOT_ID} && exec "$0" "$@"'
        return ["unshare", "-m", "--propagation", "private", "sh", "-c", mount]

    def _running(self) -> VenueProcess:
        if self.child is None:
            raise StageboxError("The appliance was not started.")
        return self.child

    def _family(self) -> list[psutil.Process]:
        return _with_children(self._running().pid)


def _to_all(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.send_signal(number)


def _with_children(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []
