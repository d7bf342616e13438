"""A button box that does not work."""

from stagebox.messages.entry import AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

CABLE = msg("Check its cable. Use the touch screen; the box works again by itself.")
CREW = msg("Use the touch screen, and tell the crew.")
STUCK = msg("Use the touch screen. Look for a stuck or broken button, or unplug the box.")
INSTALL = msg("Run `stagebox buttonbox install`.")

ENTRY = CodeEntry(
    code=Code.BUTTON_BOX_GONE,
    short=msg("does not work"),
    live={
        "not_known": AlarmWords(msg("It is not known whether the button box is there.")),
        "looking": AlarmWords(msg("The button box is being looked for.")),
        "absent": AlarmWords(msg("The button box “{name}” is not there."), CABLE),
        "absent_others": AlarmWords(
            msg("The button box “{name}” is not there, but another one is: {others}."), CABLE
        ),
        "unplugged": AlarmWords(
            msg("The button box “{name}” is not plugged in."),
            msg("Plug it in with a cable that carries data, not only power."),
            CABLE,
        ),
        "unwanted": AlarmWords(msg("The button box “{name}” is not in the settings."), CREW),
        "broke": AlarmWords(msg("The connection to the button box “{name}” broke."), CABLE),
        "mute": AlarmWords(
            msg("The button box “{name}” does not answer."),
            msg("Unplug it and plug it in again. If it stays so, run `stagebox buttonbox install`."),
            CABLE,
        ),
        "used": AlarmWords(
            msg("Another program uses the button box “{name}”."),
            msg("If that is `stagebox serve`, all is well: see `stagebox buttonbox monitor`."),
            CREW,
        ),
        "no_right": AlarmWords(
            msg("stagebox is not allowed to use the button box “{name}”."),
            msg("Add its user to the group dialout, and log in again."),
            CREW,
        ),
        "other_version": AlarmWords(
            msg("The button box “{name}” has a program of another version ({version} instead of 1)."),
            INSTALL,
            CREW,
        ),
        "chatters": AlarmWords(
            msg("The button box “{name}” sends without a pause: its buttons do nothing until it stops."),
            STUCK,
        ),
        "floods": AlarmWords(
            msg("What is plugged in at {port} sends without a pause, and may be no button box."), STUCK
        ),
        "twin": AlarmWords(
            msg(
                "Two button boxes are called “{name}”: only the one at {first} works, not the one at {port}."
            ),
            msg("Unplug one of them, or ask the crew to give it another name."),
        ),
        "too_small": AlarmWords(
            msg("The settings use button {number}, but the button box “{name}” has only {has}."),
            msg("Tell the crew: the settings name more than it has."),
        ),
        "too_few_lamps": AlarmWords(
            msg("The settings use lamp {number}, but the button box “{name}” has only {has}."),
            msg("Tell the crew: the settings name more than it has."),
        ),
    },
)
