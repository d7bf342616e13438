"""File names from what people type: safe on every file system, and never the same twice."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stagebox.model.commands import TalkDetails

BACKUP_FOLDER = "backup"
"""Below the folder that OBS records to: the backup recorder's own recordings of the sound."""

STARTED_IN_OBS = "obs"
"""The origin of a session that somebody began in OBS itself."""
UNNAMED_IN_OBS = "Recording in OBS"
"""What such a session is called in file names and reports until a person names it."""


def slug(text: str, max_bytes: int) -> str:
    """Letters and digits of any script, joined by hyphens: at most `max_bytes` of UTF-8, no letter cut."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))
    joined = "-".join(words)
    return joined.encode()[:max_bytes].decode(errors="ignore").rstrip("-")


def session_stem(asked_utc: float, room: str, talk: "TalkDetails") -> str:
    """The stem of a session's files: UTC time to the second, room, title, speaker.

    The time comes first, so that files sort by it and no stem is a reserved name of Windows. At most 170
    bytes: of the 255 that file systems allow, the rest is for ` (2)`, `-part-2` and `.part.mp4`.
    """
    stamp = datetime.fromtimestamp(asked_utc, UTC).strftime("%Y%m%dT%H%M%SZ")
    parts = [stamp, slug(talk.room or room, 40), slug(talk.title, 70), slug(talk.speaker, 40)]
    return "_".join(part for part in parts if part)
