"""Is OBS's window where it belongs, and does OBS draw with the graphics processor that there is?"""

import re
from pathlib import Path

from stagebox.doctor.result import CheckLevel, CheckResult, as_told, checked
from stagebox.model.settings import Settings
from stagebox.obs.hidden_screen import ScreenMeans, ScreenUsed, find, read_noted, used_of
from stagebox.obs.home import ObsHome

CHECK = "obs_window"
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

    if settings.obs.mode == "attach":
        return checked(CHECK, CheckLevel.NOTE, "own", evidence)
    shown = settings.obs.window == "shown"
    if shown and used.kind == "shown":
        return checked(CHECK, CheckLevel.NOTE, "shown", evidence)
    if used.words:
        return as_told(CHECK, CheckLevel.LOOK, "not_hidden", used.words, used.remedy, evidence)
    if shown is not (used.kind == "shown"):
        return checked(CHECK, CheckLevel.LOOK, "to_show" if shown else "to_hide", evidence)
    if found.gpu and any(word in adapter.lower() for word in _PROCESSOR):
        return checked(CHECK, CheckLevel.LOOK, "no_gpu", evidence)
    return checked(CHECK, CheckLevel.GOOD, "good", evidence)


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
