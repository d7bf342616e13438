"""PortAudio, behind a narrow interface: the list of devices as it is now, and one open microphone."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from stagebox.devices.backup_recorder.choose import (
    DEFAULTS,
    CannotHearError,
    PortAudioDevice,
    alsa_cards,
    rates_to_try,
)
from stagebox.devices.backup_recorder.pulse import PulseWatch
from stagebox.devices.backup_recorder.sound_levels import Block

OnBlock = Callable[[Block, float, bool], None]
"""(samples, monotonic second of arrival, whether PortAudio lost some before); must only enqueue."""

BLOCKS_A_SECOND = 5

# Error codes of portaudio.h.
_INVALID_CHANNELS, _INVALID_RATE, _DEVICE_UNAVAILABLE = -9998, -9997, -9985
_HOST_BUSY = -16


class AudioStream(Protocol):
    """An open microphone."""

    rate_hz: int
    channels: int
    latency_s: float

    def close(self) -> None:
        """Stop and release the device."""


class SoundSystem(Protocol):
    """What the backup recorder needs of PortAudio. Every call may hang in a driver."""

    def devices(self, environment: Mapping[str, str | None]) -> Sequence[PortAudioDevice]:
        """All devices that are there now, with these variables set. Raises CannotHearError."""

    def cards(self) -> Mapping[str, int]:
        """ALSA's cards: numbers by id; empty where there is no ALSA."""

    def open(self, device: PortAudioDevice, on_block: OnBlock, on_end: Callable[[], None]) -> AudioStream:
        """Open the device and let it run. Raises CannotHearError."""

    def astray(self, kind: str, device: str) -> bool:
        """Whether the system has quietly moved the open stream to another device."""


class _PortAudioStream:
    def __init__(self, stream: Any, rate_hz: int, channels: int) -> None:
        self._stream = stream
        self.rate_hz = rate_hz
        self.channels = channels
        self.latency_s = float(stream.latency)

    def close(self) -> None:
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


class PortAudio:
    """The real one, by way of sounddevice."""

    def __init__(self) -> None:
        self._library: Any = None
        self._pulse = PulseWatch()

    def devices(self, environment: Mapping[str, str | None]) -> Sequence[PortAudioDevice]:
        """See SoundSystem. PortAudio is initialised anew: it never updates its list by itself."""
        for name, value in environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        library = self._load(anew=True)
        try:
            interfaces = library.query_hostapis()
            return [
                PortAudioDevice(
                    index=index,
                    name=str(one["name"]),
                    api=str(interfaces[one["hostapi"]]["name"]),
                    channels=int(one["max_input_channels"]),
                    rate_hz=int(one["default_samplerate"]),
                    is_default=interfaces[one["hostapi"]]["default_input_device"] == index,
                )
                for index, one in enumerate(library.query_devices())
            ]
        except library.PortAudioError as error:
            raise CannotHearError("no_device", "not_listed") from error

    def cards(self) -> Mapping[str, int]:
        """See SoundSystem."""
        try:
            return alsa_cards(Path("/proc/asound/cards").read_text())
        except OSError:
            return {}

    def open(self, device: PortAudioDevice, on_block: OnBlock, on_end: Callable[[], None]) -> AudioStream:
        """See SoundSystem. Tries one rate after the other, in stereo, then in mono."""
        library = self._load()

        def heard(samples: Any, frames: int, times: Any, status: Any) -> None:
            on_block(np.array(samples, np.float32), time.monotonic(), bool(status.input_overflow))

        for channels in sorted({min(2, device.channels), 1}, reverse=True):
            for rate_hz in rates_to_try(device):
                try:
                    stream = library.InputStream(
                        device=device.index,
                        samplerate=rate_hz,
                        channels=channels,
                        blocksize=rate_hz // BLOCKS_A_SECOND,
                        dtype="float32",
                        latency="high",
                        callback=heard,
                        finished_callback=on_end,
                    )
                    stream.start()
                except library.PortAudioError as error:
                    _judge(error, device)  # raises, unless another rate may help
                else:
                    return _PortAudioStream(stream, rate_hz, channels)
        raise CannotHearError("refused", "no_rate", device=device.name)

    def astray(self, kind: str, device: str) -> bool:
        """See SoundSystem. Only PulseAudio and PipeWire move streams; the default device may be any."""
        return kind == "pulse" and device not in DEFAULTS and self._pulse.astray(device)

    def _load(self, *, anew: bool = False) -> Any:
        """The library; `anew`: with a fresh list of devices, while no stream is open."""
        if self._library is not None:
            if anew:
                # The public face has no way to do this; these two are what its own import calls.
                self._library._terminate()
                self._library._initialize()
            return self._library
        try:
            import sounddevice
        except OSError as error:
            raise CannotHearError("no_portaudio", "lacks_package", package="libportaudio2") from error
        self._library = sounddevice
        return sounddevice


def _judge(error: Exception, device: PortAudioDevice) -> None:
    """Raise CannotHearError, unless another rate or number of channels may be accepted."""
    code = error.args[1] if len(error.args) > 1 else 0
    host_code = error.args[2][1] if len(error.args) > 2 and error.args[2] else 0
    if code in (_INVALID_CHANNELS, _INVALID_RATE):
        return
    if code == _DEVICE_UNAVAILABLE or host_code == _HOST_BUSY:
        raise CannotHearError("busy", "busy", device=device.name) from error
    raise CannotHearError("no_device", "gone") from error
