"""The computer is too slow."""

from stagebox.messages.entry import SPOILT, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

CLOSE = msg(
    "Close other programs, above all browsers and games. If it stays so, the crew can set a smaller picture, "
    "or fewer pictures a second, before the next talk."
)

ENTRY = CodeEntry(
    code=Code.RENDER_LAG,
    short=msg("the computer is too slow"),
    rank={"": SPOILT + 5},
    live={
        "lately": AlarmWords(
            msg("OBS cannot draw fast enough: {percent} % of the last ten seconds' pictures are missing."),
            CLOSE,
        ),
        "minute": AlarmWords(
            msg("OBS cannot draw fast enough: {percent} % of the last minute's pictures are missing."), CLOSE
        ),
    },
)
