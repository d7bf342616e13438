"""The file tells a wrong length of itself."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.WRONG_LENGTH,
    short=msg("says a wrong length"),
    after=FindingEntry(
        meaning=msg("The file tells a wrong length of itself. Nothing is missing."),
        measured=msg(
            "Its own word for its length against its packets' times, and its word for its size "
            "against its size."
        ),
        raised=msg("A difference of {WRONG_LENGTH_S} or more, and the file is whole."),
        severity=msg("A note."),
        remedy=msg("Nothing is to be done: the MP4 tells the right length."),
        whole=True,
        says={
            "length": AlarmWords(
                msg("The file says that it is {told_s} long, and it is {read_s} long. Nothing is missing.")
            ),
        },
    ),
)
