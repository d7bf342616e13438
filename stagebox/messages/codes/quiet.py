"""The talk can be heard, but far too softly."""

from stagebox.messages.entry import SPOILT, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.QUIET,
    short=msg("too quiet"),
    rank={"": SPOILT + 3},
    live={
        "quiet": AlarmWords(
            msg("The talk can be heard, but far too softly."),
            msg("Turn the mixer's output or the microphone's input up, or move the microphone closer."),
        ),
    },
    after=FindingEntry(
        meaning=msg("The talk can be heard, but far too softly."),
        measured=msg(
            "The integrated loudness (EBU R 128), of the whole and of parts of two seconds; in what "
            "is below {silence_dbfs}, whether somebody speaks (the Silero detector, after the sound "
            "was raised)."
        ),
        raised=msg(
            "The recording is below {quiet_lufs}, or a voice is for {QUIET_S} or longer, or one is "
            "found in what would be `silent`."
        ),
        severity=msg("A warning."),
        remedy=msg("Turn the input up before the next talk. Raise the level of this one when you cut it."),
        next_time=msg("Turn the microphone up before the next talk."),
        says={
            "whole": AlarmWords(msg("The sound{where} is very quiet.")),
            "measured": AlarmWords(msg("The sound{where} is very quiet ({lufs} LUFS).")),
            "part": AlarmWords(msg("The voice{where} is far too quiet for {length_s}.")),
        },
    ),
)
