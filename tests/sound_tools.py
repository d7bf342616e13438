"""A real sound server for tests: a private PulseAudio whose null sinks' monitors are microphones."""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE_HZ = 48_000
AHEAD_MS = 2000
"""A player is so far ahead that a computer that stands still for a moment makes no hole in what it plays."""

Samples = npt.NDArray[np.float32]


def tone(seconds: float, *channel_dbfs: float, hz: float = 440.0) -> Samples:
    """A sine of this RMS level on each channel; None of them clips below -3 dBFS."""
    wave = np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ) * np.sqrt(2)
    columns = [wave * 10 ** (dbfs / 20) for dbfs in channel_dbfs]
    return np.clip(np.stack(columns, axis=1), -1.0, 1.0).astype(np.float32)


@dataclass
class Room:
    """The server, and who plays into it. `env` is what a program needs to hear this room."""

    folder: Path
    env: dict[str, str]
    _modules: dict[str, str] = field(default_factory=dict)
    _players: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def control(self, *arguments: str) -> str:
        """Ask the server with pactl; return its answer."""
        done = subprocess.run(
            ["pactl", *arguments], env=self.env, check=True, capture_output=True, text=True, timeout=15
        )
        return done.stdout.strip()

    def plug(self, name: str) -> None:
        """Put a microphone in: its device is `name`.monitor."""
        self._modules[name] = self.control(
            "load-module", "module-null-sink", f"sink_name={name}", f"rate={RATE_HZ}", "channels=2"
        )

    def unplug(self, name: str) -> None:
        """Pull a microphone out."""
        self.hush(name)
        self.control("unload-module", self._modules.pop(name))

    def play(self, name: str, samples: Samples) -> None:
        """Play samples (two channels) once into a microphone, instead of what it heard."""
        self.hush(name)
        path = self.folder / f"{name}.raw"
        path.write_bytes(samples.astype("<f4").tobytes())
        self._players[name] = subprocess.Popen(
            ["pacat", "--playback", "--raw", "--format=float32le", f"--rate={RATE_HZ}", "--channels=2",
             f"--device={name}", f"--latency-msec={AHEAD_MS}", str(path)],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def hush(self, name: str) -> None:
        """Let a microphone hear digital silence."""
        player = self._players.pop(name, None)
        if player is not None:
            player.kill()
            player.wait(10)

    def close(self) -> None:
        """End all players."""
        for name in list(self._players):
            self.hush(name)


def until(ready: Callable[[], bool], timeout_s: float, what: str) -> None:
    """Poll a fact of another process that no event of ours announces; fail after `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    while not ready():
        assert time.monotonic() < deadline, f"{what} did not come about in {timeout_s} s"
        time.sleep(0.02)


@contextmanager
def sound_room(folder: Path) -> Iterator[Room]:
    """Run a PulseAudio of our own with one microphone, "room.monitor"."""
    socket = folder / "native"
    outside = {key: value for key, value in os.environ.items() if not key.startswith(("PULSE_", "DBUS_"))}
    own = {
        **outside,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_STATE_PATH": str(folder),
        "PULSE_COOKIE": str(folder / "cookie"),
    }
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
         "--disable-shm=yes", "--high-priority=no", "--realtime=no", "--log-target=stderr",
         "-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"],
        env=own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    room = Room(folder, {**own, "PULSE_SERVER": f"unix:{socket}"})
    try:
        until(socket.exists, 15, "PulseAudio's socket")
        room.plug("room")
        yield room
    finally:
        room.close()
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
        if server.poll() is None:
            server.kill()
            server.wait(10)
