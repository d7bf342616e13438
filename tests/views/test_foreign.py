"""What people did in OBS itself, on the touch screen: named, with the one touch that helps."""

from stagebox.views.seen import Seen
from stagebox.views.view import view_of
from tests.views import snapshots
from tests.views.seeing import seeing
from tests.views.snapshots import alarm, session


def seen(**changes: object) -> Seen:
    snapshot = snapshots.well(**snapshots.RECORDING | {"session": session()} | changes)
    return seeing(snapshot, utc_s=snapshots.NOW, age_s=3.0)


def test_a_paused_recording_says_so_and_its_time_stands_still() -> None:
    paused = view_of(seen(session=session(paused=True), alarms=[alarm("paused", "recording", "warning", 9)]))
    running = view_of(seen())
    assert paused.record.light == "unproven"
    assert "Paused" in paused.record.words
    assert (paused.record.action, paused.record.label) == ("resume", "Go on recording")
    assert paused.record.stopLabel
    assert paused.record.elapsed != running.record.elapsed
    (banner,) = paused.alarms
    assert (banner.button.kind, banner.button.label) == ("resume_recording", "Go on recording")


def test_another_scene_collection_has_the_touch_that_goes_back() -> None:
    offer = {"remedy": "open_collection", "role": "scenes", "asks": True, "words": ""}
    health = snapshots.well()["health"] | {"offers": [offer]}
    (banner,) = view_of(seen(alarms=[alarm("scenes_gone", "scenes")], health=health)).alarms
    assert (banner.button.kind, banner.button.target) == ("take_remedy", "open_collection/scenes")
    assert "Back" in banner.button.label


def test_a_recording_begun_by_hand_is_called_by_its_time() -> None:
    view = view_of(seen(session=session(title="", speaker="", origin="obs")))
    assert view.header.title.startswith("Recording in OBS, ")
    assert "in OBS" in view.record.detail
