"""Too hot."""

from stagebox.messages.entry import SOON, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

AIR = msg("Give it air: clear its vents, keep it off cloth and out of the sun. Close other programs.")

ENTRY = CodeEntry(
    code=Code.HOT,
    short=msg("too hot"),
    rank={"": SOON + 1},
    live={
        "hot": AlarmWords(msg("The computer is too hot."), AIR),
        "hot_c": AlarmWords(msg("The computer is too hot ({degrees} °C)."), AIR),
        "slowed": AlarmWords(msg("The computer is so hot that it slows itself down."), AIR),
        "slowed_c": AlarmWords(msg("The computer is so hot ({degrees} °C) that it slows itself down."), AIR),
        "not_told": AlarmWords(msg("This computer does not say how hot it is.")),
    },
)
