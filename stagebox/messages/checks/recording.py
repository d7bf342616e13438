"""The test recording of the doctor."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

WAIT = msg("Wait a moment and check again. If it stays so, restart the computer.")
AGAIN = msg("Check again when the talk has ended.")

ENTRY = CheckEntry(
    titles={"recording": msg("Test recording")},
    says={
        "good": AlarmWords(msg("{length_s} were recorded, played and checked.")),
        "busy": AlarmWords(msg("A recording is running, and is left alone."), AGAIN),
        "elsewhere": AlarmWords(
            msg("OBS recorded on its own computer, where it cannot be played from here: {path}."),
            msg("Play it there."),
        ),
        "gave_way": AlarmWords(msg("A talk began, so the test was stopped."), AGAIN),
        "refused": AlarmWords(msg("The test was not recorded. {reason}"), WAIT),
        "no_start": AlarmWords(msg("The test recording did not start within {limit_s}."), WAIT),
        "no_stop": AlarmWords(msg("The test recording did not stop within {limit_s}."), WAIT),
        "no_end": AlarmWords(msg("The test recording does not end."), WAIT),
        "no_name": AlarmWords(msg("OBS does not name the file of the test recording."), WAIT),
        "unusable": AlarmWords(msg("The test recording cannot be used."), WAIT),
        "no_play": AlarmWords(msg("The test recording does not play to its end."), WAIT),
        "short": AlarmWords(
            msg("The test recording lasts only {length_s}."),
            msg("This computer is too slow for the settings: try a smaller picture, or a lower obs.fps."),
            msg("Tell the crew: this computer is too slow for its settings."),
        ),
    },
)
