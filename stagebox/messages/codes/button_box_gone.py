"""Out of work."""

from stagebox.messages.entry import AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.BUTTON_BOX_GONE,
    short=msg("does not work"),
    live={
        "gone": AlarmWords(
            "{reason}", msg("Check its cable. Use the touch screen; the box works again by itself.")
        ),
        "chatters": AlarmWords(
            "{reason}", msg("Use the touch screen. Look for a stuck or broken button, or unplug the box.")
        ),
        "other_version": AlarmWords("{reason}", msg("Use the touch screen, and tell the crew.")),
        "twin": AlarmWords("{reason}", msg("Unplug one of them, or have the crew give it another name.")),
        "stranger": AlarmWords("{reason}", msg("Tell the crew: the settings name another box.")),
        "too_small": AlarmWords("{reason}", msg("Tell the crew: the settings name more than it has.")),
        "not_known": AlarmWords(msg("It is not known whether the button box is there.")),
        "looking": AlarmWords(msg("The button box is being looked for.")),
    },
)
