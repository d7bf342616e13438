"""The recording has no picture."""

from stagebox.messages.entry import After, Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.NO_VIDEO,
    short=msg("no picture at all"),
    after=After(
        meaning=msg("The recording has no picture."),
        measured=msg("No video stream, or one without packets."),
        raised=msg("Always."),
        severity=msg("Critical."),
        remedy=msg(
            "Check that OBS records the program and not sound only. Use the slides' file with this sound."
        ),
        whole=True,
        says={
            "none": Words(msg("The recording has no picture.")),
        },
    ),
    lacks="picture",
)
