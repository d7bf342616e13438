"""NOT recording."""

from stagebox.messages.entry import WHOLE_TALK, AlarmWords, CodeEntry, msg
from stagebox.model.report import Code

AGAIN = msg("Stop the recording, and start it again. If it stays so, restart the computer.")
WAIT = msg("Wait a few seconds.")
CHOOSE, THEM = msg("Open Set-up, Sources, and choose it."), msg("Open Set-up, Sources, and choose them.")
LAPTOP, CAMERA = (
    msg("Check the cable, and wake the laptop."),
    msg("Switch the camera on, and check its cable."),
)

ENTRY = CodeEntry(
    code=Code.NOT_RECORDING,
    short=msg("NOT recording"),
    rank={"": WHOLE_TALK},
    live={
        # What the engine knows.
        "no_start": AlarmWords(
            msg("This talk is NOT being recorded. {reason}"), msg("stagebox keeps trying. Tell the crew now.")
        ),
        "stopped_by_itself": AlarmWords(
            msg("OBS stopped recording, and nobody here asked for it."),
            msg("If the talk goes on, touch Record again: it becomes a new recording."),
        ),
        # The record light.
        "off": AlarmWords(msg("Nothing is being recorded.")),
        "asked": AlarmWords(msg("OBS is asked to record.")),
        "begins": AlarmWords(msg("OBS starts to record.")),
        "first_proof": AlarmWords(msg("OBS records. The first proof follows in a few seconds.")),
        "proven": AlarmWords(msg("Recording, and proven: the file grows and its end plays.")),
        "obs_silent": AlarmWords(
            msg("It is not known whether this is recorded: OBS does not answer."), AGAIN
        ),
        "obs_silent_grows": AlarmWords(
            msg("OBS does not answer, but the file still grows."), msg("Leave OBS alone: it records.")
        ),
        "not": AlarmWords(msg("This talk is NOT being recorded."), AGAIN),
        "writes_nothing": AlarmWords(msg("OBS says that it records, but writes nothing."), AGAIN),
        "elsewhere": AlarmWords(
            msg("OBS records on another computer: only OBS itself can tell that it does."),
            msg("Look at the file on that computer now and then."),
        ),
        "not_looked": AlarmWords(msg("OBS records, but the file was not checked in time."), WAIT),
        "no_path": AlarmWords(msg("OBS records, but it is not known yet into which file."), WAIT),
        "file_gone": AlarmWords(
            msg("The recording's file is gone: {path}."), msg("Put its disk back. Then record again.")
        ),
        "file_still": AlarmWords(
            msg("The recording's file does not grow."), msg("Check the disk, and record again.")
        ),
        "no_flv": AlarmWords(
            msg("The file grows, but OBS records no FLV: nothing proves that it plays."),
            msg("Look at it after the talk. Then touch “Build the scenes again”."),
        ),
        "unproven": AlarmWords(msg("The file grows, but nothing has proven yet that it plays."), WAIT),
        "old_proof": AlarmWords(msg("The file grows, but the last proof that it plays is too old."), WAIT),
        "no_play": AlarmWords(msg("The end of the recording does not play: {reason}"), AGAIN),
        "torn": AlarmWords(msg("the file holds something else.")),
        "unreadable": AlarmWords(msg("the file cannot be read.")),
        "no_picture": AlarmWords(msg("no picture was found in it.")),
        "slow": AlarmWords(msg("checking it takes longer than {limit_s}.")),
        "no_ffmpeg": AlarmWords(msg("ffmpeg cannot be started.")),
        "picture_damaged": AlarmWords(msg("its picture is damaged.")),
        "sound_damaged": AlarmWords(msg("its sound is damaged.")),
        "damaged": AlarmWords(msg("it is damaged.")),
        "no_time": AlarmWords(msg("The file grows, but nothing new can be played from it."), AGAIN),
        "no_sound_track": AlarmWords(
            msg("The recording has a picture, but no sound track."),
            msg("Touch “Build the scenes again”. If it stays so, tell the crew."),
        ),
        "sound_lost": AlarmWords(
            msg("OBS hears the microphone, but the recording holds no sound."),
            msg("Touch a scene with sound. If it stays so, touch “Build the scenes again”."),
        ),
        # What a recording that is written lacks: `model.health_view.Lack`.
        "but": AlarmWords(msg("Recording, but {lack}."), "{help}"),
        "nothing_chosen": AlarmWords(msg("no source is chosen"), THEM),
        "mic_unset": AlarmWords(msg("no microphone is chosen"), CHOOSE),
        "mic_missing": AlarmWords(msg("the microphone is missing"), msg("Check its cable and its power.")),
        "mic_muted": AlarmWords(msg("the microphone is muted"), msg("Touch “Switch the sound on”.")),
        "mic_off_program": AlarmWords(msg("this scene has no sound"), msg("Touch a scene with sound.")),
        "mic_silent": AlarmWords(
            msg("there is no sound"), msg("Check the microphone's switch, its battery and its cable.")
        ),
        "mic_wrong": AlarmWords(msg("it is the wrong microphone"), CHOOSE),
        "mic_not_in_obs": AlarmWords(msg("OBS does not hear the room"), CHOOSE),
        "mic_unknown": AlarmWords(msg("the sound cannot be checked"), WAIT),
        "no_picture_chosen": AlarmWords(msg("no picture is chosen"), THEM),
        "program_black": AlarmWords(msg("the picture is black"), msg("Touch a scene that shows a picture.")),
        "slides_unset": AlarmWords(msg("no slides are chosen"), CHOOSE),
        "slides_missing": AlarmWords(msg("slides are missing"), LAPTOP),
        "slides_no_signal": AlarmWords(msg("slides have no signal"), LAPTOP),
        "slides_black": AlarmWords(msg("slides are black"), msg("Wake the laptop.")),
        "slides_unknown": AlarmWords(msg("slides cannot be checked"), WAIT),
        "camera_missing": AlarmWords(msg("camera is missing"), CAMERA),
        "camera_no_signal": AlarmWords(msg("camera has no signal"), CAMERA),
        "camera_black": AlarmWords(msg("camera is black"), msg("Take off its lens cap.")),
        "camera_frozen": AlarmWords(msg("camera is frozen"), msg("Switch the camera off and on.")),
        "camera_unknown": AlarmWords(msg("camera cannot be checked"), WAIT),
    },
)
