"""The room's microphone: a PulseAudio server of our own, and somebody who speaks into it."""

import contextlib
import os
import subprocess
import threading
import wave
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from stagebox.model.errors import StageboxError
from stagebox.rehearsal.audio_clock import CYCLE, RATE_HZ, SLOT, Samples, slot_samples
from stagebox.rehearsal.children import VenueHousehold, VenueProcess, wait_until
from stagebox.rehearsal.janitor import MARK
from stagebox.system.priority import FIRST, take_turn

SINK = "room"
DEVICE = f"{SINK}.monitor"
EMPTY_SINK = "empty"
EMPTY_DEVICE = f"{EMPTY_SINK}.monitor"
"""A second microphone, in a room where nobody speaks: the wrong one to choose."""
"""The microphone's name, as PulseAudio and OBS call it."""

START_S = 15.0
SPEECH_DBFS = -20.0
HALL_DBFS, APPLAUSE_DBFS = -62.0, -14.0
"""A quiet hall as an open microphone hears it, and the hall's applause."""
_LATENCY_MS = 150

SENTENCES = (
    "Good morning, and welcome to this talk.",
    "I want to tell you about the night on which our recording died, and nobody noticed.",
    "The light was green. The cable was fine. The file had no sound at all.",
    "Somebody sitting at the back asked the simplest question: is it really being written?",
    "So we started to count. Every picture has a number, and every second has a sound.",
    "Thank you. Are there any questions?",
)
_PAUSES_MS = (700, 900, 1600, 600, 1200, 2000)


def synthesise(household: VenueHousehold, env: Mapping[str, str]) -> Samples:
    """The speech with its pauses, one channel at RATE_HZ and SPEECH_DBFS. Raises StageboxError.

    `env` names no sound server of the user's: espeak-ng asks for one even when it writes a file, and leaves a
    folder of its own in TMPDIR for it.
    """
    path = household.folder / "speech.wav"
    text = "".join(
        f'{sentence}<break time="{pause}ms"/>' for sentence, pause in zip(SENTENCES, _PAUSES_MS, strict=True)
    )
    try:
        subprocess.run(
            ["espeak-ng", "-m", "-s", "155", "-w", str(path), f"<speak>{text}</speak>"],
            check=True,
            capture_output=True,
            timeout=START_S,
            env={**env, MARK: household.name},
        )
        with wave.open(str(path), "rb") as file:
            rate_hz = file.getframerate()
            spoken = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float64) / 32768
    except (OSError, subprocess.SubprocessError, wave.Error) as error:
        raise StageboxError(f"espeak-ng could not speak: {error}.") from error
    length = round(len(spoken) * RATE_HZ / rate_hz)
    resampled = np.fft.irfft(np.fft.rfft(spoken), length) * (length / len(spoken))
    loud = resampled[np.abs(resampled) > 0.01]
    level = np.sqrt(np.mean(loud**2)) if len(loud) else 1.0
    scaled = np.clip(resampled * 10 ** (SPEECH_DBFS / 20) / level, -0.9, 0.9)
    return scaled.astype(np.float32)


