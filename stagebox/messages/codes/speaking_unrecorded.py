"""Somebody speaks, and nothing is recorded."""

from stagebox.messages.entry import Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.SPEAKING_UNRECORDED,
    short=msg("somebody speaks, and nothing is recorded"),
    live={
        "speaking": Words(
            msg("Somebody is speaking, and nothing is being recorded."),
            msg("If a talk has begun, touch Record."),
        ),
        "asked": Words(msg("OBS is asked to record.")),
        "too_short": Words(msg("Not enough was heard yet.")),
    },
)
