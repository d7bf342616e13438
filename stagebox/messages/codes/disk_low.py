"""Little room left."""

from stagebox.messages.entry import SOON, AlarmWords, CodeEntry, CountedWords, msg
from stagebox.model.report import Code

ELSEWHERE = msg(
    "Go on in another folder. Or free some room: copy old recordings to another disk, then delete them here."
)

ENTRY = CodeEntry(
    code=Code.DISK_LOW,
    short=msg("little room left"),
    rank={"": SOON},
    live={
        "minutes": AlarmWords(
            CountedWords(
                "The disk has room for only {n} minute of recording.",
                "The disk has room for only {n} minutes of recording.",
            ),
            ELSEWHERE,
        ),
        "no_minute": AlarmWords(msg("The disk has room for less than a minute of recording."), ELSEWHERE),
    },
)
