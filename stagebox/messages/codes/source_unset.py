"""Not chosen."""

from stagebox.messages.entry import NO_PICTURE, NO_SOUND, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

ENTRY = CodeEntry(
    code=Code.SOURCE_UNSET,
    short=msg("not chosen"),
    rank={"mic": NO_SOUND, "slides": NO_PICTURE + 5, "camera": NO_PICTURE + 10, "": NO_PICTURE + 15},
    live={
        "slides": AlarmWords(
            msg("No slides are chosen: the recording has no picture of the laptop."),
            msg("On the touch screen, open Set-up, Sources, and choose the slides."),
            msg("Open Set-up, Sources, and choose the slides."),
        ),
        "camera": AlarmWords(
            msg("No camera is chosen: the recording does not show the speaker."),
            msg("If there is a camera, choose it on the touch screen under Set-up, Sources."),
            msg("If there is a camera, choose it under Set-up, Sources."),
        ),
        "mic": AlarmWords(
            msg("No microphone is chosen: the recording has no sound."),
            msg("On the touch screen, open Set-up, Sources, and choose the microphone."),
            msg("Open Set-up, Sources, and choose the microphone."),
        ),
        "no_picture": AlarmWords(
            msg("Neither slides nor a camera are chosen: the recording has no picture."),
            msg("On the touch screen, open Set-up, Sources, and choose the slides."),
            msg("Open Set-up, Sources, and choose the slides."),
        ),
        "not_known": AlarmWords(msg("It is not known yet what is chosen.")),
    },
    lacks="time",
)
