"""A real window on a screen of its own, a finger for it, and a real `serve` with real OBS behind it."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from stagebox import resources
from stagebox.kiosk.app import link_for
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk, make_application
from stagebox.rehearsal.canvas_ladder import SMALLEST
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue
from tests.venue_tools import screen


@pytest.fixture(scope="session")
def application() -> Iterator[QGuiApplication]:
    """The one Qt application of the run, on an Xvfb of its own."""
    with screen(1920, 1080) as display, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        patch.setenv("QT_QPA_PLATFORM", "xcb")
        patch.setenv("QT_QUICK_BACKEND", "software")
        patch.delenv("XAUTHORITY", raising=False)
        made = make_application()
        yield made
        made.quit()


class Finger:
    """Touches a window, and waits for what comes of it."""

    def __init__(self, application: QGuiApplication, kiosk: Kiosk) -> None:
        self.kiosk = kiosk
        self.box = kiosk.box
        self._application = application
        self._device = QTest.createTouchDevice()
        self._told = 0

    def wait(self, ready: Callable[[], object], timeout_s: float = 10.0) -> None:
        """Let Qt work until `ready` is true; fail when it is not in time."""
        deadline = time.monotonic() + timeout_s
        while not ready():
            assert time.monotonic() < deadline, f"not in {timeout_s} s"
            QTest.qWait(20)

    def find(self, name: str) -> QQuickItem:
        """The visible item with this objectName; fails when there is none."""
        root = self.kiosk.view.rootObject()
        found = [one for one in _below(root) if one.objectName() == name and one.isVisible()]
        assert found, f"nothing called {name} is on screen"
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether such an item is visible."""
        return any(
            one.objectName() == name and one.isVisible() for one in _below(self.kiosk.view.rootObject())
        )

    def middle(self, name: str) -> QPoint:
        """Where to touch it, once it and all around it have taken their places."""
        item = self.find(name)
        around: list[QQuickItem] = []
        while (above := (around[-1] if around else item).parentItem()) is not None:
            around.append(above)
        for one in (*reversed(around), item):
            one.ensurePolished()
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def down(self, at: QPoint) -> None:
        """Put the finger on the screen."""
        QTest.touchEvent(self.kiosk.view, self._device).press(0, at, self.kiosk.view).commit()

    def up(self, at: QPoint) -> None:
        """Lift it."""
        QTest.touchEvent(self.kiosk.view, self._device).release(0, at, self.kiosk.view).commit()

    def move(self, at: QPoint) -> None:
        """Slide the finger."""
        QTest.touchEvent(self.kiosk.view, self._device).move(0, at, self.kiosk.view).commit()

    def touch(self, at: QPoint) -> None:
        """A short touch."""
        self.down(at)
        self.up(at)

    def tap(self, name: str) -> None:
        """A short touch on what is called `name`."""
        self.touch(self.middle(name))

    def tap_until(self, name: str, done: Callable[[], object], touches: int = 1) -> None:
        """Touch as a person does: when the screen is live, and again when nothing came of it."""
        deadline = time.monotonic() + 30.0
        while not done():
            assert time.monotonic() < deadline, f"nothing came of touching {name}"
            self.wait(lambda: self.box.stage["face"] == "live", 20)
            if self.sees(name):
                at = self.middle(name)
                for _ in range(touches):
                    self.touch(at)
            QTest.qWait(200)

    def hold_until_stopped(self) -> None:
        """Hold the record control until it stops, and wait until OBS has."""
        self.wait(lambda: self.box.record["action"] == "stop", 20)
        at = self.middle("record-stop")
        self.down(at)
        self.wait(lambda: self.box.record["action"] != "stop", 20)
        self.up(at)
        self.wait(lambda: self.box.record["action"] == "start", 30)

    def pause(self, seconds: float) -> None:
        """Let Qt work: for what must not happen meanwhile."""
        QTest.qWait(round(seconds * 1000))

    def settle(self) -> None:
        """Let Qt draw what has changed."""
        for _ in range(3):
            self._application.processEvents()

    def tell(self, snapshot: dict[str, Any]) -> None:
        """Give the box a new snapshot, as the link does."""
        self._told += 1
        self.box.heard_snapshot.emit(snapshot | {"seq": self._told} if snapshot else {})
        self.settle()

    def top(self, name: str) -> float:
        """How far from the screen's top it begins."""
        return float(self.find(name).mapToScene(QPointF(0, 0)).y())

    def resize(self, width: int, height: int) -> None:
        """Another screen."""
        self.kiosk.view.resize(width, height)
        self.wait(lambda: self.kiosk.view.rootObject().width() == width)

    def hold(self, name: str, seconds: float) -> None:
        """A touch that stays: the time is what is tested."""
        at = self.middle(name)
        self.down(at)
        QTest.qWait(round(seconds * 1000))
        self.up(at)


class Sent(list[tuple[str, dict[str, Any]]]):
    """The commands that the box sent: (id, want)."""

    def answer(self, number: int, status: str, detail: str = "") -> dict[str, Any]:
        """The fate of one of them, as a snapshot tells it."""
        intent_id, want = self[number]
        return {"intent_id": intent_id, "kind": want["kind"], "status": status, "detail": detail}


def items(kiosk: Kiosk) -> list[QQuickItem]:
    """Everything on screen."""
    return list(_shown(kiosk.view.rootObject()))


def words_cut(kiosk: Kiosk) -> list[str]:
    """The texts on screen that are cut off, but for those that people type."""
    return [
        str(one.property("text"))
        for one in items(kiosk)
        if one.property("free") is False and one.property("text") and _is_cut(one)
    ]


def _is_cut(label: QQuickItem) -> bool:
    too_wide = label.property("contentWidth") > label.width() + 1
    too_high = label.property("contentHeight") > label.height() + 1
    return bool(label.property("truncated") or too_wide or too_high)


def _shown(item: QQuickItem) -> Iterator[QQuickItem]:
    """What is visible. In an item that is not, nothing is."""
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from _shown(child)


def _below(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _below(child)


@pytest.fixture
def box(application: QGuiApplication, tmp_path: Path) -> KioskController:
    """A box that nobody feeds yet."""
    return KioskController(memory_file=tmp_path / "kiosk.json")


@pytest.fixture
def finger(application: QGuiApplication, box: KioskController) -> Iterator[Finger]:
    """A finger on a window that shows `box`."""
    kiosk = Kiosk(resources.folder("ui"), box, QSize(1366, 768))
    kiosk.show()
    assert QTest.qWaitForWindowExposed(kiosk.view, 10_000)
    yield Finger(application, kiosk)
    kiosk.close()


@pytest.fixture
def sent(box: KioskController) -> Sent:
    """What the box sends goes here."""
    wants = Sent()

    def send(intent_id: str, want: Mapping[str, Any]) -> bool:
        wants.append((intent_id, dict(want)))
        return True

    box.connect_to(send)
    return wants


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServingVenue]:
    """A real `serve` with real OBS in a venue."""
    more = "[health.forgotten]\nspeaking_s = 6\ncard_s = 6"
    folder = tmp_path_factory.mktemp("serve")
    with Venue() as venue, ServingVenue(venue, folder, more=more, rung=SMALLEST) as served:
        yield served


@pytest.fixture
def live(serving: ServingVenue, finger: Finger) -> Iterator[Finger]:
    """A finger on a window that shows that `serve`."""
    link = link_for(finger.box, serving.connect)
    link.start()
    finger.wait(lambda: finger.box.stage["face"] == "live" and finger.box.tiles[0]["enabled"], 20)
    yield finger
    link.close()
