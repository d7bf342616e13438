"""Faults that break the box itself: processes killed, power cut, disks and folders gone, clocks wrong.

Each is timed from the moment it was done until the box noticed it, and until the talk was recorded again.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from stagebox.model.errors import StageboxError
from stagebox.rehearsal.faults import (
    FaultTargets,
    RehearsalFault,
    Seen,
    disk_that_fails,
    empty_disk,
    fail_disk,
    small_disk,
)
from stagebox.system.priority import fall_behind

POWER_OFF_S = 1.0
ASLEEP_S = 12.0
LEFT_BYTES = 4_000_000
FAKETIME = Path("faketime/libfaketimeMT.so.1")
HOUR_S = 3600.0
KIOSK_SIZE = "960x540"
KIOSK_UP_S = 30.0
SPARE = "spare"
"""The second folder, below the rehearsal's own."""


# --- what is seen -------------------------------------------------------------------------------------


def recording(seen: Seen) -> bool:
    """OBS is connected and records for the session."""
    session = (seen or {}).get("session")
    return (
        seen is not None
        and session is not None
        and session["phase"] == "recording"
        and seen["obs"]["link"] == "up"
        and seen["recording"] is True
    )


def _segments(seen: Seen) -> int:
    session = (seen or {}).get("session")
    return len(session["segments"]) if session else 0


def _next_segment(stage: FaultTargets, seen: Seen) -> bool:
    return recording(seen) and _segments(seen) > _segments(stage.before)


def _goes_on(stage: FaultTargets, seen: Seen) -> bool:
    del stage
    return recording(seen)


def _obs_lost(stage: FaultTargets, seen: Seen) -> bool:
    del stage
    return seen is not None and seen["obs"]["link"] != "up"


def _silent(stage: FaultTargets, seen: Seen) -> bool:
    del stage
    return seen is None


def _alarm(*codes: str) -> Callable[[FaultTargets, Seen], bool]:
    def raised(stage: FaultTargets, seen: Seen) -> bool:
        del stage
        return any(alarm["code"] in codes for alarm in (seen or {}).get("alarms", ()))

    return raised


def _ear_lost(stage: FaultTargets, seen: Seen) -> bool:
    ear = (seen or {}).get("health", {}).get("ear", {})
    was = (stage.before or {}).get("health", {}).get("ear", {})
    return seen is not None and (ear.get("state") != "fine" or ear.get("backup") != was.get("backup"))


def _ear_back(stage: FaultTargets, seen: Seen) -> bool:
    ear = (seen or {}).get("health", {}).get("ear", {})
    was = (stage.before or {}).get("health", {}).get("ear", {})
    return ear.get("backup") not in ("", None, was.get("backup")) and ear.get("backup_s", 0.0) > 0


def _clock_jumped(stage: FaultTargets, seen: Seen) -> bool:
    """The box goes by the new time."""
    return seen is not None and abs(seen["utc"] - time.time()) > HOUR_S / 2 and recording(seen)


# --- what is done -------------------------------------------------------------------------------------


def _nothing(stage: FaultTargets) -> None:
    del stage


def _kill_obs(stage: FaultTargets) -> None:
    os.kill(stage.obs_pid(), signal.SIGKILL)


def _kill_obs_twice(stage: FaultTargets) -> None:
    _kill_obs(stage)
    if not stage.until(lambda seen: _next_segment(stage, seen), 20.0):
        raise StageboxError("OBS did not record again after it was killed for the first time.")
    stage.begin_anew()
    _kill_obs(stage)


def _hang_obs(stage: FaultTargets) -> None:
    pid = stage.obs_pid()
    os.kill(pid, signal.SIGSTOP)

    def wake() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)

    stage.undo.append(wake)


def _undo(stage: FaultTargets) -> None:
    while stage.undo:
        stage.undo.pop()()


def _kill_engine(stage: FaultTargets) -> None:
    stage.appliance.kill_engine()


def _start_engine(stage: FaultTargets) -> None:
    stage.appliance.start()


