"""Runs on its battery."""

from stagebox.messages.entry import SOON, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

PLUG = msg("Plug in the power supply, and check that its socket has power.")

ENTRY = CodeEntry(
    code=Code.ON_BATTERY,
    short=msg("runs on its battery"),
    rank={"": SOON + 2},
    live={
        "battery": AlarmWords(msg("The computer runs on its battery."), PLUG),
        "battery_left": AlarmWords(msg("The computer runs on its battery, and {percent} % is left."), PLUG),
        "not_told": AlarmWords(msg("This computer does not say where its power comes from.")),
    },
)
