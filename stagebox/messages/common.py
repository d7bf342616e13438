"""What is said of more than one code: roles, and what is not known."""

from collections.abc import Mapping

from stagebox.messages.entry import AlarmWords, msg

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

WORDS: Mapping[str, AlarmWords] = {
    "room_unknown": AlarmWords(msg("It is not known how much room is left on the disk.")),
    "not_seen": AlarmWords(
        msg("The picture was not checked in time."),
        msg("Wait a few seconds. If it stays so, check whether OBS is running."),
        msg("Wait a moment. If it stays so, tell the crew."),
    ),
    # The doctor.
    "failed": AlarmWords(
        msg("This could not be checked."), msg("Check again. If it stays so, tell the crew.")
    ),
    # Sound.
    "no_levels": AlarmWords(msg("OBS does not say its sound levels now.")),
    "no_ear": AlarmWords(msg("This is not known now: the backup sound does not run.")),
    "no_voices": AlarmWords(msg("It is not known yet what the backup sound hears.")),
    "nothing_heard": AlarmWords(msg("Nothing was heard yet.")),
    "off_by_design": AlarmWords(msg("This scene has no sound on purpose.")),
    "off_program": AlarmWords(msg("The microphone is not in the scene that viewers see.")),
    # OBS.
    "recording_unknown": AlarmWords(msg("It is not known whether something is recorded.")),
    "no_frames": AlarmWords(msg("OBS does not say how many pictures it loses.")),
    "too_new": AlarmWords(msg("OBS has not run for long enough to tell.")),
    "no_count": AlarmWords(msg("OBS does not count its pictures now.")),
    # The stream: why, and what becomes of the recording.
    "stream": AlarmWords("{reason}", "{help}"),
    "stream_unrecorded": AlarmWords(msg("{reason} Nothing is being recorded."), "{help}"),
    "stream_alone": AlarmWords(msg("{reason} The recording goes on and is not affected."), "{help}"),
    "stream_suffers": AlarmWords(
        msg("{reason} The recording suffers too: OBS is too slow for both."),
        msg("End the stream to save the recording."),
    ),
}
"""What any code may say, by key."""

TOLD_BY: Mapping[str, frozenset[str]] = {
    "disk_low": frozenset({"disk_full", "folder_gone"}),
    "disk_full": frozenset({"folder_gone"}),
    "speaking_unrecorded": frozenset({"talk_unrecorded"}),
    "talk_unrecorded": frozenset({"not_recording"}),
}
"""One thing is one alarm: what is not raised while one of these is, which says it already."""
