"""Not stagebox's own in OBS."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.SCENES_GONE,
    short=msg("missing in OBS"),
    rank={"": WHOLE_TALK + 6},
    live={
        "collection": AlarmWords(
            msg("stagebox's scenes are gone: another scene collection is open (“{name}”)."),
            msg("Touch “Back to stagebox's scenes”."),
        ),
        "taken": AlarmWords("{reason}", "{help}"),
        "missing": AlarmWords(
            msg("These scenes are missing in OBS: {names}."),
            msg("Touch “Build the scenes again”."),
        ),
    },
)
