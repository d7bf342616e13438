"""The file is still being written, so nothing is said of it yet."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.GROWING,
    short=msg("still being written"),
    after=FindingEntry(
        meaning=msg("The file is still being written, so it was not checked yet."),
        measured=msg("A program has it open for writing, or it became longer while it was read."),
        raised=msg("Always."),
        severity=msg("A warning."),
        remedy=msg("Wait until the recording has ended, then process it again."),
        on_screen=msg("Wait until the recording has ended."),
        says={
            "name": AlarmWords(msg("{name} is still being written, so it was left for later.")),
        },
    ),
)
