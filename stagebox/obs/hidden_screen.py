"""A screen that nobody sees, for the private OBS's windows: none ever lies over the touch screen.

It is an X server of OBS's own, apart from the desktop: no window manager, tray, start order or Wayland
compositor has a say in it. It ends when its last client does, so it lives as long as its OBS, also when
stagebox dies; see docs/decisions/0104.
"""

import contextlib
import json
import logging
import os
import random
import secrets
import select
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import psutil

from stagebox.messages.code_catalogue import say
from stagebox.model.errors import StageboxError, storing
from stagebox.model.said import Sentence, as_json, from_json, said_of
from stagebox.model.settings import ObsSettings
from stagebox.obs.private_folders import make_private_folder
from stagebox.obs.window_keeper import WindowKeeper
from stagebox.obs.x_client import SOCKETS, XClient, XClosedError, display_answers
from stagebox.system import LINUX
from stagebox.system.files import write_whole
from stagebox.system.processes import end_group, is_root

Kind = Literal["xvfb", "cage", "shown"]

WIDTH, HEIGHT = 1280, 720
"""OBS's main window fits; its canvas has nothing to do with it."""
RENDER_NODES = Path("/dev/dri")

_START_S = 10.0
_END_S = 2.0
_NUMBERS, _ATTEMPTS = (100, 9999), 20
_SOCKET_NAME_BYTES = 107
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ScreenMeans:
    """What there is on this computer for a hidden screen.

    `programs` are those of Xvfb, Xwayland and cage that are installed; `gpu`: a graphics processor that this
    account may draw with; `root`: cage refuses to run as root.
    """

    programs: frozenset[str]
    gpu: bool
    root: bool


@dataclass(frozen=True, slots=True)
class ScreenUsed:
    """Where OBS's windows are: `words` and `remedy` say what is not as it should be; empty: nothing is."""

    kind: Kind
    words: str = ""
    remedy: str = ""


def find() -> ScreenMeans:
    """Look what there is."""
    programs = frozenset(one for one in ("Xvfb", "Xwayland", "cage") if shutil.which(one))
    nodes = RENDER_NODES.glob("renderD*")
    return ScreenMeans(programs, any(os.access(node, os.R_OK | os.W_OK) for node in nodes), is_root())


def ways(found: ScreenMeans) -> tuple[Kind, ...]:
    """The hidden screens that can be tried, the best first. Pure.

    Only on one with a Wayland compositor behind it does OBS draw with the graphics processor; Xvfb is lighter
    and all that is needed where there is none.
    """
    cage: tuple[Kind, ...] = ("cage",) if {"cage", "Xwayland"} <= found.programs and not found.root else ()
    xvfb: tuple[Kind, ...] = ("xvfb",) if "Xvfb" in found.programs else ()
    return cage + xvfb if found.gpu else xvfb + cage


def judge(kind: Kind, found: ScreenMeans, settings: ObsSettings, *, failed: str = "") -> ScreenUsed:
    """What is to be said of where OBS's windows are; `failed`: why a better way did not work. Pure."""
    if settings.window == "shown":
        return ScreenUsed("shown")
    if kind == "shown":
        why, remedy = failed or say("why_no_xvfb"), say("window_shown_help")
        if not LINUX:
            why, remedy = say("why_no_linux"), say("window_minimise")
        return ScreenUsed("shown", say("window_shown", why=why), remedy)
    if found.gpu and kind == "xvfb":
        why = failed or say("why_root" if found.root else "why_no_cage")
        return ScreenUsed(kind, say("no_graphics", why=why), say("no_graphics_help"))
    return ScreenUsed(kind)


