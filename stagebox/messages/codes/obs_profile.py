"""OBS records in another way."""

from stagebox.messages.entry import Entry, Words, msg
from stagebox.model.report import Code

PROFILE = msg("Another profile of OBS is open (“{name}”).")
PROFILE_RECORDS = msg("Another profile of OBS is open (“{name}”). {reason}")

ENTRY = Entry(
    code=Code.OBS_PROFILE,
    short=msg("OBS records in another way"),
    live={
        "profile": Words(PROFILE, msg("Touch “Back to stagebox's profile”.")),
        "profile_later": Words(PROFILE, msg("After the talk, touch “Back to stagebox's profile”.")),
        "profile_records": Words(PROFILE_RECORDS, msg("Touch “Back to stagebox's profile”.")),
        "profile_records_later": Words(
            PROFILE_RECORDS, msg("After the talk, touch “Back to stagebox's profile”.")
        ),
        "records": Words(
            "{reason}", msg("Touch “Build the scenes again”: how OBS records is set right too.")
        ),
        "records_later": Words(
            "{reason}",
            msg("After the talk, touch “Build the scenes again”: how OBS records is set right too."),
        ),
    },
)
