"""The checklist's words in the screen's language. Pure.

In English `serve`'s own sentences are shown, which know the figures; in other languages these.
"""

from stagebox.kiosk.seen import Translate


def line_title(check: str, title: str, translate: Translate) -> str:
    """What a line is about."""
    known = {
        "folder_folder": translate("check", "Recordings"),
        "folder_out": translate("check", "Talks"),
        "folder_state_dir": translate("check", "Memory of stagebox"),
        "disk": translate("check", "Disk"),
        "heat": translate("check", "Heat"),
        "power": translate("check", "Power"),
        "clock": translate("check", "Clock"),
        "button_box": translate("check", "Button box"),
        "obs_window": translate("check", "OBS's window"),
        "scenes": translate("check", "Scenes"),
        "sample_rate": translate("check", "Sample rate"),
        "slides": translate("check", "Slides"),
        "camera": translate("check", "Camera"),
        "mic": translate("check", "Microphone"),
        "ear": translate("check", "Backup sound"),
        "recording": translate("check", "Test recording"),
    }
    return known.get(check, title)


def found_words(level: str, translate: Translate) -> str:
    """What was found, by its level alone."""
    known = {
        "good": translate("check", "Good."),
        "note": translate("check", "Worth knowing; it can stay so."),
        "look": translate("check", "This needs a look before the first talk."),
        "broken": translate("check", "This does not work."),
    }
    return known.get(level, "")


def remedy_words(check: str, translate: Translate) -> str:
    """What to do, by what was checked."""
    folder = translate("check", "Choose another folder or disk, under Room and disk.")
    obs = translate("check", "Wait a moment and check again. If it stays so, restart the computer.")
    known = {
        "folder_folder": folder,
        "folder_out": folder,
        "folder_state_dir": folder,
        "disk": translate("check", "Make room on the disk, or choose another one."),
        "heat": translate("check", "Let air get to the computer."),
        "power": translate("check", "Plug the power supply in."),
        "clock": translate("check", "Compare the time with a phone; connect a network."),
        "button_box": translate("check", "Check its USB cable."),
        "obs": obs,
        "obs_lost": obs,
        "obs_window": translate("check", "OBS may lie over this screen: ask whoever set this computer up."),
        "scenes": translate("check", "Touch “Build the scenes again”."),
        "sample_rate": translate("check", "Tell the crew: OBS and the mixer should both run at 48 kHz."),
        "slides": translate(
            "check", "Check the cable, wake the laptop, or choose another device under Sources."
        ),
        "camera": translate("check", "Switch the camera on, or choose another device under Sources."),
        "mic": translate("check", "Switch the microphone on, speak, or choose another under Sources."),
        "ear": translate("check", "Check the microphone's cable, and check again."),
        "recording": translate("check", "Check again; if it stays so, restart the computer."),
        "ffmpeg": translate("check", "Install stagebox again."),
    }
    return known.get(check, translate("check", "Tell the crew."))
