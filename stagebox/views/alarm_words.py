"""What an alarm is called and what to do, by its code, in the screen's language. Pure.

In English the appliance's own sentence is shown, which knows the figures; in other languages these.
"""

from stagebox.views.seen import Translate

PICTURE_LOST = frozenset({"missing", "no_signal", "black", "frozen"})
SOUND_LOST = frozenset({"missing", "silent", "muted", "wrong_device", "obs_deaf"})


def remedy_words(code: str, translate: Translate) -> str:
    """What to do, by the code alone."""
    wait = translate("Wait a moment. If it stays so, tell the crew.")
    cable = translate("Check its cable, and wake the laptop. Press Win + P, Duplicate.")
    sound = translate("Check that the microphone is on, its battery, and its cable.")
    known = {
        "black": cable,
        "no_signal": cable,
        "stream_lost": translate("stagebox tries again by itself. Check the network."),
        "stream_refused": translate("Type the stream key again on the set-up screen."),
        "stream_slow": translate("Stop what else uses the network."),
        "missing": translate("Check its cable, then pull the USB plug and put it back."),
        "source_unset": translate("Choose one under Set-up, Sources."),
        "frozen": translate("Check that it runs. If need be, switch it off and on."),
        "silent": sound,
        "channel_dead": sound,
        "no_speech": sound,
        "out_of_phase": translate("Tell the crew: a cable or the mixer turns one side over."),
        "quiet": translate("Move the microphone closer, or turn it up at the mixer."),
        "clipping": translate("Turn the microphone down at the mixer."),
        "dropouts": translate("Put the microphone into another USB socket, without a hub."),
        "muted": translate("Touch “Switch the sound on”."),
        "wrong_device": translate("Tell the crew: the wrong microphone is set."),
        "obs_deaf": translate("Tell the crew: the wrong microphone is set."),
        "obs_down": translate("Wait a moment: it comes back by itself. If not, restart the computer."),
        "obs_stuck": wait,
        "scenes_gone": translate("Somebody opened or changed others in OBS. The touch puts it right."),
        "obs_profile": translate("Put it right after the talk: OBS changes it only then."),
        "paused": translate("Nothing is recorded until it goes on."),
        "not_recording": translate("Touch Record. If it stays so, tell the crew at once."),
        "disk_low": translate("Go on in another folder, or make room on the disk."),
        "disk_full": translate("Go on in another folder. What was recorded so far is safe."),
        "folder_gone": translate("Put the disk back, or go on in another folder."),
        "encoder_lag": translate("Close other programs on this computer."),
        "render_lag": translate("Close other programs on this computer."),
        "ear_down": translate("The main recording goes on. Tell the crew after the talk."),
        "hot": translate("Let air get to the computer."),
        "on_battery": translate("Plug the power supply in."),
        "clock_unsynced": translate("Check the network. The recording is not harmed."),
        "button_box_gone": translate("Check its USB cable. The touch screen still works."),
        "speaking_unrecorded": translate("If a talk has begun, touch Record."),
        "card_on_program": translate("If the talk goes on, show slides or speaker."),
        "room_left": translate("If the talk is over, stop the recording."),
    }
    return known.get(code, wait)
