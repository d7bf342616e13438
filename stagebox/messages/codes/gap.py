"""Between two parts of one session, or while the computer slept, nothing was recorded."""

from stagebox.messages.entry import After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.GAP,
    short=msg("a gap"),
    after=After(
        meaning=msg("Between two parts of one session, or while the computer slept, nothing was recorded."),
        measured=msg(
            "The time between the end of a part and the start of the next, by the session's clock; of"
            " parts that were joined later, by their names, tags and files."
        ),
        raised=msg(
            "Always where one part ends and the next begins, and for each sleep; also where a part "
            "cannot be joined. Of parts that were joined later: where more than {TOUCH_S} are missing"
            " or in both, or where that is not known."
        ),
        severity=msg("A warning."),
        remedy=msg(
            "Tell the editor where it is. If the room has a second recorder, fill the gap from there."
        ),
    ),
    lacks="time",
)
