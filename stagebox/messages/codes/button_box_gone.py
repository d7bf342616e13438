"""Out of work."""

from stagebox.messages.entry import Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.BUTTON_BOX_GONE,
    short=msg("does not work"),
    live={
        "gone": Words(
            "{reason}", msg("Check its cable. Use the touch screen; the box works again by itself.")
        ),
        "chatters": Words(
            "{reason}", msg("Use the touch screen. Look for a stuck or broken button, or unplug the box.")
        ),
        "other_version": Words("{reason}", msg("Use the touch screen, and tell the crew.")),
        "twin": Words("{reason}", msg("Unplug one of them, or have the crew give it another name.")),
        "stranger": Words("{reason}", msg("Tell the crew: the settings name another box.")),
        "too_small": Words("{reason}", msg("Tell the crew: the settings name more than it has.")),
        "not_known": Words(msg("It is not known whether the button box is there.")),
        "looking": Words(msg("The button box is being looked for.")),
    },
)
