"""The clock may be wrong."""

from stagebox.messages.entry import AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.CLOCK_UNSYNCED,
    short=msg("the clock may be wrong"),
    live={
        "stepped": AlarmWords(
            msg("The computer's clock was just changed by {step_s}."),
            msg("Check the time of day on the screen; recordings go on as they should."),
        ),
        "unsynced": AlarmWords(
            msg("The computer's clock is not set by the network."),
            msg("Compare it with a phone. If it is wrong, connect a network, or set the time by hand."),
        ),
        "not_known": AlarmWords(msg("It is not known whether the clock is right.")),
        "not_told": AlarmWords(msg("This computer does not say whether its clock is set.")),
    },
)
