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
            "The recording was paused in OBS for a while, and the file does not show where. Live: it "
            "is paused now."
        ),
        measured=msg(
            "From when OBS says that it pauses to when it says that it goes on. Where the pause is "
            "comes from OBS's own count of what it recorded, in seconds since the first picture."
        ),
        raised=msg("Any pause."),
        severity=msg("A warning."),
        remedy=msg(
            "Live: touch “Go on recording”. Afterwards: if it was a mistake, ask the speaker to repeat"
            " this part."
        ),
        says={
            "obs": AlarmWords(
                msg("The recording was paused in OBS here for {paused_s}: that much of the talk is missing.")
            ),
            "away": AlarmWords(
                msg(
                    "While stagebox was off, OBS recorded about {paused_s} less than the time that "
                    "passed: it was paused, or did not respond."
                )
            ),
        },
    ),
    lacks="time",
)
