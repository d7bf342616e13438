"""When something in a recording is a finding, as far as no setting says so: one place for rules and page.

`findings.py` writes the page from these and from the settings in force; the rules compare with them.
"""

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
"""A file that says that it is this much longer or shorter than its packets is wrong about itself."""
CLOCK_LEAP_S = 60.0
"""A step forward of this or more, of all streams, is the clock's and no hole."""
SHORT_CRITICAL_SHARE = 0.1
"""A recording that lacks more than this share of its session is critical."""

# What is heard.
CLICK_S = 0.05
"""A sound as short as this does not end a silence."""
EVENTS_WINDOW_S = 10.0
"""Clipped peaks and gaps are counted within this time."""
CLIPPED_SHARE = 0.985
"""Samples above this share of full scale are clipped when they come in runs."""
CLIPPED_S = 125e-6
CLIPPED_SECOND_COUNT = 3
"""A second with so many clipped runs is a clipped second."""
ALIVE_ABOVE_DB = 20.0
"""A channel can be called dead in seconds in which another is this much above the limit."""
CHANNEL_DEAD_SHARE = 0.9
"""A recording shorter than the limit has a dead channel when it is dead for this share of it."""
GAP_DBFS = -90.0
"""No room is as still as this: below it, samples are missing."""
LONGEST_GAP_S = 0.4
DROPOUTS_CRITICAL_S = 60.0
