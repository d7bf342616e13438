"""Disk, heat, power and clock, where nothing is wrong; what is wrong is told as live."""

from stagebox.messages.entry import AlarmWords, CheckEntry, msg

ENTRY = CheckEntry(
    titles={"disk": msg("Disk"), "heat": msg("Heat"), "power": msg("Power"), "clock": msg("Clock")},
    says={
        "room": AlarmWords(msg("{free_bytes} are free: room for {room_s} of recording.")),
        "free": AlarmWords(msg("{free_bytes} are free.")),
        "degrees": AlarmWords(msg("The computer has {degrees} °C.")),
        "cool": AlarmWords(msg("The computer is not too hot.")),
        "mains": AlarmWords(msg("The power supply is plugged in.")),
        "clock": AlarmWords(msg("The network sets the clock.")),
    },
)
