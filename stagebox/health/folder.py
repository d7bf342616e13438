"""The recording folder: is there a place to write, and room for a talk?"""

from stagebox.model.observations import FolderSeen


def folder_health(
    folder: str, *, exists: bool, writable: bool, free_bytes: int, reserve_bytes: int
) -> FolderSeen:
    """What the facts about the folder mean, with a sentence and its remedy where they are not good."""
    if not exists:
        return FolderSeen(
            health="gone",
            detail=f"The recording folder {folder} is gone.",
            remedy="Put its disk back, or make the folder anew.",
        )
    if not writable:
        return FolderSeen(
            health="read_only",
            detail=f"The recording folder {folder} cannot be written.",
            remedy="Check its rights and its disk.",
        )
    if free_bytes < reserve_bytes:
        return FolderSeen(
            health="full",
            detail=(
                f"Only {_gigabytes(free_bytes)} are free for {folder}, "
                f"and recording.reserve_bytes asks for {_gigabytes(reserve_bytes)}."
            ),
            remedy="Free some room, or set another recording.folder.",
        )
    return FolderSeen(health="ok")


def _gigabytes(number: int) -> str:
    return f"{number / 1e9:.1f} GB"
