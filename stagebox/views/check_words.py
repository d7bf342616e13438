"""The checklist's words in the screen's language. Pure.

In English `serve`'s own sentences are shown, which know the figures; in other languages these.
"""

from stagebox.views.seen import Translate


def line_title(check: str, title: str, translate: Translate) -> str:
    """What a line is about."""
    known = {
        "folder_folder": translate("Recordings"),
        "folder_out": translate("Talks"),
        "folder_state_dir": translate("Memory of stagebox"),
        "disk": translate("Disk"),
        "heat": translate("Heat"),
        "power": translate("Power"),
        "clock": translate("Clock"),
        "button_box": translate("Button box"),
        "obs_window": translate("OBS's window"),
        "scenes": translate("Scenes"),
        "sample_rate": translate("Sample rate"),
        "slides": translate("Slides"),
        "camera": translate("Camera"),
        "mic": translate("Microphone"),
        "ear": translate("Backup sound"),
        "recording": translate("Test recording"),
    }
    return known.get(check, title)


def found_words(level: str, translate: Translate) -> str:
    """What was found, by its level alone."""
    known = {
        "good": translate("Good."),
        "note": translate("Worth knowing; it can stay so."),
        "look": translate("This needs a look before the first talk."),
        "broken": translate("This does not work."),
    }
    return known.get(level, "")


def remedy_words(check: str, translate: Translate) -> str:
    """What to do, by what was checked."""
    folder = translate("Choose another folder or disk, under Room and disk.")
    obs = translate("Wait a moment and check again. If it stays so, restart the computer.")
    known = {
        "folder_folder": folder,
        "folder_out": folder,
        "folder_state_dir": folder,
        "disk": translate("Make room on the disk, or choose another one."),
        "heat": translate("Let air get to the computer."),
        "power": translate("Plug the power supply in."),
        "clock": translate("Compare the time with a phone; connect a network."),
        "button_box": translate("Check its USB cable."),
        "obs": obs,
        "obs_lost": obs,
        "obs_window": translate("OBS may lie over this screen: ask whoever set this computer up."),
        "scenes": translate("Touch “Build the scenes again”."),
        "sample_rate": translate("Tell the crew: OBS and the mixer should both run at 48 kHz."),
        "slides": translate("Check the cable, wake the laptop, or choose another device under Sources."),
        "camera": translate("Switch the camera on, or choose another device under Sources."),
        "mic": translate("Switch the microphone on, speak, or choose another under Sources."),
        "ear": translate("Check the microphone's cable, and check again."),
        "recording": translate("Check again; if it stays so, restart the computer."),
        "ffmpeg": translate("Install stagebox again."),
    }
    return known.get(check, translate("Tell the crew."))
