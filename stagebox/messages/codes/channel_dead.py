"""One channel of the sound is dead while another carries sound."""

from stagebox.messages.entry import SPOILT, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

PLUG = msg("Check the plug and the cable, and whether the mixer sends to both sides.")

ENTRY = CodeEntry(
    code=Code.CHANNEL_DEAD,
    short=msg("one side has no sound"),
    rank={"": SPOILT + 1},
    live={
        "left": AlarmWords(msg("The left side has no sound; the right side has."), PLUG),
        "right": AlarmWords(msg("The right side has no sound; the left side has."), PLUG),
        "several": AlarmWords(msg("Not all channels have sound. Silent: {channels}."), PLUG),
        "not_compared": AlarmWords(msg("Not enough was heard yet to compare the channels.")),
    },
    after=FindingEntry(
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
        says={
            "left": AlarmWords(msg("The left side{where} has no sound for {length_s}, while another has.")),
            "right": AlarmWords(msg("The right side{where} has no sound for {length_s}, while another has.")),
            "channel": AlarmWords(
                msg("Channel {number}{where} has no sound for {length_s}, while another has.")
            ),
        },
    ),
)
