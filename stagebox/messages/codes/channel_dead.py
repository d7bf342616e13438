"""One channel of the sound is dead while another carries sound."""

from stagebox.messages.entry import SPOILT, After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.CHANNEL_DEAD,
    short=msg("one side is dead"),
    rank={"": SPOILT + 1},
    after=After(
        meaning=msg("One channel of the sound is dead while another carries sound."),
        measured=msg(
            "The level of each channel in every second in which another channel is {ALIVE_ABOVE_DB} "
            "above {channel_dead_dbfs}."
        ),
        raised=msg(
            "Below {channel_dead_dbfs} for {channel_dead_warning_s} or longer; in a shorter "
            "recording, for {CHANNEL_DEAD_SHARE} of it."
        ),
        severity=msg("A warning."),
        remedy=msg(
            "Check the plug and the cable. Copy the good channel to both sides when you cut this talk."
        ),
        next_time=msg("Check the microphone's cable before the next talk."),
    ),
)
