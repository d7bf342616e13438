"""Whether somebody speaks was judged by levels and colours of the sound alone, which is less sure."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.VOICE_UNSURE,
    short=msg("unsure whether somebody speaks"),
    after=FindingEntry(
        meaning=msg(
            "Whether somebody speaks was judged by levels and colours of the sound alone, which is less sure."
        ),
        measured=msg("The detector of voices was asked and could not be loaded."),
        raised=msg("Once in a recording, where it was in doubt whether somebody speaks."),
        severity=msg("A note."),
        remedy=msg(
            "Listen to a minute of the talk. Install stagebox again: its voice detector cannot be loaded."
        ),
        whole=True,
        says={
            "unsure": AlarmWords(
                msg("Whether somebody speaks is less sure here: the voice detector could not be loaded.")
            ),
        },
    ),
)
