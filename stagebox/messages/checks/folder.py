"""The folders that stagebox writes to."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

RIGHT = msg("Give stagebox the right to write there, or set another {setting} in stagebox.toml.")
ANOTHER = msg("Choose another folder in Set-up, Room and disk, or tell the crew.")

ENTRY = CheckEntry(
    titles={
        "folder_folder": msg("Recordings"),
        "folder_out": msg("Finished talks"),
        "folder_state_dir": msg("stagebox's files"),
    },
    says={
        "good": AlarmWords(msg("{folder} can be written: {rate_bytes} a second.")),
        "full": AlarmWords(
            msg("The disk is full: nothing can be written to {folder}."),
            msg("Free some room, or set another {setting} in stagebox.toml."),
            msg("Free some room, or choose another folder: Set-up, Room and disk."),
        ),
        "no_right": AlarmWords(msg("stagebox is not allowed to write to {folder}."), RIGHT, ANOTHER),
        "not_written": AlarmWords(msg("Nothing can be written to {folder}."), RIGHT, ANOTHER),
        "changed": AlarmWords(
            msg("What was written to {folder} came back changed."),
            msg("Do not use this disk: it loses data."),
        ),
        "slow": AlarmWords(
            msg("{folder} takes only {rate_bytes} a second: that may be too slow for a recording."),
            msg("Use a disk inside the computer, or a faster one. Avoid network folders."),
        ),
    },
)
