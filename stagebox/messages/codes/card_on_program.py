"""A title card is being recorded."""

from stagebox.messages.entry import AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.CARD_ON_PROGRAM,
    short=msg("a title card is being recorded"),
    live={
        "card": AlarmWords(
            msg("The recording runs, and viewers see “{scene}”."),
            msg("If the talk goes on, show the slides or the speaker. If it is over, stop the recording."),
        ),
        "not_known": AlarmWords(msg("It is not known what viewers see, or whether it is recorded.")),
    },
)
