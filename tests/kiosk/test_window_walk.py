"""Whatever a finger does, by chance and for long: every touch counts, nothing moves, no talk is lost."""

from collections.abc import Mapping
from typing import Any

import pytest

from stagebox.rehearsal.serving import Serving
from tests.kiosk.conftest import Finger
from tests.kiosk.walk import Walk

pytestmark = pytest.mark.venue

TOUCHES = 120
"""So many in each run of the tests; `scripts/walk` goes on for as long as one wants."""


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_walk_by_chance_finds_nothing_wrong(live: Finger, serving: Serving, size: tuple[int, int]) -> None:
    live.resize(*size)
    assert walk(live, serving, TOUCHES, seed=size[0]).wrong == []


def walk(live: Finger, serving: Serving, touches: int, seed: int) -> Walk:
    """Go so far, in a venue where laptop and microphone fail and come back."""
    wants: list[dict[str, Any]] = []
    send = live.box._send

    def noted(intent_id: str, want: Mapping[str, Any]) -> bool:
        wants.append(dict(want))
        return send(intent_id, want)

    live.box.connect_to(noted)
    venue = serving.venue
    faults = [venue.slides.black, venue.mic.silence, venue.slides.restore, venue.mic.restore]
    gone = Walk(live, wants, list(faults), seed)
    try:
        gone.go(touches)
    finally:
        venue.slides.restore()
        venue.mic.restore()
        live.box.connect_to(send)
    assert len(gone.touched) > 15, gone.touched
    return gone
