"""There is no sound."""

from stagebox.messages.entry import NO_SOUND, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.SILENT,
    short=msg("silent"),
    rank={"mic": NO_SOUND + 2},
    live={
        "muted": AlarmWords(
            msg("No sound is recorded, because the microphone is muted."),
            msg("Touch “Switch the sound on”."),
        ),
        "deaf": AlarmWords(
            msg("No sound is recorded, but the room is not silent."),
            msg("Choose the right microphone in Set-up, Sources."),
        ),
        "dead": AlarmWords(
            msg("There is no sound at all, not even the noise of an open microphone."),
            msg("Check the microphone's switch and battery, its cable, and the mixer's output."),
        ),
        "quiet_room": AlarmWords(
            msg("Nobody is speaking, or the microphone is off at its switch."),
            msg("If somebody speaks, check the microphone's switch and battery."),
        ),
        "soft": AlarmWords(msg("Somebody speaks, but far too softly.")),
    },
    after=FindingEntry(
        meaning=msg("There is no sound."),
        measured=msg(
            "In every window of 10 ms, the level of the loudest channel is below {silence_dbfs}; a "
            "click of {CLICK_S} or less does not end the silence. What a voice is found in is `quiet`"
            " instead, and while a title card of the pack was on program it is a note."
        ),
        raised=msg(
            "For {silence_warning_s} or longer; in a shorter recording, for {silence_critical_share} "
            "of it. Silences of {SHORT_SILENCE_S} or more are told together when they come again and "
            "again; in recordings of more than ten minutes, those of nine tenths of "
            "{silence_warning_s}."
        ),
        severity=msg("A warning; critical from {silence_critical_share} of the recording."),
        remedy=msg(
            "Check the microphone's switch and battery, and the mixer's output. Look for another track."
        ),
        says={
            "whole": AlarmWords(msg("There is no sound{where} for {length_s}.")),
            "again": AlarmWords(
                msg("There is no sound{where} {times} times within {within_s}, for {length_s} in all.")
            ),
            "card": AlarmWords(
                msg("There is no sound for {length_s}: a title card was shown."),
                msg("Cut this part out if it is in the way."),
            ),
        },
    ),
    lacks="sound",
)
