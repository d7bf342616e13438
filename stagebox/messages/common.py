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
    "room_unknown": Words(msg("Nobody knows how much room is left on the disk.")),
    "not_seen": Words(
        msg("The picture was not looked at in time."),
        msg("Wait a few seconds. If it stays so, look whether OBS is running."),
        msg("Wait a moment. If it stays so, tell the crew."),
    ),
}
"""What any code may say, by key."""

TOLD_BY: Mapping[str, frozenset[str]] = {
    "disk_low": frozenset({"disk_full", "folder_gone"}),
    "disk_full": frozenset({"folder_gone"}),
}
"""One thing is one alarm: what is not raised while one of these is, which says it already."""
