"""Not stagebox's own in OBS."""

from stagebox.messages.entry import WHOLE_TALK, Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.SCENES_GONE,
    short=msg("missing in OBS"),
    rank={"": WHOLE_TALK + 6},
    live={
        "collection": Words(
            msg("stagebox's scenes are gone: another scene collection is open (“{name}”)."),
            msg("Touch “Back to stagebox's scenes”."),
        ),
        "taken": Words("{reason}", "{help}"),
        "missing": Words(
            msg("These scenes are missing in OBS: {names}."),
            msg("Touch “Build the scenes again”."),
        ),
    },
)
