"""The limits that the reducer decides by: given once, so that it stays a pure function."""

from dataclasses import dataclass
from pathlib import Path

from stagebox.model.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Deadlines in seconds, and the room's name for file names.

    `doubt_s` is how long OBS's figures must contradict its events before the figures are believed.
    `folder` and `second_folder` are where OBS records, for OBS; empty where OBS keeps its own folder, or
    there is no second one. `unasked_s` is how long the disk may take to explain why OBS ended a recording.
    `resume`: a talk that was being recorded when everything went down is recorded on, if that was at most
    `resume_within_s` ago.
    """

    room: str = "Main room"
    scene_s: float = 2.0
    start_s: float = 5.0
    stop_s: float = 15.0
    doubt_s: float = 3.0
    down_s: float = 3.0
    folder: str = ""
    second_folder: str = ""
    unasked_s: float = 1.6
    resume: bool = True
    resume_within_s: float = 900.0

    @classmethod
    def of(cls, settings: Settings) -> "Rules":
        """The rules that the settings ask for."""
        waits = settings.waits
        return cls(
            room=settings.event.room,
            scene_s=waits.scene_s,
            start_s=waits.start_s,
            stop_s=waits.stop_s,
            folder=_folder(settings, settings.recording.folder),
            second_folder=_folder(settings, settings.recording.second_folder),
            resume=settings.recording.resume,
            resume_within_s=settings.recording.resume_within_s,
        )


def _folder(settings: Settings, folder: Path | None) -> str:
    """The folder as OBS is told it. An OBS that stagebox only joined keeps its own."""
    return folder.as_posix() if folder is not None and settings.obs.mode == "private" else ""
