"""Choppy sound."""

from stagebox.messages.entry import SPOILT, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

SOCKET = msg("Plug the sound device into its own USB socket, without a hub. Close other programs.")

ENTRY = CodeEntry(
    code=Code.DROPOUTS,
    short=msg("choppy sound"),
    rank={"": SPOILT},
    live={
        "choppy": AlarmWords(msg("The sound is choppy."), SOCKET),
        "hole": AlarmWords(msg("The sound was cut off for a moment."), SOCKET),
        "backup_choppy": AlarmWords(msg("The backup sound is choppy."), SOCKET),
        "backup_hole": AlarmWords(msg("The backup sound was cut off for a moment."), SOCKET),
        "rate": AlarmWords(
            msg(
                "The microphone sends {rate} samples a second instead of {agreed}: the sound is too fast, "
                "too slow or choppy."
            ),
            msg("Set the device's sample rate to {agreed} Hz, and plug it in again."),
        ),
    },
    after=FindingEntry(
        meaning=msg(
            "The sound is choppy: many short gaps inside speech, as an overloaded USB device makes "
            "them; or robotic: short pieces of it are heard twice or more often each."
        ),
        measured=msg(
            "Gaps of digital silence (below {GAP_DBFS}) of up to {LONGEST_GAP_S} with sound close on "
            "both sides, in recordings whose pauses have room noise; packets of sound that are "
            "missing; and fine detail that comes back after the same time, {STUTTER_SHORTEST_S} to "
            "{STUTTER_LONGEST_S}, again and again."
        ),
        raised=msg(
            "{dropouts_warning_count} gaps within {EVENTS_WINDOW_S}; several holes between packets "
            "within ten seconds, or many within ten minutes; pieces again and again for {STUTTER_S} "
            "within {STUTTER_AGAIN_S}."
        ),
        severity=msg(
            "A warning; critical when gaps or repeated pieces last for {DROPOUTS_CRITICAL_S} or longer."
        ),
        remedy=msg(
            "Plug the sound device into its own USB socket, without a hub. Look for another track of "
            "this talk."
        ),
        next_time=msg("Put the microphone into another USB socket before the next talk."),
        says={
            "choppy": AlarmWords(msg("The sound{where} is choppy for {length_s}.")),
            "robotic": AlarmWords(
                msg("The sound{where} is robotic for {length_s}: short pieces of it come again and again.")
            ),
            "holes": AlarmWords(
                msg(
                    "The sound{where} is choppy: {holes} gaps within {within_s}, {lost_s} are missing. They "
                    "were lost on the way to the recording."
                ),
                msg("Listen to this part. Look for another recording of this talk, or use the backup sound."),
            ),
        },
    ),
    lacks="sound",
)
