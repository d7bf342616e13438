"""Between two parts of one session, or while the computer slept, nothing was recorded."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.GAP,
    short=msg("a gap"),
    after=FindingEntry(
        meaning=msg("Between two parts of one talk, or while the computer slept, nothing was recorded."),
        measured=msg(
            "The time between the end of a part and the start of the next, by stagebox's clock; of"
            " parts that were joined later, by their names, tags and files."
        ),
        raised=msg(
            "Always where one part ends and the next begins, and for each sleep; also where a part "
            "cannot be joined. Of parts that were joined later: where more than {TOUCH_S} are missing"
            " or in both, or where that is not known."
        ),
        severity=msg("A warning."),
        remedy=msg(
            "Tell the editor where it is. If the room has a second recorder, fill the gap from there."
        ),
        says={
            "part": AlarmWords(
                msg("The recording was interrupted here: about {gap_s} are missing. Part {number} begins."),
                msg("Check the cut; it is marked as a chapter."),
            ),
            "part_unknown": AlarmWords(
                msg(
                    "The recording was interrupted here: what happened in between is missing. Part {number} "
                    "begins."
                ),
                msg("Check the cut; it is marked as a chapter."),
            ),
            "joined": AlarmWords(
                msg("Part {number} was joined here. {between}"),
                msg("Check the cut; it is marked as a chapter."),
            ),
            "joined_twice": AlarmWords(
                msg("Part {number} was joined here. {between}"),
                msg("Check the cut; it is marked as a chapter."),
                short=msg("in two parts"),
            ),
            "unknown": AlarmWords(
                msg("It is not known whether something is missing between part {one} and part {other}.")
            ),
            "touches": AlarmWords(msg("Part {other} goes on where part {one} ended.")),
            "twice": AlarmWords(msg("{length_s} are in both part {one} and part {other}.")),
            "missing": AlarmWords(msg("{length_s} are missing between part {one} and part {other}.")),
            "apart": AlarmWords(
                msg(
                    "Part {number} of this talk was recorded with other settings and cannot be joined "
                    "without loss. It is in a file of its own: {output}."
                ),
                msg("Look at both files. Keep OBS’s recording settings the same during a talk."),
            ),
            "apart_lost": AlarmWords(
                msg(
                    "Part {number} of this talk was recorded with other settings, and no MP4 could be made "
                    "of it."
                ),
                msg("Keep the recording. Keep OBS’s recording settings the same during a talk."),
            ),
            "slept": AlarmWords(
                "{words}",
                msg("Check the cut. Set the computer’s power settings to never suspend."),
                short=msg("the computer slept"),
            ),
        },
    ),
    lacks="time",
)
