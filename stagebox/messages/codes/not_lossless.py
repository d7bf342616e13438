"""The output does not hold exactly what the recording holds."""

from stagebox.messages.entry import After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.NOT_LOSSLESS,
    short=msg("not an exact copy"),
    after=After(
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
    ),
)
