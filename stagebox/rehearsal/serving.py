"""A `stagebox serve` in a venue, for whoever drives it from outside: kiosk, benches, tests."""

import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from stagebox.api.client import Client
from stagebox.api.token import token_path
from stagebox.model.errors import ApiError, StageboxError
from stagebox.obs.home import FIRST_SCENE, ObsHome
from stagebox.rehearsal.canvas_ladder import MIDDLE, LadderRung
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.venue import Venue
from stagebox.rehearsal.venue_settings import free_port, settings_toml
from stagebox.settings.secrets import read_secret

READY_S = 60.0


class ServingVenue:
    """A `stagebox serve` with its own OBS in a venue, as a context manager.

    `venue` is where it is, `config` its settings file, `port` the API's, `client` one of its clients, `obs`
    where its OBS is: host, port and password; `more` stands at the end of the settings file, `rung` is the
    canvas and rate. Raises StageboxError when it does not start.
    """

    def __init__(self, venue: Venue, folder: Path, *, more: str = "", rung: LadderRung = MIDDLE) -> None:
        self.venue = venue
        self._more = more
        self._rung = rung
        self.config = folder / "stagebox.toml"
        self.state_dir = folder / "state"

    def __enter__(self) -> Self:
        self.port, obs_port = free_port(), free_port()
        settings = settings_toml(self.venue, self.config.parent, self.port, obs_port, rung=self._rung)
        self.config.write_text(f"{settings}\n{self._more}")
        self._child = self.venue.spawn_appliance(self.command("serve"))
        token = token_path(self.state_dir)
        if not wait_until(token.exists, READY_S):
            raise StageboxError(f"`stagebox serve` did not start: {self._child.last_words()}")
        self.client = Client(self.port, read_secret(token))
        if not wait_until(self._ready, READY_S):
            raise StageboxError(f"`stagebox serve` has no scenes: {self._child.last_words()}")
        password = read_secret(ObsHome(self.state_dir / "obs").password_file).get_secret_value()
        self.obs: dict[str, Any] = {"host": "127.0.0.1", "port": obs_port, "password": password}
        return self

    def command(self, *arguments: str) -> list[str]:
        """The command line of a stagebox with these settings."""
        return [sys.executable, "-m", "stagebox", "--config", str(self.config), *arguments]

    def connect(self) -> Client:
        """A new client."""
        return Client(self.port, read_secret(token_path(self.state_dir)))

    @property
    def pid(self) -> int:
        """The process id of `stagebox serve`."""
        return self._child.pid

    def restart(self) -> None:
        """End it as a crash would, and start it again."""
        self._child.kill()
        self._child = self.venue.spawn_appliance(self.command("serve"))

    def _ready(self) -> bool:
        try:
            state = self.client.state()
            wanted = {scene["name"] for scene in state["pack"]}
            there = set(state["scenes"])
            return bool(wanted) and wanted <= there and FIRST_SCENE not in there
        except ApiError:
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self._child.stop(grace_s=20.0)
