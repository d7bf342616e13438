"""A finding is accepted on the report page that a box serves, in a real browser, and by the routes alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.model.settings import Settings, VerifySettings
from tests.api.conftest import TOKEN, Served
from tests.browser import browser, page
from tests.media.asking import recorded

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["browser", "page"]

pytestmark = pytest.mark.venue
BEARER = {"Authorization": f"Bearer {TOKEN.get_secret_value()}"}


@pytest.fixture
def known(served: Served, tmp_path: Path) -> Iterator[str]:
    source = recorded(tmp_path / "talk.flv")
    limits = Settings(verify=VerifySettings(silence_warning_s=2.0))
    outcome = process(Job((source,), tmp_path / "talks"), limits)
    assert outcome.report_path is not None
    served.box.reports["a"] = outcome.report_path
    yield f"http://127.0.0.1:{served.port}/api/sessions/a/"
    del served.box.reports["a"]


def test_the_routes_want_the_token_and_say_what_is_wrong(served: Served, known: str) -> None:
    word = {"code": "silent", "note": "A silent film"}
    for method, path in (("POST", "accepted"), ("DELETE", "accepted"), ("GET", "page")):
        assert httpx.request(method, known + path).status_code == 401
        elsewhere = BEARER | {"Origin": "http://example.org"}
        assert httpx.request(method, known + path, headers=elsewhere).status_code == 403
    for body, status in (
        (word | {"code": "hissing"}, 422),
        (word | {"code": "black"}, 422),
        (word | {"at_s": 100}, 422),
        (word | {"note": ""}, 422),
        (word | {"note": " "}, 422),
        (word, 200),
    ):
        answer = httpx.post(known + "accepted", json=body, headers=BEARER)
        assert answer.status_code == status, answer.text
    assert answer.json()["after_acceptance"]["verdict"] == "ok"
    assert answer.json()["accepted"][0]["who"] == "somebody at the box"
    gone = known.replace("/a/", "/nobody/")
    assert httpx.get(gone + "page", headers=BEARER).status_code == 404
    assert httpx.post(gone + "accepted", json=word, headers=BEARER).status_code == 404
    back = httpx.request("DELETE", known + "accepted", json={"code": "silent"}, headers=BEARER)
    assert (back.status_code, "accepted" in back.json()) == (200, False)


def test_a_person_accepts_on_the_page_and_takes_it_back(known: str, page: "Page") -> None:
    page.set_extra_http_headers(BEARER)
    page.goto(known + "page")
    assert page.locator(".badge").inner_text() == "◆ needs a look"
    form = page.locator("form.accept").first
    form.locator("[name=note]").fill("A silent film")
    form.locator("[name=who]").fill("Anna")
    form.locator("button").click()
    page.wait_for_selector(".finding.accepted")
    assert page.locator(".badge").inner_text() == "✓ good"
    assert "“A silent film” (Anna, " in page.locator(".finding.accepted").inner_text()
    page.locator("button.undo").click()
    page.wait_for_selector("[name=note]")
    assert page.locator(".badge").inner_text() == "◆ needs a look"
