"""The file tells a wrong length of itself."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.WRONG_LENGTH,
    short=msg("wrong length in the file"),
    after=FindingEntry(
        meaning=msg("The file names a wrong length. Nothing is missing."),
        measured=msg(
            "The length that it names against its packets' times, and the size that it names against "
            "its real size."
        ),
        raised=msg("A difference of {WRONG_LENGTH_S} or more, and the file is whole."),
        severity=msg("A note."),
        remedy=msg("Nothing to do: the MP4 has the right length."),
        whole=True,
        says={
            "length": AlarmWords(
                msg("The file says that it is {told_s} long, and it is {read_s} long. Nothing is missing.")
            ),
        },
    ),
)
