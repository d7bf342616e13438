"""A part of the file is damaged and cannot be read, or an announced track holds nothing."""

from stagebox.messages.entry import AlarmWords, CodeEntry, CountedWords, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.CORRUPT,
    short=msg("damaged"),
    after=FindingEntry(
        meaning=msg("A part of the file is damaged and cannot be read, or an announced track holds nothing."),
        measured=msg("Errors that ffmpeg reports while it reads, and packets marked as damaged."),
        raised=msg("Always."),
        severity=msg("A warning; critical when nothing after the damage could be read or copied."),
        remedy=msg("What could be read is in the output. Check the disk, and watch the named part."),
        says={
            "stopped": AlarmWords(
                msg("The file cannot be read after {at_s}: what comes later is not in the MP4."),
                msg("Keep the recording, and look for another file of this talk."),
            ),
            "near": AlarmWords(
                msg(
                    "The file is damaged near {at_s}. It was read as far as possible; what is broken was "
                    "left out."
                ),
                msg("Look at this part of the talk."),
            ),
            "somewhere": AlarmWords(
                msg("The file is damaged. It was read as far as possible; what is broken was left out."),
                msg("Look at the whole talk once."),
            ),
            "found_again": AlarmWords(
                msg("The file is damaged at {at_s}; what comes after it is there again."),
                msg("Look at this part of the talk."),
            ),
            "pieces": AlarmWords(
                CountedWords(
                    "{n} piece of the file is broken and was left out.",
                    "{n} pieces of the file are broken and were left out.",
                ),
                msg("Keep the recording, and look at the whole talk once."),
            ),
            "empty_track": AlarmWords(
                msg("The recording has a track with nothing in it: {tracks}."),
                msg("Check which tracks OBS records."),
            ),
            "unseen": AlarmWords(
                msg("Picture and sound could not be checked. {why}"),
                msg("Look at the whole talk once."),
                short=msg("not checked"),
            ),
        },
    ),
    lacks="time",
)
