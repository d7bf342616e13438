"""A day by schedule: served by a real HTTP server that changes meanwhile, recorded by a real OBS."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stagebox.model.errors import ApiError
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue
from tests.schedule.reading import event, xml
from tests.schedule.servers import Request, TestServer, serving

pytestmark = [pytest.mark.venue, pytest.mark.timeout(150)]

OPTED_OUT = "<recording><optout>true</optout></recording>"


class Page:
    """The event's schedule, as its server publishes it now."""

    def __init__(self) -> None:
        self.now = time.time()
        self.version = 0
        self.title = "The first talk"
        self.body = b""
        self.publish()

    def publish(self, title: str = "") -> None:
        """A new version: a talk that is on, one that comes, one that nobody may record, and another room."""
        self.title = title or self.title
        self.version += 1
        talks = [
            self._talk("missed", "The one that was missed", -5400, 1800),
            self._talk("first", self.title, -60, 1800, persons="Ann Example|Ben Example"),
            self._talk("quiet", "Not to be recorded", 1740, 900, recording=OPTED_OUT),
            self._talk("last", "The last talk", 2640, 900),
        ]
        rooms = {"Stage A": talks, "Stage B": [self._talk("else", "Elsewhere", 0, 3600)]}
        self.body = xml(('date="2026-11-29"', rooms), head="<time_zone_name>UTC</time_zone_name>").encode()

    def _talk(self, guid: str, title: str, in_s: float, length_s: float, **more: str) -> str:
        start = datetime.fromtimestamp(self.now + in_s, UTC).isoformat(timespec="seconds")
        return event(title, guid=guid, date=start, duration=f"{length_s / 60:g}", **more)

    def answer(self, request: Request) -> None:
        """Tell it, unless who asks has it already."""
        etag = f'"{self.version}"'
        if request.headers.get("If-None-Match") == etag:
            request.tell(status=304)
        else:
            request.tell(self.body, ETag=etag)


def stagebox(box: ServingVenue, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command as somebody types it."""
    command = box.command(*arguments)
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=box.venue.env())


@contextmanager
def day() -> Iterator[tuple[Page, TestServer]]:
    page = Page()
    with serving(page.answer) as server:
        yield page, server


def answers(box: ServingVenue) -> bool:
    """Whether it takes requests."""
    try:
        box.client.state()
    except ApiError:
        return False
    return True


def told_of(box: ServingVenue) -> dict[str, dict[str, Any]]:
    """What became of each talk, by its key."""
    ended = stagebox(box, "schedule", "coverage", "--all", "--json")
    assert ended.returncode in (0, 1), ended.stderr
    return {talk["key"]: talk for talk in json.loads(ended.stdout)["talks"]}


def test_a_day_by_schedule(tmp_path: Path) -> None:
    with Venue() as venue, day() as (page, server), ServingVenue(venue, tmp_path) as box:
        address = f"{server.address}/schedule.xml"

        wrong = stagebox(box, "schedule", "use", address)
        assert wrong.returncode == 1
        assert "No room of the schedule is called “Rehearsal”." in wrong.stderr
        assert "Stage A, Stage B" in wrong.stderr

        used = stagebox(box, "schedule", "use", address, "--room", "stage a")
        assert used.returncode == 0, used.stderr
        assert used.stdout.startswith("4 talks in Stage A. Next: “The first talk” at ")

        state = box.client.wait_for(lambda seen: seen["schedule"]["due"] is not None, 10.0)
        assert state["schedule"]["due"]["key"] == "first"
        assert state["schedule"]["upcoming"]["key"] == "quiet"
        assert state["next_talk"]["title"] == "The first talk"
        assert state["next_talk"]["speaker"] == "Ann Example, Ben Example"

        assert stagebox(box, "record", "start").returncode == 0
        state = box.client.wait_for(lambda seen: seen["recording"] is True, 20.0)
        assert state["session"]["talk_key"] == "first"
        assert "The-first-talk" in state["session"]["name"]
        assert state["schedule"]["due"] is None

        page.publish(title="Renamed in mid-event")
        assert stagebox(box, "schedule", "use", address, "--room", "Stage A").returncode == 0
        state = box.client.wait_for(lambda seen: seen["session"]["title"] == "Renamed in mid-event", 10.0)
        assert "“The first talk” is now called “Renamed in mid-event”." in state["notice"]

        # The engine dies in the middle, and the server with it: the talk stays what it is.
        server.shutdown()
        box.restart()
        assert wait_until(lambda: answers(box), 60.0)
        state = box.client.wait_for(lambda seen: (seen["session"] or {}).get("talk_key") == "first", 60.0)
        assert state["session"]["title"] == "Renamed in mid-event"
        state = box.client.wait_for(lambda seen: bool(seen["schedule"]["trouble"]), 60.0)
        assert state["schedule"]["talks"] == 4
        assert "127.0.0.1 does not answer" in state["schedule"]["trouble"]

        box.client.wait_for(lambda seen: seen["recording"] is True, 60.0)
        assert stagebox(box, "record", "stop").returncode == 0
        box.client.wait_for(lambda seen: not seen["jobs"] and seen["session"] is None, 60.0)

        told = told_of(box)
        assert {key: talk["state"] for key, talk in told.items()} == {
            "missed": "missing",
            "first": "checked",
            "quiet": "refused",
            "last": "expected",
        }
        assert Path(told["first"]["output"]).exists()
        assert told["first"]["why"].startswith("Only "), "some seconds of half an hour"
        index = tmp_path / "talks" / "reports" / "index.html"
        assert wait_until(lambda: index.exists() and "The one that was missed" in index.read_text(), 30.0)
        assert "Talks of the schedule without a recording: 2" in index.read_text()
        printed = stagebox(box, "schedule", "coverage", "--all")
        assert printed.returncode == 1
        assert "The one that was missed  [missing: Nothing was recorded of it.]" in printed.stdout

        off = stagebox(box, "schedule", "use", "off")
        assert (off.returncode, off.stdout) == (0, "No schedule is used any more.\n"), off.stderr
        assert stagebox(box, "schedule", "coverage").returncode == 1
