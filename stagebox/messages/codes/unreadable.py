"""The file is no recording, or nothing in it can be read."""

from stagebox.messages.entry import After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.UNREADABLE,
    short=msg("cannot be read"),
    after=After(
        meaning=msg("The file is no recording, or nothing in it can be read."),
        measured=msg("ffprobe finds no container it knows, or no packet of picture or sound in it."),
        raised=msg("Always."),
        severity=msg("Critical."),
        remedy=msg(
            "Check that this is the right file. If it is, keep it and look for another recording of "
            "this talk."
        ),
    ),
)
