"""OBS does not hear the room."""

from stagebox.messages.entry import NO_SOUND, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.OBS_DEAF,
    short=msg("OBS does not hear the room"),
    rank={"mic": NO_SOUND + 4},
    live={
        "deaf": AlarmWords(
            msg("OBS hears nothing from the microphone, but the room is not silent."),
            msg("OBS listens to the wrong device, or a filter takes the sound away: see Set-up, Sources."),
        ),
        "room_quiet": AlarmWords(msg("The room is quiet, so it is not known whether OBS hears it.")),
    },
)
