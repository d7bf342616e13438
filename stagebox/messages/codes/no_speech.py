"""There is sound, but nobody speaks: hum, noise, applause or music only, from here to there."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.NO_SPEECH,
    short=msg("nobody is heard"),
    live={
        "noise": AlarmWords(
            msg("There is sound, but only hiss or hum: nobody has been heard for a minute."),
            msg("If somebody speaks, check the microphone's battery and switch, and the mixer's input."),
        ),
    },
    after=FindingEntry(
        meaning=msg(
            "There is sound, but nobody speaks: hum, noise, applause or music only, from here to there."
        ),
        measured=msg(
            "Parts of two seconds count as speech when level and colour of the sound swing as they do"
            " between vowels, consonants and pauses, without a steady beat. Where that is in doubt, "
            "the Silero detector decides."
        ),
        raised=msg(
            "No voice for {no_speech_min_s} or longer in hiss or hum, for {NO_SPEECH_LIVELY_S} in "
            "sound that swings (a film, applause); or in less than {no_speech_share} of the sound of "
            "a recording with {no_speech_min_s} of sound or more."
        ),
        severity=msg("A warning."),
        remedy=msg("Listen to a minute of it. If it should be a talk, check which input was recorded."),
        short=msg("nobody speaks"),
        says={
            "whole": AlarmWords(msg("There is sound{where}, but nobody speaks.")),
            "part": AlarmWords(msg("There is sound{where}, but nobody speaks for {length_s}.")),
        },
    ),
    lacks="sound",
)
