"""Picture and sound do not begin or do not end together."""

from stagebox.messages.entry import After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.AV_LENGTH_MISMATCH,
    short=msg("picture and sound differ in length"),
    after=After(
        meaning=msg("Picture and sound do not begin or do not end together."),
        measured=msg("The first and the last packets of the picture and of each track of sound."),
        raised=msg("They begin or end more than {AV_LENGTH_WARNING_S} apart."),
        severity=msg("A warning."),
        remedy=msg("Look at this end of the recording, and whether lips and voice stay together."),
    ),
)
