"""Time jumps inside the recording, or its picture gets other settings."""

from stagebox.messages.entry import AlarmWords, CodeEntry, CountedWords, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.DISCONTINUITY,
    short=msg("a jump in time"),
    after=FindingEntry(
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
        says={
            "sound": AlarmWords(
                msg("{length_s} of the sound are missing here."),
                msg("Look at this part: the computer was overloaded, or the recording was interrupted."),
            ),
            "picture": AlarmWords(
                msg("{length_s} of the picture are missing here."),
                msg("Look at this part: the computer was overloaded, or the recording was interrupted."),
            ),
            "back": AlarmWords(
                msg("The recording’s clock jumps back by {by_s} here."),
                msg("Look at this part: after it, the sound may not match the picture."),
                short=msg("the clock jumps back"),
            ),
            "back_closed": AlarmWords(
                msg(
                    "The recording’s clock jumps back by {by_s} here. In the MP4 the time goes on, and all "
                    "can be watched."
                ),
                msg("Look at this part: the recorder was interrupted, or its clock was changed."),
                short=msg("the clock jumps back"),
            ),
            "ahead_closed": AlarmWords(
                msg(
                    "The recording’s clock jumps ahead by {by_s} here. In the MP4 the time goes on, and all "
                    "can be watched."
                ),
                msg("Look at this part: the recorder was interrupted, or its clock was changed."),
                short=msg("the clock jumps ahead"),
            ),
            "stutter": AlarmWords(
                msg(
                    "The picture stutters: of about {all} pictures within {within_s}, {missing} are missing."
                ),
                msg("Look at this part: the network or the computer could not keep up, or nothing moved."),
                short=msg("the picture stutters"),
            ),
            "order": AlarmWords(
                CountedWords(
                    "{n} piece of the recording came a little early, and was put in its place.",
                    "{n} pieces of the recording came a little early, and were put in their places.",
                ),
                msg("Nothing to do."),
                short=msg("pieces out of order"),
            ),
            "settings": AlarmWords(
                msg(
                    "From {at_s} on, the picture has other settings: the encoder was restarted. The "
                    "MP4 shows both."
                ),
                msg("Look at this part."),
                short=msg("other settings"),
            ),
        },
    ),
    lacks="time",
)
