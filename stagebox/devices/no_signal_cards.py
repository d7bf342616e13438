"""The taught "no signal" pictures of capture cards: a few small PNGs a role, kept in the state folder."""

import io
import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from stagebox.model.errors import StageboxError, StorageError, storing
from stagebox.system.files import write_whole

Pixels = npt.NDArray[np.uint8]

CARDS_A_ROLE = 8
THUMBNAIL = (32, 18)


class NoSignalCards:
    """The cards below `folder`. Safe for several threads and processes: each file appears whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._read: dict[str, tuple[int, tuple[Pixels, ...]]] = {}

    @classmethod
    def of_state(cls, state_dir: Path) -> "NoSignalCards":
        """The cards of this stagebox."""
        return cls(state_dir.expanduser() / "no-signal")

    def of(self, role: str) -> tuple[Pixels, ...]:
        """The role's cards, 18 × 32 pixels each; read again only after the folder changed."""
        try:
            changed = self._folder.stat().st_mtime_ns
        except OSError:
            return ()
        with self._lock:
            known = self._read.get(role)
            if known is None or known[0] != changed:
                known = (
                    changed,
                    tuple(card for path in self._paths(role) if (card := _load(path)) is not None),
                )
                self._read[role] = known
            return known[1]

    def learn(self, role: str, card: Pixels) -> Path:
        """Keep a thumbnail (18 × 32 × 3) as a card of the role and return its file.

        Raises:
            StageboxError: the role has as many cards as are kept.
            StorageError: the folder cannot be written.
        """
        if card.shape != (THUMBNAIL[1], THUMBNAIL[0], 3):
            raise ValueError(f"not a thumbnail: {card.shape}")
        taken = {path.name for path in self._paths(role)}
        free = [name for name in _names(role) if name not in taken]
        if not free:
            raise StageboxError(
                f"{CARDS_A_ROLE} “no signal” pictures are known for {role} already.",
                f"Forget them first: stagebox learn no-signal {role} --forget",
            )
        encoded = io.BytesIO()
        Image.fromarray(card).save(encoded, "PNG")
        path = self._folder / free[0]
        _write(path, encoded.getvalue())
        return path

    def forget(self, role: str) -> int:
        """Forget the role's cards and return how many there were. Raises StorageError."""
        paths = self._paths(role)
        for path in paths:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(
                    f"{path} cannot be removed: {error.strerror}.", "Check who owns the folder."
                ) from error
        return len(paths)

    def _paths(self, role: str) -> list[Path]:
        return [path for name in _names(role) if (path := self._folder / name).is_file()]


def _names(role: str) -> list[str]:
    return [f"{role}-{number}.png" for number in range(1, CARDS_A_ROLE + 1)]


def _load(path: Path) -> Pixels | None:
    """The card, or None when the file is damaged: then the rule goes by the other signs."""
    try:
        with Image.open(path) as image:
            if image.size != THUMBNAIL:
                return None
            return np.asarray(image.convert("RGB"))
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return None


def _write(path: Path, data: bytes) -> None:
    with storing(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, data)
