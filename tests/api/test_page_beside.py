"""The page of docs/ADDING.md: a program beside `serve` that shows the view, with no file touched."""

import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.api.conftest import TOKEN, Served
from tests.venue_tools import free_port

ROOT = Path(__file__).resolve().parents[2]
SOON_S = 10.0


def example() -> str:
    page = (ROOT / "docs" / "ADDING.md").read_text(encoding="utf-8")
    return page.split("\n## A page, a phone, a wall\n")[1].split("```python\n")[1].split("```")[0]


def test_a_page_is_a_small_program_with_the_token(served: Served, tmp_path: Path) -> None:
    (tmp_path / "wall.py").write_text(example(), encoding="utf-8")
    (tmp_path / "api-token").write_text(TOKEN.get_secret_value())
    port = free_port()
    wall = subprocess.Popen(
        [sys.executable, "wall.py", str(tmp_path), str(served.port), str(port)],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
    )
    try:
        shown = page_of(port)
    finally:
        wall.kill()
        wall.wait(5)
    asked = f"http://127.0.0.1:{served.port}/api/view?language=de"
    headers = {"Authorization": f"Bearer {TOKEN.get_secret_value()}"}
    words = httpx.get(asked, headers=headers).json()["record"]["words"]
    assert words
    assert f"<p>{words}</p>" in shown


def page_of(port: int) -> str:
    """The page, as soon as somebody serves it."""
    deadline = time.monotonic() + SOON_S
    while True:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).raise_for_status().text
        except httpx.TransportError:
            assert time.monotonic() < deadline, "nobody serves the page"
            time.sleep(0.05)
