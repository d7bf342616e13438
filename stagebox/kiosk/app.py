"""The kiosk's process: link, box and window together, until the window or the parent ends."""

import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, QTimer, Signal

from stagebox import resources
from stagebox.api.client import Client
from stagebox.kiosk.controller import KioskController
from stagebox.kiosk.link import Connect, Hearer, Link
from stagebox.kiosk.window import Kiosk, load_language, make_application

log = logging.getLogger(__name__)

SHOWN = "kiosk: shown"
"""Written on standard output when the first picture is on screen: perhaps only that stagebox is starting."""
RIGHT = "kiosk: right"
"""Written when the first picture is that shows what the appliance says."""


def link_for(box: KioskController, connect: Connect) -> Link:
    """A link whose news reach the box as queued signals, and whose box sends through it."""

    def picture(name: str, jpeg: bytes | None) -> None:
        box.pictures.put(name, jpeg)
        box.heard_picture.emit(name, jpeg is not None)

    def snapshot(told: dict[str, Any]) -> None:
        box.heard_snapshot.emit(told)

    def levels(told: dict[str, Any]) -> None:
        box.heard_levels.emit(told)

    def reports(told: dict[str, dict[str, Any]]) -> None:
        box.heard_reports.emit(told)

    def schedule(told: dict[str, Any]) -> None:
        box.heard_schedule.emit(told)

    link = Link(
        connect,
        Hearer(
            snapshot=snapshot,
            levels=levels,
            lost=box.heard_loss.emit,
            sessions=box.heard_sessions.emit,
            reports=reports,
            schedule=schedule,
            picture=picture,
            refused=box.heard_refusal.emit,
        ),
    )
    link.wanted.set(*box.wanted_pictures)
    box.wants_pictures.connect(lambda wanted: link.wanted.set(*wanted))
    box.connect_to(link.send)
    return link


class _Ending(QObject):
    """Carries "end now" from a thread to Qt."""

    asked = Signal()


def run(
    connect: Callable[[], Client],
    *,
    memory_file: Path,
    pin: str,
    language: str,
    size: tuple[int, int] | None,
    speaker: bool = False,
) -> int:
    """Run the touch screen until it is told to end; return 0. `size` None is the whole screen.

    `speaker`: the speaker's screen instead, which takes no touch.
    """
    application = make_application()
    ui = resources.folder("ui")
    words, _translator = load_language(language)
    box = KioskController(memory_file=memory_file, pin=pin, translate=words, language=words.code)
    if speaker:
        box.lock()
    link = link_for(box, connect)
    page = "Speaker.qml" if speaker else "Main.qml"
    kiosk = Kiosk(ui, box, QSize(*size) if size is not None else None, page)
    ending = _Ending()
    ending.asked.connect(application.quit)
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    # Python's signal handlers run only when Python runs: let it, now and then.
    wake = QTimer()
    wake.timeout.connect(lambda: None)
    wake.start(200)
    _end_with_parent(ending)
    _at_next_frame(kiosk, lambda: _say(SHOWN))
    _when_right(kiosk, link.attend)
    if size is None:
        _keep_awake()
    kiosk.show(second=speaker)
    link.start(snapshot_first=True)
    try:
        application.exec()
    finally:
        link.close()
        kiosk.close()
        box.close()
    return 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _at_next_frame(kiosk: Kiosk, then: Callable[[], None]) -> None:
    def shown() -> None:
        kiosk.view.frameSwapped.disconnect(shown)
        then()

    kiosk.view.frameSwapped.connect(shown)


def _when_right(kiosk: Kiosk, then: Callable[[], None]) -> None:
    """Say so, and do `then`, when the first frame is drawn that shows what the appliance says."""

    def right() -> None:
        _say(RIGHT)
        then()

    def changed() -> None:
        if kiosk.box.property("stage")["face"] == "live":
            kiosk.box.stage_changed.disconnect(changed)
            _at_next_frame(kiosk, right)

    kiosk.box.stage_changed.connect(changed)


def _end_with_parent(ending: _Ending) -> None:
    """End when the parent does: its end of our standard input closes."""

    def wait() -> None:
        with suppress(OSError):
            while os.read(0, 1):
                pass
        ending.asked.emit()

    threading.Thread(target=wait, name="kiosk-parent", daemon=True).start()


def _keep_awake() -> None:
    """Ask X not to blank the screen."""
    if shutil.which("xset") and os.environ.get("DISPLAY"):
        for arguments in (("s", "off", "s", "noblank"), ("-dpms",)):
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(["xset", *arguments], capture_output=True, timeout=3, check=False)
