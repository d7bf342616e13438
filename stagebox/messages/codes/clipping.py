"""The sound is distorted because the input was too loud."""

from stagebox.messages.entry import SPOILT, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

DOWN = msg("Turn the mixer's output or the microphone's input down.")

ENTRY = CodeEntry(
    code=Code.CLIPPING,
    short=msg("too loud"),
    rank={"": SPOILT + 2},
    live={
        "before": AlarmWords(
            msg("The sound is distorted: it is too loud before it reaches this computer."),
            msg("Turn the input of the mixer down, not its output."),
        ),
        "loud": AlarmWords(msg("The sound is too loud and distorted."), DOWN),
        "moment": AlarmWords(msg("The sound was too loud for a moment."), DOWN),
    },
    after=FindingEntry(
        meaning=msg("The sound is distorted because the input was too loud."),
        measured=msg(
            "Runs of samples above {CLIPPED_SHARE} of full scale that last {CLIPPED_S} or longer, "
            "counted within {EVENTS_WINDOW_S}. The short peaks of applause do not count. Below full "
            "scale: the samples of a voice's loud moments crowd at a ceiling (kurtosis), as a mixer "
            "leaves them that clipped before a fader."
        ),
        raised=msg(
            "{clipping_warning_count} runs within {EVENTS_WINDOW_S}; a ceiling below full scale for {FLAT_S}."
        ),
        severity=msg(
            "A warning; critical when {clipping_critical_share} of all seconds with sound hold "
            "{CLIPPED_SECOND_COUNT} runs or more."
        ),
        remedy=msg("Turn the mixer's output or the input down. A declipping filter may help this recording."),
        next_time=msg("Turn the microphone down before the next talk."),
        says={
            "input": AlarmWords(msg("The sound{where} is distorted for {length_s}: the input is too loud.")),
            "before": AlarmWords(
                msg(
                    "The sound{where} is distorted for {length_s}: it was too loud before it reached the "
                    "recorder."
                )
            ),
        },
    ),
)