def _cut_power(stage: FaultTargets) -> None:
    stage.appliance.kill_everything()
    stage.appliance.tear(stage.work / "state")
    stage.appliance.reboot(stage.work)


def _power_back(stage: FaultTargets) -> None:
    time.sleep(POWER_OFF_S)
    stage.appliance.start()


def _sleep(stage: FaultTargets) -> None:
    """The box stands still, and the talk does not. (A stopped process answers nobody: the lid is closed.)"""
    wake = stage.appliance.put_to_sleep()
    try:
        time.sleep(ASLEEP_S)
    finally:
        wake()


def _told_of_sleep(stage: FaultTargets, seen: Seen) -> bool:
    del stage
    return any(
        words in (seen or {}).get("notice", "")
        for words in ("slept for", "did not respond for", "did not run for")
    )


def _woke(stage: FaultTargets, seen: Seen) -> bool:
    """The same file goes on, and its end moves again: OBS has caught up."""
    light = (seen or {}).get("health", {}).get("proof", {}).get("state")
    same = _segments(seen) == _segments(stage.before)
    return recording(seen) and _told_of_sleep(stage, seen) and same and light == "green"


def _screens(parent: int) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return [one for one in psutil.Process(parent).children() if "kiosk" in one.cmdline()]
    return []


def _shows(parent: int, port: int) -> bool:
    """Whether a touch screen runs and holds a connection to the engine."""
    for screen in _screens(parent):
        with contextlib.suppress(psutil.Error):
            if any(one.raddr and one.raddr.port == port for one in screen.net_connections("tcp")):
                return True
    return False


def _kill_kiosk(stage: FaultTargets) -> None:
    kiosk = stage.venue.spawn_beside(
        "kiosk", stage.appliance.command("kiosk", "--windowed", KIOSK_SIZE, "--no-serve")
    )
    fall_behind(kiosk.pid)
    stage.undo.append(kiosk.stop)
    up = stage.until(lambda _: _shows(kiosk.pid, stage.api_port), KIOSK_UP_S)
    if not up:
        raise StageboxError(f"The touch screen did not come up: {kiosk.last_words()}")
    victims = _screens(kiosk.pid)
    stage.notes["kiosk"] = kiosk.pid
    stage.begin_anew()
    for screen in victims:
        screen.kill()


def _kiosk_lost(stage: FaultTargets, seen: Seen) -> bool:
    del seen
    return not _shows(stage.notes["kiosk"], stage.api_port)


def _kiosk_back(stage: FaultTargets, seen: Seen) -> bool:
    return recording(seen) and _shows(stage.notes["kiosk"], stage.api_port)


def _fill_up(stage: FaultTargets) -> None:
    """Write until the disk is full, as another program's download would; 4 MB are left."""
    folder = stage.work / "recordings"
    status = os.statvfs(folder)
    with (folder / "filler").open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, max(1, status.f_bavail * status.f_frsize - LEFT_BYTES))


def _take_folder(stage: FaultTargets) -> None:
    """The folder is gone, as a pulled stick's is."""
    folder = stage.work / "recordings"
    folder.rename(folder.with_name("pulled"))


def _bring_folder(stage: FaultTargets) -> None:
    """The stick is put in again: what was on it is there, and what was written meanwhile is kept."""
    folder, pulled = stage.work / "recordings", stage.work / "pulled"
    if folder.exists():
        _move_into(folder, pulled)
        folder.rmdir()
    pulled.rename(folder)


def _move_into(source: Path, target: Path) -> None:
    for path in list(source.iterdir()):
        goal = target / path.name
        if path.is_dir() and goal.is_dir():
            _move_into(path, goal)
            path.rmdir()
        else:
            path.rename(goal)


def _cut_wire(stage: FaultTargets) -> None:
    if stage.wire is None:
        raise StageboxError("There is no network between stagebox and OBS that could be cut.")
    stage.wire.cut()


def _mend_wire(stage: FaultTargets) -> None:
    if stage.wire is not None:
        stage.wire.mend()


def _set_clock(offset_s: float) -> Callable[[FaultTargets], None]:
    return lambda stage: _write_clock(stage.work, offset_s)


