"""Time jumps inside the recording, or its picture gets other settings."""

from stagebox.messages.entry import After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.DISCONTINUITY,
    short=msg("a jump in time"),
    after=After(
        meaning=msg("Time jumps inside the recording, or its picture gets other settings."),
        measured=msg(
            "Steps between the times of neighbouring packets of one stream; the parameter sets in them."
        ),
        raised=msg(
            "A hole in the sound of more than {SOUND_HOLE_S}, one in the picture of {PICTURE_HOLE_S} "
            "or longer, a step back of {BACKWARDS_S} or more, or a leap ahead of {CLOCK_LEAP_S} or "
            "more of all streams, which is the clock's and is closed."
        ),
        severity=msg(
            "A warning. A note where only the picture has a hole and the sound goes on: a still "
            "picture looks so; and where pictures are missing again and again."
        ),
        remedy=msg("Watch the named part, and whether lips and voice stay together after it."),
    ),
    lacks="time",
)
