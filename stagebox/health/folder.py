"""The recording folder: what its state means, in one place for the alarms, the refusal and the start.

Nothing else says these sentences: the rules (`folder_gone`, `disk_full`) raise them as alarms, the engine
refuses a recording with them, and `serve` does not start with them.
"""

from stagebox.health.fresh import fresh_host
from stagebox.model.facts import Facts
from stagebox.model.facts.machine import FolderState
from stagebox.model.observations import FolderSeen
from stagebox.model.settings import HealthSettings


def folder_health(folder: str, state: FolderState, free_bytes: int | None, reserve_bytes: int) -> FolderSeen:
    """What the facts about the folder mean, with a sentence and its remedy where they are not good."""
    named = f" {folder}" if folder else ""
    if state == "gone":
        return FolderSeen(
            health="gone",
            detail=f"The recording folder{named} is gone.",
            remedy="Put its disk back in, or make the folder anew. Nothing can be recorded until then.",
        )
    if state == "read_only":
        return FolderSeen(
            health="read_only",
            detail=f"The recording folder{named} cannot be written.",
            remedy="Check the disk's cable and switch, and who may write there.",
        )
    if free_bytes is not None and free_bytes < reserve_bytes:
        return FolderSeen(
            health="full",
            detail=(
                f"Only {_gigabytes(free_bytes)} are free for{named or ' recordings'}, "
                f"and recording.reserve_bytes asks for {_gigabytes(reserve_bytes)}."
            ),
            remedy="Free some room, or set another recording.folder.",
        )
    return FolderSeen(health="ok")


def folder_seen(facts: Facts, limits: HealthSettings, now: float) -> FolderSeen:
    """The folder by which a recording may begin, or is refused. Unknown when OBS records elsewhere."""
    host = fresh_host(facts, limits, now)
    if host is None or host.recording_folder is None:
        return FolderSeen(health="unknown")
    return folder_health(
        host.recording_path, host.recording_folder, host.recording_free_bytes, host.reserve_bytes
    )


def _gigabytes(number: int) -> str:
    return f"{number / 1e9:.1f} GB"
