"""The limits that the reducer decides by: given once, so that it stays a pure function."""

from dataclasses import dataclass
from pathlib import Path

from stagebox.model.scenes import PackScene
from stagebox.model.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReducerRules:
    """Deadlines in seconds, the room's name for file names, the scene on which a stream begins.

    `begin_s` is how long an OBS that took a start may take until it says that it begins.
    `doubt_s` is how long OBS's figures must contradict its events before the figures are believed.
    `folder` and `second_folder` are where OBS records, for OBS; empty where OBS keeps its own folder, or
    there is no second one. `unasked_s` is how long the disk may take to explain why OBS ended a recording.
    `scenes` are the scene pack's. `own_name` is what collection and profile of a private OBS are called,
    empty for somebody's own; of that, `watched_folder` is where it should record (empty: elsewhere).
    `open_s` is how long OBS may take to open a collection or profile.
    `resume`: a talk that was being recorded when everything went down is recorded on, if that was at most
    `resume_within_s` ago.
    """

    room: str = "Main room"
    scene_s: float = 2.0
    start_s: float = 5.0
    begin_s: float = 0.25
    stop_s: float = 15.0
    doubt_s: float = 3.0
    down_s: float = 3.0
    folder: str = ""
    second_folder: str = ""
    unasked_s: float = 1.6
    stream_start_s: float = 10.0
    stream_stop_s: float = 35.0
    go_live_scene: str = ""
    scenes: tuple[PackScene, ...] = ()
    own_name: str = ""
    watched_folder: str = ""
    open_s: float = 15.0
    resume: bool = True
    resume_within_s: float = 900.0

    @classmethod
    def of(
        cls,
        settings: Settings,
        *,
        go_live_scene: str = "",
        scenes: tuple[PackScene, ...] = (),
        own_name: str = "",
        local: bool = False,
    ) -> "ReducerRules":
        """The rules that the settings ask for; the scene pack says on which scene a stream begins."""
        attached = settings.obs.mode == "attach" and local
        waits = settings.waits
        return cls(
            room=settings.event.room,
            scene_s=waits.scene_s,
            start_s=waits.start_s,
            stop_s=waits.stop_s,
            folder=_folder(settings, settings.recording.folder),
            second_folder=_folder(settings, settings.recording.second_folder),
            stream_start_s=waits.stream_start_s,
            stream_stop_s=waits.stream_stop_s,
            go_live_scene=go_live_scene,
            scenes=scenes,
            own_name=own_name if settings.obs.mode == "private" else "",
            watched_folder=settings.recording.folder.as_posix() if attached else "",
            resume=settings.recording.resume,
            resume_within_s=settings.recording.resume_within_s,
        )


def _folder(settings: Settings, folder: Path | None) -> str:
    """The folder as OBS is told it. An OBS that stagebox only joined keeps its own."""
    return folder.as_posix() if folder is not None and settings.obs.mode == "private" else ""
