"""The real window on a screen of its own, fed with snapshots, touched with a finger."""

import random
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QImage

from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.shown import LEVELS_STALE_S
from tests.kiosk.conftest import Finger, Sent
from tests.views.snapshots import alarm, recording, session, well

pytestmark = pytest.mark.venue


def test_every_screen_loads_without_a_single_complaint(
    finger: Finger, capfd: pytest.CaptureFixture[str]
) -> None:
    finger.tell(recording(alarms=[alarm("no_signal", "slides"), alarm("quiet", "mic", "warning")]))
    for screen in ("sessions", "setup", "live"):
        finger.tap(f"way-{screen}")
        finger.wait(lambda screen=screen: finger.box.screen == screen)
        finger.kiosk.view.grabWindow()
    finger.tap("talk")
    finger.tell(well(scenes=["one"]))
    finger.tell(well(scenes=[], rail=[]))
    finger.kiosk.view.grabWindow()
    assert capfd.readouterr().err == ""


def test_a_touch_is_asked_at_once_and_sent_once(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("tile-speaker")
    finger.tap("tile-speaker")
    assert [want for _, want in sent] == [{"kind": "switch_scene", "scene": "speaker"}]
    assert [one["scene"] for one in finger.box.tiles if one["asked"]] == ["speaker"]
    finger.tell(well(program_scene="speaker", answers=[sent.answer(0, "done")]))
    assert not any(one["asked"] for one in finger.box.tiles)
    finger.tap("tile-speaker")
    assert len(sent) == 1


def test_a_touch_that_slides_off_does_nothing(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.down(finger.middle("record-start"))
    finger.move(QPoint(200, 500))
    finger.up(QPoint(200, 500))
    assert len(sent) == 0


def test_why_a_touch_was_not_done_is_said(finger: Finger, sent: Sent) -> None:
    finger.tell(well())
    finger.tap("tile-speaker")
    finger.tell(well(answers=[sent.answer(0, "failed", "OBS refused it.")]))
    assert finger.box.notice == "OBS refused it."
    assert finger.sees("notice")


def test_a_hold_shows_its_progress_and_lifting_early_undoes_it(finger: Finger, sent: Sent) -> None:
    finger.tell(recording())
    at = finger.middle("record-stop")
    finger.down(at)
    finger.wait(lambda: finger.find("record-stop").property("progress") > 0.3)
    finger.up(at)
    finger.wait(lambda: finger.find("record-stop").property("progress") == 0)
    assert len(sent) == 0
    finger.down(at)
    finger.wait(lambda: len(sent) == 1)
    finger.up(at)
    assert sent[0][1] == {"kind": "stop_recording"}
    assert finger.box.record["action"] == "wait"


def test_an_alarm_has_room_of_its_own_and_moves_and_covers_no_tile(finger: Finger, sent: Sent) -> None:
    finger.tell(recording())
    before = finger.top("tile-screen")
    finger.tell(recording(alarms=[alarm("no_signal", "slides")]))
    finger.wait(lambda: finger.sees("alarm"))
    assert finger.top("tile-screen") == before
    banner = finger.find("alarm")
    assert finger.top("alarm") + banner.height() <= finger.top("tile-screen")
    finger.tap("banner-action")
    assert sent[0][1] == {"kind": "switch_scene", "scene": "speaker"}
    finger.tap("banner-seen")
    assert sent[1][1] == {"kind": "acknowledge", "alarm": {"code": "no_signal", "role": "slides"}}
    finger.wait(lambda: not finger.sees("alarm"))
    assert finger.box.alarms[0]["seen"]


def test_the_locked_screen_takes_no_touch_until_a_hold(finger: Finger, sent: Sent) -> None:
    finger.tell(recording())
    finger.tap("lock")
    assert finger.box.locked
    finger.touch(finger.middle("tile-speaker"))
    at = finger.middle("record-stop")
    finger.down(at)
    finger.pause(1.3)
    finger.up(at)
    finger.tap("unlock")
    assert len(sent) == 0
    assert finger.box.locked
    at = finger.middle("unlock")
    finger.down(at)
    finger.wait(lambda: not finger.box.locked)
    finger.up(at)


def test_a_lock_outlives_a_crash_and_the_pin_opens_it(application: QGuiApplication, tmp_path: Path) -> None:
    first = KioskController(memory_file=tmp_path / "kiosk.json", pin="2580")
    first.lock()
    assert first.close()
    again = KioskController(memory_file=tmp_path / "kiosk.json", pin="2580")
    assert again.locked
    assert "Try again" in again.unlock("1111")
    again.unlock("1112")
    assert "Wait 5 s" in again.unlock("1113")
    assert again.close()
    third = KioskController(memory_file=tmp_path / "kiosk.json", pin="2580")
    assert third.unlock("2580") != ""
    assert third.locked


def test_a_thousand_random_touches_harm_nothing(
    finger: Finger, sent: Sent, capfd: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(5)
    snapshots = [
        well(),
        recording(),
        recording(alarms=[alarm("no_signal", "slides"), alarm("silent", "mic")]),
        well(scenes=["one", "two"]),
        recording(program_scene="intermission"),
        well(finished=[session(phase="done", verdict="ok")]),
        {},
    ]
    finger.tell(well())
    view = finger.kiosk.view
    for number in range(1000):
        if number % 20 == 0:
            finger.tell(dice.choice(snapshots))
        at = QPoint(dice.randrange(view.width()), dice.randrange(view.height()))
        finger.down(at)
        if dice.random() < 0.3:
            at = QPoint(dice.randrange(view.width()), dice.randrange(view.height()))
            finger.move(at)
        finger.up(at)
    finger.box.unlock("")
    finger.tell(recording())
    assert finger.box.record["light"] == "proven"
    assert not [want for _, want in sent if want["kind"] == "stop_recording"]
    assert capfd.readouterr().err == ""


def test_five_thousand_signals_do_not_end_the_process(finger: Finger) -> None:
    # PySide 6.12.0 on Python 3.11 died after about a thousand.
    snapshot = recording()
    for number in range(5000):
        finger.box.heard_snapshot.emit(snapshot | {"seq": number})
        finger.box.meters_changed.emit()
    finger.settle()
    assert finger.box.stage["face"] == "live"


def test_a_picture_is_drawn_on_its_tile(finger: Finger) -> None:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt

    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "JPG")
    finger.tell(well())
    name = next(one["picture"] for one in finger.box.tiles if one["scene"] == "screen")
    finger.box.pictures.put(name, bytes(data.data()))
    finger.box.heard_picture.emit(name, True)
    finger.settle()
    at = finger.middle("tile-screen")
    colour = finger.kiosk.view.grabWindow().pixelColor(at)
    assert colour.green() > 200
    assert colour.red() < 60


def level(rms_dbfs: float) -> dict[str, object]:
    return {"channels": [{"rms_dbfs": rms_dbfs, "peak_dbfs": rms_dbfs + 6}] * 2, "clipped": 0}


def test_the_meters_follow_their_own_stream_and_else_the_snapshots(finger: Finger) -> None:
    finger.tell(well())
    assert finger.box.meters["channels"][0]["level_dbfs"] == -18
    finger.box.heard_levels.emit(level(-3))
    finger.tell(well())
    assert finger.box.meters["channels"][0]["level_dbfs"] == -3
    finger.pause(LEVELS_STALE_S + 0.1)
    finger.tell(well(health={"sound": {"channels": []}}))
    assert not finger.box.meters["known"]


def test_without_news_of_the_appliance_the_meters_are_not_known(finger: Finger) -> None:
    finger.tell(well())
    finger.box.heard_loss.emit("gone")
    finger.settle()
    assert not finger.box.meters["known"]
    finger.box.heard_levels.emit(level(-3))
    assert not finger.box.meters["known"]


def test_a_talk_is_opened_by_a_touch_and_left_by_another(finger: Finger, sent: Sent) -> None:
    from tests.views.test_report import FLAGGED, TOLD

    finger.box.heard_reports.emit({"talk-1": TOLD})
    finger.tell(well(finished=[FLAGGED | {"ended_utc": time.time() - 60}]))
    finger.tap("way-sessions")
    finger.tap("session-0")
    finger.wait(lambda: finger.sees("report-page"))
    assert finger.box.wanted_pictures[0] == ("still/talk-1/0", "still/talk-1/1")
    assert finger.sees("finding-1")
    finger.tap("report-back")
    finger.wait(lambda: finger.sees("session-0"))
    assert finger.box.wanted_pictures[0] == ("poster/talk-1",)
    finger.tap("session-0")
    finger.tap("report-repeat")
    assert sent[0][1]["kind"] == "start_recording"
    assert sent[0][1]["talk"]["title"] == "Pattern matching, compiled (repeat)"
    assert finger.box.screen == "live"


def test_an_open_report_is_open_again_after_a_crash(application: QGuiApplication, tmp_path: Path) -> None:
    box = KioskController(memory_file=tmp_path / "kiosk.json")
    box.showScreen("sessions")
    box.openReport("talk-1")
    assert box.close()
    again = KioskController(memory_file=tmp_path / "kiosk.json")
    again.heard_snapshot.emit(well(finished=[session(phase="done", verdict="ok")]))
    assert (again.screen, again.report["id"]) == ("sessions", "talk-1")
