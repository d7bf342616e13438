"""A speaker says no to the recording while it is made."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

SAY = msg("Ask the speaker. Then say here whether to keep or to discard it.")

ENTRY = CodeEntry(
    code=Code.CONSENT_WITHDRAWN,
    short=msg("its speaker says no"),
    rank={"": WHOLE_TALK + 8},
    live={
        "recorded": AlarmWords(
            msg("“{title}” is marked “do not record”, and it is being recorded. The recording goes on."), SAY
        ),
        "waits": AlarmWords(msg("“{title}” is marked “do not record”, and it was recorded."), SAY),
    },
)
