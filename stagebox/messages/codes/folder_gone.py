"""The recording folder is gone."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

BACK = msg("Put its disk back in, or make the folder again. Nothing can be recorded until then.")
SWITCH = msg("Check the disk's cable and switch. If they are fine, tell the crew or choose another folder.")

ENTRY = CodeEntry(
    code=Code.FOLDER_GONE,
    short=msg("the recording folder is gone"),
    rank={"": WHOLE_TALK + 3},
    live={
        "gone": AlarmWords(msg("The recording folder is gone."), BACK),
        "gone_named": AlarmWords(msg("The recording folder {folder} is gone."), BACK),
        "read_only": AlarmWords(msg("Nothing can be written to the recording folder."), SWITCH),
        "read_only_named": AlarmWords(
            msg("Nothing can be written to the recording folder {folder}."), SWITCH
        ),
        "not_known": AlarmWords(msg("It is not known whether the recording folder is there.")),
    },
)
