"""The evening after: sixty recordings of two days in six rooms, and one page: which need a person?"""

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.conftest import TOKEN, Served, served
from tests.browser import until
from tests.media import evening
from tests.media.index_reader import rows_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["served"]

pytestmark = [pytest.mark.venue, pytest.mark.timeout(900)]


class Ran:
    """The evening, and what one run of `process` made of it, its table going into a pipe."""

    def __init__(self, folder: Path) -> None:
        self.evening = evening.make(folder / "recordings", folder / "store")
        self.out = folder / "talks"
        with self.evening.growing.open("ab"):
            done = subprocess.run(
                [sys.executable, "-m", "stagebox", "process", self.evening.folder, "--out", self.out],
                capture_output=True,
                timeout=500,
                check=False,
            )
        self.code, self.table, self.said = done.returncode, done.stdout.decode(), done.stderr.decode()
        self.index = self.out / "reports" / "index.html"

    @property
    def told(self) -> dict[str, Any]:
        """The index as JSON."""
        value: dict[str, Any] = json.loads(self.index.with_suffix(".json").read_bytes())
        return value


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(tmp_path_factory.mktemp("evening"))


def test_the_index_agrees_with_the_truth(ran: Ran) -> None:
    assert "Traceback" not in ran.said
    assert ran.code == 1
    talks = {row["source"]: row for row in ran.told["talks"]}
    assert len(talks) == len(ran.evening.truths) == evening.RECORDINGS
    for truth in ran.evening.truths:
        row = talks[str(truth.path)]
        told = row["state"], row["day"], row["room"]
        assert told == (truth.state, truth.day, truth.room), row
        if truth.code:
            assert (row["severity"], row["code"]) == (truth.severity, truth.code), row
            assert row["wrong"]
    none = {"not_done": 0, "settled": 0}
    assert ran.told["totals"]["states"] == Counter(one.state for one in ran.evening.truths) | none


def test_what_is_wrong_is_told_apart_in_few_words(ran: Ran) -> None:
    words = {row["code"]: row["wrong"] for row in ran.told["talks"] if row["state"] != "ok"}
    assert words == {
        "black": "black picture, 6 s",
        "no_audio": "no sound at all",
        "silent": "silent, 6 s",
        "truncated": words["truncated"],
        "empty": "empty file",
        "unreadable": "cannot be read",
    }
    assert words["truncated"].startswith("the end is missing")


def test_the_worst_come_first_then_by_day_room_and_time(ran: Ran) -> None:
    rows = ran.told["talks"]
    weight = {"failed": 0, "flagged": 1, "not_done": 3, "ok": 4}
    order = [
        (
            weight[row["state"]] + (row["state"] == "flagged" and row["severity"] != "critical"),
            row["day"],
            row["room"].casefold(),
        )
        for row in rows
    ]
    assert order == sorted(order)
    assert [row["talk"] for row in rows] == [row["talk"] for row in rows_in(ran.index)]


def test_day_and_room_stay_as_folders(ran: Ran) -> None:
    for truth in ran.evening.truths:
        if truth.state != "failed":
            inner = truth.path.relative_to(ran.evening.folder)
            assert (ran.out / inner).with_suffix(".mp4").exists(), inner
    assert not list(ran.out.glob("*.mp4"))
    assert not list(ran.out.rglob("* (2).mp4"))


def test_table_and_csv_say_the_same_one_line_a_talk(ran: Ran) -> None:
    rows = ran.told["talks"]
    lines = ran.table.splitlines()
    assert lines[0].split() == ["Verdict", "Day", "Room", "Talk", "Length", "What"]
    for row, line in zip(rows, lines[1:], strict=False):
        assert line[2:].startswith(row["word"])
        assert row["day"] in line
        assert row["room"] in line
        assert row["talk"].strip() in line
        assert row["wrong"] in line
    assert lines[len(rows) + 1] == ""
    with ran.index.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as stream:
        sheet = list(csv.DictReader(stream))
    assert [one["talk"].lstrip("'") for one in sheet] == [row["talk"].lstrip("'") for row in rows]
    assert [(one["verdict"], one["code"], one["what"]) for one in sheet] == [
        (row["word"], row["code"], row["wrong"]) for row in rows
    ]
    assert not any(value.startswith(("=", "+", "@")) for one in sheet for value in one.values())


