"""Wrong device."""

from stagebox.messages.entry import NO_SOUND, Entry, Words, msg
from stagebox.model.report import Code

ENTRY = Entry(
    code=Code.WRONG_DEVICE,
    short=msg("wrong device"),
    rank={"mic": NO_SOUND + 5},
    live={
        "default": Words(msg("the computer's default")),
        "other": Words(
            msg("OBS listens to another device: “{device}” instead of “{wanted}”."),
            msg("Choose “{wanted}” as the microphone in Set-up, Sources."),
        ),
    },
)
