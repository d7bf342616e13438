"""NOT recording."""

from stagebox.messages.entry import WHOLE_TALK, Entry, Words, msg
from stagebox.model.report import Code

AGAIN = msg("Stop the recording, and start it again. If it stays so, restart the computer.")
WAIT = msg("Wait a few seconds.")
CHOOSE, THEM = msg("Open Set-up, Sources, and choose it."), msg("Open Set-up, Sources, and choose them.")
LAPTOP, CAMERA = (
    msg("Check the cable, and wake the laptop."),
    msg("Switch the camera on, and check its cable."),
)

ENTRY = Entry(
    code=Code.NOT_RECORDING,
    short=msg("NOT recording"),
    rank={"": WHOLE_TALK},
    live={
        # What the engine knows.
        "no_start": Words(
            msg("This talk is NOT being recorded. {reason}"), msg("stagebox keeps trying. Tell the crew now.")
        ),
        "stopped_by_itself": Words(
            msg("OBS stopped recording, and nobody here asked for it."),
            msg("If the talk goes on, touch Record again: it becomes a new recording."),
        ),
        # The record light.
        "off": Words(msg("Nothing is being recorded.")),
        "asked": Words(msg("OBS is asked to record.")),
        "begins": Words(msg("OBS starts to record.")),
        "first_proof": Words(msg("OBS records. The first proof follows in a few seconds.")),
        "proven": Words(msg("Recording, and proven: the file grows and its end plays.")),
        "obs_silent": Words(msg("It is not known whether this is recorded: OBS does not answer."), AGAIN),
        "obs_silent_grows": Words(
            msg("OBS does not answer, but the file still grows."), msg("Leave OBS alone: it records.")
        ),
        "not": Words(msg("This talk is NOT being recorded."), AGAIN),
        "writes_nothing": Words(msg("OBS says that it records, but writes nothing."), AGAIN),
        "elsewhere": Words(
            msg("OBS records on another computer: only OBS itself can tell that it does."),
            msg("Look at the file on that computer now and then."),
        ),
        "not_looked": Words(msg("OBS records, but the file was not looked at in time."), WAIT),
        "no_path": Words(msg("OBS records, but it is not known yet into which file."), WAIT),
        "file_gone": Words(
            msg("The recording's file is gone: {path}."), msg("Put its disk back. Then record again.")
        ),
        "file_still": Words(
            msg("The recording's file does not grow."), msg("Check the disk, and record again.")
        ),
        "no_flv": Words(
            msg("The file grows, but OBS records no FLV: nothing proves that it plays."),
            msg("Look at it after the talk. Then touch “Build the scenes again”."),
        ),
        "unproven": Words(msg("The file grows, but nothing has proven yet that it plays."), WAIT),
        "old_proof": Words(msg("The file grows, but the last proof that it plays is too old."), WAIT),
        "no_play": Words(msg("The end of the recording does not play: {reason}"), AGAIN),
        "no_time": Words(msg("The file grows, but nothing new can be played from it."), AGAIN),
        "no_sound_track": Words(
            msg("The recording has a picture, but no sound track."),
            msg("Touch “Build the scenes again”. If it stays so, tell the crew."),
        ),
        "sound_lost": Words(
            msg("OBS hears the microphone, but the recording holds no sound."),
            msg("Touch a scene with sound. If it stays so, touch “Build the scenes again”."),
        ),
        # What a recording that is written lacks: `model.health_view.Lack`.
        "but": Words(msg("Recording, but {lack}."), "{help}"),
        "nothing_chosen": Words(msg("no source is chosen"), THEM),
        "mic_unset": Words(msg("no microphone is chosen"), CHOOSE),
        "mic_missing": Words(msg("the microphone is missing"), msg("Check its cable and its power.")),
        "mic_muted": Words(msg("the microphone is muted"), msg("Touch “Switch the sound on”.")),
        "mic_off_program": Words(msg("this scene has no sound"), msg("Touch a scene with sound.")),
        "mic_silent": Words(
            msg("there is no sound"), msg("Check the microphone's switch, its battery and its cable.")
        ),
        "mic_wrong": Words(msg("it is the wrong microphone"), CHOOSE),
        "mic_not_in_obs": Words(msg("OBS does not hear the room"), CHOOSE),
        "mic_unknown": Words(msg("the sound cannot be checked"), WAIT),
        "no_picture_chosen": Words(msg("no picture is chosen"), THEM),
        "program_black": Words(msg("the picture is black"), msg("Touch a scene that shows a picture.")),
        "slides_unset": Words(msg("no slides are chosen"), CHOOSE),
        "slides_missing": Words(msg("the slides are missing"), LAPTOP),
        "slides_no_signal": Words(msg("the slides have no signal"), LAPTOP),
        "slides_black": Words(msg("the slides are black"), msg("Wake the laptop.")),
        "slides_unknown": Words(msg("the slides cannot be checked"), WAIT),
        "camera_missing": Words(msg("the camera is missing"), CAMERA),
        "camera_no_signal": Words(msg("the camera has no signal"), CAMERA),
        "camera_black": Words(msg("the camera is black"), msg("Take off its lens cap.")),
        "camera_frozen": Words(msg("the camera's picture is frozen"), msg("Switch the camera off and on.")),
        "camera_unknown": Words(msg("the camera cannot be checked"), WAIT),
    },
)