def test_only_parts_of_one_talk_are_offered_to_be_joined(ran: Ran) -> None:
    offered = {tuple(one["recordings"]) for one in ran.told["offers"]}
    first = [path.with_name(path.name.replace("-part-2", "")) for path in ran.evening.parts]
    assert offered == {(str(one), str(two)) for one, two in zip(first, ran.evening.parts, strict=True)}
    assert ran.table.count("2 recordings look like parts of one talk: ") == len(offered) == 2


def test_what_was_passed_over_is_told_with_the_reason(ran: Ran) -> None:
    skipped = {one["source"]: one["why"] for one in ran.told["skipped"]}
    notes, cover, part = map(str, ran.evening.rubbish)
    assert skipped == {
        str(ran.evening.growing): "growing",
        notes: "no_recording",
        cover: "no_recording",
        part: "part",
    }
    assert "Passed over: 2 no recording, 1 not whole yet, 1 still being recorded." in ran.table


def plays(video: "Locator") -> bool:
    """Whether a picture is there and goes on."""
    return bool(video.evaluate("one => !one.paused && one.currentTime > 0 && one.videoWidth > 0"))


def test_a_browser_finds_the_three_worst_and_plays_each_at_its_place(ran: Ran, page: "Page") -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(ran.index.as_uri())
    page.get_by_role("button", name="need a look").click()
    worst = [row for row in ran.told["talks"] if row["state"] == "flagged"][:3]
    assert {row["severity"] for row in worst} == {"critical"}
    names = page.locator("li.row strong")
    assert [names.nth(at).get_attribute("title") for at in range(3)] == [row["talk"] for row in worst]
    for at, row in enumerate(worst):
        item = page.locator("li.row").nth(at)
        assert item.locator(".wrong").inner_text() == row["wrong"]
        item.get_by_role("button", name="Play at").click()
        video = item.locator("video")
        until(partial(plays, video))
        assert row["where_s"] <= video.evaluate("one => one.currentTime") < row["where_s"] + 6
        assert video.evaluate("one => one.error") is None
    assert wrong == []


def test_by_clicks_alone_the_three_worst_are_found_played_and_one_is_accepted(
    ran: Ran, served: Served, page: "Page"
) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    served.box.out = ran.out
    page.set_extra_http_headers({"Authorization": f"Bearer {TOKEN.get_secret_value()}"})
    page.goto(f"http://127.0.0.1:{served.port}/api/evening/")
    counts = page.get_by_role("button", name="need a look")
    before = ran.told["totals"]["states"]
    assert counts.inner_text() == f"{before['flagged']} need a look"
    counts.click()
    worst = [row for row in ran.told["talks"] if row["state"] == "flagged"][:3]
    for at, row in enumerate(worst):
        item = page.locator("li.row").nth(at)
        assert item.locator("strong").get_attribute("title") == row["talk"]
        item.get_by_role("button", name="Play at").click()
        video = item.locator("video")
        until(partial(plays, video))
        assert row["where_s"] <= video.evaluate("one => one.currentTime") < row["where_s"] + 6
    item.get_by_label("Why is this fine?").first.fill("A film without sound")
    item.get_by_role("button", name="Accept").first.click()
    item.locator(".spot.accepted").first.wait_for()
    assert page.locator("li.row").nth(2).locator("strong").get_attribute("title") == worst[2]["talk"]
    assert item.locator(".badge").inner_text() == "✓ good"
    assert counts.inner_text() == f"{before['flagged'] - 1} need a look"
    after = ran.told["totals"]["states"]
    assert (after["flagged"], after["ok"]) == (before["flagged"] - 1, before["ok"] + 1)
    item.get_by_role("button", name="Take it back").click()
    item.get_by_label("Why is this fine?").first.wait_for()
    assert ran.told["totals"]["states"] == before
    assert wrong == []


