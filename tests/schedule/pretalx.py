"""A real pretalx, in a Python environment of its own that is made once and kept, and a server of it.

What a test changes in it is done with pretalx's own models; then a new version of the schedule is released.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from filelock import FileLock

from tests.venue_tools import free_port

VERSION = "2025.2.2"
KEPT = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stagebox-tests" / f"pretalx-{VERSION}"
)
READY_S = 120.0
INSTALL_S = 900.0

SETTINGS = """[filesystem]
data = {folder}
[site]
debug = True
url = http://127.0.0.1:{port}
secret = for tests alone
[database]
backend = sqlite3
name = {folder}/db.sqlite3
"""

EVENT = """
import datetime as dt
import zoneinfo
from pretalx.event.models import Event, Organiser
from pretalx.person.models import SpeakerProfile, User
from pretalx.schedule.models import Room
from pretalx.submission.models import Submission

DAY = dt.datetime(2099, 11, 29, tzinfo=zoneinfo.ZoneInfo("Europe/Prague"))

def place(talk, room, hour, minutes):
    slot = talk.slots.get(schedule=event.wip_schedule)
    slot.room = Room.objects.get(event=event, name__icontains=room)
    slot.start = DAY + dt.timedelta(hours=hour)
    slot.end = slot.start + dt.timedelta(minutes=minutes)
    slot.save()

def add(title, room, hour, minutes, speaker, do_not_record=False):
    user = User.objects.create_user(email=f"{speaker}@localhost", name=speaker, password="x")
    SpeakerProfile.objects.create(user=user, event=event)
    talk = Submission.objects.create(
        event=event, title=title, submission_type=event.submission_types.first(), content_locale="en",
        do_not_record=do_not_record, state="submitted",
    )
    talk.speakers.add(user)
    talk.accept()
    talk.confirm()
    place(talk, room, hour, minutes)

event = Event.objects.filter(slug="real").first()
"""

MAKE = (
    EVENT
    + """
event = Event.objects.create(
    name="Real event", slug="real", organiser=Organiser.objects.create(name="Org", slug="org"),
    date_from=DAY.date(), date_to=DAY.date() + dt.timedelta(days=1), timezone="Europe/Prague",
    email="o@localhost", locale="en", locale_array="en", content_locale_array="en", is_public=True,
)
event.build_initial_data()
for name in ("Hall", "Garden"):
    Room.objects.create(event=event, name=name)
add("First <b>talk</b> & more", "Hall", 10, 45, "Ann")
add("Žluťoučký kůň", "Hall", 11, 30, "Ben", do_not_record=True)
add("Elsewhere", "Garden", 10, 60, "Cy")
add("After midnight", "Hall", 24.5, 30, "Dora")
event.release_schedule("v1")
"""
)


@dataclass(frozen=True)
class Pretalx:
    """A pretalx that serves one event."""

    folder: Path
    port: int

    def address(self, name: str) -> str:
        """Where the schedule is, as `schedule.xml`, `schedule.json` or `schedule.ics`."""
        return f"http://127.0.0.1:{self.port}/real/schedule/export/{name}"

    def change(self, code: str) -> None:
        """Do something with its models, and publish the schedule anew."""
        _shell(self.folder, f"{EVENT}\n{code}")


@contextmanager
def pretalx(folder: Path) -> Iterator[Pretalx]:
    """A server with the event, in this folder."""
    template = _template()
    shutil.copytree(template, folder / "data")
    port = free_port()
    settings = SETTINGS.format(folder=folder / "data", port=port)
    (folder / "data" / "pretalx.cfg").write_text(settings)
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [_python(), "-m", "pretalx", "runserver", f"127.0.0.1:{port}", "--noreload"],
        env=_environment(folder / "data"),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        made = Pretalx(folder / "data", port)
        _wait(made, server, folder / "log")
        yield made
    finally:
        server.kill()
        server.wait(10)
        log.close()


def _wait(made: Pretalx, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end and server.poll() is None:
        try:
            if httpx.get(made.address("schedule.xml"), timeout=20.0).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)  # it is starting, and has no other sign of that
    raise AssertionError(f"pretalx did not start: {log.read_text()[-2000:]}")


def _template() -> Path:
    """A folder with the event in pretalx's database; pretalx is installed beside it. Made once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with FileLock(KEPT / "lock"):
        ready = KEPT / "event-1"
        if not ready.exists():
            if not _python().exists() or not (KEPT / "installed").exists():
                subprocess.run(
                    [sys.executable, "-m", "venv", "--clear", KEPT / "venv"], check=True, timeout=INSTALL_S
                )
                pip = [_python(), "-m", "pip", "install", "--quiet", f"pretalx=={VERSION}"]
                subprocess.run(pip, check=True, timeout=INSTALL_S)
                (KEPT / "installed").touch()
            aside = KEPT / "event.part"
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir()
            (aside / "pretalx.cfg").write_text(SETTINGS.format(folder=aside, port=1))
            command = [_python(), "-m", "pretalx", "migrate", "--verbosity", "0"]
            subprocess.run(
                command, env=_environment(aside), check=True, timeout=INSTALL_S, capture_output=True
            )
            _shell(aside, MAKE)
            aside.rename(ready)
        return ready


def _shell(folder: Path, code: str) -> None:
    command = [_python(), "-m", "pretalx", "shell", "--unsafe-disable-scopes", "-c", code]
    ended = subprocess.run(
        command, env=_environment(folder), capture_output=True, text=True, timeout=READY_S, check=False
    )
    assert ended.returncode == 0, ended.stderr[-2000:]


def _python() -> Path:
    return KEPT / "venv" / "bin" / "python"


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO"))}
    return {**kept, "PRETALX_CONFIG_FILE": str(folder / "pretalx.cfg")}
