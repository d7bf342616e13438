"""The recording has no sound track."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.NO_AUDIO,
    short=msg("no sound at all"),
    after=FindingEntry(
        meaning=msg("The recording has no sound track."),
        measured=msg("No audio stream, or one without packets."),
        raised=msg("Always."),
        severity=msg("Critical."),
        remedy=msg(
            "Check the audio tracks in OBS's output settings. Look for another recording of this talk."
        ),
        on_screen=msg("Touch “Build the scenes again”. Look for another recording of this talk."),
        whole=True,
        says={
            "none": AlarmWords(msg("The recording has no sound.")),
        },
    ),
    lacks="sound",
)
