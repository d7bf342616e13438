"""The output does not hold exactly what the recording holds."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

KEEP = msg("Keep the recording, and tell the crew.")

ENTRY = CodeEntry(
    code=Code.NOT_LOSSLESS,
    short=msg("not an exact copy"),
    after=FindingEntry(
        meaning=msg("The output does not hold exactly what the recording holds."),
        measured=msg(
            "Hashes over all packets of each stream, of the recording and of the output; when each is"
            " shown; what decoders are told, and where that changes, the decoded pictures and sounds."
        ),
        raised=msg("Any stream that differs, or that is not in the output at all."),
        severity=msg(
            "Critical. A warning where everything can be watched and heard, but settings that change "
            "in the middle were put into the stream, or made parts."
        ),
        remedy=msg(
            "Keep the recording. Process it again; if it stays so, report it with the report's JSON file."
        ),
        whole=True,
        on_screen=KEEP,
        says={
            "differs": AlarmWords(
                msg("The copy does not hold exactly what the recording holds: stream {streams} differs."),
                msg("Keep the recording and process it again. Take another disk if this happens twice."),
                KEEP,
            ),
            "nothing": AlarmWords(
                msg("The copy could not be compared with the recording: nothing could be read."),
                msg("Keep the recording and process it again. Take another disk if this happens twice."),
                KEEP,
            ),
            "times": AlarmWords(
                msg("From {at_s} on, the copy shows stream {streams} at other times than the recording."),
                msg("Keep the recording. Check whether lips and voice stay together from there on."),
            ),
            "first": AlarmWords(
                msg("The copy does not show the first pictures of stream {streams}."),
                msg("Keep the recording, and use it for its first seconds."),
            ),
            "decoded": AlarmWords(
                msg(
                    "From {at_s} on, the copy cannot show stream {streams} as the recording does: its "
                    "settings change there."
                ),
                msg(
                    "Keep the recording, and use it for this part. Do not change the encoder’s settings "
                    "during a talk."
                ),
            ),
            "settings": AlarmWords(
                msg(
                    "From {at_s} on, the picture has other settings: the encoder was restarted. The "
                    "MP4 shows both; for that, the new settings were put into it."
                ),
                msg("Look at this part. Keep the recording if you need it as it was, byte by byte."),
            ),
            "sound": AlarmWords(
                msg(
                    "At {at_s} the sound changes from {before} to {after}. One MP4 cannot hold both, so the "
                    "output is in parts."
                ),
                msg("Use all parts. Keep the recorder’s sound settings the same during a talk."),
            ),
        },
    ),
)
