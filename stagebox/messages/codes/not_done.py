"""The recording was not worked on yet, through no fault of its own, so nothing is said of it."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

AGAIN = msg("Tell the crew: it can be processed again.")

ENTRY = CodeEntry(
    code=Code.NOT_DONE,
    short=msg("not done yet"),
    after=FindingEntry(
        meaning=msg("The recording was not processed yet, through no fault of its own."),
        measured=msg(
            "The run was stopped before its turn, or its folder is out of reach. A full disk is told "
            "as `disk_full`, an output folder that cannot be written as `folder_gone`: they are not "
            "done yet, too."
        ),
        raised=msg("Always."),
        severity=msg("A warning."),
        remedy=msg("Run the same command again: what was done is not done twice."),
        on_screen=AGAIN,
        says={
            "stopped": AlarmWords(
                msg("The run was stopped before this recording’s turn."),
                msg("Run the same command again."),
                AGAIN,
            ),
            "out_of_reach": AlarmWords(
                msg("The folder {folder} cannot be reached, so {name} is not done yet."),
                msg("Connect its disk or network again, then run the same command again."),
                msg("Connect its disk or network again, and tell the crew."),
                short=msg("out of reach"),
            ),
        },
    ),
)
