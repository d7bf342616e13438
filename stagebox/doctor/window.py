"""Is OBS's window where it belongs, and does OBS draw with the graphics processor that there is?"""

import re
from pathlib import Path

from stagebox.doctor.result import CheckLevel, CheckResult
from stagebox.model.settings import Settings
from stagebox.obs.hidden_screen import ScreenMeans, ScreenUsed, find, read_noted, used_of
from stagebox.obs.home import ObsHome

TITLE = "OBS's window"
_ADAPTER = re.compile(r"Loading up OpenGL on adapter (.+)")
_PROCESSOR = ("llvmpipe", "softpipe", "swrast")
_LOG_HEAD_BYTES = 65_536


def window(settings: Settings) -> CheckResult:
    """Where the window of the OBS that runs is, and by what it draws."""
    home = ObsHome(settings.state_dir / "obs")
    return judge(
        settings, used_of(read_noted(home.folder)), find(), adapter(newest_log(home.config / "logs"))
    )


def judge(settings: Settings, used: ScreenUsed, found: ScreenMeans, adapter: str) -> CheckResult:
    """What it means. Pure. `adapter`: what OBS draws with, in its own words; empty: not known."""
    evidence = {"screen": used.kind, "adapter": adapter}

    def result(level: CheckLevel, words: str, remedy: str = "") -> CheckResult:
        return CheckResult("obs_window", TITLE, level, words, remedy, evidence)

    if settings.obs.mode == "attach":
        return result(CheckLevel.NOTE, "This OBS is somebody's own: stagebox leaves its window where it is.")
    if settings.obs.window == "shown" and used.kind == "shown":
        return result(
            CheckLevel.NOTE,
            "OBS's window is shown, and may lie over the touch screen.",
            "Whoever set this computer up can have it hidden again (obs.window), from OBS's next start.",
        )
    if used.words:
        return result(CheckLevel.LOOK, used.words, used.remedy)
    if (settings.obs.window == "shown") is not (used.kind == "shown"):
        return result(
            CheckLevel.LOOK,
            f"OBS was started before its window was to be {settings.obs.window}.",
            "Restart the computer while nothing is recorded: then it is right.",
        )
    if found.gpu and any(word in adapter.lower() for word in _PROCESSOR):
        return result(
            CheckLevel.LOOK,
            "OBS's window is hidden, but OBS draws without this computer's graphics processor.",
            "Whoever set this computer up looks whether its driver (Mesa) is installed.",
        )
    return result(CheckLevel.GOOD, "On a hidden screen of its own: it never lies over the touch screen.")


def adapter(log: str) -> str:
    """What OBS draws with, from its log; empty when it does not say."""
    found = _ADAPTER.search(log)
    return found[1].strip() if found else ""


def newest_log(folder: Path) -> str:
    """The beginning of OBS's newest log; empty when there is none."""
    try:
        newest = max(folder.glob("*.txt"), key=lambda path: path.name)
        with newest.open("rb") as log:
            return log.read(_LOG_HEAD_BYTES).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
