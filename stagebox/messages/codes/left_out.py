"""A data track is not in the output."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.LEFT_OUT,
    short=msg("a data track is left out"),
    after=FindingEntry(
        meaning=msg("A data track is not in the output. Picture and sound are all there."),
        measured=msg("A track of data (timecode, script) for which the output has no place."),
        raised=msg("Always."),
        severity=msg("A note."),
        remedy=msg("Keep the recording if you need this track."),
        whole=True,
        says={
            "data": AlarmWords(
                msg(
                    "A data track was left out, since an MP4 has no place for it: {tracks}. Picture and "
                    "sound are all there."
                )
            ),
        },
    ),
)
