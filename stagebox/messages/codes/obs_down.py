"""Does not answer."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

AGAIN = msg("stagebox connects again by itself.")
RESTARTS = msg("stagebox starts it again by itself. If that does not help, restart the computer.")

ENTRY = CodeEntry(
    code=Code.OBS_DOWN,
    short=msg("does not answer"),
    rank={"": WHOLE_TALK + 4},
    live={
        "absent": AlarmWords(
            msg("OBS does not answer."),
            msg("Wait for it to come back. If it does not, restart the computer."),
        ),
        "auth": AlarmWords(
            msg("OBS refused the password."),
            msg("Copy the password from OBS (Tools, WebSocket Server Settings) into obs.password_file."),
            msg("Tell the crew: stagebox has another password than OBS."),
        ),
        "too_old": AlarmWords(
            msg("This OBS is too old for stagebox."),
            msg("Install OBS 28 or newer."),
            msg("Tell the crew: OBS 28 or newer has to be installed."),
        ),
        "lost": AlarmWords(msg("The connection to OBS was lost."), AGAIN),
        "lost_records": AlarmWords(
            msg("The connection to OBS was lost."),
            msg("stagebox connects again by itself. What OBS records goes on."),
        ),
        "not_ready": AlarmWords(msg("OBS is starting."), msg("Wait a few seconds.")),
        "timeout": AlarmWords(
            msg("OBS does not answer in time."),
            msg("Wait a moment. If it stays so, restart the computer after the talk."),
        ),
        "protocol": AlarmWords(
            msg("Another program answers in OBS's place."),
            msg("Close the other program, and tell the crew."),
        ),
        "starting": AlarmWords(msg("OBS is being started."), RESTARTS),
        "ended": AlarmWords("{reason}", RESTARTS),
    },
)
