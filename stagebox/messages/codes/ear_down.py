"""Not running."""

from stagebox.messages.entry import AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.EAR_DOWN,
    short=msg("not running"),
    live={
        "not_known": AlarmWords(msg("It is not known yet whether the backup sound runs.")),
        "starting": AlarmWords(msg("The backup sound is starting.")),
        "no_start": AlarmWords(
            msg("The backup sound does not start."), msg("Check the microphone; stagebox keeps trying.")
        ),
        "not_running": AlarmWords(msg("The backup sound does not run."), "{help}"),
        "told": AlarmWords("{reason}", "{help}"),
        "deaf": AlarmWords(
            msg("OBS hears the room, but the backup sound hears nothing."),
            msg("Choose the microphone again in Set-up, Sources."),
        ),
    },
)
