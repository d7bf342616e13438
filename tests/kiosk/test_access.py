"""Can everybody use it: contrast, size, names, the order of focus, whole words. On the real window."""

import math
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from stagebox import resources
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk
from stagebox.messages.languages import codes
from tests.kiosk.conftest import Finger, words_cut
from tests.kiosk.faces import SNAPSHOTS, faces
from tests.kiosk.languages import speaking
from tests.kiosk.tree import Drawn, below, contrast, controls, drawn_texts, is_named, place
from tests.views.snapshots import SCENES, recording

pytestmark = pytest.mark.venue

SIZES = [(1366, 768), (1920, 1080), (1024, 600)]
BY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
MAIN = ("tile-", "record-start", "record-stop")
NO_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Client)


@dataclass(frozen=True)
class Control:
    """A control as it was on one face: what assistive programs are told of it, and where it is."""

    name: str
    told: str
    has_role: bool
    place: QRectF


@dataclass
class Walk:
    """What was seen on every face at one size."""

    screen: QRectF
    cut: dict[str, list[str]] = field(default_factory=dict)
    controls: dict[str, list[Control]] = field(default_factory=dict)
    texts: set[Drawn] = field(default_factory=set)
    untold: set[str] = field(default_factory=set)


@cache
def walk(application: QGuiApplication, folder: Path, size: tuple[int, int], language: str) -> Walk:
    """Look at every face once; the tests share what was seen."""
    with speaking(language) as (translate, code):
        box = KioskController(
            memory_file=folder / f"{size[0]}-{language}.json", translate=translate, language=code
        )
        kiosk = Kiosk(resources.folder("ui"), box, QSize(*size))
        kiosk.show()
        finger = Finger(application, kiosk)
        finger.settle()
        root = kiosk.view.rootObject()
        seen = Walk(place(root).adjusted(-1, -1, 1, 1))
        for face in faces(kiosk, finger.tell):
            for item in below(root):
                item.ensurePolished()
            if words := words_cut(kiosk):
                seen.cut[face] = words
            if language == "en":
                seen.controls[face] = [_control(one) for one in controls(root)]
                seen.texts |= set(drawn_texts(root))
                seen.untold |= {
                    f"{face}: {item.property('text')}"
                    for item in below(root)
                    if is_named(item, "QQuickText") and item.property("text") and not _is_told(item)
                }
        kiosk.close()
    return seen


def _control(item: QQuickItem) -> Control:
    told = QAccessible.queryAccessibleInterface(item)
    return Control(
        name=item.objectName(),
        told=told.text(QAccessible.Text.Name) if told is not None else "",
        has_role=told is not None and told.role() not in NO_ROLE,
        place=place(item),
    )


def _is_told(item: QQuickItem | None) -> bool:
    """Whether the item, or what it is part of, has a role and a name."""
    while item is not None:
        told = QAccessible.queryAccessibleInterface(item)
        if told is not None and told.role() not in NO_ROLE and told.text(QAccessible.Text.Name):
            return True
        item = item.parentItem()
    return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faces")


@BY_SIZE
@pytest.mark.parametrize("language", [*codes(), "pseudo"])
def test_no_words_are_cut_off_on_any_face_in_any_language(
    application: QGuiApplication, folder: Path, size: tuple[int, int], language: str
) -> None:
    assert walk(application, folder, size, language).cut == {}


@BY_SIZE
def test_every_text_stands_out_from_its_ground(
    application: QGuiApplication, folder: Path, size: tuple[int, int]
) -> None:
    faint = {
        f"{one.text!r} {one.ink} on {one.ground}: {one.contrast:.2f}"
        for one in walk(application, folder, size, "en").texts
        if one.contrast < (3.0 if one.is_large else 4.5)
    }
    assert faint == set()


GROUNDS = ("ground", "surface", "raised", "redGround", "redQuiet", "amberGround", "greenGround", "blueGround")


def theme() -> dict[str, QColor]:
    words = (resources.folder("ui") / "Theme.qml").read_text()
    return {name: QColor(value) for name, value in re.findall(r'color (\w+): "(#\w+)"', words)}


