"""Measures what this computer can draw and encode: OBS records the rehearsal's scenes for some seconds."""

import contextlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

import psutil

from stagebox.model.errors import StageboxError
from stagebox.model.settings import Settings
from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.home import ObsHome
from stagebox.obs.pack import ScenePack, load_pack
from stagebox.obs.provision import provision
from stagebox.obs.screenshot import screenshot
from stagebox.obs.supervisor import ARGUMENTS
from stagebox.rehearsal.canvas_ladder import (
    MIDDLE,
    SMALLEST,
    LadderChoice,
    LadderRung,
    RungTrial,
    next_rung,
    room_share,
    taken,
)
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.venue import Venue
from stagebox.rehearsal.venue_settings import free_port, settings_toml
from stagebox.resources import folder as resource
from stagebox.settings.reading import load
from stagebox.settings.secrets import ensure_secret
from stagebox.system.priority import priority_of

READY_S = 30.0
"""How long OBS may take to answer, and to begin and end a recording."""
TRIALS_S = 30.0
"""No trial is begun after this long: a computer that is so slow gets the smallest rung."""
SETTLE_S, TRIAL_S = 0.6, 2.0
"""So long a recording runs before it counts, and so long it counts."""
LOOK_S = 0.2
"""`serve` looks at slides and at camera about twice a second each."""
SCENES = ("speaker", "combo")
"""On program in a trial, one after the other: the change between them draws both."""
TILE_PX = (320, 180)
REQUEST_S = 5.0


def measure(venue: Venue, say: Callable[[str], None]) -> LadderChoice:
    """The largest canvas and rate that this computer holds now, in a few seconds.

    Nothing of it is left: its OBS is ended, its files are gone. A computer that cannot be measured gets the
    smallest rung, with the reason.
    """
    folder = venue.folder / "trial"
    try:
        folder.mkdir()
        return _measured(venue, folder, say)
    except (StageboxError, OSError, psutil.Error) as error:
        return LadderChoice(SMALLEST, (), False, str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(venue: Venue, folder: Path, say: Callable[[str], None]) -> LadderChoice:
    config = folder / "stagebox.toml"
    config.write_text(settings_toml(venue, folder, free_port(), free_port(), rung=MIDDLE))
    settings = load(config)
    home = ObsHome(settings.state_dir / "obs")
    home.folder.mkdir(parents=True)
    password = ensure_secret(home.password_file)
    home.prepare(settings.obs, password, settings.recording.folder)
    environment = home.environment(settings.obs, venue.env())
    child = venue.spawn_obs([settings.obs.binary, *ARGUMENTS], environment)
    try:
        target = ObsTarget("127.0.0.1", settings.obs.port, password)
        if not wait_until(lambda: not child.alive() or _answers(target), READY_S) or not child.alive():
            raise StageboxError(f"OBS did not start: {child.last_words()}")
        priority = priority_of(child.pid)
        first = priority is not None and priority.first
        with ObsConnection(target, timeout_s=REQUEST_S) as obs:
            pack = load_pack(settings.scenes.pack, resource("scenes"))
            bench = LadderBench(obs, psutil.Process(child.pid), settings, pack)
            return climb(bench.trial, first, say)
    finally:
        child.kill()


def climb(trial: Callable[[LadderRung], RungTrial], first: bool, say: Callable[[str], None]) -> LadderChoice:
    """Try one rung after the other until it is known which one is taken."""
    share = room_share(obs_first=first)
    trials: list[RungTrial] = []
    deadline = time.monotonic() + TRIALS_S
    while (rung := next_rung(trials, share)) is not None and time.monotonic() < deadline:
        say(f"Trying {rung} pictures a second")
        trials.append(trial(rung))
    rung = taken(trials, share)
    tried = any(one.rung == rung for one in trials)
    trouble = "" if tried else f"This computer is so busy that one trial took {TRIALS_S:.0f} s or more."
    return LadderChoice(rung, tuple(trials), first, trouble)


class LadderBench:
    """An OBS of its own that records the rehearsal's scenes at any rung."""

    def __init__(
        self, obs: ObsConnection, process: psutil.Process, settings: Settings, pack: ScenePack
    ) -> None:
        self._obs = obs
        self._process = process
        self._settings = settings
        self._pack = pack

    def trial(self, rung: LadderRung) -> RungTrial:
        """Record for a moment at this rung. Raises ObsLinkError, ObsRefusedError, StageboxError."""
        self._set_up(rung)
        self._obs.request("StartRecord")
        try:
            self._until(lambda: bool(self._recording()["outputActive"]))
            self._watch(SCENES[0], SETTLE_S)
            before, cores_before = self._obs.request("GetStats"), self._cores_s()
            began_s = time.monotonic()
            drawing = [taken_s for scene in SCENES for taken_s in self._watch(scene, TRIAL_S / len(SCENES))]
            after, cores = self._obs.request("GetStats"), self._cores_s() - cores_before
            lasted_s = time.monotonic() - began_s
        finally:
            self._obs.request("StopRecord")
            self._until(lambda: not self._recording()["outputActive"])
        return RungTrial(
            rung=rung,
            pictures=int(after["renderTotalFrames"] - before["renderTotalFrames"]),
            not_drawn=int(after["renderSkippedFrames"] - before["renderSkippedFrames"]),
            not_encoded=int(after["outputSkippedFrames"] - before["outputSkippedFrames"]),
            draw_s=fmean(drawing),
            cores=cores / lasted_s,
        )

    def _set_up(self, rung: LadderRung) -> None:
        size = {"baseWidth": rung.width, "baseHeight": rung.height}
        size |= {"outputWidth": rung.width, "outputHeight": rung.height}
        self._obs.request("SetVideoSettings", {**size, "fpsNumerator": rung.fps, "fpsDenominator": 1})
        bitrate = {"parameterCategory": "SimpleOutput", "parameterName": "VBitrate"}
        self._obs.request("SetProfileParameter", {**bitrate, "parameterValue": str(rung.bitrate_kbps)})
        provision(self._obs, self._pack, self._settings)
        self._switch(SCENES[0])

    def _switch(self, scene: str) -> None:
        self._obs.request("SetCurrentProgramScene", {"sceneName": scene})

    def _watch(self, scene: str, seconds: float) -> list[float]:
        """Have a scene on program and look at the sources as `serve` does; what drawing took, in seconds."""
        self._switch(scene)
        deadline = time.monotonic() + seconds
        found: list[float] = []
        sources = (self._pack.inputs.slides, self._pack.inputs.camera)
        while True:
            screenshot(self._obs, sources[len(found) % 2], *TILE_PX)
            found.append(float(self._obs.request("GetStats")["averageFrameRenderTime"]) / 1000)
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                return found
            time.sleep(min(LOOK_S, left_s))

    def _recording(self) -> dict[str, object]:
        return self._obs.request("GetRecordStatus")

    def _cores_s(self) -> float:
        used = self._process.cpu_times()
        return float(used.user + used.system)

    @staticmethod
    def _until(done: Callable[[], bool]) -> None:
        if not wait_until(done, READY_S):
            raise StageboxError("OBS did not begin or end a trial's recording.")


def _answers(target: ObsTarget) -> bool:
    with contextlib.suppress(StageboxError), ObsConnection(target, timeout_s=1.0) as obs:
        obs.request("GetSceneList")
        return True
    return False
