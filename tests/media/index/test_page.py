"""The page of many talks: only what is in sight is drawn, and text from outside is only text."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stagebox.media.index import page as pages
from stagebox.media.index.gather import EveningIndex, GoneTalk
from stagebox.media.index.rows import IndexedTalk, RowLinks, SkippedFile, in_order, row_of, totals
from stagebox.media.index.run_log import RunLog, load, merged, save
from stagebox.media.index.sheets import as_csv
from stagebox.media.index.talk_place import TalkPlace
from stagebox.media.parts.join_offers import TalkPart, offers
from stagebox.media.parts.offer_words import offered
from stagebox.media.storage import prepare
from stagebox.model.report import Code, Finding, Report, Severity
from tests.media.index_reader import rows_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVIL = "</script><script>document.title='bad'</script><img src=x onerror=\"document.title='bad'\">"


def index_of(number: int, name: str = "talk", picture: str = "") -> EveningIndex:
    """An index of so many talks, each third of which is black."""
    black = Finding(Code.BLACK, Severity.WARNING, 10.0, 30.0, f"It is black. {name}", "Look.")
    rows = []
    for at in range(number):
        report = Report(f"/in/{name} {at}.flv", None, None, 60.0, findings=(black,) if at % 3 == 0 else ())
        place = TalkPlace(f"day {at % 2 + 1}", f"room {at % 6}")
        rows.append(
            row_of(IndexedTalk(str(at), f"{name} {at}", report, place, links=RowLinks("", "", picture)))
        )
    skipped = (SkippedFile(f"/in/{name}.part", "part", f"not whole: {name}"),)
    gone = (GoneTalk(name, "/out/x.mp4", "../x.mp4"),)
    return EveningIndex(name, tuple(in_order(rows)), totals(rows, 1, 1), skipped, gone)


def written(index: EveningIndex, folder: Path) -> Path:
    path = folder / "index.html"
    path.write_bytes(pages.made(index))
    return path


def test_pictures_are_no_more_than_the_page_can_bear(tmp_path: Path) -> None:
    picture = "data:image/jpeg;base64," + "A" * 100_000
    rows = rows_in(written(index_of(100, picture=picture), tmp_path))
    drawn = [bool(row["picture"]) for row in rows]
    assert 0 < sum(drawn) <= pages.PICTURES_BYTES // 100_000
    assert drawn == sorted(drawn, reverse=True)  # the worst have theirs


def test_a_cell_is_never_a_formula() -> None:
    table = as_csv(index_of(3, name="=1+1")).decode("utf-8-sig")
    assert "'=1+1 0" in table
    assert ",=1+1" not in table


def test_of_the_folders_that_were_named_only_what_is_said_now_counts(tmp_path: Path) -> None:
    before = RunLog(
        ("/in/a",),
        ("x",),
        (),
        (SkippedFile("/in/a/1.part", "part", ""), SkippedFile("/in/b/2.part", "part", "")),
    )
    now = RunLog(("/in/a",), ("y",), (), ())
    told = merged(before, now)
    assert [one.source for one in told.skipped] == ["/in/b/2.part"]
    assert told.folders == ("x", "y")
    prepare(tmp_path)
    save(tmp_path, told)
    assert load(tmp_path) == told
    (tmp_path / ".stagebox" / "last.run").write_text(json.dumps({"schema": "stagebox.run/1", "roots": 3}))
    assert load(tmp_path) == RunLog()


@pytest.mark.venue
def test_text_from_outside_is_only_text(tmp_path: Path, page: "Page") -> None:
    page.goto(written(index_of(3, name=EVIL), tmp_path).as_uri())
    page.get_by_role("button", name="Details").first.click()
    assert page.title() == EVIL
    assert page.locator("li.row").count() == 3
    assert page.locator("img").count() == 0
    assert EVIL in page.locator("li.row .details").inner_text()


@pytest.mark.venue
def test_ten_thousand_talks_are_drawn_as_they_come_into_sight(tmp_path: Path, page: "Page") -> None:
    page.goto(written(index_of(10_000), tmp_path).as_uri())
    rows = page.locator("li.row")
    first = rows.count()
    assert first < 500
    page.get_by_role("button", name="need a look").click()
    assert page.locator("#count").inner_text() == "3334 of 10000 talks"
    page.locator("#room").select_option("room 3")
    assert page.locator("#count").inner_text() == "1667 of 10000 talks"
    page.get_by_label("Search").fill("talk 9999")
    assert rows.count() == 1
    page.get_by_role("button", name="Show all").click()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("li.row").nth(first + 20).wait_for()


@pytest.mark.venue
def test_an_offer_to_join_names_its_parts_and_its_command_is_selected_at_a_touch(
    tmp_path: Path, page: "Page"
) -> None:
    stems = (EVIL, f"{EVIL}-part-2")
    parts = [TalkPart(f"/in/{stem}.flv", "/in", stem, ".flv", 9.0, shape="one") for stem in stems]
    (offer,) = [offered(one) for one in offers(parts)]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(written(replace(index_of(3), offers=(offer,)), tmp_path).as_uri())
    told = page.get_by_role("list", name="Parts of one talk")
    assert "2 recordings look like parts of one talk" in told.inner_text()
    assert page.title() == "talk"
    command = told.locator("code")
    assert command.inner_text() == offer.command
    command.click()
    assert page.evaluate("getSelection().toString()") == offer.command
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("img").count() == 0