def test_every_mark_stands_out_from_every_ground() -> None:
    colours = theme()
    for mark in sorted((resources.folder("ui") / "images").glob("*.svg")):
        inks = [QColor(one) for one in re.findall(r'(?:fill|stroke)="(#\w+)"', mark.read_text())]
        assert inks, mark
        for ground in GROUNDS:
            best = max(contrast(ink, colours[ground]) for ink in inks)
            assert best >= 3.0, f"{mark.name} on {ground}: {best:.2f}"


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *product(("red", "amber", "blue", "text"), ("ground", "surface")),
        ("barGood", "ground"),
        ("barGood", "raised"),
        ("edge", "ground"),
    ],
)
def test_lines_and_bars_that_mean_something_stand_out(ink: str, ground: str) -> None:
    colours = theme()
    assert contrast(colours[ink], colours[ground]) >= 3.0


@BY_SIZE
def test_every_control_is_large_enough_to_touch(
    application: QGuiApplication, folder: Path, size: tuple[int, int]
) -> None:
    small = {
        f"{face}: {one.name} {one.place.width():.0f}×{one.place.height():.0f}"
        for face, found in walk(application, folder, size, "en").controls.items()
        for one in found
        if min(one.place.width(), one.place.height()) < (120 if one.name.startswith(MAIN) else 64)
    }
    assert small == set()


@BY_SIZE
def test_every_control_is_on_the_screen_and_none_covers_another(
    application: QGuiApplication, folder: Path, size: tuple[int, int]
) -> None:
    seen = walk(application, folder, size, "en")
    wrong = set()
    for face, found in seen.controls.items():
        if face.startswith(("sessions", "report", "setup")):
            continue  # What scrolls may reach below the screen's edge. Keyboards do not scroll.
        wrong |= {f"{face}: {one.name} is off screen" for one in found if not seen.screen.contains(one.place)}
        for one, other in product(found, found):
            common = one.place.intersected(other.place).adjusted(1, 1, -1, -1)
            if one.name < other.name and not common.isEmpty():
                wrong.add(f"{face}: {one.name} covers {other.name}")
    assert wrong == set()


PANEL_MM = 345.4
"""How wide a screen of 15.6 inches is."""
FAR_MM = 3000.0
ACUITY = math.radians(5 / 60)
"""The height under which healthy eyes still tell letters: five minutes of arc."""


@pytest.mark.parametrize("language", ["en", "cs"])
def test_tiles_and_meters_are_read_from_three_metres(
    application: QGuiApplication, folder: Path, language: str
) -> None:
    with speaking(language) as (translate, code):
        box = KioskController(memory_file=folder / f"far-{language}.json", translate=translate, language=code)
        kiosk = Kiosk(resources.folder("ui"), box, QSize(1366, 768))
        kiosk.show()
        finger = Finger(application, kiosk)
        too_small = set()
        for scene in SCENES:
            finger.tell(SNAPSHOTS["recording"] | {"program_scene": scene})
            texts = [one for one in below(finger.find(f"tile-{scene}")) if is_named(one, "QQuickText")]
            label = next(one["label"] for one in box.property("tiles") if one["scene"] == scene)
            texts = [one for one in texts if one.property("text") == label]
            for one in [*texts, finger.find("level")]:
                if capital_px(one) * PANEL_MM / 1366 < FAR_MM * ACUITY:
                    too_small.add(f"{scene}: {one.property('text')} {capital_px(one):.1f} px")
            assert texts
        kiosk.close()
    assert too_small == set()


def capital_px(text: QQuickItem) -> float:
    """How high a capital is, as drawn: a text that was shrunk to fit is lower than its font."""
    font: QFont = text.property("font")
    metrics = QFontMetricsF(font)
    return metrics.capHeight() * min(1.0, float(text.property("contentHeight")) / metrics.height())