def _write_clock(work: Path, offset_s: float) -> None:
    aside = work / "clock.new"
    aside.write_text(f"{offset_s:+.0f}s\n")
    aside.replace(work / "clock")


def clock_of_its_own(work: Path) -> dict[str, str]:
    """Environment whose wall clock can be set without touching the computer's; raises StageboxError."""
    library = next((path for path in sorted(Path("/usr/lib").glob(f"*/{FAKETIME}"))), None)
    if library is None:
        raise StageboxError(
            "The fault needs a clock that can be set for one program alone.",
            "Install it with: sudo apt-get install --no-install-recommends faketime",
        )
    work.mkdir(parents=True, exist_ok=True)
    _write_clock(work, 0.0)
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(work / "clock"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


BREAKAGES: dict[str, RehearsalFault] = {
    "obs-killed": RehearsalFault(
        "OBS is killed", _kill_obs, _nothing, noticed=_obs_lost, recovered=_next_segment, raised_s=0.5
    ),
    "obs-killed-twice": RehearsalFault(
        "OBS is killed, and killed again when it records",
        _kill_obs_twice,
        _nothing,
        noticed=_obs_lost,
        recovered=_next_segment,
        raised_s=0.5,
    ),
    "obs-hung": RehearsalFault(
        "OBS hangs", _hang_obs, _undo, noticed=_alarm("obs_stuck", "obs_down", "not_recording"),
        recovered=_next_segment, raised_s=8.0, ends_after_recovery=True,
    ),
    "engine-killed": RehearsalFault(
        "stagebox itself is killed", _kill_engine, _start_engine, noticed=_silent, recovered=_goes_on
    ),
    "kiosk-killed": RehearsalFault(
        "the touch screen is killed", _kill_kiosk, _undo, noticed=_kiosk_lost, recovered=_kiosk_back,
        ends_after_recovery=True,
    ),
    "ear-killed": RehearsalFault(
        "the backup recorder is killed",
        lambda stage: stage.appliance.kill_ear(),
        _nothing,
        noticed=_ear_lost,
        recovered=_ear_back,
    ),
    "power-cut": RehearsalFault(
        "the power goes, and comes back", _cut_power, _power_back, noticed=_silent, recovered=_next_segment
    ),
    "disk-full": RehearsalFault(
        "the disk is full", _fill_up, empty_disk, noticed=_alarm("disk_full", "disk_low", "folder_gone"),
        recovered=_next_segment, raised_s=8.0, ends_after_recovery=True, needs_second_folder=True,
        prepare=small_disk,
    ),
    "folder-gone": RehearsalFault(
        "the folder of the recordings is gone", _take_folder, _bring_folder, noticed=_alarm("folder_gone"),
        recovered=_next_segment, raised_s=8.0, ends_after_recovery=True, needs_second_folder=True,
    ),
    "folder-read-only": RehearsalFault(
        "the disk of the recordings fails, and takes no more", fail_disk, _nothing,
        noticed=_alarm("folder_gone"), recovered=_next_segment, raised_s=8.0, needs_second_folder=True,
        prepare=disk_that_fails,
    ),
    "network-cut": RehearsalFault(
        "the network to an OBS on another machine is cut", _cut_wire, _mend_wire, noticed=_obs_lost,
        recovered=_goes_on, raised_s=10.0, remote_obs=True,
    ),
    "clock-jump": RehearsalFault(
        "the wall clock jumps by an hour, and back", _set_clock(HOUR_S), _set_clock(0.0),
        noticed=_clock_jumped, recovered=_goes_on, env=clock_of_its_own,
    ),
    "machine-sleeps": RehearsalFault(
        "the box falls asleep, and wakes", _sleep, _nothing, noticed=_told_of_sleep, recovered=_woke,
        raised_s=ASLEEP_S,
    ),
    "camera-pulled": RehearsalFault(
        "the camera is pulled out",
        lambda stage: stage.venue.camera.kill(),
        lambda stage: stage.venue.camera.restore(),
        ("missing",),
        2.0,
    ),
}  # fmt: skip
"""By the name that `stagebox rehearse --fault` takes."""
