"""Picture and sound do not begin or do not end together."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.AV_LENGTH_MISMATCH,
    short=msg("picture and sound differ in length"),
    after=FindingEntry(
        meaning=msg("Picture and sound do not begin or do not end together."),
        measured=msg("The first and the last packets of the picture and of each track of sound."),
        raised=msg("They begin or end more than {AV_LENGTH_WARNING_S} apart."),
        severity=msg("A warning."),
        remedy=msg("Look at this end of the recording, and whether lips and voice stay together."),
        says={
            "begin": AlarmWords(msg("Picture and sound{where} begin {apart_s} apart.")),
            "end": AlarmWords(msg("Picture and sound{where} end {apart_s} apart.")),
            "late": AlarmWords(
                msg("The first {late_s} of the recording have sound and no picture."),
                msg("Nothing to do, unless the talk begins there."),
                short=msg("no picture at first"),
            ),
        },
    ),
)
