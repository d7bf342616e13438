"""The file is no recording, or nothing in it can be read."""

from stagebox.messages.entry import After, Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.UNREADABLE,
    short=msg("cannot be read"),
    after=After(
        meaning=msg("The file is no recording, or nothing in it can be read."),
        measured=msg("ffprobe finds no container it knows, or no packet of picture or sound in it."),
        raised=msg("Always."),
        severity=msg("Critical."),
        remedy=msg(
            "Check that this is the right file. If it is, keep it and look for another recording of "
            "this talk."
        ),
        says={
            "folder": Words(msg("{name} is a folder, not a recording."), msg("Name the file inside it.")),
            "device": Words(
                msg("{name} is a pipe or a device, not a recording."), msg("Name an ordinary file.")
            ),
            "no_file": Words(msg("There is no file {name}."), msg("Check the path.")),
            "not_allowed": Words(
                msg("{name} may not be read by this user."),
                msg("Allow it: chmod u+r, or sudo chown $USER, on {name}."),
            ),
            "not_opened": Words(
                msg("{name} cannot be opened: {reason}."), msg("Check the path and the disk.")
            ),
            "no_recording": Words(
                msg("{name} is no recording that can be read."),
                msg(
                    "Look for another file of this talk; this one may be no recording, or damaged at its "
                    "very start."
                ),
            ),
            "no_index": Words(
                msg("{name} is an MP4 whose index was never written: the recorder did not end properly."),
                msg(
                    "A plain MP4 cannot be repaired without its index. Look for another file of this talk, "
                    "and record to FLV, MKV or fragmented MP4 from now on."
                ),
            ),
            "other_kind": Words(
                msg("{name} is not an FLV, MKV, MP4, MOV or TS file."), msg("Process the recording itself.")
            ),
            "nothing": Words(
                msg("There is neither picture nor sound to be read in {name}."),
                msg("Look for another file of this talk; this one is damaged at its very start."),
            ),
            "does_not_play": Words(
                msg("What can be read from {name} makes no file that plays."),
                msg("Look for another file of this talk. The recording is kept as it is."),
            ),
            "taken_away": Words(
                msg("{name} was deleted, moved or renamed while it was being read."),
                msg("Put it back, or process it under its new name."),
            ),
            "too_new": Words(
                msg(
                    "{name} is not damaged, but too new for this computer: its codecs or tracks cannot be "
                    "read here."
                ),
                msg("Keep it. Update stagebox, or process it on a newer computer."),
            ),
            "none_in_folder": Words(
                msg("There is no recording in the folder {name}."),
                msg("Name a folder with FLV, MKV, MP4, MOV or TS files."),
            ),
            "not_worked_on": Words(
                msg("{name} could not be worked on: {reason}."), msg("Run the same command again.")
            ),
            "killed": Words(
                msg("The program that read {name} was ended by signal {signal} ({word})."),
                msg(
                    "The file may be damaged so that ffmpeg does not survive it. Look for another file of "
                    "this talk."
                ),
            ),
            "own_fault": Words(
                msg("stagebox itself failed while it read {name}."),
                msg(
                    "The recording is untouched. Please report this, with the first megabyte of the file if "
                    "you may."
                ),
            ),
            "too_long": Words(
                msg("The work on {name} took longer than {limit_s} and was stopped."),
                msg(
                    "The recording is untouched. Run the same command again when the computer has less to do."
                ),
            ),
            "part": Words(
                msg("One part of this talk is lost: {why}"), msg("Look for another file of this talk.")
            ),
        },
    ),
)
