"""A part of the file is damaged and cannot be read, or an announced track holds nothing."""

from stagebox.messages.entry import After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.CORRUPT,
    short=msg("damaged"),
    after=After(
        meaning=msg("A part of the file is damaged and cannot be read, or an announced track holds nothing."),
        measured=msg("Errors that ffmpeg reports while it reads, and packets marked as damaged."),
        raised=msg("Always."),
        severity=msg("A warning; critical when nothing after the damage could be read or copied."),
        remedy=msg("What could be read is in the output. Check the disk, and watch the named part."),
    ),
    lacks="time",
)