class Microphone:
    """The room: a null sink whose monitor is the microphone. Speech and audio clock play until stopped."""

    def __init__(self, household: VenueHousehold) -> None:
        self._household = household
        self._folder = household.folder / "sound"
        self._folder.mkdir()
        self.socket = self._folder / "native"
        self._speech: Samples = np.zeros(SLOT, np.float32)
        self._module = ""
        self._player: VenueProcess | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._slot = 0
        self._gain = 1.0
        self._channels = (1.0, 1.0)
        self._sounds = "speech"
        dice = np.random.default_rng(4)
        self._hall = dice.normal(0.0, 10 ** (HALL_DBFS / 20), RATE_HZ).astype(np.float32)
        claps = dice.normal(0.0, 10 ** (APPLAUSE_DBFS / 20), RATE_HZ)
        self._applause = np.clip(claps, -0.9, 0.9).astype(np.float32)

    def env(self) -> dict[str, str]:
        """Environment with which a program hears this room and nothing of the user's own sound."""
        return {
            "PULSE_SERVER": f"unix:{self.socket}",
            "PULSE_COOKIE": str(self._folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(self._folder),
            "PULSE_STATE_PATH": str(self._folder),
        }

    def _own_env(self) -> Mapping[str, str]:
        outside = {key: value for key, value in os.environ.items() if not key.startswith(("PULSE_", "DBUS_"))}
        home = str(self._folder)
        return {**outside, "HOME": home, "XDG_RUNTIME_DIR": home, "XDG_CONFIG_HOME": home, **self.env()}

    def start(self) -> None:
        """Start the server and begin to speak. Raises StageboxError."""
        server_env = {key: value for key, value in self._own_env().items() if key != "PULSE_SERVER"}
        server = self._household.spawn(
            "pulseaudio",
            ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
             "--disable-shm=yes", "--high-priority=no", "--realtime=no", "--log-target=stderr",
             "-L", f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"],
            server_env,
            leads=True,
        )  # fmt: skip
        self._speech = synthesise(self._household, self._own_env())
        if not wait_until(lambda: self.socket.exists() or not server.alive(), START_S) or not server.alive():
            raise StageboxError(f"The sound server of the rehearsal did not start: {server.last_words()}.")
        self._control("load-module", "module-null-sink", f"sink_name={EMPTY_SINK}", f"rate={RATE_HZ}")
        self.plug()

    def _control(self, *arguments: str) -> str:
        try:
            done = subprocess.run(
                ["pactl", *arguments],
                env=self._own_env(),
                check=True,
                capture_output=True,
                text=True,
                timeout=START_S,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise StageboxError(
                f"The rehearsal's sound server did not obey {arguments[0]}: {error}."
            ) from error
        return done.stdout.strip()

    def plug(self) -> None:
        """Put the microphone in (again) and speak into it. Raises StageboxError."""
        if self._module:
            return
        self._module = self._control(
            "load-module", "module-null-sink", f"sink_name={SINK}", f"rate={RATE_HZ}", "channels=2",
            "sink_properties=device.description=Room",
        )  # fmt: skip
        self._player = self._household.spawn(
            "pacat",
            ["pacat", "--playback", "--raw", "--format=float32le", f"--rate={RATE_HZ}", "--channels=2",
             f"--device={SINK}", f"--latency-msec={_LATENCY_MS}", "--client-name=rehearsal"],
            self._own_env(),
            stdin=subprocess.PIPE,
            leads=True,
        )  # fmt: skip
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._speak, args=(self._player, self._stop), name="speak", daemon=True
        )
        self._thread.start()

    def unplug(self) -> None:
        """Pull the microphone out: the device is gone from the system."""
        self._stop.set()
        if self._player is not None:
            self._player.kill()
        if self._thread is not None:
            self._thread.join(5.0)
        if self._module:
            self._control("unload-module", self._module)
            self._module = ""

    def stop(self) -> None:
        """Stop to speak; the server is ended with the household."""
        self._stop.set()
        if self._player is not None:
            self._player.kill()  # which also wakes a thread that waits to write
        if self._thread is not None:
            self._thread.join(5.0)

    def silence(self) -> None:
        """Dead silence: digital zeros, clock included."""
        self._gain = 0.0

    def gain(self, db: float) -> None:
        """Turn the room up or down; above full scale it clips as a preamplifier does."""
        self._gain = 10 ** (db / 20)

    def one_channel(self) -> None:
        """The right channel is dead."""
        self._channels = (1.0, 0.0)

    def sounds(self, what: str) -> None:
        """What the room does: `speech`, `pause` (the noise of a quiet hall) or `applause`."""
        if what not in ("speech", "pause", "applause"):
            raise ValueError(f"a room does not do {what}")
        self._sounds = what

    def restore(self) -> None:
        """Undo silence, gain, one_channel, sounds and unplug."""
        self._gain, self._channels, self._sounds = 1.0, (1.0, 1.0), "speech"
        self.plug()

    def _speak(self, player: VenueProcess, stop: threading.Event) -> None:
        take_turn(FIRST)
        pipe = player.process.stdin
        assert pipe is not None
        with contextlib.suppress(OSError, ValueError):  # the player is gone: there is nobody to speak to
            while not stop.is_set():
                said = {"speech": self._speech, "pause": self._hall, "applause": self._applause}[self._sounds]
                first = self._slot * SLOT % len(said)
                heard = np.take(said, range(first, first + SLOT), mode="wrap")
                room = np.clip((heard + slot_samples(self._slot % CYCLE)) * self._gain, -1.0, 1.0)
                pipe.write(np.outer(room, self._channels).astype("<f4").tobytes())
                pipe.flush()
                self._slot += 1


def socket_path_fits(folder: Path) -> bool:
    """Whether a unix socket may lie in this folder (Linux allows 107 bytes for its path)."""
    return len(os.fsencode(folder / "sound" / "native")) <= 107
