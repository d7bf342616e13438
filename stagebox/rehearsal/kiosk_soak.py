"""A soak of the touch screen: a real `serve` with real OBS in a venue, and a real kiosk that shows it.

Scenes change and talks begin and end meanwhile, so that pictures, alarms, sessions and reports come and go.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from stagebox.devices.self_measurement import descriptors_of
from stagebox.kiosk.app import SHOWN
from stagebox.model.errors import StageboxError
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.growth import ProcessReading
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue

SIZE = "1366x768"
SCENES = ("speaker", "combo", "intermission", "screen")
SCENE_EVERY_S = 5.0
TALK_EVERY_S = 120.0
SHOWN_S = 60.0


@dataclass(frozen=True, slots=True)
class KioskSoak:
    """What was read of the screen's process, and the share of a core that it took."""

    rows: list[ProcessReading]
    cpu_percent: float


def watch_kiosk(minutes: float, every_s: float, tell: Callable[[ProcessReading], None]) -> KioskSoak:
    """Show a busy stage for so long, and read the screen's process.

    Raises:
        StageboxError: `serve` or the screen did not start.
        psutil.Error: the screen ended.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Venue() as venue,
        ServingVenue(venue, Path(folder)) as serving,
        (Path(folder) / "kiosk.log").open("wb") as words,
    ):
        env = venue.env() | {"QT_QUICK_BACKEND": "software"}
        command = serving.command("kiosk", "--no-serve", "--windowed", SIZE)
        kiosk = subprocess.Popen(command, env=env, stdout=words, stderr=words)
        try:
            log = Path(words.name)
            if not wait_until(lambda: SHOWN in log.read_text(errors="replace"), SHOWN_S):
                raise StageboxError(f"The kiosk did not show itself: {log.read_text(errors='replace')}")
            (screen,) = psutil.Process(kiosk.pid).children()
            return _watch(serving, screen, minutes, every_s, tell)
        finally:
            kiosk.terminate()
            kiosk.wait(20)
            if serving.client.state()["session"]:
                serving.client.send({"kind": "stop_recording"}, timeout_s=30)


def _watch(
    serving: ServingVenue,
    screen: psutil.Process,
    minutes: float,
    every_s: float,
    tell: Callable[[ProcessReading], None],
) -> KioskSoak:
    began, cpu_before_s = time.monotonic(), sum(screen.cpu_times()[:2])
    rows: list[ProcessReading] = []
    next_row = next_scene = next_talk = began
    scenes = 0
    while (now := time.monotonic()) < began + minutes * 60 or not rows:
        if now >= next_talk:
            next_talk += TALK_EVERY_S
            recording = serving.client.state()["session"] is not None
            serving.client.send({"kind": "stop_recording" if recording else "start_recording"}, timeout_s=30)
        if now >= next_scene:
            next_scene += SCENE_EVERY_S
            scenes += 1
            scene = SCENES[scenes % len(SCENES)]
            serving.client.send({"kind": "switch_scene", "scene": scene}, timeout_s=30)
        if now >= next_row:
            next_row += every_s
            rows.append(_row(screen, (now - began) / 60))
            tell(rows[-1])
        time.sleep(max(0.0, min(next_row, next_scene, next_talk) - time.monotonic()))
    rows.append(_row(screen, (time.monotonic() - began) / 60))
    tell(rows[-1])
    cpu_s = sum(screen.cpu_times()[:2]) - cpu_before_s
    return KioskSoak(rows, cpu_s / (time.monotonic() - began) * 100)


def _row(screen: psutil.Process, minute: float) -> ProcessReading:
    return ProcessReading(
        minute, int(screen.memory_info().rss), 0, screen.num_threads(), descriptors_of(screen)
    )
