"""Faults that a rehearsal can play: each is really done, to the venue or to OBS, never to the appliance."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from stagebox.api.client import Client
from stagebox.model.errors import StageboxError
from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.pack import MIC_INPUT
from stagebox.rehearsal.microphone import DEVICE, EMPTY_DEVICE
from stagebox.rehearsal.remote import CuttableWire
from stagebox.rehearsal.serve_process import ServeProcess
from stagebox.rehearsal.stream_server import StreamServer
from stagebox.rehearsal.venue import Venue

Seen = dict[str, Any] | None
"""A snapshot as the API tells it; None when nobody answers."""

TIMEOUT_S = 5.0
DISK_BYTES, LEFT_BYTES = 600_000_000, 200_000_000
"""Size of the small disk of `disk-low`, and what the fault leaves free on it."""
SLOW_STOPPED_S, SLOW_RUNNING_S = 0.12, 0.03


@dataclass(slots=True)
class FaultTargets:
    """What a fault can reach: the venue, OBS's websocket and process, the appliance and its folder.

    `before` is what was seen before the fault; `until` waits for what is seen; `begin_anew` says that the
    fault begins only now, what was before having been preparation. `undo` and `notes` are the fault's own.
    """

    venue: Venue
    work: Path
    obs: ObsTarget
    obs_pid: Callable[[], int]
    appliance: ServeProcess
    api_port: int
    until: Callable[[Callable[[Seen], bool], float], bool]
    begin_anew: Callable[[], None]
    before: Seen = None
    wire: CuttableWire | None = None
    undo: list[Callable[[], None]] = field(default_factory=list)
    client: Client | None = None
    server: StreamServer | None = None
    notes: dict[str, Any] = field(default_factory=dict)

    def request(self, name: str, data: dict[str, object]) -> None:
        """Ask OBS for something, as a hand at OBS's own window would."""
        with ObsConnection(self.obs, timeout_s=TIMEOUT_S) as connection:
            connection.request(name, data)


@dataclass(frozen=True, slots=True)
class RehearsalFault:
    """What is done and how it is undone; `words` say it to a person.

    `noticed` and `recovered` tell from what is seen whether the box noticed and overcame the fault; without
    them, the `alarms` tell. `ends_after_recovery`: it is undone only when the box has overcome it.
    `alarms` are the codes of which one must be raised within `raised_s` of the fault, and be gone within
    `cleared_s` of its end; none for what must not be an alarm. `settings` is added to the rehearsal's
    stagebox.toml, `env` to the appliance's environment; `prepare` runs before the appliance starts. `stream`
    asks for a stream beside the recording, straight to the server or by the road that can be made narrow.
    """

    words: str
    begin: Callable[[FaultTargets], None]
    end: Callable[[FaultTargets], None]
    alarms: tuple[str, ...] = ()
    raised_s: float = 3.0
    cleared_s: float = 3.0
    settings: str = ""
    prepare: Callable[[Path, Venue], None] | None = None
    stream: Literal["", "direct", "road"] = ""
    noticed: Callable[[FaultTargets, Seen], bool] | None = None
    recovered: Callable[[FaultTargets, Seen], bool] | None = None
    ends_after_recovery: bool = False
    env: Callable[[Path], Mapping[str, str]] | None = None
    needs_second_folder: bool = False
    remote_obs: bool = False


def _slides_back(stage: FaultTargets) -> None:
    stage.venue.slides.restore()


def _camera_back(stage: FaultTargets) -> None:
    stage.venue.camera.restore()


def _mic_back(stage: FaultTargets) -> None:
    stage.venue.mic.restore()


def _mute(muted: bool) -> Callable[[FaultTargets], None]:
    return lambda stage: stage.request("SetInputMute", {"inputName": MIC_INPUT, "inputMuted": muted})


def _listen_to(device: str) -> Callable[[FaultTargets], None]:
    settings = {"device_id": device}
    return lambda stage: stage.request(
        "SetInputSettings", {"inputName": MIC_INPUT, "inputSettings": settings, "overlay": True}
    )


def _other_size(stage: FaultTargets) -> None:
    stage.venue.slides.change_resolution(1024, 768)


def small_disk(work: Path, venue: Venue) -> None:
    """Mount a small disk of memory where the recordings go."""
    folder = work / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "rehearsal", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, timeout=TIMEOUT_S)
    if done.returncode != 0:
        raise StageboxError(
            f"The fault needs a small disk, and it could not be mounted: {done.stderr.strip()}.",
            "Run this rehearsal as root.",
        )
    venue.at_end(lambda: _unmount(folder))


def disk_that_fails(work: Path, venue: Venue) -> None:
    """Mount a small ext4 where the recordings go, in a file of its own: one that can be made to fail."""
    folder, image = work / "recordings", work / "disk.img"
    folder.mkdir(parents=True, exist_ok=True)
    with image.open("wb") as file:
        file.truncate(DISK_BYTES)
    for command in (
        ["mkfs.ext4", "-q", "-F", str(image)],
        ["mount", "-o", "loop,errors=remount-ro", str(image), str(folder)],
    ):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        except OSError as error:
            raise StageboxError(f"The fault needs {command[0]}, and it cannot be run: {error}.") from error
        if done.returncode != 0:
            raise StageboxError(
                f"The fault needs a disk of its own, and it could not be made: {done.stderr.strip()}.",
                "Run this rehearsal as root, where loop devices are allowed.",
            )
    venue.at_end(lambda: _unmount(folder))


