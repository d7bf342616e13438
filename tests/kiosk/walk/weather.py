"""What goes wrong in the venue meanwhile: faults that come and go by chance, each really done."""

import contextlib
import json
import os
import random
import threading
from collections.abc import Callable
from pathlib import Path

from stagebox.model.errors import StageboxError
from stagebox.obs.connection import ObsTarget
from stagebox.obs.home import ObsHome
from stagebox.rehearsal.fault_catalogue import EVERY_FAULT
from stagebox.rehearsal.faults import FaultTargets, RehearsalFault, Seen, empty_disk
from stagebox.rehearsal.serve_process import ServeProcess
from stagebox.rehearsal.serving import ServingVenue
from stagebox.settings.secrets import read_secret

LEFT_BYTES = 80_000_000
"""Of the small disk: less than the reserve of 100 MB, more than the 50 MB at which OBS stops by itself."""
CALM_S, FAULT_S = (2.0, 9.0), (4.0, 14.0)
LONGER_S = 12.0
"""So much longer is the calm after OBS was killed: it has to come back."""
KNOWN = (
    *(
        "slides-black",
        "slides-no-signal",
        "slides-lost",
        "slides-resolution",
        "camera-frozen",
        "camera-pulled",
    ),
    *("mic-muted-in-obs", "mic-silent", "mic-pulled", "mic-clipping", "mic-wrong-device", "obs-killed"),
)


def _fill_to_the_reserve(stage: FaultTargets) -> None:
    folder = stage.work / "recordings"
    status = os.statvfs(folder)
    size = status.f_bavail * status.f_frsize - LEFT_BYTES
    with (folder / "filler").open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, max(1, size))


def _take_slides_out(stage: FaultTargets) -> None:
    stage.request("RemoveInput", {"inputName": "stagebox slides"})


def _build_again(stage: FaultTargets) -> None:
    assert stage.client is not None
    stage.client.send({"kind": "build_scenes"}, timeout_s=30)


DISK = RehearsalFault("the disk is at its reserve", _fill_to_the_reserve, empty_disk)
OWN: dict[str, RehearsalFault] = {
    "slides-taken-out": RehearsalFault(
        "somebody takes the slides out of OBS", _take_slides_out, _build_again
    ),
    "paused-in-obs": RehearsalFault(
        "somebody pauses the recording in OBS",
        lambda stage: stage.request("PauseRecord", {}),
        lambda stage: stage.request("ResumeRecord", {}),
    ),
    "card-by-hand": RehearsalFault(
        "somebody shows a card in OBS",
        lambda stage: stage.request("SetCurrentProgramScene", {"sceneName": "intermission"}),
        lambda stage: None,
    ),
}


def stage_of(serving: ServingVenue) -> FaultTargets:
    """What the faults can reach of a `serve` in its venue."""

    def obs_pid() -> int:
        return int(json.loads(ObsHome(serving.state_dir / "obs").process_file.read_text())["pid"])

    def until(found: Callable[[Seen], bool], timeout_s: float) -> bool:
        with contextlib.suppress(TimeoutError):
            serving.client.wait_for(found, timeout_s)
            return True
        return False

    home = ObsHome(serving.state_dir / "obs")
    return FaultTargets(
        venue=serving.venue,
        work=serving.config.parent,
        obs=ObsTarget(serving.obs["host"], serving.obs["port"], read_secret(home.password_file)),
        obs_pid=obs_pid,
        appliance=ServeProcess(serving.venue, Path(serving.config), obs_pid),
        api_port=serving.port,
        until=until,
        begin_anew=lambda: None,
        client=serving.connect(),
    )


class Weather:
    """Raises and clears faults on a thread of its own, until `close`; the same seed draws the same faults.

    `tell` is told the names of those that are on, and how often each came. `disk`: there is a small one to
    fill.
    """

    def __init__(self, stage: FaultTargets, seed: int, tell: Callable[..., None], *, disk: bool) -> None:
        self._tell = tell
        self._stage = stage
        self._chance = random.Random(seed)
        self._faults = {name: EVERY_FAULT[name] for name in KNOWN} | OWN
        if disk:
            self._faults["disk-reserve"] = DISK
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="weather", daemon=True)
        self._came: dict[str, int] = {}

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Clear what is on, and raise nothing more."""
        self._ending.set()
        self._thread.join(60.0)

    def _run(self) -> None:
        while not self._ending.wait(self._chance.uniform(*CALM_S)):
            name = self._chance.choice(sorted(self._faults))
            lasts_s = self._chance.uniform(*FAULT_S)
            if not self._do(self._faults[name].begin):
                continue
            self._came[name] = self._came.get(name, 0) + 1
            self._tell(on=[name], came=self._came)
            self._ending.wait(lasts_s + (LONGER_S if name == "obs-killed" else 0.0))
            self._do(self._faults[name].end)
            self._tell(on=[])

    def _do(self, what: Callable[[FaultTargets], None]) -> bool:
        """Whether it could be done: OBS may be away, or not record."""
        try:
            what(self._stage)
        except (StageboxError, OSError, ValueError):
            return False
        return True
