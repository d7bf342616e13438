"""The backup recorder's loop with a sound system that shows the faults which no real one here can be made to
show."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soundfile

from stagebox.devices.backup_recorder import portaudio
from stagebox.devices.backup_recorder import recorder as module
from stagebox.devices.backup_recorder.choose import CannotHearError, PortAudioDevice
from stagebox.devices.backup_recorder.orders import BackupOrder, ListenOrder
from stagebox.devices.backup_recorder.portaudio import OnBlock, PortAudio
from stagebox.devices.backup_recorder.recorder import BackupRecorder
from stagebox.model.facts.sound import BackupRecorderReading
from stagebox.system.backoff import Backoff
from tests.sound_tools import tone
from tests.venue_tools import Seen

RATE_HZ = 48_000
MIC = PortAudioDevice(0, "USB: Audio (hw:1,0)", "ALSA", 2, 44_100)


@dataclass
class FakeStream:
    rate_hz: int = RATE_HZ
    channels: int = 2
    latency_s: float = 0.1
    closed: bool = False

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeSystem:
    """A PortAudio whose devices come, go, refuse and fall silent when told. See SoundSystem."""

    present: bool = True
    refusal: CannotHearError | None = None
    moved: bool = False
    streams: list[FakeStream] = field(default_factory=list)
    opened: threading.Event = field(default_factory=threading.Event)
    on_block: OnBlock | None = None
    on_end: Callable[[], None] | None = None

    def devices(self, environment: Mapping[str, str | None]) -> Sequence[PortAudioDevice]:
        return [MIC] if self.present else []

    def cards(self) -> Mapping[str, int]:
        return {"USB": 1}

    def astray(self, kind: str, device: str) -> bool:
        return self.moved

    def open(self, device: PortAudioDevice, on_block: OnBlock, on_end: Callable[[], None]) -> FakeStream:
        if self.refusal is not None:
            raise self.refusal
        self.on_block, self.on_end = on_block, on_end
        self.streams.append(FakeStream())
        self.opened.set()
        return self.streams[-1]

    def speaks(self, at: float, dbfs: float = -20.0, *, overflow: bool = False) -> None:
        assert self.on_block is not None
        self.on_block(tone(0.1, dbfs, dbfs), at, overflow)


@contextmanager
def running(system: FakeSystem) -> Iterator[tuple[BackupRecorder, Seen]]:
    seen = Seen()
    ear = BackupRecorder(system, seen.post, run=1)
    thread = threading.Thread(target=ear.run)
    thread.start()
    try:
        ear.order(ListenOrder("alsa", "hw:CARD=USB,DEV=0"))
        yield ear, seen
    finally:
        ear.hang_up()
        thread.join(10)
        assert not thread.is_alive()
    assert all(stream.closed for stream in system.streams)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REPORT_IDLE_S", 0.05)
    monkeypatch.setattr(module, "STALL_S", 0.2)
    monkeypatch.setattr(module, "FIRST_BLOCK_S", 0.3)
    monkeypatch.setattr(module, "RETRIES", Backoff(0.02, 1.5))
    monkeypatch.setattr(module, "LOOK_S", 0.0)


@pytest.mark.parametrize("status", ["busy", "refused", "no_device", "no_portaudio"])
def test_a_device_that_cannot_be_opened_is_said_and_tried_until_it_can(status: str) -> None:
    refusal = CannotHearError(status, "busy", device="USB")  # type: ignore[arg-type]
    system = FakeSystem(refusal=refusal)
    with running(system) as (_, seen):
        said = seen.wait_for(BackupRecorderReading, lambda it: it.status == status)
        assert (said.detail, said.remedy) == (refusal.detail, refusal.remedy)
        system.refusal = None
        assert system.opened.wait(10)
        system.speaks(50.0)
        heard = seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening")
        assert (heard.detail, heard.remedy) == ("", "")


@pytest.mark.parametrize("how", ["ends", "stalls", "never speaks", "moves"])
def test_a_device_that_falls_silent_in_any_way_is_lost_and_opened_again(how: str) -> None:
    system = FakeSystem()
    with running(system) as (_, seen):
        assert system.opened.wait(10)
        system.opened.clear()
        if how != "never speaks":
            system.speaks(50.0)
            seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening")
        if how == "ends":
            assert system.on_end is not None
            system.on_end()
        if how == "moves":
            system.moved = True
            system.speaks(50.1)
        lost = seen.wait_for(BackupRecorderReading, lambda it: it.status == "lost")
        assert lost.detail
        assert lost.levels == ()
        system.moved = False
        assert system.opened.wait(10)
        system.speaks(60.0)
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening")
        assert system.streams[0].closed


def test_overflows_are_counted_and_a_hole_is_filled_in_the_backup(tmp_path: Path) -> None:
    system = FakeSystem()
    with running(system) as (ear, seen):
        assert system.opened.wait(10)
        ear.order(BackupOrder(str(tmp_path / "a.flac")))
        for n in range(80):
            # Half a second never comes, from the fiftieth block on.
            system.speaks(50 + n / 10 + (0.5 if n >= 50 else 0.0), overflow=n == 50)
            seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening")
        told = seen.wait_for(BackupRecorderReading, lambda it: it.gaps == 1)
    assert told.xruns == 1
    assert soundfile.info(tmp_path / "a.flac").frames == pytest.approx(8.5 * RATE_HZ, abs=2)


def test_a_loop_that_cannot_follow_drops_blocks_and_counts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    system, held, free = FakeSystem(), threading.Event(), threading.Event()

    def hold(block: object) -> int:
        held.set()
        assert free.wait(30)
        return 0

    monkeypatch.setattr(module, "clipped_runs", hold)
    with running(system) as (_, seen):
        assert system.opened.wait(10)
        system.speaks(50.0)
        assert held.wait(10)
        for n in range(1, module.INBOX + 11):
            system.speaks(50 + n / 10)
        free.set()
        seen.wait_for(BackupRecorderReading, lambda it: it.dropped == 10)


def test_a_new_device_is_heard_instead_of_the_old_one() -> None:
    system = FakeSystem()
    with running(system) as (ear, seen):
        assert system.opened.wait(10)
        system.opened.clear()
        ear.order(ListenOrder("alsa", "default"))
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "no_device")
        ear.order(ListenOrder("alsa", "hw:1,0"))
        assert system.opened.wait(10)
        system.speaks(50.0)
        assert seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening").device == "hw:1,0"
        ear.order(ListenOrder("none", ""))
        seen.wait_for(BackupRecorderReading, lambda it: it.status == "off")


class Refusing:
    """What sounddevice looks like to PortAudio's wrapper, refusing as real devices do."""

    class PortAudioError(Exception):
        pass

    def __init__(self, refuse: Callable[[int, int], Exception | None]) -> None:
        self.refuse = refuse
        self.tried: list[tuple[int, int]] = []

    def InputStream(self, *, samplerate: int, channels: int, **_: object) -> "Refusing":  # noqa: N802 - its name.
        self.tried.append((samplerate, channels))
        error = self.refuse(samplerate, channels)
        if error is not None:
            raise error
        return self

    latency = 0.1

    def start(self) -> None:
        """Begin."""


