"""Runs on its battery."""

from stagebox.messages.entry import SOON, Entry, Words, msg
from stagebox.model.report import Code

PLUG = msg("Plug in the power supply, and check that its socket has power.")

ENTRY = Entry(
    code=Code.ON_BATTERY,
    short=msg("runs on its battery"),
    rank={"": SOON + 2},
    live={
        "battery": Words(msg("The computer runs on its battery."), PLUG),
        "battery_left": Words(msg("The computer runs on its battery, and {percent} % is left."), PLUG),
        "not_told": Words(msg("This computer does not tell where its power comes from.")),
    },
)
