"""The file has no content."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.EMPTY,
    short=msg("empty file"),
    after=FindingEntry(
        meaning=msg("The file has no content."),
        measured=msg("A size of zero bytes."),
        raised=msg("Always."),
        severity=msg("Critical."),
        remedy=msg("Check that there was room on the disk. Look for another recording of this talk."),
        says={
            "nothing": AlarmWords(
                msg("{name} is empty: nothing was written into it."),
                msg("Look for another file of this talk, and check that the disk was not full."),
            ),
            "part": AlarmWords(
                msg("One part of this talk is lost: {why}"),
                msg("Look for another file of this talk, and check that the disk was not full."),
            ),
        },
    ),
)
