"""Does not move."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.OBS_STUCK,
    short=msg("hangs"),
    rank={"": WHOLE_TALK + 5},
    live={
        "no_end": AlarmWords(
            msg("The recording does not end. {reason}"),
            msg("What was recorded is safe; stagebox keeps trying. If it stays so, restart the computer."),
        ),
        "scene": AlarmWords(
            msg("OBS did not show the scene “{scene}”."),
            msg("Touch the scene again. If it stays so, touch “Build the scenes again” in Set-up, Check."),
        ),
        "hung_yes": AlarmWords(
            msg("OBS does not answer, but it goes on recording."),
            msg("Leave OBS alone until the talk ends. Scenes cannot be changed meanwhile."),
        ),
        "hung_no": AlarmWords(
            msg("OBS does not answer and writes nothing: this talk is NOT being recorded."),
            msg("stagebox ends OBS and starts it again; the recording goes on in a new part."),
        ),
        "hung_nothing": AlarmWords(
            msg("OBS does not answer."), msg("stagebox can end OBS and start it again.")
        ),
        "hung_unknown": AlarmWords(
            msg("OBS does not answer, and it is not known whether it records."),
            msg("Wait a moment: OBS may be busy. If it stays so, restart the computer after the talk."),
        ),
    },
)
