"""The program that reads and writes recordings."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

ENTRY = CheckEntry(
    titles={"ffmpeg": "ffmpeg"},
    says={
        "good": AlarmWords(msg("Version {version}.")),
        "own": AlarmWords(msg("It is there, but its version is not known.")),
        "old": AlarmWords(
            msg("Version {version} is too old: {needed} or newer is needed."),
            msg("Install ffmpeg {needed} or newer."),
            msg("Tell the crew: ffmpeg {needed} or newer must be installed."),
        ),
        "failed": AlarmWords(
            msg("ffmpeg is missing, or does not run: recordings cannot be checked."),
            msg("Install it: sudo apt-get install ffmpeg"),
            msg("Tell the crew: ffmpeg must be installed."),
        ),
    },
)
