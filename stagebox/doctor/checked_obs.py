"""The OBS that the doctor looks at: the one that runs, or the private one, started for the duration."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import psutil
from pydantic import SecretStr

from stagebox.model.errors import ObsError
from stagebox.model.settings import Settings
from stagebox.obs.connection import NO_EVENTS, EventHandler, ObsConnection, ObsLinkError, ObsTarget
from stagebox.obs.home import ObsHome
from stagebox.obs.pack import ScenePack
from stagebox.obs.provision import provision
from stagebox.obs.supervisor import ObsSupervisor
from stagebox.settings.secrets import ensure_secret, read_secret

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class ObsRequester(Protocol):
    """What the checks need of OBS: a question and its answer. ObsConnection is one."""

    def request(self, name: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """OBS's answer. Raises ObsError."""
        ...


@dataclass(frozen=True, slots=True)
class CheckedObs:
    """A connected OBS. `ours` says that the doctor started it, so that nobody watches its program.

    `pid` is OBS's process, where it runs on this computer and may be known.
    """

    obs: ObsConnection
    listen: Callable[[int, EventHandler], ObsConnection]
    ours: bool
    pid: int | None = None


def is_local(settings: Settings) -> bool:
    """Whether OBS runs, and so records, on this computer."""
    return settings.obs.mode == "private" or settings.obs.host in LOOPBACK


@contextmanager
def open_checked_obs(settings: Settings, pack: ScenePack) -> Iterator[CheckedObs]:
    """Join the OBS that answers. Else, in private mode, start it as `stagebox serve` does, and end it after.

    Raises:
        StageboxError: OBS cannot be reached or started; each with its remedy.
    """
    private = settings.obs.mode == "private"
    home = ObsHome(settings.state_dir / "obs")
    target = ObsTarget(
        "127.0.0.1" if private else settings.obs.host, settings.obs.port, _password(settings, home)
    )
    timeout_s = settings.obs.request_timeout_s

    def listen(events: int, on_event: EventHandler) -> ObsConnection:
        return ObsConnection(target, timeout_s=timeout_s, events=events, on_event=on_event)

    try:
        running = ObsConnection(target, timeout_s=timeout_s, events=NO_EVENTS)
    except ObsLinkError as error:
        if not private or error.fault != "absent":
            raise
    else:
        with running:
            yield CheckedObs(
                running, listen, ours=False, pid=_listener_on(target) if is_local(settings) else None
            )
        return
    supervisor = ObsSupervisor(
        settings.obs, home, _password(settings, home), settings.recording.folder, _ignore
    )
    try:
        supervisor.start()
        supervisor.wait_ready()
        with ObsConnection(target, timeout_s=timeout_s) as connection:
            provision(connection, pack, settings)
            yield CheckedObs(connection, listen, ours=True, pid=supervisor.pid)
    finally:
        supervisor.stop(leave_obs_running=_records(target, timeout_s))


def _listener_on(target: ObsTarget) -> int | None:
    """The process that answers at OBS's port, as far as we may know."""
    try:
        sockets = psutil.net_connections("tcp")
    except (psutil.Error, OSError):
        return None
    for one in sockets:
        if one.status == psutil.CONN_LISTEN and one.laddr and one.laddr.port == target.port:
            return one.pid
    return None


def _password(settings: Settings, home: ObsHome) -> SecretStr:
    if settings.obs.password_file is not None:
        return read_secret(settings.obs.password_file)
    # OBS lets everybody in who asks when its own password is switched off.
    return ensure_secret(home.password_file) if settings.obs.mode == "private" else SecretStr("")


def _records(target: ObsTarget, timeout_s: float) -> bool:
    """Whether somebody else began a recording in our OBS meanwhile: then it must go on."""
    try:
        with ObsConnection(target, timeout_s=timeout_s) as connection:
            return bool(connection.request("GetRecordStatus")["outputActive"])
    except ObsError:
        return False


def _ignore(observation: object) -> None:
    """Nobody waits for the supervisor's news: its `wait_ready` tells what the doctor needs."""
