"""The page of all talks that a box serves: findings are accepted in it, and a person stays in the list."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from stagebox.cli import run
from stagebox.media import storage, talk_review
from stagebox.media.batch import Batch
from stagebox.media.collect import recordings
from stagebox.model.settings import Settings, VerifySettings
from tests.api.conftest import TOKEN, Served
from tests.browser import browser, page, until
from tests.media.asking import recorded
from tests.media.index_reader import rows_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["browser", "page"]

pytestmark = pytest.mark.venue
BEARER = {"Authorization": f"Bearer {TOKEN.get_secret_value()}"}
HALLS = ("Hall A", "Hall b; 'c'")


@pytest.fixture(scope="module")
def address(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served; three talks in two rooms, of which two are silent for a while."""
    folder = tmp_path_factory.mktemp("box")
    for hall, name, quiet_from_s in ((0, "first", 3.0), (1, "second", 4.0), (1, "good", 20.0)):
        recorded(folder / "obs" / HALLS[hall] / f"{name}.flv", quiet_from_s=quiet_from_s)
    served.box.out = folder / "talks"
    limits = Settings(verify=VerifySettings(silence_warning_s=2.0))
    Batch(limits, out=served.box.out).run(recordings([folder / "obs"]))
    yield f"http://127.0.0.1:{served.port}/api/evening/"
    served.box.out = folder / "nothing"


def key_of(out: Path, name: str) -> str:
    (row,) = [row for row in rows_in(out / "reports" / "index.html") if row["talk"] == name]
    return str(row["key"])


def test_the_routes_want_the_token_and_say_what_is_wrong(served: Served, address: str) -> None:
    talk = f"{address}talks/{key_of(served.box.out, 'first')}/"
    word = {"code": "silent", "note": "A silent film"}
    for url in (address, f"{address}index.json", f"{talk}video", f"{talk}page"):
        assert httpx.get(url).status_code == 401
        assert httpx.get(url, headers=BEARER | {"Origin": "http://example.org"}).status_code == 403
        assert httpx.get(url, headers=BEARER).status_code == 200
    for body, status in (
        (word | {"code": "hissing"}, 422),
        (word | {"code": "black"}, 422),
        (word | {"at_s": 100}, 422),
        (word | {"note": " "}, 422),
        (word, 200),
    ):
        answer = httpx.post(f"{talk}accepted", json=body, headers=BEARER)
        assert answer.status_code == status, answer.text
    assert (answer.json()["state"], answer.json()["talk"]) == ("ok", "first")
    back = httpx.request("DELETE", f"{talk}accepted", json={"code": "silent"}, headers=BEARER)
    assert (back.status_code, back.json()["state"]) == (200, "flagged")
    for name in ("0" * 24, "..%2f..", "0" * 23 + "g"):
        for rest in ("video", "page", "accepted"):
            assert httpx.get(f"{address}talks/{name}/{rest}", headers=BEARER).status_code in (404, 405, 422)
    assert httpx.get(f"{address}index.exe", headers=BEARER).status_code == 422


def test_a_part_of_an_mp4_is_served_for_a_player(served: Served, address: str) -> None:
    video = f"{address}talks/{key_of(served.box.out, 'second')}/video"
    content = (served.box.out / HALLS[1] / "second.mp4").read_bytes()
    part = httpx.get(video, headers=BEARER | {"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, content[1000:2000])
    assert httpx.get(video, headers=BEARER).content == content


def test_a_person_stays_in_the_list_and_takes_it_back(served: Served, address: str, page: "Page") -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.set_extra_http_headers(BEARER)
    page.goto(address)
    counts = page.locator("[data-verdict=flagged]")
    counts.click()
    names = page.locator("li.row strong")
    assert [names.nth(at).inner_text() for at in range(2)] == ["first", "second"]
    row = page.locator("li.row").first
    row.get_by_role("button", name="Play at").click()
    until(lambda: bool(row.locator("video").evaluate("one => one.currentTime > 2.5 && one.videoWidth > 0")))
    row.get_by_label("Why is this fine?").fill("A silent film")
    row.get_by_label("Your name").fill("Anna")
    row.get_by_role("button", name="Accept").click()
    row.locator(".spot.accepted").wait_for()
    # It stands where it stood, is good, keeps what was played, and the next one is below it.
    assert [names.nth(at).inner_text() for at in range(2)] == ["first", "second"]
    assert row.locator(".badge").inner_text() == "✓ good"
    assert row.locator("video").count() == 1
    assert counts.inner_text() == "1 needs a look"
    assert "“A silent film” (Anna, " in row.locator(".spot.accepted").inner_text()
    index = served.box.out / "reports" / "index.html"
    assert {one["talk"]: one["state"] for one in rows_in(index)} == {
        "first": "ok",
        "second": "flagged",
        "good": "ok",
    }
    following = page.locator("li.row").nth(1)
    following.get_by_role("button", name="Details").click()
    assert following.get_by_label("Your name").input_value() == "Anna"
    page.locator("li.row").first.get_by_role("button", name="Details").click()
    row.get_by_role("button", name="Take it back").click()
    row.get_by_label("Why is this fine?").wait_for()
    assert counts.inner_text() == "2 need a look"
    assert wrong == []


@pytest.mark.files
def test_a_word_that_cannot_be_kept_is_said_and_changes_nothing(
    served: Served, address: str, page: "Page"
) -> None:
    page.set_extra_http_headers(BEARER)
    page.goto(address)
    lock = served.box.out / HALLS[0] / storage.HIDDEN / f"{talk_review.FOLDER}.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()  # not even root can hold this lock
    row = page.locator("li.row").first
    row.get_by_role("button", name="Details").click()
    row.get_by_label("Why is this fine?").fill("A silent film")
    row.get_by_role("button", name="Accept").click()
    until(lambda: "cannot be written" in row.locator("output").inner_text())
    assert row.locator(".badge").inner_text() == "◆ needs a look"
    assert row.get_by_label("Why is this fine?").input_value() == "A silent film"
    lock.rmdir()


def test_the_page_from_a_file_shows_the_command_that_works(
    served: Served, address: str, page: "Page", capsys: pytest.CaptureFixture[str]
) -> None:
    del address
    page.goto((served.box.out / "reports" / "index.html").as_uri())
    row = page.locator("li.row").nth(1)
    row.get_by_role("button", name="Details").click()
    assert row.locator("form").count() == 0
    row.get_by_text("Fine as it is?").click()
    command = shlex.split(row.locator("details.accept code").inner_text())
    assert command[:3] == ["stagebox", "accept", str(served.box.out / HALLS[1] / "second.mp4")]
    assert run(command[1:]) == 0
    assert "The talk is good." in capsys.readouterr().out
    assert run([*command[1:3], "--undo"]) == 0


def test_without_a_talk_it_is_said(served: Served, address: str, tmp_path: Path) -> None:
    out, served.box.out = served.box.out, tmp_path
    try:
        answer = httpx.get(address, headers=BEARER)
        assert (answer.status_code, answer.json()["detail"]) == (
            404,
            "Nothing was processed on this box yet.",
        )
    finally:
        served.box.out = out
