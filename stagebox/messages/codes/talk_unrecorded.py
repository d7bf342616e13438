"""A talk of the schedule should run, and nothing is recorded."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.TALK_UNRECORDED,
    short=msg("a talk should be on, and nothing is recorded"),
    rank={"": WHOLE_TALK + 7},
    live={
        "clock": AlarmWords(
            msg("“{title}” should have begun at {time}, and nothing is being recorded."),
            msg("If it has begun, touch Record."),
        ),
        "speaking": AlarmWords(
            msg(
                "“{title}” should have begun at {time}: somebody is speaking, and nothing is being recorded."
            ),
            msg("Touch Record."),
        ),
    },
)
