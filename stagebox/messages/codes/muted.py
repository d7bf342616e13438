"""Muted in OBS."""

from stagebox.messages.entry import NO_SOUND, AlarmWords, CodeEntry, FindingEntry, msg
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
    after=FindingEntry(
        meaning=msg(
            "The microphone was muted in OBS, or its volume was all the way down, while the talk was "
            "recorded."
        ),
        measured=msg("Known from the alarm during the recording; the file does not show it."),
        raised=msg("{AWAY_NOTE_S} or longer."),
        severity=msg("A note; from {AWAY_WARNING_S} on as severe as the alarm was."),
        remedy=msg("Look for another recording of this part, and switch the sound on before the next talk."),
        short=msg("microphone was muted"),
        next_time=msg("Switch the sound on before the next talk."),
        says={
            "mic": AlarmWords(msg("The microphone was muted in OBS for {length_s}.")),
        },
    ),
    lacks="sound",
)
