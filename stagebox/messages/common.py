"""What is said of more than one code: roles, and what is not known."""

from collections.abc import Mapping

from stagebox.messages.entry import Words, msg

ROLES: Mapping[str, str] = {
    "slides": msg("Slides"),
    "camera": msg("Camera"),
    "mic": msg("Microphone"),
    "ear": msg("Backup sound"),
    "disk": msg("Disk"),
    "obs": "OBS",
    "stream": msg("Stream"),
    "button_box": msg("Button box"),
    "machine": msg("Computer"),
    "program": msg("Program"),
    "scenes": msg("Scenes"),
    "profile": msg("Profile"),
    "recording": msg("The recording"),
}
"""What people call the parts of the venue."""

WORDS: Mapping[str, Words] = {
    "room_unknown": Words(msg("It is not known how much room is left on the disk.")),
    "not_seen": Words(
        msg("The picture was not looked at in time."),
        msg("Wait a few seconds. If it stays so, look whether OBS is running."),
        msg("Wait a moment. If it stays so, tell the crew."),
    ),
    # Sound.
    "no_levels": Words(msg("OBS does not tell its sound levels now.")),
    "no_ear": Words(msg("This cannot be told now: the backup sound does not run.")),
    "no_voices": Words(msg("It is not known yet what the backup sound hears.")),
    "nothing_heard": Words(msg("Nothing was heard yet.")),
    "off_by_design": Words(msg("This scene has no sound on purpose.")),
    "off_program": Words(msg("The microphone is not in the scene that viewers see.")),
    # OBS.
    "recording_unknown": Words(msg("It is not known whether something is recorded.")),
    "no_frames": Words(msg("OBS does not tell how many pictures it loses.")),
    "too_new": Words(msg("OBS has not run for long enough to tell.")),
    "no_count": Words(msg("OBS does not count its pictures now.")),
    # The stream: why, and what becomes of the recording.
    "stream": Words("{reason}", "{help}"),
    "stream_unrecorded": Words(msg("{reason} Nothing is being recorded."), "{help}"),
    "stream_alone": Words(msg("{reason} The recording goes on and is not affected."), "{help}"),
    "stream_suffers": Words(
        msg("{reason} The recording suffers too: OBS is too slow for both."),
        msg("Stop the stream to save the recording."),
    ),
}
"""What any code may say, by key."""

TOLD_BY: Mapping[str, frozenset[str]] = {
    "disk_low": frozenset({"disk_full", "folder_gone"}),
    "disk_full": frozenset({"folder_gone"}),
}
"""One thing is one alarm: what is not raised while one of these is, which says it already."""
