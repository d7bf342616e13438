"""One channel carries nothing but hiss or hum, as an open preamplifier does, and the other the talk."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.CHANNEL_NOISE,
    short=msg("only noise on one side"),
    after=FindingEntry(
        meaning=msg(
            "One channel carries nothing but hiss or hum, as an open preamplifier does, and the other"
            " the talk."
        ),
        measured=msg(
            "The level of each channel in windows of 10 ms, in seconds in which the other one swings "
            "as a voice does: it does not swing, is above {channel_dead_dbfs}, and has less than "
            "{UNRELATED_SHARE} in common with the other."
        ),
        raised=msg(
            "For {channel_dead_warning_s} or longer; in a shorter recording, for {CHANNEL_DEAD_SHARE} of it."
        ),
        severity=msg("A warning."),
        remedy=msg("Turn the unused input down. Copy the good channel to both sides when you cut this talk."),
        next_time=msg("Turn the unused input down before the next talk."),
        says={
            "left": AlarmWords(msg("The left side{where} is nothing but noise for {length_s}.")),
            "right": AlarmWords(msg("The right side{where} is nothing but noise for {length_s}.")),
        },
    ),
)
