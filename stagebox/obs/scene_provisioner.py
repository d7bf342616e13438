"""Keeps OBS's scenes and title cards as they should be, behind the scenes.

One thread with a connection of its own, so that neither drawing nor provisioning delays a scene change.
"""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from stagebox.messages.code_catalogue import coded, say
from stagebox.model.commands import TalkDetails
from stagebox.model.errors import ObsError, StageboxError
from stagebox.model.observations import EffectFailed, ScenesBuilt
from stagebox.model.said import together
from stagebox.model.settings import Settings
from stagebox.model.snapshot import Snapshot
from stagebox.obs.cards import countdown_words, draw_cards, draw_countdown
from stagebox.obs.connection import NO_EVENTS, ObsConnection, ObsRefusedError, ObsTarget
from stagebox.obs.pack import COUNTDOWN, ScenePack
from stagebox.obs.provision import card_input, cards_folder, provision, taken_of
from stagebox.obs.taken_names import NamesTakenError, rename_aside

log = logging.getLogger(__name__)

Task = TalkDetails | Literal["provision", "rename", "count", "end"]
TASKS_MOST = 100
END_S = 10.0


class SceneProvisioner:
    """Provisions a private OBS whenever a new connection to it is made, and draws cards when asked.

    An OBS that stagebox only joined is somebody's own, and left alone. While OBS records it provisions only
    if scenes are missing, since viewers would see the change.

    Args:
        post: told, as EffectFailed or ScenesBuilt, what could not be done; must only enqueue.
    """

    def __init__(
        self,
        settings: Settings,
        pack: ScenePack,
        target: ObsTarget,
        post: Callable[[EffectFailed | ScenesBuilt], None],
    ) -> None:
        self._settings = settings
        self._pack = pack
        self._target = target
        self._post = post
        self._canvas = (settings.obs.canvas_width, settings.obs.canvas_height)
        self._tasks: queue.Queue[Task] = queue.Queue(maxsize=TASKS_MOST)
        self._seen_generation = 0
        counting = {
            scene.name for scene in pack.scenes if any(item.card == COUNTDOWN for item in scene.items)
        }
        self._counting_scenes = frozenset(counting)
        self._counts_to = ""
        """The planned start that is counted down to while such a scene is on program; "" for none."""
        self.building = threading.Lock()
        """Held while scenes are built: nobody else may meanwhile."""
        self._counted = ""
        """What the countdown shows."""
        self._thread = threading.Thread(target=self._run, name="stagehand", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self) -> None:
        """End after the present task."""
        with contextlib.suppress(queue.Full):  # Then it hangs, and is left to itself.
            self._tasks.put("end", timeout=END_S)
        if self._thread.ident is not None:
            self._thread.join(END_S)

    def refresh(self, talk: TalkDetails) -> None:
        """Draw the cards for this talk soon."""
        self._enqueue(talk)

    def rename_aside(self) -> None:
        """Rename what has the scenes' names and build them soon, as a person asked; in a private OBS only."""
        self._enqueue("rename")

    def follow(self, settings: Settings) -> None:
        """Work with these settings from the next task on."""
        self._settings = settings

    def watch(self, snapshot: Snapshot) -> None:
        """A listener for snapshots: notices a new connection to OBS. Only enqueues."""
        on_program = snapshot.program_scene in self._counting_scenes
        counts_to = snapshot.next_talk.planned_start if on_program else ""
        if counts_to != self._counts_to:
            self._counts_to = counts_to
            self._enqueue("count")
        if snapshot.obs.link != "up" or snapshot.obs.generation == self._seen_generation:
            return
        private = self._settings.obs.mode == "private"
        if snapshot.obs.foreign_collection or (private and not snapshot.obs.collection):
            self._seen_generation = 0  # Nothing is built in a collection that is not stagebox's, until it is.
            return
        self._seen_generation = snapshot.obs.generation
        missing = {scene.name for scene in self._pack.scenes} - set(snapshot.scenes)
        if self._settings.obs.mode == "private" and (missing or not snapshot.recording):
            self._enqueue("provision")

    def _enqueue(self, task: Task) -> None:
        try:
            self._tasks.put_nowait(task)
        except queue.Full:
            log.warning("too much to do behind the scenes: %s was left out", task)
            if task != "count":
                self._tell(together(say("cards_old"), say("cards_old_help")))

    def _run(self) -> None:
        while (task := self._next()) != "end":
            try:
                if task == "count":
                    self._count()
                elif isinstance(task, TalkDetails):
                    drawn = draw_cards(
                        cards_folder(self._settings.state_dir), self._canvas, self._settings.event, task
                    )
                    self._load_anew(drawn)
                else:
                    self._provision(rename=task == "rename")
            except NamesTakenError as error:
                log.warning("%s", error)
                self._post(error.scenes_built(private=self._settings.obs.mode == "private"))
            except StageboxError as error:
                log.warning("%s", error)
                self._tell(coded(error.told, "scenes_not_built"))
            except Exception:
                # A fault of ours must not end the thread: the next talk needs its cards too.
                log.exception("the stagehand failed")
                self._tell(say("scenes_not_built"))

    def _next(self) -> Task:
        """The next task; while a countdown is on program, that is to count at each whole second."""
        counts = countdown_words(self._counts_to, time.time()) or self._counted
        wait_s = 1.0 - time.time() % 1.0 if counts else None
        try:
            return self._tasks.get(timeout=wait_s)
        except queue.Empty:
            return "count"

    def _count(self) -> None:
        words = countdown_words(self._counts_to, time.time())
        if words != self._counted:
            draw_countdown(cards_folder(self._settings.state_dir), self._canvas, words)
            self._counted = words

    def _load_anew(self, drawn: Mapping[str, Path]) -> None:
        """Have OBS read the cards again: by itself it does so only for those that are on program."""
        timeout_s = self._settings.obs.request_timeout_s
        try:
            with ObsConnection(self._target, timeout_s=timeout_s, events=NO_EVENTS) as connection:
                for card, path in drawn.items():
                    wanted = {"inputName": card_input(card), "inputSettings": {"file": str(path)}}
                    with contextlib.suppress(ObsRefusedError):  # Somebody's own OBS may lack it.
                        connection.request("SetInputSettings", wanted | {"overlay": True})
        except ObsError as error:
            log.debug("the cards are read when their scenes come on: %s", error)

    def _provision(self, *, rename: bool) -> None:
        timeout_s = self._settings.obs.request_timeout_s
        with self.building, ObsConnection(self._target, timeout_s=timeout_s) as connection:
            if rename and self._settings.obs.mode == "private":
                for words in rename_aside(connection, taken_of(connection, self._pack, self._settings)):
                    self._tell(words)
            done = provision(connection, self._pack, self._settings)
        self._post(ScenesBuilt())
        self._canvas = done.canvas
        if done.changes:
            log.info("built the scenes in OBS: %d changes", len(done.changes))
        for change in done.changes:
            log.debug("provisioned: %s", change)

    def _tell(self, words: str) -> None:
        self._post(EffectFailed(effect_id="stagehand", what=words))
