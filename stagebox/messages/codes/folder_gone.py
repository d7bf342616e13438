"""The recording folder is gone."""

from stagebox.messages.entry import WHOLE_TALK, Entry, Words, msg
from stagebox.model.report import Code

BACK = msg("Put its disk back in, or make the folder anew. Nothing can be recorded until then.")
SWITCH = msg("Check the disk's cable and switch. If they are fine, tell the crew or choose another folder.")

ENTRY = Entry(
    code=Code.FOLDER_GONE,
    short=msg("the recording folder is gone"),
    rank={"": WHOLE_TALK + 3},
    live={
        "gone": Words(msg("The recording folder is gone."), BACK),
        "gone_named": Words(msg("The recording folder {folder} is gone."), BACK),
        "read_only": Words(msg("Nothing can be written to the recording folder."), SWITCH),
        "read_only_named": Words(msg("Nothing can be written to the recording folder {folder}."), SWITCH),
        "not_known": Words(msg("It is not known whether the recording folder is there.")),
    },
)
