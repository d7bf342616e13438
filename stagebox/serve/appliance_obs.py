"""The OBS of this box: a private one that `serve` starts and ends, or one that runs already."""

import logging
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from stagebox.model.observations import EffectFailed, Observation, ObsProcessEvent
from stagebox.model.remedies import RemedyWanted
from stagebox.model.settings import Settings
from stagebox.model.snapshot import Snapshot
from stagebox.obs.connection import ObsConnection, ObsLinkError, ObsTarget
from stagebox.obs.home import ObsHome
from stagebox.obs.supervisor import ObsSupervisor
from stagebox.settings.secrets import ensure_secret, read_secret

log = logging.getLogger(__name__)


class ApplianceObs:
    """Where OBS is, and the process when it is stagebox's own.

    Args:
        post: takes what is seen of the process; must only enqueue.
        newest: the newest snapshot; None before the first.
        came_up: called when a private OBS has just come up.

    Raises SettingsError: a password cannot be read or made.
    """

    def __init__(
        self,
        settings: Settings,
        post: Callable[[Observation], None],
        newest: Callable[[], Snapshot | None],
        came_up: Callable[[], None],
    ) -> None:
        self._post, self._newest, self._came_up = post, newest, came_up
        self._request_timeout_s = settings.obs.request_timeout_s
        self._window_told = ""
        self._supervisor: ObsSupervisor | None = None
        obs, home = settings.obs, ObsHome(settings.state_dir / "obs")
        if obs.password_file is not None:
            password = read_secret(obs.password_file)
        elif obs.mode == "private":
            password = ensure_secret(home.password_file)
        else:
            # OBS lets everybody in who asks when its own password is switched off.
            password = SecretStr("")
        self.target = ObsTarget(obs.host, obs.port, password)
        if obs.mode == "private":
            self._supervisor = ObsSupervisor(obs, home, password, settings.recording.folder, self._seen)
            self.target = self._supervisor.target

    def start(self) -> None:
        """Start the private OBS, or see whether the running one is what it should be. Raises ObsError."""
        if self._supervisor is None:
            self._check_running()
            return
        try:
            self._supervisor.start()
        except BaseException:
            self.close()  # a start that fails half-way leaves no OBS to itself
            raise

    def close(self) -> None:
        """End the private OBS, unless it records or streams, or may."""
        if self._supervisor is not None:
            self._supervisor.stop(leave_obs_running=self._must_go_on(self._supervisor))

    @property
    def pid(self) -> int | None:
        """The process of the private OBS, while it is known to run."""
        return self._supervisor.pid if self._supervisor is not None else None

    def record_into(self, folder: Path) -> None:
        """The folder of the recordings of the next OBS that is started."""
        if self._supervisor is not None:
            self._supervisor.record_into(folder)

    def replace(self, wanted: RemedyWanted) -> None:
        """End a private OBS that does not answer, and start another."""
        if self._supervisor is not None:
            self._supervisor.replace(wanted, self._post)

    def watch(self, snapshot: Snapshot) -> None:
        """A private OBS goes first while anything comes out of it; what is not known changes nothing."""
        outputs = (snapshot.recording, snapshot.streaming)
        if self._supervisor is not None and (any(outputs) or None not in outputs):
            self._supervisor.lead(first=any(outputs))

    def _seen(self, seen: ObsProcessEvent) -> None:
        """Pass on what the supervisor saw, and say once what is wrong with where OBS's window is."""
        self._post(seen)
        if seen.phase != "running" or self._supervisor is None:
            return
        self._came_up()
        words = self._supervisor.screen.words  # what to do stands in the doctor's list
        if words and words != self._window_told:
            self._post(EffectFailed(effect_id="obs-window", what=words))
        self._window_told = words

    def _check_running(self) -> None:
        """Refuse a set-up that waiting cannot mend. An OBS that is not there yet may still come."""
        try:
            with ObsConnection(self.target, timeout_s=self._request_timeout_s):
                pass
        except ObsLinkError as error:
            if error.fault in ("auth", "too_old", "protocol"):
                raise
            log.warning("%s stagebox keeps trying.", error)

    def _must_go_on(self, supervisor: ObsSupervisor) -> bool:
        """Whether OBS records or streams, or may: what is unknown counts as that.

        When the engine never ran, or has not heard of OBS yet, OBS itself is asked.
        """
        latest = self._newest()
        if latest is not None and (latest.session is not None or latest.recording or latest.streaming):
            return True
        if latest is None or latest.recording is None or latest.streaming is None:
            return supervisor.may_record()
        return False
