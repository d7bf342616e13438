"""The tests' browser is a real one: it plays an MP4 from a file."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.venue


def test_chromium_plays_an_mp4(page: Page, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=2",
         "-pix_fmt", "yuv420p", "-c:v", "libx264", str(film)],
        check=True,
    )  # fmt: skip
    (tmp_path / "page.html").write_text(f'<video src="{film.name}" muted autoplay></video>')
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_function("document.querySelector('video').ended")
    assert page.evaluate("document.querySelector('video').videoWidth") == 320
