"""When something in a recording is a finding, as far as no setting says so: one place for rules and page.

`findings.py` writes the page from these and from the settings in force; the rules compare with them.
"""

from stagebox.hearing.limits import (
    ALIVE_ABOVE_DB,
    CLIPPED_S,
    CLIPPED_SHARE,
    EVENTS_WINDOW_S,
    NO_SPEECH_STEADY_SHARE,
    OUT_OF_PHASE_S,
)

__all__ = [
    "ALIVE_ABOVE_DB",
    "CLIPPED_S",
    "CLIPPED_SHARE",
    "EVENTS_WINDOW_S",
    "NO_SPEECH_STEADY_SHARE",
    "OUT_OF_PHASE_S",
]

# What the packets and the container say.
AV_LENGTH_WARNING_S = 1.0
"""Picture and sound may begin and end this far apart."""
SOUND_HOLE_S = 0.25
"""A hole between one packet's end and the next one's start that is worth remembering."""
PICTURE_HOLE_S = 2.0
"""A hole in the picture's timestamps this long is a jump even where a still picture explains shorter ones."""
BACKWARDS_S = 0.1
"""Clocks of different streams may be this far apart where they are put one behind the other."""
ENDS_EARLY_S = 0.5
"""A file whose packets end this much before the length it tells of itself lacks its end."""
WRONG_LENGTH_S = 1.0
TOUCH_S = 2.5
"""Times of files and names tell whole seconds, on a stick with FAT every second one: so much is no gap."""
"""A file that says that it is this much longer or shorter than its packets is wrong about itself."""
CLOCK_LEAP_S = 60.0
"""A step forward of this or more, of all streams, is the clock's and no hole."""
SHORT_CRITICAL_SHARE = 0.1
"""A recording that lacks more than this share of its session is critical."""

# What is seen.
FLICKER_S = 0.3
"""A picture that is gone for less than this, between two slides, is nothing that counts."""
HOLE_S = 0.5
"""Snow that an encoder has smoothed for less than this is snow all the same."""
OFTEN_COUNT = 3
"""Short troubles count together from so many on,"""
OFTEN_SHORT_S = 30.0
OFTEN_SHORT_SHARE = 0.2
"""when they take so much of so short a time,"""
OFTEN_LONG_S = 600.0
OFTEN_LONG_SHARE = 0.05
"""or of ten minutes; of the whole talk, what the settings say."""

SHORT_FREEZE_S = 2.0
"""A camera's picture that stands still for so long counts together with others."""
REFINED_S = 0.5
"""An encoder may improve a still picture for so long, mostly behind a keyframe."""
STOPPED_S = 20.0
"""A part that moved all along, and stands still for so long, is a camera that stopped."""

# What is heard.
CLICK_S = 0.05
"""A sound as short as this does not end a silence."""
CLIPPED_SECOND_COUNT = 3
"""A second with so many clipped runs is a clipped second."""
CHANNEL_DEAD_SHARE = 0.9
"""A recording shorter than the limit has a dead channel when it is dead for this share of it."""
GAP_DBFS = -90.0
"""No room is as still as this: below it, samples are missing."""
LONGEST_GAP_S = 0.4
DROPOUTS_CRITICAL_S = 60.0
STUTTER_SHORTEST_S, STUTTER_LONGEST_S = 0.014, 0.11
"""A piece of sound that a broken connection plays again is so long."""
STUTTER_S = 4.0
STUTTER_AGAIN_S = 600.0
SHORT_SILENCE_S = 5.0
"""Silences of this length and more are told together when they come again and again; in long recordings,
which are heard in part, those of nine tenths of the length at which one is told by itself."""
QUIET_S = 30.0
"""A voice that is too soft for so long is told, also when the rest of the talk is loud."""
FLAT_S = 6.0
"""Speech whose peaks are cut off below full scale for so long is distorted."""
UNRELATED_SHARE = 0.3
"""Two channels have less than this in common (correlation) where one is noise."""
NO_SPEECH_LIVELY_S = 300.0
"""Sound that swings, as a film's or applause, may last so long without a voice."""
AWAY_NOTE_S, AWAY_WARNING_S = 2.0, 10.0
"""A source that was away for a shorter time than the second is mentioned, and no reason to flag the talk."""