def test_every_control_has_a_name_and_a_role(application: QGuiApplication, folder: Path) -> None:
    seen = walk(application, folder, SIZES[0], "en")
    found = [(face, one) for face, several in seen.controls.items() for one in several]
    assert {f"{face}: {one.name}" for face, one in found if not one.told or not one.has_role} == set()
    kinds = {one.name.partition("-")[0] for _, one in found}
    assert {"tile", "record", "banner", "way", "lock", "talk", "session", "report", "key", "pin"} <= kinds


def test_every_text_is_told_by_itself_or_by_what_it_is_part_of(
    application: QGuiApplication, folder: Path
) -> None:
    assert walk(application, folder, SIZES[0], "en").untold == set()


def tab_order(finger: Finger) -> list[str]:
    """What the Tab key goes through, once around."""
    view = finger.kiosk.view
    view.requestActivate()
    finger.wait(view.isActive)
    order: list[str] = []
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        name = view.activeFocusItem().objectName()
        if name in order:
            break
        order.append(name)
    return order[order.index("talk") :] + order[: order.index("talk")]


HEADER = ["talk", "way-live", "way-sessions", "way-setup", "lock"]
TILES = [f"tile-{one}" for one in ("screen", "combo", "speaker", "intro", "intermission", "outro")]


def test_the_focus_goes_as_one_reads(finger: Finger) -> None:
    finger.tell(SNAPSHOTS["recording"])
    assert tab_order(finger)[:12] == [*HEADER, *TILES, "record-stop"]
    finger.tell(SNAPSHOTS["alarm"])
    assert tab_order(finger)[:14] == [*HEADER, "banner-action", "banner-seen", *TILES, "record-stop"]
    finger.tell(SNAPSHOTS["done"])
    finger.box.showScreen("sessions")
    finger.settle()
    assert tab_order(finger) == [*HEADER, "session-0"]


def test_the_focus_stays_in_the_sheet_that_is_open(finger: Finger) -> None:
    finger.tell(SNAPSHOTS["recording"])
    finger.tap("talk")
    finger.settle()
    order = tab_order(finger)
    assert not [name for name in order if name.startswith(("tile-", "record-"))]
    assert {"field-title-input", "field-speaker-input", "talk-cancel"} <= set(order)


def test_a_locked_screen_takes_no_keys_either(finger: Finger) -> None:
    finger.tell(SNAPSHOTS["recording"])
    finger.box.lock()
    finger.settle()
    view = finger.kiosk.view
    for _ in range(12):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        focused = view.activeFocusItem()
        assert focused is None or not focused.objectName().startswith(("tile-", "record-"))


def test_no_two_states_differ_in_colour_alone(finger: Finger) -> None:
    shapes = set()
    for state in ("fine", "warn", "bad", "unknown", "busy", "off"):
        text = (resources.folder("ui") / "images" / f"{state}.svg").read_text()
        shapes.add(re.sub(r"#\w+", "", text))
    assert len(shapes) == 6
    finger.tell(SNAPSHOTS["recording"])
    proven = finger.find("record-light").property("shape")
    finger.tell(SNAPSHOTS["recording"] | {"health": {}})
    assert finger.find("record-light").property("shape") != proven


@BY_SIZE
@pytest.mark.parametrize("language", ["en", "cs"])
def test_the_time_that_is_left_stays_on_one_line(
    application: QGuiApplication, folder: Path, size: tuple[int, int], language: str
) -> None:
    with speaking(language) as (translate, code):
        box = KioskController(
            memory_file=folder / f"left-{size[0]}-{language}.json", translate=translate, language=code
        )
        kiosk = Kiosk(resources.folder("ui"), box, QSize(*size))
        kiosk.show()
        finger = Finger(application, kiosk)
        for minutes in (34.0, 580.0, 2824.0):
            told = recording()
            told["health"]["machine"]["disk_minutes_left"] = minutes
            finger.tell(told)
            words = next(one for one in below(kiosk.view.rootObject()) if one.objectName() == "record-left")
            assert words.property("lineCount") == 1, words.property("text")
        kiosk.close()