def test_filters_search_and_order_leave_what_was_asked_for(ran: Ran, page: "Page") -> None:
    page.goto(ran.index.as_uri())
    rows = ran.told["talks"]
    count = page.locator("#count")

    def number(wanted: Callable[[dict[str, Any]], bool]) -> str:
        found = sum(map(wanted, rows))
        return f"{found} of {len(rows)} talks"

    page.locator("#room").select_option("Saal Ü")
    assert count.inner_text() == number(lambda row: row["room"] == "Saal Ü")
    page.locator("#day").select_option(evening.DAYS[1])
    assert count.inner_text() == number(lambda row: (row["room"], row["day"]) == ("Saal Ü", evening.DAYS[1]))
    page.get_by_role("button", name="Show all").click()
    assert count.inner_text() == f"{len(rows)} talks"
    page.locator("#code").select_option("black")
    assert count.inner_text() == number(lambda row: row["code"] == "black")
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Search").fill("emoji")
    assert count.inner_text() == number(lambda row: "emoji" in row["talk"])
    page.get_by_role("button", name="Show all").click()
    page.locator("#sort").select_option("talk")
    names = page.locator("li.row strong")
    shown = [str(names.nth(at).get_attribute("title")) for at in range(8)]
    numbers = [int(name.split("Talk ")[1]) for name in shown]  # of one day, at one minute: 9 before 10
    assert all(name.startswith("2026") for name in shown)
    assert shown == sorted(shown, key=lambda name: (name.split(" Talk ")[0], numbers[shown.index(name)]))


def test_a_name_is_told_apart_on_a_phone_and_nothing_hangs_over(ran: Ran, page: "Page") -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(ran.index.as_uri())
    page.get_by_label("Search").fill("ends in 17")
    name = page.locator("li.row strong").first
    assert name.inner_text().endswith("and ends in 17")
    box = name.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_prints_dark_on_white(ran: Ran, page: "Page") -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(ran.index.as_uri())
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("li.row").count() == evening.RECORDINGS
    colours = page.evaluate(
        "[...document.querySelectorAll('html, .row, .row strong')].map((one) => {"
        "const style = getComputedStyle(one); return [style.color, style.backgroundColor]})"
    )
    for text, ground in colours:
        assert _light(ground) is None or _light(ground) > 0.9
        assert _light(text) < 0.3
    assert not page.get_by_label("Search").is_visible()
    assert page.pdf().startswith(b"%PDF")


def _light(colour: str) -> Any:
    """How light a colour is, 0 to 1; None where it lets through what is behind."""
    figures = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")]
    return None if len(figures) == 4 and figures[3] == 0 else sum(figures[:3]) / 765


def test_a_second_run_makes_nothing_anew_and_tells_the_same(ran: Ran) -> None:
    before = {path: path.stat().st_mtime_ns for path in ran.out.rglob("*.mp4")}
    rows = ran.told["talks"]
    again = subprocess.run(
        [sys.executable, "-m", "stagebox", "process", ran.evening.folder, "--out", ran.out, "--json"],
        capture_output=True,
        timeout=200,
        check=False,
    )
    assert again.returncode == 1
    assert len(json.loads(again.stdout)) == evening.RECORDINGS + 1  # the one that was growing has ended
    after = {path: path.stat().st_mtime_ns for path in ran.out.rglob("*.mp4")}
    assert {path: at for path, at in after.items() if path in before} == before
    there = {row["source"] for row in ran.told["talks"]} - {str(ran.evening.growing)}
    assert there == {row["source"] for row in rows}
