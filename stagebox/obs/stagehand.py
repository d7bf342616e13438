"""The stagehand: keeps OBS's scenes and title cards as they should be, behind the scenes.

One thread with a connection of its own, so that neither drawing nor provisioning delays a scene change.
"""

import logging
import queue
import threading
from collections.abc import Callable
from typing import Literal

from stagebox.model.errors import StageboxError
from stagebox.model.intents import TalkDetails
from stagebox.model.observations import EffectFailed
from stagebox.model.settings import Settings
from stagebox.model.snapshot import Snapshot
from stagebox.obs.cards import draw_cards
from stagebox.obs.connection import ObsConnection, ObsTarget
from stagebox.obs.pack import Pack
from stagebox.obs.provision import cards_folder, provision

log = logging.getLogger(__name__)

Task = TalkDetails | Literal["provision", "end"]
TASKS_MOST = 100
END_S = 10.0


class Stagehand:
    """Provisions a private OBS whenever a new connection to it is made, and draws cards when asked.

    An OBS that stagebox only joined is somebody's own: there it only says which scenes are missing. While
    OBS records it provisions only if scenes are missing, since viewers would see the change.

    Args:
        post: told, as EffectFailed, of what could not be done; must only enqueue.
    """

    def __init__(
        self, settings: Settings, pack: Pack, target: ObsTarget, post: Callable[[EffectFailed], None]
    ) -> None:
        self._settings = settings
        self._pack = pack
        self._target = target
        self._post = post
        self._canvas = (settings.obs.canvas_width, settings.obs.canvas_height)
        self._tasks: queue.Queue[Task] = queue.Queue(maxsize=TASKS_MOST)
        self._seen_generation = 0
        self.building = threading.Lock()
        """Held while scenes are built: nobody else may meanwhile."""
        self._thread = threading.Thread(target=self._run, name="stagehand", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self) -> None:
        """End after the present task."""
        self._tasks.put("end")
        if self._thread.ident is not None:
            self._thread.join(END_S)

    def refresh(self, talk: TalkDetails) -> None:
        """Draw the cards for this talk soon."""
        self._enqueue(talk)

    def follow(self, settings: Settings) -> None:
        """Work with these settings from the next task on."""
        self._settings = settings

    def watch(self, snapshot: Snapshot) -> None:
        """A listener for snapshots: notices a new connection to OBS. Only enqueues."""
        if snapshot.obs.link != "up" or snapshot.obs.generation == self._seen_generation:
            return
        self._seen_generation = snapshot.obs.generation
        missing = {scene.name for scene in self._pack.scenes} - set(snapshot.scenes)
        if self._settings.obs.mode == "attach":
            if missing:
                self._tell(f"OBS lacks the scenes {', '.join(sorted(missing))}.", "Run `stagebox provision`.")
        elif missing or not snapshot.recording:
            self._enqueue("provision")

    def _enqueue(self, task: Task) -> None:
        try:
            self._tasks.put_nowait(task)
        except queue.Full:
            log.warning("too much to do behind the scenes: %s was left out", task)

    def _run(self) -> None:
        while (task := self._tasks.get()) != "end":
            try:
                if isinstance(task, TalkDetails):
                    draw_cards(
                        cards_folder(self._settings.state_dir), self._canvas, self._settings.event, task
                    )
                else:
                    self._provision()
            except StageboxError as error:
                log.warning("%s", error)
                self._tell(error.what, error.remedy)
            except Exception:
                # A fault of ours must not end the thread: the next talk needs its cards too.
                log.exception("the stagehand failed")
                self._tell("The scenes or title cards could not be made.", "See the log.")

    def _provision(self) -> None:
        timeout_s = self._settings.obs.request_timeout_s
        with self.building, ObsConnection(self._target, timeout_s=timeout_s) as connection:
            done = provision(connection, self._pack, self._settings)
        self._canvas = done.canvas
        if done.changes:
            log.info("built the scenes in OBS: %d changes", len(done.changes))
        for change in done.changes:
            log.debug("provisioned: %s", change)

    def _tell(self, what: str, remedy: str) -> None:
        self._post(EffectFailed(effect_id="stagehand", what=what, remedy=remedy))
