"""OBS itself was paused for a while, and the recording goes on after it as if nothing had been."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.PAUSED,
    short=msg("paused in OBS"),
    rank={"": WHOLE_TALK + 1},
    live={
        "paused": AlarmWords(
            msg("Paused in OBS: nothing is recorded until it goes on."), msg("Touch “Go on recording”.")
        ),
    },
    after=FindingEntry(
        meaning=msg(
            "OBS itself was paused for a while, and the recording goes on after it as if nothing had "
            "been. Live: it is paused now."
        ),
        measured=msg(
            "From OBS's word that it pauses to its word that it goes on. Where the pause is, OBS's "
            "own count of what it recorded tells, in seconds since the first picture."
        ),
        raised=msg("Any pause."),
        severity=msg("A warning."),
        remedy=msg(
            "Live: touch “Go on recording”. Afterwards: if nobody meant it, ask the speaker to repeat"
            " this part."
        ),
        says={
            "obs": AlarmWords(
                msg("The recording was paused in OBS here for {paused_s}: that much of the talk is missing.")
            ),
            "away": AlarmWords(
                msg(
                    "While stagebox was away, OBS recorded about {paused_s} less than the time that passed: "
                    "it was paused, or stood still."
                )
            ),
        },
    ),
    lacks="time",
)
