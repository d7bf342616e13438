"""One run of the doctor: every check once, in the order of the crew's list."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from stagebox import resources
from stagebox.api.client import Client
from stagebox.api.token import token_path
from stagebox.devices.no_signal_cards import NoSignalCards
from stagebox.devices.presence import presence_of
from stagebox.doctor import (
    button_box,
    folders,
    machine,
    obs,
    pictures,
    programs,
    recording_check,
    sound,
    traps,
    window,
)
from stagebox.doctor.backup_recorder import BackupRecorderCheck
from stagebox.doctor.checked_obs import CheckedObs, is_local, open_checked_obs
from stagebox.doctor.result import CheckLevel, CheckResult, as_told, of_error
from stagebox.model.errors import ApiError, ObsError, StageboxError, storing
from stagebox.model.settings import Settings
from stagebox.obs.pack import ScenePack, load_pack
from stagebox.obs.screenshot import screenshot
from stagebox.settings.secrets import read_secret
from stagebox.system.files import write_whole

LISTEN_S = 4.0
SETTLE_S = 3.0
"""A private OBS that was just started needs a moment until its sources show their first picture."""

Tell = Callable[[CheckResult], None]


class DoctorRun:
    """Goes through the list and tells each result as soon as it is known.

    Args:
        tell: called with each result, in order.
        ask: called with the seconds for which people should speak into the microphone.
    """

    def __init__(self, settings: Settings, tell: Tell, ask: Callable[[float], None]) -> None:
        self._settings = settings
        self._tell = tell
        self._ask = ask
        self._results: list[CheckResult] = []
        self._ear: CheckResult | None = None
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self.folder = settings.state_dir / "doctor" / stamp

    def run(self) -> list[CheckResult]:
        """All results. What one check cannot do is its result; the others go on."""
        settings = self._settings
        local = is_local(settings)
        self._say(programs.ffmpeg())
        for folder, key in self._folders(local):
            self._say(folders.write_test(folder, key))
        for result in machine.machine(settings, local=local):
            self._say(result)
        self._try(button_box.CHECK, self._button_box)
        try:
            pack = load_pack(settings.scenes.pack, resources.folder("scenes"))
        except StageboxError as error:
            self._say(as_told("scenes", CheckLevel.BROKEN, "pack", error.what, error.remedy))
            return self._results
        try:
            with open_checked_obs(settings, pack) as stage:
                self._on_stage(stage, pack, local)
        except StageboxError as error:
            known = any(result.check == "obs" for result in self._results)
            self._say(of_error("obs_lost" if known else "obs", CheckLevel.BROKEN, error))
        return self._results

    def _button_box(self) -> CheckResult:
        """Through the running stagebox, which holds the ports, or at the ports themselves."""
        token = token_path(self._settings.state_dir)
        if self._settings.button_box.boxes and token.exists():
            with Client(self._settings.api.port, read_secret(token)) as client:
                if _answers(client):
                    return button_box.through_stagebox(client.state())
        return button_box.at_the_ports(self._settings.button_box)

    def _folders(self, local: bool) -> list[tuple[Path, str]]:
        settings = self._settings
        recordings = [(settings.recording.folder, "recording.folder")] if local else []
        return [*recordings, (settings.recording.out, "recording.out"), (settings.state_dir, "state_dir")]

    def _on_stage(self, stage: CheckedObs, pack: ScenePack, local: bool) -> None:
        self._say(obs.version(stage.obs))
        self._say(window.window(self._settings))
        self._say(obs.scenes(stage.obs, pack))
        self._say(obs.sample_rate(stage.obs))
        for role in ("slides", "camera"):
            with _on_program(stage, _showing(pack, role)):
                self._try(role, partial(self._picture, stage, pack, role))
        with _on_program(stage, next((scene.name for scene in pack.scenes if scene.sound), None)):
            self._try(sound.CHECK, partial(self._microphone, stage, pack))
            if self._ear is not None:
                self._say(self._ear)
            self._try(recording_check.CHECK, partial(self._recording, stage, local))

    def _picture(self, stage: CheckedObs, pack: ScenePack, role: str) -> CheckResult:
        source = getattr(self._settings.sources, role)
        if is_local(self._settings) and presence_of(source.kind, source.device).state == "absent":
            return pictures.gone(role, source)
        pids = frozenset() if stage.pid is None else frozenset({stage.pid})
        judge = partial(
            pictures.picture,
            partial(screenshot, stage.obs, width=pictures.WIDTH, height=pictures.HEIGHT),
            role,
            getattr(pack.inputs, role),
            source,
            traps.signs_of(source.device, obs_pids=pids),
            self._save,
            self._settings.health,
            NoSignalCards.of_state(self._settings.state_dir).of(role),
        )
        deadline = time.monotonic() + (SETTLE_S if stage.ours else 0.0)
        while (found := judge()).level is CheckLevel.LOOK and time.monotonic() < deadline:
            time.sleep(0.25)  # OBS tells nobody when a source has its first picture.
        if found.level is CheckLevel.LOOK and not pictures.is_shown(stage.obs, getattr(pack.inputs, role)):
            return pictures.not_shown(role, found)
        return found

    def _microphone(self, stage: CheckedObs, pack: ScenePack) -> CheckResult:
        """OBS and the backup recorder listen at the same time, so that one can be told from the other."""
        source = self._settings.sources.mic
        with BackupRecorderCheck(source) as ear:
            found = sound.microphone(stage, pack.inputs.mic, source, LISTEN_S, self._ask)
        self._ear = ear.result()
        heard = ear.peak_dbfs
        if source.kind != "none" and not found.evidence:
            return sound.not_on_program(found, heard)
        if sound.is_silent(found) and heard is not None and heard >= sound.QUIET_DBFS:
            return sound.deaf(found, heard)
        return found

    def _recording(self, stage: CheckedObs, local: bool) -> CheckResult:
        """Through the running stagebox, which would take a recording of OBS alone for a talk."""
        token = token_path(self._settings.state_dir)
        if token.exists():
            with Client(self._settings.api.port, read_secret(token)) as client:
                if _answers(client):
                    return recording_check.through_stagebox(client)
        return recording_check.through_obs(stage, self._settings, local=local)

    def _save(self, name: str, content: bytes) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        with storing(self.folder / name):
            write_whole(self.folder / name, content)
        return self.folder / name

    def _try(self, check: str, examine: Callable[[], CheckResult]) -> None:
        try:
            self._say(examine())
        except StageboxError as error:
            self._say(of_error(check, CheckLevel.LOOK, error))

    def _say(self, result: CheckResult) -> None:
        self._results.append(result)
        self._tell(result)


def _answers(client: Client) -> bool:
    try:
        client.state()
    except ApiError:
        return False
    return True


def _showing(pack: ScenePack, role: str) -> str | None:
    """The first scene that shows a role's picture."""
    return next((scene.name for scene in pack.scenes for item in scene.items if item.show == role), None)


@contextmanager
def _on_program(stage: CheckedObs, scene: str | None) -> Iterator[None]:
    """In an OBS of our own, put a scene on program, and the old one back after: nobody watches it.

    OBS takes no pictures of screens, and gives no levels of microphones, that no scene on program has.
    """
    if not stage.ours or scene is None:
        yield
        return
    before = stage.obs.request("GetSceneList")["currentProgramSceneName"]
    stage.obs.request("SetCurrentProgramScene", {"sceneName": scene})
    try:
        yield
    finally:
        if before:
            with suppress(ObsError):
                stage.obs.request("SetCurrentProgramScene", {"sceneName": before})
