"""There is no sound."""

from stagebox.messages.entry import NO_SOUND, After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.SILENT,
    short=msg("silent"),
    rank={"mic": NO_SOUND + 2},
    after=After(
        meaning=msg("There is no sound."),
        measured=msg(
            "In every window of 10 ms, the level of the loudest channel is below {silence_dbfs}; a "
            "click of {CLICK_S} or less does not end the silence. What a voice is found in is `quiet`"
            " instead, and while a title card of the pack was on program it is a note."
        ),
        raised=msg(
            "For {silence_warning_s} or longer; in a shorter recording, for {silence_critical_share} "
            "of it. Silences of {SHORT_SILENCE_S} or more are told together when they come again and "
            "again; in recordings of more than ten minutes, those of nine tenths of "
            "{silence_warning_s}."
        ),
        severity=msg("A warning; critical from {silence_critical_share} of the recording."),
        remedy=msg(
            "Check the microphone's switch and battery, and the mixer's output. Look for another track."
        ),
    ),
    lacks="sound",
)
