"""The file ends inside a packet, before the length that it tells of itself, or without its index."""

from stagebox.messages.entry import After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.TRUNCATED,
    short=msg("the end is missing"),
    after=After(
        meaning=msg(
            "The file ends inside a packet, before the length that it tells of itself, or without its index."
        ),
        measured=msg(
            "The container's structure at the end of the file, and what ffmpeg says when it reads there."
        ),
        raised=msg("Always; before its length by {ENDS_EARLY_S} or more."),
        severity=msg("A warning."),
        remedy=msg("What could be read is in the output. Look for a second recording of the last seconds."),
    ),
    lacks="time",
)
