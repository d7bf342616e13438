"""The systemd user units of the appliance: `serve` under a watchdog, and the touch screen after it."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from stagebox.model.errors import storing
from stagebox.system.files import write_whole

SERVE, KIOSK = "stagebox.service", "stagebox-kiosk.service"
WATCHDOG_S = 20

_SERVE = """\
[Unit]
Description=stagebox records talks through OBS
Documentation=https://www.freedesktop.org/software/systemd/man/sd_notify.html
After=graphical-session-pre.target
# A box in a lecture hall never gives up.
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart={serve}
WatchdogSec={watchdog_s}
Restart=always
RestartSec=2
TimeoutStartSec=120
TimeoutStopSec=45
# OBS lives in this unit's group and outlives stagebox: only stagebox itself is ended. For the same reason
# an OBS that the kernel kills for want of memory is no end of the unit.
KillMode=process
OOMPolicy=continue
# The recording gets the processor first: before the desktop's other programs here, and OBS before all else of
# stagebox where the session manager may grant that (it does no harm where it may not).
CPUWeight=1000
LimitNICE=-10

[Install]
WantedBy={target}
"""

_KIOSK = """\
[Unit]
Description=The touch screen of stagebox
Wants={serve_unit}
After={serve_unit}
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart={kiosk}
Restart=always
RestartSec=1
TimeoutStopSec=15

[Install]
WantedBy={target}
"""


def units(config: Path | None, target: str) -> dict[str, str]:
    """The text of each unit by its name; they run this very installation with the settings in `config`."""
    return {
        SERVE: _SERVE.format(serve=_command(config, "serve"), watchdog_s=WATCHDOG_S, target=target),
        KIOSK: _KIOSK.format(kiosk=_command(config, "kiosk", "--no-serve"), serve_unit=SERVE, target=target),
    }


def install(folder: Path, config: Path | None, target: str) -> tuple[Path, ...]:
    """Write the units to `folder` and return their paths. Raises StorageError, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in units(config, target).items():
        path = folder / name
        with storing(path):
            write_whole(path, text.encode(), mode=0o644)
        written.append(path)
    return tuple(written)


def user_folder() -> Path:
    """Where systemd looks for a user's own units."""
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "systemd" / "user"


def _command(config: Path | None, *arguments: str) -> str:
    # On SIGABRT, which is how the watchdog ends a process, faulthandler prints where each thread was.
    words: Sequence[str] = [sys.executable, "-X", "faulthandler", "-m", "stagebox"]
    settings = ["--config", str(config.absolute())] if config is not None else []
    return " ".join(_quoted(word) for word in [*words, *settings, *arguments])


def _quoted(word: str) -> str:
    """A word for ExecStart: systemd expands % and $, and takes backslashes and quotes for its own."""
    safe = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{safe}"' if safe != word or any(letter in word for letter in " \t';") else word
