"""Choppy sound."""

from stagebox.messages.entry import SPOILT, After, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.DROPOUTS,
    short=msg("choppy sound"),
    rank={"": SPOILT},
    after=After(
        meaning=msg(
            "The sound is choppy: many short gaps inside speech, as a starved USB device makes them; "
            "or robotic: short pieces of it are heard twice or more often each."
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
            "Plug the sound device into a port of its own, without a hub. Look for another track of "
            "this talk."
        ),
        next_time=msg("Put the microphone into another USB socket before the next talk."),
    ),
    lacks="sound",
)
