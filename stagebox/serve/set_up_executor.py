"""Carries out what people set up while `serve` runs: devices, names, the folder, the checklist.

Two threads, so that a checklist of half a minute keeps nobody from choosing a microphone. Each wish ends in
one SetUpAnswered; what is in force then, or nothing new, is told by a SettingsEvent before it.
"""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psutil

from stagebox.doctor.doctor_run import DoctorRun
from stagebox.doctor.result import CheckLevel, CheckResult
from stagebox.messages.code_catalogue import coded, say
from stagebox.model.effects import ChangeSettings, FindDevices, RebuildScenes, RunDoctor, SetUpEffect
from stagebox.model.errors import ObsError, StageboxError
from stagebox.model.observations import (
    ChecklistReading,
    DevicesReading,
    Observation,
    ScenesBuilt,
    SettingsEvent,
    SetUpAnswered,
)
from stagebox.model.set_up import ActiveSettings, CheckLine, ChosenDevice, DeviceFound, PlaceFound
from stagebox.model.settings import Settings
from stagebox.obs.collection_and_profile import ForeignCollectionError
from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.devices import ObsDevice, list_devices
from stagebox.obs.pack import ScenePack
from stagebox.obs.provision import provision
from stagebox.obs.taken_names import NamesTakenError
from stagebox.serve.schedule_files import found_schedules, keep_typed, removable
from stagebox.settings.writing import change

log = logging.getLogger(__name__)

WAITING_MOST = 16
CLOSE_S = 10.0
PLACES_MOST = 8
FRESH_S = 2.0
"""Asked again within this time, OBS is not: what was found then is told again."""

NOT_FOR_RECORDINGS = ("/boot", "/snap", "/var/lib/docker", "/etc", "/proc", "/sys", "/dev", "/run")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpActions:
    """What Set-up changes beside the file and OBS.

    `take_up` is given new settings and hands them to every part; `prove` makes a folder ready for
    recordings, or raises StorageError. `building` is held while scenes are built in OBS.
    """

    take_up: Callable[[Settings], None]
    prove: Callable[[Path, int], None]
    building: threading.Lock = field(default_factory=threading.Lock)


