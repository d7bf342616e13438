"""Not running."""

from stagebox.messages.entry import AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

BY_ITSELF = msg("stagebox starts it again by itself.")
CABLE = msg("Check its cable and its power.")
CHOOSE = msg("Choose the microphone again in Set-up, Sources.")
MIC, MIC_HERE = (
    msg("Check its cable and its power, and sources.mic in the settings."),
    msg("Check its cable and its power. Or choose another one in Set-up, Sources."),
)

ENTRY = CodeEntry(
    code=Code.EAR_DOWN,
    short=msg("not running"),
    live={
        "not_known": AlarmWords(msg("It is not known yet whether the backup sound runs.")),
        "starting": AlarmWords(msg("The backup sound is starting.")),
        "no_start": AlarmWords(
            msg("The backup sound does not start."), msg("Check the microphone; stagebox keeps trying.")
        ),
        "not_running": AlarmWords(msg("The backup sound does not run."), "{help}"),
        "told": AlarmWords("{reason}", "{help}"),
        "deaf": AlarmWords(msg("OBS hears the room, but the backup sound hears nothing."), CHOOSE),
        # What it says of itself: its process, its microphone, its file.
        "not_started": AlarmWords(msg("The backup sound could not be started."), BY_ITSELF),
        "mute": AlarmWords(msg("The backup sound does not answer."), BY_ITSELF),
        "ended": AlarmWords(msg("The backup sound stopped running (exit code {exit})."), BY_ITSELF),
        "lacks_package": AlarmWords(
            msg("The backup sound cannot run: {package} is not installed."),
            msg("Install it: sudo apt-get install {package}"),
            msg("Tell the crew: {package} must be installed."),
        ),
        "not_listed": AlarmWords(
            msg("The computer does not say which microphones it has."), msg("Restart the computer.")
        ),
        "kind": AlarmWords(msg("The backup sound cannot listen to a source of the kind “{kind}”."), CHOOSE),
        "several": AlarmWords(
            msg("“{device}” may be any of {count} microphones."),
            msg("Name the microphone in sources.mic in full."),
            CHOOSE,
        ),
        "absent": AlarmWords(msg("There is no microphone “{device}”."), MIC, MIC_HERE),
        "gone": AlarmWords(msg("The microphone is not there."), MIC, MIC_HERE),
        "busy": AlarmWords(
            msg("Another program uses the microphone “{device}”."),
            msg('Close it, or let both go through PulseAudio: sources.mic.kind = "pulse".'),
            msg("Close that program, or tell the crew."),
        ),
        "no_rate": AlarmWords(
            msg("The microphone “{device}” has no sample rate that the backup sound can use."),
            msg("Set it to 48000 Hz in the system's sound settings."),
            msg("Choose another microphone in Set-up, Sources, or tell the crew."),
        ),
        "pulled": AlarmWords(msg("The microphone stopped: it was pulled out or switched off."), CABLE),
        "no_sound": AlarmWords(msg("The microphone sends no more sound."), CABLE),
        "moved": AlarmWords(
            msg("The microphone is missing, and the computer listens to another one."), CABLE
        ),
        "not_written": AlarmWords(
            msg("The backup of the sound cannot be written to {path}."), msg("Check the disk.")
        ),
    },
)
