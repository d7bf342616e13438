"""A real browser for tests: Debian's Chromium, driven by Playwright.

`browser` is one Chromium for all tests of a module; `page` a fresh page in it for each test.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium without a window or a sandbox (root has none), which plays without being touched."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    assert path is not None, "Chromium is not installed. Run scripts/setup."
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        )
        yield chromium
        chromium.close()


def until(holds: Callable[[], bool]) -> None:
    """Ask the browser until it is so: its own waiting evaluates text, which our pages' policy forbids."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A page of 1280 × 800 in a profile of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()
