"""Somebody speaks, and nothing is recorded."""

from stagebox.messages.entry import AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.SPEAKING_UNRECORDED,
    short=msg("somebody speaks, and nothing is recorded"),
    live={
        "speaking": AlarmWords(
            msg("Somebody is speaking, and nothing is being recorded."),
            msg("If a talk has begun, touch Record."),
        ),
        "asked": AlarmWords(msg("OBS is asked to record.")),
        "too_short": AlarmWords(msg("Not enough was heard yet.")),
    },
)
