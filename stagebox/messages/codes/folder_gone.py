"""The recording folder is gone."""

from stagebox.messages.entry import WHOLE_TALK, Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.FOLDER_GONE,
    short=msg("the recording folder is gone"),
    rank={"": WHOLE_TALK + 3},
)