class SetUpExecutor:
    """Works off set-up effects in order; the checklist beside them.

    Args:
        settings: those in force.
        file: the settings file that is changed; it is made when it is missing.
        local: OBS records to a disk of this computer.
        post: takes each observation; must only enqueue.
    """

    def __init__(
        self,
        settings: Settings,
        file: Path,
        pack: ScenePack,
        target: ObsTarget,
        post: Callable[[Observation], None],
        actions: SetUpActions,
        *,
        local: bool,
    ) -> None:
        self._settings = settings
        self._file = file
        self._pack = pack
        self._target = target
        self._post = post
        self._actions = actions
        self._local = local
        self._seen: tuple[float, DevicesReading] | None = None
        self._waiting: queue.Queue[ChangeSettings | FindDevices | RebuildScenes | None] = queue.Queue(
            WAITING_MOST
        )
        self._checks: queue.Queue[RunDoctor | None] = queue.Queue(WAITING_MOST)
        self._threads = [
            threading.Thread(target=self._work, name="set-up", daemon=True),
            threading.Thread(target=self._check, name="check", daemon=True),
        ]

    def start(self) -> None:
        """Say what is in force, and begin to work."""
        self._post(SettingsEvent(in_force=in_force(self._settings)))
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End after the present change. A checklist that runs is left to itself: it only looks."""
        for waiting in (self._waiting, self._checks):
            try:
                waiting.put_nowait(None)
            except queue.Full:
                log.warning("Set-up has too much to do to end in good order")
        if self._threads[0].ident is not None:
            self._threads[0].join(CLOSE_S)

    def submit(self, effect: SetUpEffect) -> None:
        """Take a wish in hand. Never waits."""
        try:
            if isinstance(effect, RunDoctor):
                self._checks.put_nowait(effect)
            else:
                self._waiting.put_nowait(effect)
        except queue.Full:
            self._answer(effect, say("too_much"))

    # --- changes and looks ----------------------------------------------------------------------------

    def _work(self) -> None:
        while (effect := self._waiting.get()) is not None:
            try:
                match effect:
                    case ChangeSettings():
                        self._answer(effect, "", told=self._change(effect))
                    case FindDevices(folders=folders):
                        self._look(folders)
                        self._answer(effect, "")
                    case RebuildScenes():
                        self._answer(effect, "", told=self._rebuild())
            except StageboxError as error:
                code = "not_taken" if isinstance(error, ObsError) else "not_saved"
                self._answer(effect, coded(error.told, code))
            except Exception:
                # A fault of ours must not end the thread: the next wish may be the microphone.
                log.exception("Set-up failed")
                self._answer(effect, say("own_fault"))

    def _change(self, effect: ChangeSettings) -> str:
        """Change file, OBS and probes; returns what is still to be said. Raises StageboxError."""
        changes = dict(effect.changes)
        if effect.talks is not None:
            changes["schedule.source"] = str(keep_typed(self._settings.state_dir, effect.talks, date.today()))
        folder = changes.get("recording.folder")
        if folder is not None and self._local:
            self._actions.prove(Path(str(folder)), self._settings.recording.reserve_bytes)
        buttons_only = all(key.startswith("button_box.") for key in changes)
        not_obs = buttons_only or all(key.startswith("schedule.") for key in changes)
        # A button or lamp that shall do nothing is taken out of the file.
        wanted = {key: None if buttons_only and not value else value for key, value in changes.items()}
        written = change(self._file, wanted).settings
        # What somebody else wrote into the file since `serve` began waits for the next start.
        settings = self._settings.model_copy(
            update={
                "event": written.event,
                "sources": written.sources,
                "button_box": written.button_box,
                "schedule": written.schedule,
                "recording": self._settings.recording.model_copy(update={"folder": written.recording.folder}),
            }
        )
        self._settings = settings
        told = ""
        try:
            if not not_obs:
                self._tell_obs(settings, effect.role)
        except ForeignCollectionError as error:
            log.warning("%s", error)
            told = say("saved_for_scenes")
        except ObsError as error:
            log.warning("%s", error)
            told = say("saved_for_obs")
        finally:
            self._actions.take_up(settings)
            self._post(SettingsEvent(in_force=in_force(settings)))
        return told

    def _tell_obs(self, settings: Settings, role: str) -> None:
        """Make OBS's inputs and recording folder what the settings say. Raises ObsError."""
        timeout_s = settings.obs.request_timeout_s
        with self._actions.building, ObsConnection(self._target, timeout_s=timeout_s) as obs:
            if settings.obs.mode == "attach":
                # Somebody's own OBS: scenes are built in it only when that is asked for.
                there = {str(scene["sceneName"]) for scene in obs.request("GetSceneList")["scenes"]}
                if not {scene.name for scene in self._pack.scenes} <= there:
                    raise ObsError("OBS lacks the scenes.", "Run `stagebox provision`.")
            done = provision(obs, self._pack, settings, chosen=role)
        for line in done.changes:
            log.info("set up: %s", line)

    def _rebuild(self) -> str:
        """Build the scenes anew, also what was changed by hand, with an open microphone; says so.

        Raises StageboxError.
        """
        settings = self._settings
        with (
            self._actions.building,
            ObsConnection(self._target, timeout_s=settings.obs.request_timeout_s) as obs,
        ):
            try:
                done = provision(obs, self._pack, settings, reset=True)
            except NamesTakenError as error:
                self._post(error.scenes_built(private=settings.obs.mode == "private"))
                raise
            self._post(ScenesBuilt())
            if settings.sources.mic.kind != "none":
                mic = {"inputName": self._pack.inputs.mic}
                obs.request("SetInputMute", mic | {"inputMuted": False})
                obs.request("SetInputVolume", mic | {"inputVolumeDb": 0.0})
        for line in done.changes:
            log.info("built again: %s", line)
        return say("scenes_built")

    def _look(self, folders: tuple[str, ...]) -> None:
        """Tell what could be chosen. An OBS that is not there is told too: the folders are."""
        now = time.monotonic()
        if self._seen is not None and now - self._seen[0] < FRESH_S:
            self._post(self._seen[1])
            return
        used = tuple(Path(folder) for folder in folders)
        places = found_places(self._settings.recording.folder, used) if self._local else ()
        schedules = found_schedules(removable())
        try:
            with ObsConnection(self._target, timeout_s=self._settings.obs.request_timeout_s) as obs:
                found = list_devices(obs)
        except ObsError as error:
            self._post(
                DevicesReading(utc=time.time(), places=places, schedules=schedules, trouble=str(error))
            )
            raise
        seen = DevicesReading(
            utc=time.time(),
            video=tuple(_found(one) for one in found.video),
            audio=tuple(_found(one) for one in found.audio),
            places=places,
            schedules=schedules,
        )
        self._seen = (time.monotonic(), seen)
        self._post(seen)

    # --- the checklist --------------------------------------------------------------------------------

    def _check(self) -> None:
        while (effect := self._checks.get()) is not None:
            lines: list[CheckLine] = []

            def tell(result: CheckResult, lines: list[CheckLine] = lines) -> None:
                lines.append(_line(result))
                self._post(ChecklistReading(utc=time.time(), running=True, lines=tuple(lines)))

            def ask(seconds: float, lines: list[CheckLine] = lines) -> None:
                seen = ChecklistReading(utc=time.time(), running=True, lines=tuple(lines), speak_s=seconds)
                self._post(seen)

            self._post(ChecklistReading(utc=time.time(), running=True))
            trouble = ""
            try:
                DoctorRun(self._settings, tell, ask).run()
            except StageboxError as error:
                trouble = coded(error.told, "check_failed")
            except Exception:
                log.exception("the checklist failed")
                trouble = say("check_failed")
            self._post(ChecklistReading(utc=time.time(), running=False, lines=tuple(lines)))
            self._answer(effect, trouble)

    def _answer(self, effect: SetUpEffect, trouble: str, told: str = "") -> None:
        self._post(SetUpAnswered(effect_id=effect.effect_id, ok=not trouble, words=trouble or told))


