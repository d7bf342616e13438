"""An MP4 cannot hold this recording as it is, so the output is an MKV."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.NO_MP4,
    short=msg("an MKV, no MP4"),
    after=FindingEntry(
        meaning=msg("An MP4 cannot hold this recording as it is, so the output is an MKV. Nothing is lost."),
        measured=msg("A codec or an attached file that no MP4 carries."),
        raised=msg("Always."),
        severity=msg("A note."),
        remedy=msg("If you need an MP4, record the sound as AAC and the picture as H.264."),
        whole=True,
        says={
            "codecs": AlarmWords(
                msg(
                    "An MP4 cannot hold this recording as it is ({codecs}). The output is an MKV, in which "
                    "nothing was changed."
                )
            ),
        },
    ),
)
