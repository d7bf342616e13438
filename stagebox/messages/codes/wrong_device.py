"""Wrong device."""

from stagebox.messages.entry import NO_SOUND, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.WRONG_DEVICE,
    short=msg("wrong device"),
    rank={"mic": NO_SOUND + 5},
    live={
        "default": AlarmWords(msg("the computer's default")),
        "other": AlarmWords(
            msg("OBS listens to another device: “{device}” instead of “{wanted}”."),
            msg("Choose “{wanted}” as the microphone in Set-up, Sources."),
        ),
    },
)
