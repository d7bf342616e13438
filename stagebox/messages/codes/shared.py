"""The recording holds other talks, too: they followed each other without a stop."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.SHARED,
    short=msg("one recording, several talks"),
    after=FindingEntry(
        meaning=msg(
            "Talks followed each other without a stop, so one recording holds several. Each has an MP4 of "
            "its own; the moment between two is in both."
        ),
        measured=msg(
            "By the marks that “Next talk” set: from the keyframe before one mark to the keyframe after the "
            "other."
        ),
        raised=msg("Always, for a talk that has a part of a recording."),
        severity=msg("A note; a warning where the recording could not be cut."),
        remedy=msg("Keep the recording until all its talks have their MP4s."),
        whole=True,
        says={
            "begins": AlarmWords(
                msg(
                    "This talk is the part of {name} from {from_s} on. Other talks are in that recording, "
                    "too."
                )
            ),
            "ends": AlarmWords(
                msg("This talk is the part of {name} up to {to_s}. Other talks are in that recording, too.")
            ),
            "between": AlarmWords(
                msg(
                    "This talk is the part of {name} from {from_s} to {to_s}. Other talks are in that "
                    "recording, too."
                )
            ),
            "early": AlarmWords(
                msg(
                    "{name} could not be cut exactly at the end of this talk. Its last moments may be "
                    "only in the next talk's MP4."
                )
            ),
            "uncut": AlarmWords(
                msg(
                    "{name} is no FLV and cannot be cut here: this MP4 holds all of it, with the other talks."
                ),
                msg("Cut it in a video editor. Record into FLV, as stagebox sets it up."),
            ),
        },
    ),
)
