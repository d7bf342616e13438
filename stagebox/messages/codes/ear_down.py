"""Not running."""

from stagebox.messages.entry import Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.EAR_DOWN,
    short=msg("not running"),
    live={
        "not_known": Words(msg("It is not known yet whether the backup sound runs.")),
        "starting": Words(msg("The backup sound is starting.")),
        "no_start": Words(
            msg("The backup sound does not start."), msg("Check the microphone; stagebox keeps trying.")
        ),
        "not_running": Words(msg("The backup sound does not run."), "{help}"),
        "told": Words("{reason}", "{help}"),
        "deaf": Words(
            msg("OBS hears the room, but the backup sound hears nothing."),
            msg("Choose the microphone again in Set-up, Sources."),
        ),
    },
)
