"""OBS records in another way."""

from stagebox.messages.entry import AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

PROFILE = msg("Another profile of OBS is open (“{name}”).")
PROFILE_RECORDS = msg("Another profile of OBS is open (“{name}”). {reason}")

ENTRY = CodeEntry(
    code=Code.OBS_PROFILE,
    short=msg("OBS records in another way"),
    live={
        "profile": AlarmWords(PROFILE, msg("Touch “Back to stagebox's profile”.")),
        "profile_later": AlarmWords(PROFILE, msg("After the talk, touch “Back to stagebox's profile”.")),
        "profile_records": AlarmWords(PROFILE_RECORDS, msg("Touch “Back to stagebox's profile”.")),
        "profile_records_later": AlarmWords(
            PROFILE_RECORDS, msg("After the talk, touch “Back to stagebox's profile”.")
        ),
        "records": AlarmWords(
            "{reason}", msg("Touch “Build the scenes again”: how OBS records is set right too.")
        ),
        "records_later": AlarmWords(
            "{reason}",
            msg("After the talk, touch “Build the scenes again”: how OBS records is set right too."),
        ),
    },
)
