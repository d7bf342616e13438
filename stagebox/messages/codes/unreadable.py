"""The file is no recording, or nothing in it can be read."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

KEPT = msg("The recording is kept. Tell the crew.")

ENTRY = CodeEntry(
    code=Code.UNREADABLE,
    short=msg("cannot be read"),
    after=FindingEntry(
        meaning=msg("The file is no recording, or nothing in it can be read."),
        measured=msg("ffprobe finds no container it knows, or no packet of picture or sound in it."),
        raised=msg("Always."),
        severity=msg("Critical."),
        remedy=msg(
            "Check that this is the right file. If it is, keep it and look for another recording of "
            "this talk."
        ),
        says={
            "folder": AlarmWords(
                msg("{name} is a folder, not a recording."), msg("Name the file inside it."), KEPT
            ),
            "device": AlarmWords(
                msg("{name} is a pipe or a device, not a recording."), msg("Name an ordinary file."), KEPT
            ),
            "no_file": AlarmWords(msg("There is no file {name}."), msg("Check the path."), KEPT),
            "not_allowed": AlarmWords(
                msg("This user is not allowed to read {name}."),
                msg("Allow it: chmod u+r, or sudo chown $USER, on {name}."),
                KEPT,
            ),
            "not_opened": AlarmWords(
                msg("{name} cannot be opened: {reason}."), msg("Check the path and the disk.")
            ),
            "no_recording": AlarmWords(
                msg("{name} is no recording that can be read."),
                msg(
                    "Look for another file of this talk; this one may be no recording, or damaged at its "
                    "very start."
                ),
            ),
            "no_index": AlarmWords(
                msg("{name} is an MP4 whose index was never written: the recorder did not end properly."),
                msg(
                    "A plain MP4 cannot be repaired without its index. Look for another file of this talk, "
                    "and record to FLV, MKV or fragmented MP4 from now on."
                ),
            ),
            "other_kind": AlarmWords(
                msg("{name} is not an FLV, MKV, MP4, MOV or TS file."),
                msg("Process the recording itself."),
                KEPT,
            ),
            "nothing": AlarmWords(
                msg("No picture and no sound can be read from {name}."),
                msg("Look for another file of this talk; this one is damaged at its very start."),
            ),
            "does_not_play": AlarmWords(
                msg("What can be read from {name} makes no file that plays."),
                msg("Look for another file of this talk. The recording is kept as it is."),
            ),
            "taken_away": AlarmWords(
                msg("{name} was deleted, moved or renamed while it was being read."),
                msg("Put it back, or process it under its new name."),
                msg("Put it back, and tell the crew."),
            ),
            "too_new": AlarmWords(
                msg(
                    "{name} is not damaged, but too new for this computer: its codecs or tracks cannot be "
                    "read here."
                ),
                msg("Keep it. Update stagebox, or process it on a newer computer."),
                KEPT,
            ),
            "none_in_folder": AlarmWords(
                msg("There is no recording in the folder {name}."),
                msg("Name a folder with FLV, MKV, MP4, MOV or TS files."),
                KEPT,
            ),
            "not_worked_on": AlarmWords(
                msg("{name} could not be worked on: {reason}."), msg("Run the same command again."), KEPT
            ),
            "killed": AlarmWords(
                msg("The program that read {name} was ended by signal {signal} ({word})."),
                msg("The file may be so damaged that ffmpeg crashes. Look for another file of this talk."),
            ),
            "own_fault": AlarmWords(
                msg("stagebox itself failed while it read {name}."),
                msg(
                    "The recording is untouched. Please report this, with the first megabyte of the file if "
                    "you may."
                ),
            ),
            "too_long": AlarmWords(
                msg("The work on {name} took longer than {limit_s} and was stopped."),
                msg(
                    "The recording is untouched. Run the same command again when the computer has less to do."
                ),
                KEPT,
            ),
            "part": AlarmWords(
                msg("One part of this talk is lost: {why}"), msg("Look for another file of this talk.")
            ),
        },
    ),
)
