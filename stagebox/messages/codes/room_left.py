"""An empty room is being recorded."""

from stagebox.messages.entry import AlarmWords, CodeEntry, CountedWords, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.ROOM_LEFT,
    short=msg("an empty room is being recorded"),
    live={
        "empty": AlarmWords(
            CountedWords(
                "Nobody was heard and no slide changed for {n} minute, and the recording runs.",
                "Nobody was heard and no slide changed for {n} minutes, and the recording runs.",
            ),
            msg("If the talk is over, stop the recording."),
        ),
        "nobody_listens": AlarmWords(msg("Nothing listens to the room.")),
    },
)
