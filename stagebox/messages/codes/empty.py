"""The file has no content."""

from stagebox.messages.entry import After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.EMPTY,
    short=msg("empty"),
    after=After(
        meaning=msg("The file has no content."),
        measured=msg("A size of zero bytes."),
        raised=msg("Always."),
        severity=msg("Critical."),
        remedy=msg("Check that there was room on the disk. Look for another recording of this talk."),
    ),
)
