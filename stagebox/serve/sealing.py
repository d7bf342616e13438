"""Carries out what becomes of discarded recordings: sealed aside, put back, deleted. One at a time."""

import logging
import queue
import threading
from collections.abc import Callable

from stagebox.media import sealed
from stagebox.media.sealed import SealedTalk
from stagebox.messages.code_catalogue import say
from stagebox.model.effects import SealFiles
from stagebox.model.errors import StorageError
from stagebox.model.observations import SealAnswered
from stagebox.model.paths import path_of
from stagebox.model.said import Said, said_of
from stagebox.model.settings import RecordingSettings

log = logging.getLogger(__name__)

END_S = 5.0
WAITING_MOST = 1000


class Sealer:
    """A thread that moves files.

    Args:
        recording: where recordings are made, now.
        day_s: how long a discarded recording lies aside, for the note beside it, in seconds.
        post: takes each answer; must only enqueue.
    """

    def __init__(
        self,
        recording: Callable[[], RecordingSettings],
        day_s: float,
        post: Callable[[SealAnswered], None],
    ) -> None:
        self._recording = recording
        self._day_s = day_s
        self._post = post
        self._waiting: queue.Queue[SealFiles | None] = queue.Queue(maxsize=WAITING_MOST)
        self._thread = threading.Thread(target=self._run, name="sealing", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, effect: SealFiles) -> None:
        """Do this soon; exactly one SealAnswered follows. Raises queue.Full."""
        self._waiting.put_nowait(effect)

    def close(self) -> None:
        """End, after what is being done; what waits is asked for again at the next start."""
        self._waiting.put_nowait(None)
        if self._thread.ident is not None:
            self._thread.join(END_S)

    def _run(self) -> None:
        while (effect := self._waiting.get()) is not None:
            said = Said()
            try:
                self._do(effect)
            except StorageError as error:
                said = said_of(error.told)
            except Exception:
                # Whatever it was, it is this recording's: the next one is to be sealed, too.
                log.exception("a discarded recording was not moved")
                said = said_of(say("seal_stumbled"))
            self._post(
                SealAnswered(
                    session_id=effect.session_id, do=effect.do, ok=not (said.code or said.words), said=said
                )
            )

    def _do(self, effect: SealFiles) -> None:
        of = self._recording()
        folders = [folder for folder in (of.folder, of.second_folder) if folder is not None]
        talk = SealedTalk(name=effect.name, files=tuple(map(path_of, effect.files)), folders=folders)
        if effect.do == "seal":
            sealed.seal(
                talk,
                title=effect.title,
                origin=effect.origin,
                utc=effect.utc,
                delete_utc=effect.utc + self._day_s,
            )
        elif effect.do == "take_back":
            sealed.take_back(talk)
        else:
            sealed.delete(talk)
