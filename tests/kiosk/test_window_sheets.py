"""What a touch opens: fields to type into, all alarms, the list of talks, a report."""

import pytest

from stagebox.kiosk.meters import CLIP_TOLD_S, Meters, moved, unlatched
from stagebox.model.facts.sound import ChannelLevel
from stagebox.model.levels import MeterLevels
from tests.kiosk.conftest import Finger, Sent, words_cut
from tests.kiosk.faces import SNAPSHOTS
from tests.kiosk.tree import place
from tests.views.snapshots import alarm, recording, session, well
from tests.views.test_report import TOLD

pytestmark = pytest.mark.venue

SIZES = [(1366, 768), (1920, 1080), (1024, 600)]
BY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def test_the_first_of_two_fields_says_next_and_the_last_one_done(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-done"))
    assert finger.find("key-done").property("label") == "Next"
    finger.tap("key-done")
    assert finger.find("field-speaker-input").hasActiveFocus()
    assert finger.find("key-done").property("label") == "Done"
    finger.tap("key-7")
    finger.tap("key-done")
    finger.wait(lambda: len(sent) == 1)
    assert sent[0][1]["talk"]["speaker"] == "Ada Example7"
    assert not finger.sees("key-done")


def test_a_key_clears_a_field(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("field-speaker-clear"))
    finger.tap("field-speaker-clear")
    assert finger.find("field-speaker").property("text") == ""
    assert finger.find("field-speaker-input").hasActiveFocus()
    assert not finger.sees("field-speaker-clear")
    assert finger.find("field-title").property("text") == "Pattern matching, compiled"


def test_the_talk_in_the_header_puts_its_sheet_away_again_and_keeps_what_was_typed(
    finger: Finger, sent: Sent
) -> None:
    finger.tell(well())
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-7"))
    finger.tap("key-7")
    finger.tap("talk")
    finger.wait(lambda: not finger.sees("key-7"))
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-7"))
    assert finger.find("field-title").property("text").endswith("7")


@pytest.mark.parametrize("typed", ["", "7"], ids=["nothing typed", "something typed"])
def test_a_talk_that_ends_under_its_sheet_does_not_leave_its_name_to_the_next_one(
    finger: Finger, sent: Sent, typed: str
) -> None:
    """Whoever names the next talk right after the stop opens the sheet while the last one is being saved."""
    finger.tell(recording(session=session(phase="stopping")))
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-7"))
    for key in typed:
        finger.tap(f"key-{key}")
    before = finger.find("field-title").property("text")
    assert before
    finger.tell(well(next_talk={"title": "", "speaker": "", "room": ""}))
    assert finger.find("field-title").property("text") == (before if typed else "")
    assert finger.find("field-speaker").property("text") == ("" if not typed else "Ada Example")
    finger.tap("key-done")
    finger.tap("key-done")
    assert [want["talk"]["title"] for _, want in sent] == ([before] if typed else [])


def test_a_talk_that_ends_under_its_sheet_changes_nothing_else_there(finger: Finger, sent: Sent) -> None:
    unnamed = {"title": "", "speaker": ""}
    finger.tell(recording(session=session(phase="stopping", **unnamed)))
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-shift"))
    before = finger.find("key-a").property("label")
    finger.tap("key-shift")
    finger.tap("field-speaker")
    finger.tell(well(next_talk=unnamed | {"room": ""}))
    assert finger.find("key-a").property("label") != before
    assert finger.find("field-speaker-input").hasActiveFocus()


def test_what_was_typed_for_a_talk_that_has_ended_is_not_there_for_the_next_one(
    finger: Finger, sent: Sent
) -> None:
    unnamed = {"title": "", "speaker": "", "room": ""}
    finger.tell(recording(session=session(title="", speaker="")))
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-7"))
    finger.tap("key-7")
    finger.tap("way-live")
    finger.tell(well(next_talk=unnamed))
    finger.tap("talk")
    finger.wait(lambda: finger.sees("key-7"))
    assert finger.find("field-title").property("text") == ""


def test_sessions_opens_the_list_and_never_the_last_report(finger: Finger, sent: Sent) -> None:
    finger.tell(SNAPSHOTS["done"])
    finger.tap("way-sessions")
    finger.wait(lambda: finger.sees("session-0"))
    finger.tap("session-0")
    assert finger.box.report["id"] == "talk-1"
    finger.tap("way-live")
    finger.tap("way-sessions")
    finger.wait(lambda: finger.sees("session-0"))
    assert finger.box.report["id"] == ""


@BY_SIZE
def test_all_alarms_are_opened_by_a_touch_each_with_what_helps(
    finger: Finger, sent: Sent, size: tuple[int, int]
) -> None:
    finger.resize(*size)
    several = [alarm("silent", "mic"), alarm("no_signal", "slides"), alarm("disk_low", "disk", "warning")]
    finger.tell(recording(alarms=several))
    finger.tap("alarms-more")
    finger.wait(lambda: finger.sees("opened-no_signal/slides"))
    assert words_cut(finger.kiosk) == []
    assert finger.sees("record-badge")
    finger.tap("opened-no_signal/slides-action")
    assert sent[0][1] == {"kind": "switch_scene", "scene": "speaker"}
    finger.tap("opened-disk_low/disk-seen")
    assert sent[1][1]["alarm"] == {"code": "disk_low", "role": "disk"}
    finger.tell(recording())
    finger.tap("alarms-close")
    finger.wait(lambda: not finger.sees("alarms-close"))


def test_what_was_seen_can_be_opened_again(finger: Finger, sent: Sent) -> None:
    finger.tell(SNAPSHOTS["seen"])
    finger.tap("alarms-more")
    finger.wait(lambda: finger.sees("opened-no_signal/slides"))
    assert finger.box.screen == "live"
    finger.tap("way-live")
    finger.wait(lambda: not finger.sees("alarms-close"))


@pytest.mark.parametrize("screen", ["sessions", "setup"])
def test_every_screen_shows_that_a_recording_runs_and_for_how_long(
    finger: Finger, sent: Sent, screen: str
) -> None:
    finger.tell(recording())
    assert not finger.sees("record-badge")
    finger.tap(f"way-{screen}")
    finger.wait(lambda: finger.sees("record-badge"))
    finger.tap("way-live")
    finger.tap("talk")
    finger.wait(lambda: finger.sees("record-badge"))
    finger.tell(well())
    assert not finger.sees("record-badge")


def test_a_change_on_air_marks_its_row_and_says_to_which(finger: Finger, sent: Sent) -> None:
    finger.tell(recording())
    finger.tap("way-setup")
    finger.wait(lambda: finger.sees("change-slides"))
    finger.tap("change-slides")
    row = "choice-/dev/v4l/by-id/usb-Mage-0"
    finger.wait(lambda: finger.sees(row))
    finger.tap(row)
    finger.wait(lambda: finger.sees("choose-now"))
    assert finger.find(row).property("waits")
    assert "Magewell" in finger.find("choose-words").property("text")


@BY_SIZE
def test_what_was_found_stands_before_the_pictures_of_a_report(
    finger: Finger, sent: Sent, size: tuple[int, int]
) -> None:
    finger.resize(*size)
    finger.box.heard_reports.emit({"talk-1": TOLD})
    finger.tell(SNAPSHOTS["done"])
    finger.tap("way-sessions")
    finger.wait(lambda: finger.sees("session-0"))
    finger.tap("session-0")
    finger.wait(lambda: finger.sees("finding-0"))
    assert finger.top("finding-0") < finger.top("still-0")
    bottom = finger.top("finding-0") + place(finger.find("finding-0")).height()
    assert bottom <= size[1], "the first finding is below the fold"


@BY_SIZE
def test_a_recording_that_is_paused_goes_on_by_a_touch_and_its_stop_keeps_its_place(
    finger: Finger, sent: Sent, size: tuple[int, int]
) -> None:
    finger.resize(*size)
    finger.tell(recording())
    before = place(finger.find("record-stop"))
    finger.tell(recording(session=session(paused=True)))
    finger.wait(lambda: finger.sees("record-resume"))
    assert place(finger.find("record-stop")) == before
    assert finger.find("record-resume").height() >= 64
    finger.tap("record-resume")
    assert [want["kind"] for _, want in sent] == ["resume_recording"]


def test_a_clip_is_said_for_a_while_and_then_the_level_again() -> None:
    loud = MeterLevels(channels=(ChannelLevel(rms_dbfs=-6.0, peak_dbfs=0.0),))
    calm = MeterLevels(channels=(ChannelLevel(rms_dbfs=-20.0, peak_dbfs=-12.0),))
    clipped = moved(Meters(), loud, 100.0, fresh=True)
    assert clipped.too_loud
    later = moved(clipped, calm, 100.0 + CLIP_TOLD_S - 0.1, fresh=True)
    assert later.too_loud
    after = moved(later, calm, 100.0 + CLIP_TOLD_S, fresh=True)
    assert not after.too_loud
    assert after.channels[0].clipped, "the light stays until it is touched"
    assert not unlatched(clipped).too_loud


def test_a_talk_that_runs_looks_so_and_only_what_is_finished_has_a_full_bar(
    finger: Finger, sent: Sent
) -> None:
    finger.tell(recording())
    (row,) = finger.box.sessions["rows"]
    assert (row["running"], row["share"]) == (True, 0.0)
    finger.tell(well(finished=[session(phase="processing", ended_utc=1.0)]))
    (row,) = finger.box.sessions["rows"]
    assert (row["running"], row["share"]) == (False, 0.0)
    finger.tell(SNAPSHOTS["done"])
    (row,) = finger.box.sessions["rows"]
    assert (row["running"], row["share"]) == (False, 1.0)


def test_a_speaker_with_a_long_name_leaves_next_talk_in_sight(finger: Finger, sent: Sent) -> None:
    finger.tell(well(next_talk={"title": "T", "speaker": "Ada Example " * 12, "room": ""}))
    assert finger.box.header["subtitle"].startswith("next talk · Ada")
