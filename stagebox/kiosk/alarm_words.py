"""What an alarm is called and what to do, by its code, in the screen's language. Pure.

In English the appliance's own sentence is shown, which knows the figures; in other languages these.
"""

from stagebox.kiosk.seen import Translate

PICTURE_LOST = frozenset({"missing", "no_signal", "black", "frozen"})
SOUND_LOST = frozenset({"missing", "silent", "muted", "wrong_device", "obs_deaf"})


def role_name(role: str, translate: Translate) -> str:
    """The part that an alarm is about."""
    known = {
        "slides": translate("alarms", "Slides"),
        "camera": translate("alarms", "Camera"),
        "mic": translate("alarms", "Microphone"),
        "ear": translate("alarms", "Backup sound"),
        "disk": translate("alarms", "Disk"),
        "obs": "OBS",
        "stream": translate("alarms", "Stream"),
        "button_box": translate("alarms", "Button box"),
        "machine": translate("alarms", "Computer"),
        "program": translate("alarms", "Program"),
        "scenes": translate("alarms", "Scenes"),
        "profile": translate("alarms", "Profile"),
        "recording": translate("alarms", "Recording"),
    }
    return known.get(role, role.replace("_", " ").capitalize())


def short_words(code: str, translate: Translate) -> str:
    """What is wrong, in two or three words."""
    known = {
        "black": translate("alarms", "black picture"),
        "no_signal": translate("alarms", "no signal"),
        "frozen": translate("alarms", "the picture stands still"),
        "silent": translate("alarms", "silent"),
        "quiet": translate("alarms", "too quiet"),
        "clipping": translate("alarms", "too loud"),
        "channel_dead": translate("alarms", "one side is dead"),
        "channel_noise": translate("alarms", "one side is noise"),
        "no_speech": translate("alarms", "nobody is heard"),
        "out_of_phase": translate("alarms", "left and right out of phase"),
        "dropouts": translate("alarms", "choppy sound"),
        "missing": translate("alarms", "missing"),
        "source_unset": translate("alarms", "not chosen"),
        "muted": translate("alarms", "muted in OBS"),
        "wrong_device": translate("alarms", "wrong device"),
        "obs_deaf": translate("alarms", "OBS does not hear the room"),
        "obs_down": translate("alarms", "does not answer"),
        "obs_stuck": translate("alarms", "does not move"),
        "not_recording": translate("alarms", "NOT recording"),
        "paused": translate("alarms", "paused in OBS"),
        "scenes_gone": translate("alarms", "not stagebox's own in OBS"),
        "obs_profile": translate("alarms", "OBS records in another way"),
        "disk_low": translate("alarms", "little room left"),
        "disk_full": translate("alarms", "full"),
        "folder_gone": translate("alarms", "the recording folder is gone"),
        "encoder_lag": translate("alarms", "pictures are being lost"),
        "render_lag": translate("alarms", "the computer is too slow"),
        "stream_lost": translate("alarms", "interrupted"),
        "stream_refused": translate("alarms", "refused"),
        "stream_slow": translate("alarms", "too slow"),
        "button_box_gone": translate("alarms", "out of work"),
        "ear_down": translate("alarms", "not running"),
        "hot": translate("alarms", "too hot"),
        "on_battery": translate("alarms", "runs on its battery"),
        "clock_unsynced": translate("alarms", "the clock may be wrong"),
        "speaking_unrecorded": translate("alarms", "somebody speaks, and nothing is recorded"),
        "card_on_program": translate("alarms", "a title card is being recorded"),
        "room_left": translate("alarms", "an empty room is being recorded"),
    }
    return known.get(code, code.replace("_", " "))


def remedy_words(code: str, translate: Translate) -> str:
    """What to do, by the code alone."""
    wait = translate("alarms", "Wait a moment. If it stays so, tell the crew.")
    cable = translate("alarms", "Check its cable, and wake the laptop. Press Win + P, Duplicate.")
    sound = translate("alarms", "Check that the microphone is on, its battery, and its cable.")
    known = {
        "black": cable,
        "no_signal": cable,
        "stream_lost": translate("alarms", "stagebox tries again by itself. Check the network."),
        "stream_refused": translate("alarms", "Type the stream key again on the set-up screen."),
        "stream_slow": translate("alarms", "Stop what else uses the network."),
        "missing": translate("alarms", "Check its cable, then pull the USB plug and put it back."),
        "source_unset": translate("alarms", "Choose one under Set-up, Sources."),
        "frozen": translate("alarms", "Check that it runs. If need be, switch it off and on."),
        "silent": sound,
        "channel_dead": sound,
        "no_speech": sound,
        "out_of_phase": translate("alarms", "Tell the crew: a cable or the mixer turns one side over."),
        "quiet": translate("alarms", "Move the microphone closer, or turn it up at the mixer."),
        "clipping": translate("alarms", "Turn the microphone down at the mixer."),
        "dropouts": translate("alarms", "Put the microphone into another USB socket, without a hub."),
        "muted": translate("alarms", "Touch “Switch the sound on”."),
        "wrong_device": translate("alarms", "Tell the crew: the wrong microphone is set."),
        "obs_deaf": translate("alarms", "Tell the crew: the wrong microphone is set."),
        "obs_down": translate(
            "alarms", "Wait a moment: it comes back by itself. If not, restart the computer."
        ),
        "obs_stuck": wait,
        "scenes_gone": translate(
            "alarms", "Somebody opened or changed others in OBS. The touch puts it right."
        ),
        "obs_profile": translate("alarms", "Put it right after the talk: OBS changes it only then."),
        "paused": translate("alarms", "Nothing is recorded until it goes on."),
        "not_recording": translate("alarms", "Touch Record. If it stays so, tell the crew at once."),
        "disk_low": translate("alarms", "Go on in another folder, or make room on the disk."),
        "disk_full": translate("alarms", "Go on in another folder. What was recorded so far is safe."),
        "folder_gone": translate("alarms", "Put the disk back, or go on in another folder."),
        "encoder_lag": translate("alarms", "Close other programs on this computer."),
        "render_lag": translate("alarms", "Close other programs on this computer."),
        "ear_down": translate("alarms", "The main recording goes on. Tell the crew after the talk."),
        "hot": translate("alarms", "Let air get to the computer."),
        "on_battery": translate("alarms", "Plug the power supply in."),
        "clock_unsynced": translate("alarms", "Check the network. The recording is not harmed."),
        "button_box_gone": translate("alarms", "Check its USB cable. The touch screen still works."),
        "speaking_unrecorded": translate("alarms", "If a talk has begun, touch Record."),
        "card_on_program": translate("alarms", "If the talk goes on, show slides or speaker."),
        "room_left": translate("alarms", "If the talk is over, stop the recording."),
    }
    return known.get(code, wait)