def in_force(settings: Settings) -> ActiveSettings:
    """The part of the settings that Set-up shows."""
    sources = settings.sources
    return ActiveSettings(
        title=settings.event.title,
        room=settings.event.room,
        folder=str(settings.recording.folder),
        slides=ChosenDevice(kind=sources.slides.kind, device=sources.slides.device),
        camera=ChosenDevice(kind=sources.camera.kind, device=sources.camera.device),
        mic=ChosenDevice(kind=sources.mic.kind, device=sources.mic.device),
        buttons=dict(settings.button_box.buttons),
        schedule_source=settings.schedule.source,
        schedule_room=settings.schedule.room,
        auto_start=settings.schedule.auto_start,
    )


def found_places(present: Path, used: Sequence[Path] = ()) -> tuple[PlaceFound, ...]:
    """Folders that could take recordings: the present one, one in the home, one on each mounted disk.

    Of each file system there is one, with its free bytes, the present one first; then those `used` before
    that are there. At most eight.
    """
    wanted = [present, Path.home() / "stagebox" / "recordings"]
    for part in psutil.disk_partitions(all=False):
        point = Path(part.mountpoint)
        if "ro" not in part.opts.split(",") and not part.mountpoint.startswith(NOT_FOR_RECORDINGS):
            wanted.append(point / "stagebox-recordings")
    found: list[PlaceFound] = []
    devices: set[int] = set()
    for path in wanted:
        there = next((one for one in (path, *path.parents) if one.is_dir()), None)
        try:
            if there is None or (device := there.stat().st_dev) in devices:
                continue
            free = int(psutil.disk_usage(str(there)).free)
        except OSError:
            continue
        devices.add(device)
        found.append(PlaceFound(path=str(path), free_bytes=free))
    for path in used:
        if not any(Path(one.path) == path for one in found):
            with contextlib.suppress(OSError):
                if path.is_dir():
                    found.append(
                        PlaceFound(path=str(path), free_bytes=int(psutil.disk_usage(str(path)).free))
                    )
    return tuple(found[:PLACES_MOST])


def _found(device: ObsDevice) -> DeviceFound:
    return DeviceFound(kind=device.kind, device=device.device, name=device.name)


def _line(result: CheckResult) -> CheckLine:
    return CheckLine(
        check=result.check,
        title=result.title,
        level=CheckLevel(result.level).value,
        summary=result.summary,
        remedy=result.remedy,
        target=result.target,
    )
