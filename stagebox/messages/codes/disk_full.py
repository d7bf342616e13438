"""Full."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ELSEWHERE = msg("Go on in another folder. What was recorded so far is safe.")
FREE = msg("Free some room, or choose another folder: Set-up, Room and disk.")

ENTRY = CodeEntry(
    code=Code.DISK_FULL,
    short=msg("full"),
    rank={"": WHOLE_TALK + 2},
    live={
        "stops_in": AlarmWords(
            msg("The disk is full ({free_bytes} free): OBS stops recording in about {left_s}."), ELSEWHERE
        ),
        "stops_now": AlarmWords(
            msg("The disk is full ({free_bytes} free): OBS is about to stop recording."), ELSEWHERE
        ),
        "no_room": AlarmWords(
            msg("The disk is full ({free_bytes} free): OBS records nothing there."), ELSEWHERE
        ),
        "reserve": AlarmWords(
            msg("Only {free_bytes} are free for recordings, and {reserve_bytes} are kept free."), FREE
        ),
        "reserve_in": AlarmWords(
            msg("Only {free_bytes} are free for {folder}, and {reserve_bytes} are kept free."), FREE
        ),
    },
)
