"""The recording is shorter than the session's clock says."""

from stagebox.messages.entry import AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.SHORT,
    short=msg("shorter than the talk was"),
    after=FindingEntry(
        meaning=msg("The recording is shorter than the time from start to stop."),
        measured=msg(
            "The length of the recording against the time from start to stop, less the gaps that are "
            "reported."
        ),
        raised=msg("More than {length_tolerance_s} are missing."),
        severity=msg("A warning; critical when more than {SHORT_CRITICAL_SHARE} of it is missing."),
        remedy=msg("Look in the recordings folder for another part of this talk."),
        says={
            "session": AlarmWords(msg("The recording is {lacks_s} shorter than the talk was.")),
        },
    ),
)
