"""The file ends inside a packet, before the length that it tells of itself, or without its index."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.TRUNCATED,
    short=msg("the end is missing"),
    after=FindingEntry(
        meaning=msg(
            "The file ends inside a packet, before the length that it tells of itself, or without its index."
        ),
        measured=msg(
            "The container's structure at the end of the file, and what ffmpeg says when it reads there."
        ),
        raised=msg("Always; before its length by {ENDS_EARLY_S} or more."),
        severity=msg("A warning."),
        remedy=msg("What could be read is in the output. Look for a second recording of the last seconds."),
        says={
            "lost": AlarmWords(msg("The recording breaks off at {at_s} ({why}); {lost_s} are lost.")),
            "end": AlarmWords(
                msg("The recording breaks off at {at_s} ({why}); its last second may be lost.")
            ),
            "inside": AlarmWords(msg("the file ends in the middle of its data")),
            "packet": AlarmWords(msg("its last packet is incomplete")),
            "box": AlarmWords(msg("its last box is incomplete")),
            "between": AlarmWords(msg("something unreadable is between its parts")),
            "part": AlarmWords(msg("its last part is missing")),
            "before": AlarmWords(msg("it ends before the first picture")),
            "picture": AlarmWords(msg("its last picture is incomplete")),
            "early": AlarmWords(msg("it ends too early")),
            "open": AlarmWords(msg("the recorder did not close it")),
        },
    ),
    lacks="time",
)
