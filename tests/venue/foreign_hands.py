"""A stagebox that joined somebody's own OBS, and a second hand in that OBS."""

import contextlib
import json
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stagebox import resources
from stagebox.model.alarms import Alarm
from stagebox.model.commands import Command, CommandBody
from stagebox.model.settings import AudioSource, RecordingSettings, Settings, SourcesSettings, VideoSource
from stagebox.model.snapshot import SessionView, Snapshot
from stagebox.obs.connection import ObsConnection
from stagebox.obs.pack import load_pack
from stagebox.obs.provision import provision
from stagebox.serve.appliance import Appliance
from tests.venue_tools import PASSWORD, RealObs, running_obs

PROFILE = "By hand"
"""The profile in which a person set OBS up: advanced output, or simple output with an encoder of its own."""


class Hand:
    """OBS, as somebody at its own window uses it."""

    def __init__(self, obs: RealObs) -> None:
        self.real = obs
        self._connection = obs.connect()

    def __call__(self, request: str, **data: Any) -> dict[str, Any]:
        return self._connection.request(request, data or None)

    def wait_for_picture(self, seconds: float = 2.0) -> None:
        """Wait until OBS has recorded so much: a busy machine's first moments may hold nothing to play."""
        deadline = time.monotonic() + 60.0
        while self("GetRecordStatus")["outputDuration"] < seconds * 1000.0:
            assert time.monotonic() < deadline, self("GetRecordStatus")
            time.sleep(0.1)

    def close(self) -> None:
        self._connection.close()

    def set_profile(self, **sections: Mapping[str, str]) -> None:
        """Make a profile with these settings and go over to it: OBS reads them when it does."""
        self("CreateProfile", profileName=PROFILE)
        video = {"BaseCX": "640", "BaseCY": "360", "OutputCX": "640", "OutputCY": "360"}
        for category, values in {**sections, "Video": video}.items():
            for name, value in values.items():
                parameter = {"parameterCategory": category, "parameterName": name, "parameterValue": value}
                self("SetProfileParameter", **parameter)
        self("SetCurrentProfile", profileName="Stagebox")
        self("SetCurrentProfile", profileName=PROFILE)


def own_encoder(recordings: Path) -> dict[str, Mapping[str, str]]:
    """Simple output whose recording shares no encoder with a stream: only such a one can be paused."""
    values = {"FilePath": str(recordings), "RecFormat": "flv", "RecFormat2": "flv", "RecQuality": "Small"}
    return {"Output": {"Mode": "Simple"}, "SimpleOutput": {**values, "RecEncoder": "x264"}}


def splitting(recordings: Path) -> dict[str, Mapping[str, str]]:
    """Advanced output that begins a new file at the first keyframe after a megabyte."""
    encoder = {"Encoder": "obs_x264", "RecEncoder": "none", "RecTracks": "1", "RecType": "Standard"}
    where = {"RecFilePath": str(recordings), "RecFormat": "flv", "RecFormat2": "flv"}
    split = {"RecSplitFile": "true", "RecSplitFileType": "Size", "RecSplitFileSize": "1"}
    return {"Output": {"Mode": "Advanced"}, "AdvOut": {**encoder, **where, **split}}


def living_sources(folder: Path) -> SourcesSettings:
    """Slides that move and a microphone that is heard: a black and silent talk would not be proven."""
    slides, mic = folder / "slides.mp4", folder / "mic.flac"
    for path, source in ((slides, "testsrc2=s=640x360:r=10:d=20"), (mic, "anoisesrc=a=0.1:d=20")):
        made = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "-y", str(path)]
        subprocess.run(made, check=True, timeout=60)
    return SourcesSettings(
        slides=VideoSource(kind="media", device=str(slides)), mic=AudioSource(kind="media", device=str(mic))
    )


class Joined:
    """`stagebox serve`'s appliance on an OBS that is somebody's own."""

    def __init__(self, folder: Path, obs: RealObs) -> None:
        folder.mkdir(exist_ok=True)
        password = folder / "password"
        password.write_text(PASSWORD.get_secret_value())
        password.chmod(0o600)
        attach = {"mode": "attach", "port": obs.settings.port, "password_file": password}
        self.settings = Settings(
            state_dir=folder / "state",
            recording=RecordingSettings(folder=obs.recordings, out=folder / "out", reserve_bytes=100_000_000),
            obs=obs.settings.model_copy(update=attach),
            sources=living_sources(folder),
        )
        self.pack = load_pack(self.settings.scenes.pack, resources.folder("scenes"))
        self.appliance = Appliance(self.settings, folder / "stagebox.toml")

    def make_private(self, obs: RealObs) -> None:
        """From now on the OBS that runs is stagebox's own."""
        private = self.settings.obs.model_copy(update={"mode": "private"})
        self.settings = self.settings.model_copy(update={"obs": private, "state_dir": obs.home.folder.parent})

    def provision(self, obs: RealObs) -> None:
        """Build stagebox's scenes, as `stagebox provision` does, and put the first of them on program."""
        with ObsConnection(obs.target, timeout_s=10.0) as connection:
            provision(connection, self.pack, self.settings)
            connection.request("SetCurrentProgramScene", {"sceneName": self.pack.scenes[0].name})

    @contextmanager
    def serving(self) -> Iterator["Joined"]:
        """Serve, from the connection to OBS on; OBS goes on afterwards."""
        self.appliance = Appliance(self.settings, self.settings.state_dir / "stagebox.toml")
        with contextlib.ExitStack() as stack:
            self.appliance.start()
            stack.callback(self.appliance.close)
            self.wait(lambda seen: seen.obs.link == "up")
            yield self

    def wait(self, predicate: Callable[[Snapshot], bool], timeout_s: float = 30.0) -> Snapshot:
        found = self.appliance.wait_for(predicate, timeout_s)
        assert found is not None, self.appliance.latest
        return found

    def want(self, want: CommandBody, status: str = "done") -> str:
        """Ask, and return what was said to it."""
        key = secrets.token_hex(4)
        self.appliance.submit(Command(id=key, origin="touch", want=want))
        told = self.wait(
            lambda seen: any(one.intent_id == key and one.status != "pending" for one in seen.answers)
        )
        answer = next(one for one in told.answers if one.intent_id == key)
        assert answer.status == status, answer
        return answer.detail

    def green(self) -> Snapshot:
        return self.wait(lambda seen: seen.health.proof.state == "green", 60.0)

    def done(self, count: int = 1) -> SessionView:
        """The newest talk, as soon as so many are processed."""
        return self.wait(lambda seen: len(seen.finished) >= count, 90.0).finished[-1]

    def findings(self, talk: SessionView) -> list[dict[str, Any]]:
        return list(json.loads(Path(talk.report).read_text())["findings"])


def alarm(seen: Snapshot, code: str) -> Alarm | None:
    return next((one for one in seen.alarms if one.code == code), None)


@contextmanager
def somebodys_obs(folder: Path) -> Iterator[tuple[RealObs, Hand]]:
    """Run an OBS of its own, and a hand in it."""
    with running_obs(folder) as obs:
        hand = Hand(obs)
        try:
            yield obs, hand
        finally:
            hand.close()
