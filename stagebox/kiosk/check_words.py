"""The checklist's words in the screen's language: its lines come in English from `serve`. Pure."""

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
        "scenes": translate("check", "Scenes"),
        "sample_rate": translate("check", "Sample rate"),
        "slides": translate("check", "Slides"),
        "camera": translate("check", "Camera"),
        "mic": translate("check", "Microphone"),
        "ear": translate("check", "Backup sound"),
        "recording": translate("check", "Test recording"),
    }
    return known.get(check, title)


def line_words(summary: str, remedy: str, language: str, translate: Translate) -> tuple[str, str]:
    """A line's finding and remedy."""
    del language, translate
    return summary, remedy
