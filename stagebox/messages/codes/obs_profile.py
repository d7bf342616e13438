"""OBS records in another way."""

from stagebox.messages.entry import Entry, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.OBS_PROFILE,
    short=msg("OBS records in another way"),
)
