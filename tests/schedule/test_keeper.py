"""The schedule is kept fresh from a real server that changes, breaks and lies; the last good one stays."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path

import pytest

from stagebox.model.observations import Observation, ScheduleChecked, ScheduleEvent
from stagebox.model.schedule import RoomSchedule
from stagebox.model.settings import ScheduleSettings, Settings
from stagebox.schedule import keeper as keeping
from stagebox.schedule.draft import Defaults, Zone
from stagebox.schedule.keeper import FILE, ScheduleKeeper
from tests.schedule.reading import event, xml
from tests.schedule.servers import Request, TestServer, serving

WAIT_S = 30.0


def schedule(*titles: str, room: str = "Hall", year: int = 2099) -> bytes:
    """Talks of the far future, one an hour, and one in another room."""
    events = [
        event(title, guid=title, date=f"{year}-11-29T{10 + n}:00:00+01:00", duration="0:30")
        for n, title in enumerate(titles)
    ]
    other = event("Else", guid="else", date=f"{year}-11-29T10:00:00Z", duration="1:00")
    head = "<time_zone_name>Europe/Prague</time_zone_name>"
    return xml((f'date="{year}-11-29"', {room: events, "Other": [other]}), head=head).encode()


@dataclass
class Site:
    """A server whose answer a test changes."""

    body: bytes = b""
    etag: str = ""
    status: int = 200

    def answer(self, request: Request) -> None:
        if self.etag and request.headers.get("If-None-Match") == self.etag:
            request.tell(status=304)
        elif self.etag:
            request.tell(self.body, self.status, ETag=self.etag)
        else:
            request.tell(self.body, self.status)


@dataclass
class Heard:
    """What the engine is told."""

    told: list[Observation] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def post(self, one: Observation) -> None:
        with self.news:
            self.told.append(one)
            self.news.notify_all()

    def until(self, holds: Callable[[Observation], bool]) -> Observation:
        """The first thing told since the last one that was waited for, of which this holds."""
        with self.news:
            assert self.news.wait_for(lambda: any(map(holds, self.told)), WAIT_S), self.told
            place = next(number for number, one in enumerate(self.told) if holds(one))
            found = self.told[place]
            del self.told[: place + 1]
            return found

    def schedule(self, holds: Callable[[RoomSchedule], bool]) -> ScheduleEvent:
        """The next schedule of which this holds."""
        told = self.until(lambda one: isinstance(one, ScheduleEvent) and holds(one.schedule))
        assert isinstance(told, ScheduleEvent)
        return told

    def titles(self, *wanted: str) -> ScheduleEvent:
        """The next schedule with these talks."""
        return self.schedule(lambda one: titles(one) == list(wanted))

    def checked(self) -> None:
        """It was asked for, and is as it was."""
        self.until(lambda one: isinstance(one, ScheduleChecked))


def settings(folder: Path, source: str, *, room: str = "Hall", poll_s: float = 3600.0) -> Settings:
    return Settings(state_dir=folder, schedule=ScheduleSettings(source=source, room=room, poll_s=poll_s))


@contextmanager
def keeping_it(wanted: Settings) -> Iterator[tuple[ScheduleKeeper, Heard]]:
    heard = Heard()
    keeper = ScheduleKeeper(wanted, heard.post)
    keeper.start()
    try:
        yield keeper, heard
    finally:
        keeper.close()


@pytest.fixture
def site() -> Iterator[tuple[Site, TestServer]]:
    made = Site(schedule("One", "Two"), '"1"')
    with serving(made.answer) as server:
        yield made, server


def titles(told: RoomSchedule) -> list[str]:
    return [talk.title for talk in told.talks]


def test_changes_come_with_the_next_look(site: tuple[Site, TestServer], tmp_path: Path) -> None:
    page, server = site
    with keeping_it(settings(tmp_path, server.address)) as (keeper, heard):
        first = heard.titles("One", "Two").schedule
        assert (first.room, first.rooms, first.trouble.code) == ("Hall", ("Hall", "Other"), "")
        keeper.look_now()
        heard.checked()
        page.body, page.etag = schedule("One", "Two and a half"), '"2"'
        keeper.look_now()
        told = heard.titles("One", "Two and a half")
    assert [said.words for said in told.changes] == [
        "“Two” is cancelled.",
        "“Two and a half” is new, at 11:00.",
    ]
    assert [asked[1].get("If-None-Match") for asked in server.asked] == [None, '"1"', '"1"']


def test_it_asks_again_by_itself(tmp_path: Path) -> None:
    assert ScheduleKeeper(settings(tmp_path, ""), lambda _: None)._come_round(settings(tmp_path, "")) is None
    (tmp_path / "talks.csv").write_text("10:00 One")
    wanted = settings(tmp_path, str(tmp_path / "talks.csv"), poll_s=77.0)
    keeper = ScheduleKeeper(wanted, lambda _: None)
    assert keeper._come_round(wanted) == 77.0
    (tmp_path / "talks.csv").unlink()
    assert [keeper._come_round(wanted) for _ in range(4)] == [20.0, 40.0, 77.0, 77.0]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"<html>Log in</html>", 200, "schedule_page"),
        (b"", 503, "schedule_refused"),
        (schedule("One")[:150], 200, "schedule_broken_xml"),
        (b"{}", 200, "schedule_other_json"),
        (schedule("Elsewhere", room="Another"), 200, "schedule_half_empty"),
        (schedule("One", "Two", year=2001), 200, "schedule_half_empty"),
    ],
)
def test_what_is_no_schedule_is_told_and_the_last_good_one_stays(
    site: tuple[Site, TestServer], tmp_path: Path, body: bytes, status: int, code: str
) -> None:
    page, server = site
    good = page.body
    with keeping_it(settings(tmp_path, server.address)) as (keeper, heard):
        first = heard.titles("One", "Two").schedule
        page.body, page.etag, page.status = body, '"2"' if status == 200 else "", status
        keeper.look_now()
        told = heard.schedule(lambda one: bool(one.trouble.code)).schedule
        assert (told.talks, told.fetched_utc, told.trouble.code) == (first.talks, first.fetched_utc, code)
        page.body, page.etag, page.status = good, '"1"', 200
        keeper.look_now()
        assert heard.titles("One", "Two").schedule.trouble.code == ""
    assert all(asked[1].get("If-None-Match") in (None, '"1"') for asked in server.asked)


def test_a_server_that_is_gone_at_the_start_is_ordinary(
    site: tuple[Site, TestServer], tmp_path: Path
) -> None:
    _, server = site
    address = server.address
    with keeping_it(settings(tmp_path, address)) as (_, heard):
        heard.titles("One", "Two")
    server.shutdown()
    server.server_close()
    with keeping_it(settings(tmp_path, address)) as (_, heard):
        assert heard.titles("One", "Two").schedule.trouble.code == "", "from the disk, at once"
        assert heard.titles("One", "Two").schedule.trouble.code == "schedule_no_answer"
    with keeping_it(settings(tmp_path, "http://127.0.0.1:9/other")) as (_, heard):
        assert heard.titles().schedule.trouble.code == "schedule_no_answer"


@pytest.mark.parametrize(
    "kept", [b"", b"{", b"[]", b'{"source": 5}', b'{"source": ""}', b"whole", b'{"schema": 1}']
)
def test_a_spoilt_file_of_the_last_one_is_asked_for_anew(
    site: tuple[Site, TestServer], tmp_path: Path, kept: bytes
) -> None:
    _, server = site
    head = {
        "source": server.address,
        "bytes": len(kept),
        "etag": '"1"',
        "last_modified": "",
        "fetched_utc": 5,
    }
    inside = kept in (b"whole", b'{"schema": 1}')
    (tmp_path / FILE).write_bytes(json.dumps(head).encode() + b"\n" + kept if inside else kept)
    with keeping_it(settings(tmp_path, server.address)) as (_, heard):
        heard.titles("One", "Two")
    assert json.loads((tmp_path / FILE).read_bytes().splitlines()[0])["fetched_utc"] > 5


def test_another_room_and_another_source_are_told_at_once(
    site: tuple[Site, TestServer], tmp_path: Path
) -> None:
    _, server = site
    with keeping_it(settings(tmp_path, server.address)) as (keeper, heard):
        heard.titles("One", "Two")
        keeper.follow(settings(tmp_path, server.address, room="Other"))
        told = heard.titles("Else")
        assert told.changes == (), "another room is no change of the schedule"
        keeper.follow(settings(tmp_path, server.address, room="Nowhere"))
        nowhere = heard.titles().schedule
        assert (nowhere.room, nowhere.rooms) == ("", ("Hall", "Other"))
        (tmp_path / "list.csv").write_text("date,start,title\n2099-01-01,10:00,Only\n")
        keeper.follow(settings(tmp_path, str(tmp_path / "list.csv"), room=""))
        heard.schedule(lambda one: one.source.endswith("list.csv"))
        keeper.follow(settings(tmp_path, ""))
        assert heard.schedule(lambda one: not one.source).schedule == RoomSchedule()


def test_another_time_zone_counts_though_the_schedule_is_as_it_was(tmp_path: Path) -> None:
    events = [event("One", id="1", start="10:00", duration="0:30")]
    page = Site(xml(('date="2099-11-29"', {"Hall": events})).encode(), '"1"')
    starts = []
    with serving(page.answer) as server:
        wanted = settings(tmp_path, server.address)
        for zone in ("Europe/Brussels", "Asia/Tokyo"):
            named = wanted.schedule.model_copy(update={"time_zone": zone})
            with keeping_it(wanted.model_copy(update={"schedule": named})) as (keeper, heard):
                while (told := heard.titles("One").schedule).time_zone != zone:
                    pass
                starts.append(told.talks[0].start_utc)
                keeper.look_now()
                heard.checked()
    assert starts[0] - starts[1] == 8 * 3600.0
    assert [asked[1].get("If-None-Match") for asked in server.asked] == [None, '"1"', None, '"1"']


def test_a_list_without_a_day_stays_of_its_day_until_somebody_uses_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = [date(2099, 11, 29)]
    monkeypatch.setattr(keeping, "defaults_in", lambda _: Defaults(Zone("UTC", UTC), today[0]))
    (tmp_path / "talks.csv").write_text("10:00 One\n23:30 Two\n")
    wanted = settings(tmp_path, str(tmp_path / "talks.csv"), room="")
    with keeping_it(wanted) as (keeper, heard):
        first = heard.titles("One", "Two").schedule.talks
        today[0] = date(2099, 11, 30)
        keeper.look_now()
        heard.checked()
    with keeping_it(wanted) as (keeper, heard):
        assert heard.titles("One", "Two").schedule.talks == first
        heard.checked()
        keeper.follow(wanted)
        later = heard.schedule(lambda one: one.talks != first).schedule.talks
    assert [talk.start_utc for talk in later] == [talk.start_utc + 86400 for talk in first]


def test_a_schedule_that_was_taken_away_meanwhile_is_told(tmp_path: Path) -> None:
    with keeping_it(settings(tmp_path, "")) as (keeper, heard):
        assert heard.schedule(lambda one: not one.source).schedule == RoomSchedule()
        keeper.look_now()
        keeper.follow(settings(tmp_path, str(tmp_path / "gone")))
        heard.schedule(lambda one: bool(one.trouble.code))
        assert len(heard.told) == 0


def test_a_fault_of_ours_does_not_end_it(
    site: tuple[Site, TestServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, server = site
    real, broken = keeping.fetched, threading.Event()

    def fetched(*arguments: object) -> object:
        if not broken.is_set():
            broken.set()
            raise RuntimeError("ours")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "fetched", fetched)
    with keeping_it(settings(tmp_path, server.address)) as (keeper, heard):
        assert broken.wait(WAIT_S)
        keeper.look_now()
        heard.titles("One", "Two")
