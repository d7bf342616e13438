"""Muted in OBS."""

from stagebox.messages.entry import NO_SOUND, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.MUTED,
    short=msg("muted in OBS"),
    rank={"mic": NO_SOUND + 3},
    live={
        "muted": AlarmWords(msg("The microphone is muted in OBS."), msg("Touch “Switch the sound on”.")),
        "fader": AlarmWords(
            msg("The microphone's volume in OBS is all the way down."),
            msg("Touch “Build the scenes again”."),
        ),
    },
    lacks="sound",
)