def opened(refuse: Callable[[int, int], Exception | None]) -> portaudio.AudioStream:
    system = PortAudio()
    system._library = Refusing(refuse)
    return system.open(MIC, lambda *_: None, lambda: None)


def test_a_device_that_refuses_a_rate_is_asked_for_others_and_then_for_mono() -> None:
    invalid_rate, invalid_channels = (
        Refusing.PortAudioError("Invalid sample rate", -9997),
        Refusing.PortAudioError("Invalid number of channels", -9998),
    )
    assert opened(lambda rate, _: None if rate == 44_100 else invalid_rate).rate_hz == 44_100
    stream = opened(lambda _, channels: None if channels == 1 else invalid_channels)
    assert (stream.rate_hz, stream.channels) == (48_000, 1)
    with pytest.raises(CannotHearError) as error:
        opened(lambda *_: invalid_rate)
    assert error.value.status == "refused"


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (("Device unavailable", -9985), "busy"),
        (("Unanticipated host error", -9999, (0, -16, "Device or resource busy")), "busy"),
        (("Unanticipated host error", -9999, (0, -19, "No such device")), "no_device"),
        (("Invalid device", -9996), "no_device"),
    ],
)
def test_what_portaudio_says_becomes_a_status_and_a_sentence(raised: tuple[object, ...], status: str) -> None:
    with pytest.raises(CannotHearError) as error:
        opened(lambda *_: Refusing.PortAudioError(*raised))
    assert error.value.status == status
    assert error.value.remedy


def test_silence_has_no_nonsense_levels() -> None:
    system = FakeSystem()
    with running(system) as (_, seen):
        assert system.opened.wait(10)
        assert system.on_block is not None
        system.on_block(np.zeros((4800, 2), np.float32), 50.0, False)
        heard = seen.wait_for(BackupRecorderReading, lambda it: it.status == "listening")
    assert all(level.rms_dbfs == -120.0 for level in heard.levels)
