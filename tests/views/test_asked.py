"""A touch is shown as asked until the snapshot tells its fate."""

import pytest

from stagebox.model.snapshot import Snapshot
from stagebox.views.asked import PATIENCE_S, Asked, is_asked, settle
from stagebox.views.parsing import snapshot_of

ONE = Asked(id="a", kind="switch_scene", target="speaker", at=10.0)


def answered(status: str, detail: str = "") -> dict[str, object]:
    return {"answers": [{"intent_id": "a", "kind": "switch_scene", "status": status, "detail": detail}]}


@pytest.mark.parametrize("status", ["done", "superseded"])
def test_a_settled_touch_is_no_longer_asked(status: str) -> None:
    assert settle([ONE], snapshot_of(answered(status)), 11.0).asked == ()


def test_a_pending_touch_stays_asked() -> None:
    assert settle([ONE], snapshot_of(answered("pending")), 11.0).asked == (ONE,)
    assert settle([ONE], Snapshot(), 11.0).asked == (ONE,)


@pytest.mark.parametrize("status", ["failed", "refused"])
def test_what_was_not_done_is_said(status: str) -> None:
    settled = settle([ONE], snapshot_of(answered(status, "There is no such scene.")), 11.0)
    assert settled.asked == ()
    assert settled.trouble == "There is no such scene."


def test_a_touch_without_a_fate_is_not_asked_for_ever() -> None:
    assert settle([ONE], Snapshot(), 10.0 + PATIENCE_S).asked == ()


def test_the_same_touch_twice_is_found() -> None:
    assert is_asked([ONE], "switch_scene", "speaker")
    assert not is_asked([ONE], "switch_scene", "intro")
