"""The recording has no picture."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.NO_VIDEO,
    short=msg("no picture at all"),
    after=FindingEntry(
        meaning=msg("The recording has no picture."),
        measured=msg("No video stream, or one without packets."),
        raised=msg("Always."),
        severity=msg("Critical."),
        remedy=msg(
            "Check that OBS records the picture and not only sound. Use the slides' file with this sound."
        ),
        whole=True,
        says={
            "none": AlarmWords(msg("The recording has no picture.")),
        },
    ),
    lacks="picture",
)
