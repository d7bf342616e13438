"""The file ends inside a packet, before the length that it tells of itself, or without its index."""

from stagebox.messages.entry import After, Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.TRUNCATED,
    short=msg("the end is missing"),
    after=After(
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
            "lost": Words(msg("The recording breaks off at {at_s} ({why}); {lost_s} are lost.")),
            "end": Words(msg("The recording breaks off at {at_s} ({why}); its last second may be lost.")),
            "inside": Words(msg("the file ends inside its own structure")),
            "packet": Words(msg("its last packet is incomplete")),
            "box": Words(msg("its last box is incomplete")),
            "between": Words(msg("something unreadable stands between its parts")),
            "part": Words(msg("its last part is missing")),
            "before": Words(msg("it ends before the first picture")),
            "picture": Words(msg("its last picture is incomplete")),
            "early": Words(msg("it ends too early")),
            "open": Words(msg("the recorder did not close it")),
        },
    ),
    lacks="time",
)
