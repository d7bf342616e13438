"""What makes a window a kiosk: the whole screen, no cursor, no sleep, and drawing without a GPU."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from stagebox import resources
from stagebox.kiosk.app import SHOWN
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.window import Kiosk, software_needed
from stagebox.rehearsal.children import wait_until
from tests.kiosk.conftest import Finger
from tests.venue_tools import screen

pytestmark = pytest.mark.venue


def test_it_fills_the_screen_and_shows_no_cursor(application: QGuiApplication, box: KioskController) -> None:
    kiosk = Kiosk(resources.folder("ui"), box, None)
    kiosk.show()
    assert QTest.qWaitForWindowExposed(kiosk.view, 10_000)
    try:
        assert kiosk.view.visibility() == kiosk.view.Visibility.FullScreen
        whole = application.primaryScreen().geometry()
        Finger(application, kiosk).wait(lambda: kiosk.view.geometry() == whole)
        assert kiosk.view.cursor().shape() == Qt.CursorShape.BlankCursor
    finally:
        kiosk.close()


def test_a_window_of_a_given_size_keeps_its_cursor(
    application: QGuiApplication, box: KioskController
) -> None:
    kiosk = Kiosk(resources.folder("ui"), box, QSize(1024, 600))
    kiosk.show()
    assert QTest.qWaitForWindowExposed(kiosk.view, 10_000)
    try:
        assert kiosk.view.size() == QSize(1024, 600)
        assert kiosk.view.cursor().shape() != Qt.CursorShape.BlankCursor
    finally:
        kiosk.close()


def asked_of_x(display: str) -> str:
    told = subprocess.run(
        ["xset", "-display", display, "q"], capture_output=True, text=True, timeout=10, check=True
    )
    return " ".join(told.stdout.split())


def test_the_screen_does_not_go_to_sleep(tmp_path: Path) -> None:
    config = tmp_path / "stagebox.toml"
    config.write_text(f'state_dir = "{tmp_path / "state"}"\n')
    log = tmp_path / "kiosk.log"
    with screen(1366, 768) as display, log.open("wb") as words:
        assert "prefer blanking: yes" in asked_of_x(display)
        kiosk = subprocess.Popen(
            [sys.executable, "-m", "stagebox", "--config", str(config), "kiosk", "--no-serve"],
            env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            stdout=words,
            stderr=words,
        )
        try:
            assert wait_until(lambda: SHOWN in log.read_text(errors="replace"), 30), log.read_text()
            told = asked_of_x(display)
        finally:
            kiosk.terminate()
            kiosk.wait(20)
    assert "prefer blanking: no" in told
    assert "timeout: 0" in told


@pytest.mark.parametrize(
    ("nodes", "needed"), [((), True), (("card0",), True), (("card0", "renderD128"), False)]
)
def test_without_a_gpu_it_draws_in_software(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nodes: tuple[str, ...], needed: bool
) -> None:
    monkeypatch.delenv("QT_QUICK_BACKEND", raising=False)
    for node in nodes:
        (tmp_path / node).touch()
    assert software_needed(tmp_path) is needed
    assert software_needed(tmp_path / "absent") is True


def test_who_chose_how_to_draw_is_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QUICK_BACKEND", "rhi")
    assert software_needed(tmp_path) is False
