"""Pictures are being lost."""

from stagebox.messages.entry import SPOILT, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

CLOSE = msg(
    "Close other programs. If it stays so, the crew can set a smaller picture, or fewer pictures a second, "
    "before the next talk."
)

ENTRY = CodeEntry(
    code=Code.ENCODER_LAG,
    short=msg("pictures are being lost"),
    rank={"": SPOILT + 4},
    live={
        "lately": AlarmWords(
            msg("OBS cannot encode fast enough: {percent} % of the last ten seconds' pictures are missing."),
            CLOSE,
        ),
        "minute": AlarmWords(
            msg("OBS cannot encode fast enough: {percent} % of the last minute's pictures are missing."),
            CLOSE,
        ),
    },
)