def command(kind: Kind, number: int, ready: int, cookie_file: Path) -> list[str]:
    """The command line of a hidden screen: display `number`, which it says on file `ready` when it is up."""
    # A number of its own choice would come without X11's lock file. -terminate: with its last client.
    server = [
        f":{number}",
        "-displayfd",
        str(ready),
        "-auth",
        str(cookie_file),
        "-nolisten",
        "tcp",
        "-terminate",
    ]
    if kind == "cage":
        return ["cage", "--", "Xwayland", *server]
    return ["Xvfb", *server, "-nocursor", "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]


def authority(number: int | None, cookie: bytes) -> bytes:
    """One entry of an X authority file, see Xau(3): `cookie` opens display `number`, None: any."""
    wild = 0xFFFF
    fields = (b"", b"" if number is None else str(number).encode(), b"MIT-MAGIC-COOKIE-1", cookie)
    return struct.pack(">H", wild) + b"".join(struct.pack(">H", len(one)) + one for one in fields)


class HiddenScreen:
    """The private OBS's screen: opened before OBS starts, found again by the next stagebox.

    Args:
        folder: the private OBS's folder; what was opened is remembered there.
    """

    def __init__(self, settings: ObsSettings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None
        self._keeper: WindowKeeper | None = None
        self._environment: dict[str, str] = {}
        self.used = ScreenUsed("shown")

    @property
    def hides(self) -> bool:
        """Whether OBS's windows are out of sight now."""
        return self._keeper is not None and self._keeper.alive

    def open(self, inherited: Mapping[str, str]) -> dict[str, str]:
        """Return `inherited` as OBS shall have it: on its hidden screen, or unchanged where none can be had.

        `used` says afterwards which it is. Takes at most some 20 s, and a fraction of one ordinarily. Raises
        StorageError when the folder cannot be written.
        """
        if self._settings.window == "shown":
            self._end()
            self._remember(ScreenUsed("shown"), None, 0)
            return dict(inherited)
        if self.hides and display_answers(int(self._environment["DISPLAY"][1:]), self._cookie()):
            self._write_authority(inherited)
            return {**_without_wayland(inherited), **self._environment}
        self._end()
        found, failed = find(), ""
        for kind in ways(found) if LINUX else ():
            try:
                number = self._start(kind, inherited)
            except (OSError, XClosedError, StageboxError) as error:
                name = "cage" if kind == "cage" else "Xvfb"
                failed = say("why_not_started", name=name, reason=str(error))
                _log.warning("No hidden screen: %s", failed)
                self._end()
                continue
            self._remember(judge(kind, found, self._settings, failed=failed), self._process(), number)
            return {**_without_wayland(inherited), **self._environment}
        self._remember(judge("shown", found, self._settings, failed=failed), None, 0)
        return dict(inherited)

    def rejoin(self, inherited: Mapping[str, str]) -> None:
        """Keep the windows of the screen that an earlier stagebox opened and whose OBS still runs."""
        noted = read_noted(self._folder)
        self.used = used_of(noted)
        if self.used.kind == "shown":
            return
        try:
            number = int(noted["number"])
            self._keep(number, self._cookie())
            self._write_authority(inherited)
        except (OSError, KeyError, ValueError, XClosedError, StageboxError) as error:
            _log.warning("The windows on OBS's hidden screen are not kept: %s", error)

    def close(self, *, leave: bool) -> None:
        """Let go of it. `leave`: OBS goes on, and its screen with it; else it ends."""
        if not leave:
            self._end()
            return
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None
        if self._child is not None:
            self._child.returncode = 0  # Ours no longer: no complaint that a child was left behind.
            self._child = None

    # --- starting and ending ----------------------------------------------------------------------

    def _start(self, kind: Kind, inherited: Mapping[str, str]) -> int:
        """Start one and keep its windows; returns its number. Raises OSError, XClosedError, StageboxError."""
        make_private_folder(self._folder)
        cookie = secrets.token_bytes(16)
        environment = dict(inherited)
        if kind == "cage":
            environment |= self._compositor()
        for _ in range(_ATTEMPTS):
            number = random.randint(*_NUMBERS)
            if (SOCKETS / f"X{number}").exists() or Path(f"/tmp/.X{number}-lock").exists():
                continue
            with storing(self._cookie_file):
                write_whole(self._cookie_file, authority(None, cookie))
            if self._launch(kind, number, environment):
                self._keep(number, cookie)
                self._write_authority(inherited)
                return number
        raise XClosedError(f"look into {self._folder / 'screen.log'}")

    def _launch(self, kind: Kind, number: int, environment: Mapping[str, str]) -> bool:
        reader, writer = os.pipe()
        try:
            with (self._folder / "screen.log").open("wb") as log:
                self._child = subprocess.Popen(
                    command(kind, number, writer, self._cookie_file),
                    env=dict(environment),
                    pass_fds=[writer],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    # As OBS: what ends stagebox is not meant for it.
                    start_new_session=True,
                )
            os.close(writer)
            writer = -1
            ready = hear_ready(reader, _START_S)
        finally:
            os.close(reader)
            if writer >= 0:
                os.close(writer)
        if not ready:
            self._end()
        return ready

    def _compositor(self) -> dict[str, str]:
        """A compositor without a monitor, whose socket lies where no other program looks for one."""
        run = self._folder / "run"
        if len(os.fsencode(run / "wayland-0.lock")) > _SOCKET_NAME_BYTES:
            raise StageboxError(f"{run} has too long a name for sockets", "Choose a shorter state_dir.")
        make_private_folder(run)
        return {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "XDG_RUNTIME_DIR": str(run)}

    def _keep(self, number: int, cookie: bytes) -> None:
        self._keeper = WindowKeeper(XClient(number, cookie))
        self._environment = {
            "DISPLAY": f":{number}",
            "XAUTHORITY": str(self._folder / "screen-authority"),
            "QT_QPA_PLATFORM": "xcb",
        }

    def _end(self) -> None:
        """Let it end by itself, as it does without clients, and end it if it does not."""
        process = self._process() or _noted_process(read_noted(self._folder))
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None
        if process is not None:
            with contextlib.suppress(psutil.Error, OSError):
                if not _gone(process, _END_S):
                    end_group(process.pid, signal.SIGTERM)
                    if not _gone(process, _END_S):
                        end_group(process.pid)
        if self._child is not None:
            self._child.wait()
            self._child = None

    def _process(self) -> psutil.Process | None:
        if self._child is None or self._child.poll() is not None:
            return None
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self._child.pid)
        return None

    # --- what is written --------------------------------------------------------------------------

    @property
    def _cookie_file(self) -> Path:
        return self._folder / "screen-cookie"

    def _cookie(self) -> bytes:
        return self._cookie_file.read_bytes()[-16:]

    def _write_authority(self, inherited: Mapping[str, str]) -> None:
        """What opens OBS's own display, and the others that it captures slides from."""
        others = b""
        if name := inherited.get("XAUTHORITY"):
            with contextlib.suppress(OSError):
                others = Path(name).read_bytes()
        number = int(self._environment["DISPLAY"][1:])
        with storing(self._folder / "screen-authority"):
            write_whole(self._folder / "screen-authority", authority(number, self._cookie()) + others)

    def _remember(self, used: ScreenUsed, process: psutil.Process | None, number: int) -> None:
        if used.words and used != self.used:
            _log.warning("%s %s", used.words, used.remedy)
        self.used = used
        noted: dict[str, Any] = {
            "kind": used.kind,
            "words": used.words,
            "remedy": used.remedy,
            "said": {name: as_json(said_of(getattr(used, name))) for name in ("words", "remedy")},
            "number": number,
        }
        if process is not None:
            noted |= {"pid": process.pid, "create_time": process.create_time()}
        make_private_folder(self._folder)
        with storing(self._folder / "screen.json"):
            write_whole(self._folder / "screen.json", json.dumps(noted).encode())


def read_noted(folder: Path) -> dict[str, Any]:
    """What was noted of the screen that was opened last; empty when nothing was."""
    try:
        noted = json.loads((folder / "screen.json").read_text())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def used_of(noted: Mapping[str, Any]) -> ScreenUsed:
    """Where OBS's windows are, by what was noted; nothing noted: an OBS that knew no hidden screen."""
    kinds: tuple[Kind, ...] = ("xvfb", "cage")
    kind: Kind = next((one for one in kinds if one == noted.get("kind")), "shown")
    said = noted.get("said", {})
    words, remedy = (
        Sentence(from_json(said.get(name), str(noted.get(name, "")))) for name in ("words", "remedy")
    )
    return ScreenUsed(kind, words, remedy)


def _noted_process(noted: Mapping[str, Any]) -> psutil.Process | None:
    try:
        process = psutil.Process(int(noted["pid"]))
        return process if process.create_time() == noted["create_time"] else None
    except (KeyError, TypeError, ValueError, psutil.Error):
        return None


def _gone(process: psutil.Process, patience_s: float) -> bool:
    try:
        process.wait(patience_s)
    except psutil.TimeoutExpired:
        return False
    return True


def hear_ready(reader: int, patience_s: float) -> bool:
    """Whether a server says that it is up; to the end of the line, for it dies of a pipe closed before."""
    said, deadline = b"", time.monotonic() + patience_s
    while not said.endswith(b"\n"):
        if not select.select([reader], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        piece = os.read(reader, 16)
        if not piece:
            return False
        said += piece
    return True


def _without_wayland(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name != "WAYLAND_DISPLAY"}
