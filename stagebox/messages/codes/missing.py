"""Missing."""

from stagebox.messages.entry import NO_PICTURE, NO_SOUND, AlarmWords, CodeEntry, FindingEntry, msg
from stagebox.model.report import Code

BUILD = msg("Touch “Build the scenes again”, which puts it back.")
PLUG = msg("Plug in the HDMI cable and the capture card's USB cable. The picture comes back by itself.")
SWITCH = msg("Switch the camera on and plug its cable in again. The picture comes back by itself.")
RESTARTS = msg("It is started again by itself. Wait a few seconds.")
CABLE = msg("Check the cable. If another program uses the device, close that program.")
POWER = msg("Check its cable and its power.")

ENTRY = CodeEntry(
    code=Code.MISSING,
    short=msg("missing"),
    rank={"mic": NO_SOUND + 1, "slides": NO_PICTURE + 1, "camera": NO_PICTURE + 6, "": NO_PICTURE + 11},
    live={
        "slides_not_in_obs": AlarmWords(msg("The slides are not in OBS."), BUILD),
        "camera_not_in_obs": AlarmWords(msg("The camera is not in OBS."), BUILD),
        "slides_pulled": AlarmWords(msg("The slides are missing: their cable was pulled."), PLUG),
        "slides_pulled_on": AlarmWords(
            msg("The slides are missing: their cable was pulled. Viewers see the last picture."), PLUG
        ),
        "slides_pulled_off": AlarmWords(
            msg("The slides are missing: their cable was pulled. Viewers see another scene meanwhile."), PLUG
        ),
        "camera_pulled": AlarmWords(msg("The camera is missing: it was unplugged or switched off."), SWITCH),
        "camera_pulled_on": AlarmWords(
            msg("The camera is missing: it was unplugged or switched off. Viewers see the last picture."),
            SWITCH,
        ),
        "camera_pulled_off": AlarmWords(
            msg(
                "The camera is missing: it was unplugged or switched off. "
                "Viewers see another scene meanwhile."
            ),
            SWITCH,
        ),
        "slides_stale": AlarmWords(
            msg("The slides came back, but OBS may still show the old picture."), RESTARTS
        ),
        "camera_stale": AlarmWords(
            msg("The camera came back, but OBS may still show the old picture."), RESTARTS
        ),
        "slides_no_picture": AlarmWords(msg("OBS gets no picture of the slides."), CABLE),
        "camera_no_picture": AlarmWords(msg("OBS gets no picture from the camera."), CABLE),
        "mic_not_in_obs": AlarmWords(msg("The microphone is not in OBS."), BUILD),
        "mic_off_program": AlarmWords(
            msg("The scene “{scene}” has no sound from the microphone."),
            msg("Touch a scene with sound, or “Build the scenes again”, which puts it back."),
        ),
        "mic": AlarmWords(msg("The microphone is missing."), POWER),
        "mic_told": AlarmWords("{reason}", "{help}"),
        "changing": AlarmWords(msg("OBS is changing its scene.")),
        "mic_unknown": AlarmWords(msg("It is not known whether the microphone is there: nothing hears it.")),
    },
    after=FindingEntry(
        meaning=msg(
            "A source was not there while the talk was recorded: a cable was out, a device was off, or "
            "OBS had lost it. The picture then stands still or is black, and the sound is missing."
        ),
        measured=msg("Known from the alarm during the recording; the file does not show it."),
        raised=msg("{AWAY_NOTE_S} or longer."),
        severity=msg("A note; from {AWAY_WARNING_S} on as severe as the alarm was."),
        remedy=msg("Check its cable before the next talk, and check whether this part can be used."),
        short=msg("a source was missing"),
        next_time=msg("Check its cable before the next talk."),
        says={
            "source": AlarmWords(msg("A source was missing for {length_s}.")),
            "slides": AlarmWords(
                msg("The slides were missing for {length_s}."), short=msg("slides were missing")
            ),
            "camera": AlarmWords(
                msg("The camera was missing for {length_s}."), short=msg("camera was missing")
            ),
            "mic": AlarmWords(
                msg("The microphone was missing for {length_s}."), short=msg("microphone was missing")
            ),
            "mic_off_program": AlarmWords(
                msg("For {length_s} a scene was shown that has no sound from the microphone.")
            ),
        },
    ),
    lacks="time",
)
