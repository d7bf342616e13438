"""Left and right are each other turned over: on a phone or a single loudspeaker nothing is heard."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.OUT_OF_PHASE,
    short=msg("left and right out of phase"),
    live={
        "turned": AlarmWords(
            msg("Left and right cancel each other out: on a phone nobody will hear this talk."),
            msg("Change the microphone's cable, or use the phase switch of one channel at the mixer."),
        ),
    },
    after=FindingEntry(
        meaning=msg(
            "Left and right cancel each other out: on a phone or a single loudspeaker nothing is heard."
        ),
        measured=msg("What is left of the sound of {EVENTS_WINDOW_S} when both channels are added."),
        raised=msg(
            "Less than a quarter of the power of one channel, for {OUT_OF_PHASE_S} or longer; in a "
            "shorter recording, for {CHANNEL_DEAD_SHARE} of it."
        ),
        severity=msg("A warning."),
        remedy=msg(
            "Change the cable or the mixer's phase switch. Invert one channel when you cut this talk."
        ),
        next_time=msg("Check the microphone's cable before the next talk."),
        says={
            "both": AlarmWords(
                msg(
                    "Left and right{where} cancel each other out for {length_s}: on a phone or a single "
                    "loudspeaker nothing is heard."
                )
            ),
        },
    ),
)