def fail_disk(stage: FaultTargets) -> None:
    """The kernel finds the disk's file system damaged, and writes no more to it: as with a worn card."""
    seen = subprocess.run(
        ["findmnt", "-n", "-o", "SOURCE", str(stage.work / "recordings")],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    device = Path(seen.stdout.strip()).name
    Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("1")


def _unmount(folder: Path) -> None:
    """Take the small disk away; what was recorded on it is copied below first."""
    kept = folder.with_name("recordings-of-the-small-disk")
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        (folder / "filler").unlink(missing_ok=True)
        subprocess.run(["cp", "-a", str(folder), str(kept)], timeout=60, check=True)
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, timeout=TIMEOUT_S)


def _fill_disk(stage: FaultTargets) -> None:
    folder = stage.work / "recordings"
    status = os.statvfs(folder)
    size = status.f_bavail * status.f_frsize - LEFT_BYTES
    with (folder / "filler").open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, size)


def empty_disk(stage: FaultTargets) -> None:
    (stage.work / "recordings" / "filler").unlink()


def _slow_obs(stage: FaultTargets) -> None:
    """Give OBS the processor for a fifth of the time only."""
    stop, pid = threading.Event(), stage.obs_pid()

    def run() -> None:
        while not stop.is_set():
            os.kill(pid, signal.SIGSTOP)
            stop.wait(SLOW_STOPPED_S)
            os.kill(pid, signal.SIGCONT)
            stop.wait(SLOW_RUNNING_S)

    thread = threading.Thread(target=run, name="slow-obs", daemon=True)
    thread.start()

    def undo() -> None:
        stop.set()
        thread.join(TIMEOUT_S)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)

    stage.undo.append(undo)


def _undo(stage: FaultTargets) -> None:
    while stage.undo:
        stage.undo.pop()()


_GATE: dict[str, object] = {"sourceName": MIC_INPUT, "filterName": "gate"}
_GATE_SHUT: dict[str, object] = {
    "filterKind": "noise_gate_filter",
    "filterSettings": {"open_threshold": 0.0, "close_threshold": 0.0},
}

SOUND_OF = 10.0 + 1.0
"""The silence that health.sound.silent_s asks for by default, and the second that noticing may take."""

FAULTS: dict[str, RehearsalFault] = {
    "slides-lost": RehearsalFault(
        "the presenter's laptop is pulled out",
        lambda stage: stage.venue.slides.kill(),
        _slides_back,
        ("missing",),
        2.0,
    ),
    "slides-black": RehearsalFault(
        "the presenter's laptop shows black",
        lambda stage: stage.venue.slides.black(),
        _slides_back,
        ("black",),
    ),
    "slides-no-signal": RehearsalFault(
        "the presenter's laptop shows an even blue",
        lambda stage: stage.venue.slides.blank(0, 0, 200),
        _slides_back,
        ("no_signal",),
    ),
    "slides-resolution": RehearsalFault(
        "the presenter's laptop changes its resolution", _other_size, _slides_back, (), 6.0
    ),
    "camera-frozen": RehearsalFault(
        "the camera stands still", lambda stage: stage.venue.camera.freeze(), _camera_back, ("frozen",), 5.0
    ),
    "mic-silent": RehearsalFault(
        "the microphone is silent", lambda stage: stage.venue.mic.silence(), _mic_back, ("silent",), SOUND_OF
    ),
    "mic-muted-in-obs": RehearsalFault(
        "somebody mutes the microphone in OBS", _mute(True), _mute(False), ("muted",), 2.0
    ),
    "mic-wrong-device": RehearsalFault(
        "somebody gives OBS another microphone",
        _listen_to(EMPTY_DEVICE),
        _listen_to(DEVICE),
        ("wrong_device",),
    ),
    "mic-clipping": RehearsalFault(
        "the microphone is far too loud",
        lambda stage: stage.venue.mic.gain(30.0),
        _mic_back,
        ("clipping",),
        5.0,
    ),
    "mic-one-channel": RehearsalFault(
        "one channel of the microphone is dead",
        lambda stage: stage.venue.mic.one_channel(),
        _mic_back,
        ("channel_dead",),
        8.0,
    ),
    "mic-pulled": RehearsalFault(
        "the microphone is pulled out", lambda stage: stage.venue.mic.unplug(), _mic_back, ("missing",), 3.0
    ),
    "obs-deaf": RehearsalFault(
        "a noise gate in OBS swallows every word",
        lambda stage: stage.request("CreateSourceFilter", {**_GATE, **_GATE_SHUT}),
        lambda stage: stage.request("RemoveSourceFilter", _GATE),
        ("obs_deaf",),
        5.0,
    ),
    "disk-low": RehearsalFault(
        "the disk is nearly full",
        _fill_disk,
        empty_disk,
        ("disk_low",),
        settings="[health.machine]\ndisk_warning_min = 10.0\ndisk_critical_min = 2.0\n",
        prepare=small_disk,
    ),
    "obs-slow": RehearsalFault(
        "OBS gets too little of the processor", _slow_obs, _undo, ("render_lag", "encoder_lag"), 12.0
    ),
}
"""By the name that `stagebox rehearse --fault` takes."""
