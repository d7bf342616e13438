"""Keeps the process that streams the intermission card while OBS must not stream."""

import contextlib
import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Literal

from stagebox.devices.stream_card import AGAIN, CardOrder
from stagebox.model.commands import TalkDetails
from stagebox.model.effects import StreamCard
from stagebox.model.errors import SettingsError
from stagebox.model.observations import CardEvent
from stagebox.model.settings import Settings
from stagebox.obs.cards import card_texts, draw_card
from stagebox.obs.provision import cards_folder
from stagebox.serve.stream_target_store import StreamTargetStore
from stagebox.system.files import write_whole

log = logging.getLogger(__name__)

TAKES = frozenset({"rtmp", "rtmps"})
"""How the card can be streamed."""
END_S = 4.0
CARD = "stream.png"


class StreamCardKeeper:
    """A thread that begins and ends the process.

    Args:
        target: where the stream goes, and with which key.
        post: takes each CardEvent; must only enqueue.
    """

    def __init__(
        self, settings: Settings, target: StreamTargetStore, post: Callable[[CardEvent], None]
    ) -> None:
        self._settings = settings
        self._target = target
        self._post = post
        self._waiting: queue.Queue[StreamCard | None] = queue.Queue()
        self._process: CardProcess | None = None
        self._thread = threading.Thread(target=self._run, name="stream-card", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def follow(self, settings: Settings) -> None:
        """Show these names on the next card."""
        self._settings = settings

    def submit(self, effect: StreamCard) -> None:
        """Stream the card soon, or end it."""
        self._waiting.put_nowait(effect)

    def close(self) -> None:
        """End the card."""
        self._waiting.put_nowait(None)
        if self._thread.ident is not None:
            self._thread.join(2 * END_S)

    def _run(self) -> None:
        while (effect := self._waiting.get()) is not None:
            try:
                self._end()
                if effect.on:
                    self._begin(effect.effect_id)
                else:
                    self._post(CardEvent(effect_id=effect.effect_id, state="ended"))
            except Exception:
                # The talk must not be streamed: better nothing than OBS's program.
                log.exception("the card of the stream could not be begun or ended")
                self._post(CardEvent(effect_id=effect.effect_id, state="dark" if effect.on else "ended"))
        self._end()

    def _begin(self, effect_id: str) -> None:
        order = self._order()
        if order is None:
            self._post(CardEvent(effect_id=effect_id, state="dark"))
            return
        self._process = CardProcess(effect_id, order, self._post)

    def _order(self) -> CardOrder | None:
        """What the process is told; None where the target takes no card."""
        set_up = self._target.set_up()
        if set_up.own or set_up.problem or set_up.protocol not in TAKES:
            return None
        try:
            service = self._target.service()
        except SettingsError:
            return None
        if service is None:
            return None
        obs = self._settings.obs
        return CardOrder(
            server=self._target.server(),
            key=service.key.get_secret_value(),
            picture=str(self._drawn()),
            width=obs.canvas_width // 2 * 2,
            height=obs.canvas_height // 2 * 2,
            video_kbps=min(obs.video_bitrate_kbps, 1500),
        )

    def _drawn(self) -> Path:
        """The intermission card, which names no talk: the one that is on is not to be told."""
        obs = self._settings.obs
        text = card_texts(self._settings.event, TalkDetails())["intermission"]
        data = BytesIO()
        draw_card((obs.canvas_width, obs.canvas_height), text).save(data, "PNG")
        path = cards_folder(self._settings.state_dir) / CARD
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data.getvalue())
        return path

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None


class CardProcess:
    """The process, and another one when it dies, until it is ended."""

    def __init__(self, effect_id: str, order: CardOrder, post: Callable[[CardEvent], None]) -> None:
        self._effect_id = effect_id
        self._order = order
        self._post = post
        self._ending = threading.Event()
        self._child: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="stream-card-child", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End it, and wait until nothing is streamed by it."""
        self._ending.set()
        with self._lock:
            child = self._child
        if child is not None:
            _close(child)
            try:
                child.wait(END_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._thread.join(END_S)

    def _run(self) -> None:
        tries = 0
        while not self._ending.is_set():
            with self._lock:
                self._child = child = subprocess.Popen(
                    [sys.executable, "-m", "stagebox.devices.stream_card"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    encoding="utf-8",
                    start_new_session=True,
                )
            if self._listen(child):
                tries = 0
            _close(child)
            child.wait()
            if not self._ending.is_set():
                self._post(CardEvent(effect_id=self._effect_id, state="lost"))
                self._ending.wait(AGAIN.pause_s(tries))
                tries += 1

    def _listen(self, child: subprocess.Popen[str]) -> bool:
        """Tell what the process says, until it ends; whether it was ever live."""
        assert child.stdin is not None
        assert child.stdout is not None
        was_live = False
        try:
            child.stdin.write(self._order.line())
            child.stdin.flush()
            if self._ending.is_set():
                _close(child)
            for line in child.stdout:
                if self._ending.is_set():
                    continue
                was_live = was_live or line == "live\n"
                state: Literal["live", "lost"] = "live" if line == "live\n" else "lost"
                self._post(CardEvent(effect_id=self._effect_id, state=state))
        except (OSError, ValueError):
            log.warning("the process of the stream's card ended early")
        child.stdout.close()
        return was_live


def _close(child: subprocess.Popen[str]) -> None:
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()
