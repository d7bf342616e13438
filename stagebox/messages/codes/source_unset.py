"""Not chosen."""

from stagebox.messages.entry import NO_PICTURE, NO_SOUND, AlarmWords, CodeEntry, FindingEntry, msg
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
    after=FindingEntry(
        meaning=msg(
            "No device was chosen for this part while the talk was recorded: it is not in the recording."
        ),
        measured=msg("Known from the alarm during the recording; the file does not show it."),
        raised=msg("Always."),
        severity=msg("As severe as the alarm was."),
        remedy=msg("Choose it before the next talk: Set-up, Sources."),
        short=msg("a part had no device"),
        next_time=msg("Choose it before the next talk: Set-up, Sources."),
        says={
            "source": AlarmWords(msg("A part of the talk had no device: it is not in the recording.")),
            "slides": AlarmWords(
                msg("No slides were chosen: the recording has no picture of the laptop."),
                short=msg("no slides were chosen"),
            ),
            "camera": AlarmWords(
                msg("No camera was chosen: the recording does not show the speaker."),
                short=msg("no camera was chosen"),
            ),
            "mic": AlarmWords(
                msg("No microphone was chosen: the recording has no sound."),
                short=msg("no microphone was chosen"),
            ),
            "no_picture": AlarmWords(
                msg("Neither slides nor a camera were chosen: the recording has no picture.")
            ),
        },
    ),
    lacks="time",
)
