"""Starts the private OBS, watches it, starts it again when it ends, and ends it cleanly when asked to.

The private OBS lives in a session of its own and outlives stagebox: a recording goes on when stagebox
dies, and the next stagebox finds the same process again by its process file. OBS is never ended because
the link to it was lost.
"""

import contextlib
import json
import logging
import os
import select
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from pydantic import SecretStr

from stagebox.messages.code_catalogue import coded, say
from stagebox.model.errors import ObsError, StageboxError, storing
from stagebox.model.observations import ObsProcessEvent, ProcessPhase
from stagebox.model.remedies import RemedyTaken, RemedyWanted
from stagebox.model.settings import ObsSettings
from stagebox.obs.connection import ObsConnection, ObsLinkError, ObsRefusedError, ObsTarget
from stagebox.obs.hidden_screen import HiddenScreen, ScreenUsed
from stagebox.obs.home import ObsHome, inherited_environment
from stagebox.obs.restarts import RestartBackoff
from stagebox.system import LINUX
from stagebox.system.files import write_whole
from stagebox.system.priority import FIRST, USUAL, put
from stagebox.system.processes import KILL, end_of, signal_name

ARGUMENTS = (
    "--multi",
    "--disable-updater",
    "--disable-missing-files-check",
    "--disable-shutdown-check",
)
"""An OBS that does not know one of these ignores it."""

_STOP_STEPS = ((signal.SIGINT, 10.0), (signal.SIGTERM, 3.0), (KILL, 3.0))
"""SIGINT is OBS's own clean way out; each signal with the seconds until the next, harder one."""
_READY_EVERY_S = 0.05
_LOOK_EVERY_S = 0.2
_PORT_FREE_S, _PORT_EVERY_S = 1.0, 0.01
"""The writer of a killed OBS's file inherited its port, and holds it until it has written the rest."""
_LAST_WORD_S = 0.5
"""So long an OBS that hangs is waited for once more; one that is well answers in a few milliseconds."""
_REPLACE_TERM_S = 2.0
"""How long an OBS that hangs may take to end by SIGTERM."""
_log = logging.getLogger(__name__)

Post = Callable[[ObsProcessEvent], None]


class ObsSupervisor:
    """Keeps one private OBS running.

    Args:
        settings: the `[obs]` settings.
        home: the private OBS's home.
        password: the websocket password that the private OBS gets.
        recordings: the folder that OBS records into until provisioning says otherwise.
        post: called with each observation from the supervisor's threads; it must only enqueue.
    """

    def __init__(
        self, settings: ObsSettings, home: ObsHome, password: SecretStr, recordings: Path, post: Post
    ) -> None:
        self._settings = settings
        self._home = home
        self._password = password
        self._recordings = recordings
        self._post = post
        self._screen = HiddenScreen(settings, home.folder)
        self._child: subprocess.Popen[bytes] | None = None
        self._process: psutil.Process | None = None
        self._last_end = ""
        self._replaced: int | None = None
        self._given: tuple[int, int] = (0, USUAL)
        """Which process has which niceness."""
        self._closing = threading.Event()
        self._ready = threading.Event()
        self._answered = False
        """The OBS of now has answered, so it may have been told to record."""
        self._wake_read, self._wake_write = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="obs-supervisor", daemon=True)

    def record_into(self, recordings: Path) -> None:
        """The folder of the recordings of the next OBS that is started."""
        self._recordings = recordings

    @property
    def target(self) -> ObsTarget:
        """Where the private OBS's websocket is."""
        return ObsTarget("127.0.0.1", self._settings.port, self._password)

    @property
    def screen(self) -> ScreenUsed:
        """Where OBS's windows are since its last start."""
        return self._screen.used

    @property
    def pid(self) -> int | None:
        """The private OBS's process, while it is known to run."""
        process = self._process
        return process.pid if process is not None else None

    def start(self) -> None:
        """Find the private OBS of an earlier run, or start one, and watch it from now on.

        Returns before OBS answers (see `wait_ready`). Raises ObsError when OBS cannot be started at
        all: not installed, no screen, port taken; StorageError when its home cannot be written.
        """
        self._process = self._find_running()
        if self._process is None:
            try:
                self._launch()
            except BaseException:
                self._screen.close(leave=False)
                raise
        else:
            self._screen.rejoin(inherited_environment())
        self._thread.start()

    def lead(self, first: bool) -> None:
        """Give OBS the processor first, as it needs while anything comes out of it, or take that back."""
        pid, nice = self.pid, FIRST if first else USUAL
        if pid is not None and (pid, nice) != self._given:
            put(pid, nice)
            self._given = (pid, nice)

    def wait_ready(self, timeout_s: float | None = None) -> None:
        """Wait until OBS answers; raises ObsError when it does not within `timeout_s`."""
        limit_s = self._settings.start_timeout_s if timeout_s is None else timeout_s
        if not self._ready.wait(limit_s):
            raise ObsError(
                f"OBS did not answer within {limit_s:g} s of its start. {self._last_end}".strip(),
                f"Check that its screen works, and look into {self._home.output_file} for what OBS printed.",
            )

    def replace(self, wanted: RemedyWanted, done: Callable[[RemedyTaken], None]) -> None:
        """End an OBS that hangs, in a thread of its own; the watching thread then starts a new one.

        `done` is told what came of it. An OBS that answers after all is left alone, unless the role is
        "recording": then it is its recording that hangs.
        """

        def run() -> None:
            words = self._end_hung(even_if_it_answers=wanted.role == "recording")
            told = wanted.words if words is None else words
            done(RemedyTaken(remedy=wanted.remedy, role=wanted.role, ok=words is None, words=told))

        threading.Thread(target=run, name="obs-replace", daemon=True).start()

    def _end_hung(self, *, even_if_it_answers: bool) -> str | None:
        """End OBS, gently and then hard; None when it is gone, else why it was not ended."""
        process = self._process
        if process is None:
            return say("obs_ended_already")
        if not even_if_it_answers and self._answers(_LAST_WORD_S):
            return say("obs_answers")
        self._replaced = process.pid
        _log.warning("OBS (process %d) hangs and is replaced", process.pid)
        try:
            if process.status() != psutil.STATUS_STOPPED:  # A stopped process takes no SIGTERM.
                process.terminate()
                with contextlib.suppress(psutil.TimeoutExpired):
                    process.wait(_REPLACE_TERM_S)
                    return None
            process.kill()
        except psutil.NoSuchProcess:
            return None
        except psutil.Error as error:
            return say("obs_not_ended", reason=str(error))
        return None

    def may_record(self) -> bool:
        """Whether OBS records or streams, as it says now. One that does not answer may.

        An OBS that was started here and has never answered yet cannot.
        """
        if self._process is None:
            return False
        try:
            with ObsConnection(self.target, timeout_s=_LAST_WORD_S) as connection:
                outputs = [connection.request(name) for name in ("GetRecordStatus", "GetStreamStatus")]
        except (ObsLinkError, ObsRefusedError):
            return self._child is None or self._answered
        return any(bool(one["outputActive"]) for one in outputs)

    def stop(self, *, leave_obs_running: bool = False) -> None:
        """Stop watching, and end OBS unless it shall go on (as it must while it records).

        Ending takes at most about 20 s; an OBS that is asked to end while it records is ended hard.
        """
        self._closing.set()
        with contextlib.suppress(OSError):
            self._wake_write.send(b"\0")
        if self._thread.ident is not None:
            self._thread.join()
        self._wake_read.close()
        self._wake_write.close()
        if leave_obs_running:
            if self._child is not None:
                self._child.returncode = 0  # Ours no longer: no complaint that a child was left behind.
        elif self._process is not None:
            _end(self._process)
            self._forget()
        self._screen.close(leave=leave_obs_running)

    # --- starting ---------------------------------------------------------------------------------

    def _launch(self) -> None:
        binary = shutil.which(self._settings.binary)
        if binary is None:
            raise ObsError(
                say("obs_not_installed", name=self._settings.binary), say("obs_not_installed_help")
            )
        self._wait_port_free()
        environment = self._screen.open(self._home.environment(self._settings, inherited_environment()))
        screens = (environment.get("DISPLAY"), environment.get("WAYLAND_DISPLAY"))
        if LINUX and not any(screens):
            raise ObsError(say("obs_no_screen"), say("obs_no_screen_help"))
        tray = not self._screen.hides
        self._home.prepare(self._settings, self._password, self._recordings, tray=tray)
        # Second best: where there is a tray, OBS's window at least begins in it.
        away = ("--minimize-to-tray",) if tray and self._settings.window == "hidden" else ()
        with self._home.output_file.open("wb") as output:
            try:
                self._child = subprocess.Popen(
                    [binary, *ARGUMENTS, *away],
                    env=environment,
                    cwd=self._home.user_home,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    # Its own session: a Ctrl-C or a hang-up that ends stagebox is not meant for OBS.
                    start_new_session=True,
                )
            except OSError as error:
                what = say("obs_not_started", reason=str(error.strerror))
                raise ObsError(what, say("obs_not_started_help", name=binary)) from error
        try:
            self._process = psutil.Process(self._child.pid)
            self._remember(self._process)
        except (psutil.Error, StageboxError):
            # Not remembered would mean not found again: better none than one that is nobody's.
            self._child.kill()
            self._child.wait()
            self._child = self._process = None
            raise
        self._answered = False
        self._tell("starting", pid=self._child.pid)

    def _wait_port_free(self) -> None:
        """Wait until OBS's port can be had; raises ObsError when another program keeps it."""
        port, deadline = self._settings.port, time.monotonic() + _PORT_FREE_S
        while not _is_free(port):
            if time.monotonic() > deadline:
                raise ObsError(say("obs_port_taken", port=port), say("obs_port_taken_help"))
            self._closing.wait(_PORT_EVERY_S)

    def _find_running(self) -> psutil.Process | None:
        """Return the private OBS that an earlier stagebox left running, if there is one."""
        try:
            noted = json.loads(self._home.process_file.read_text())
            process = psutil.Process(int(noted["pid"]))
            same = process.create_time() == noted["create_time"] and process.is_running()
            if not same or process.status() == psutil.STATUS_ZOMBIE:
                return None
            port = int(noted["port"])
        except (OSError, ValueError, KeyError, TypeError, psutil.Error):
            return None
        if port != self._settings.port:
            raise ObsError(
                f"A private OBS still runs with port {port}, and obs.port is {self._settings.port}.",
                f"Set obs.port back to {port}, or close that OBS when it records nothing.",
            )
        _log.warning("Found the private OBS of an earlier run (process %d)", process.pid)
        return process

    def _remember(self, process: psutil.Process) -> None:
        noted = {"pid": process.pid, "create_time": process.create_time(), "port": self._settings.port}
        with storing(self._home.process_file):
            write_whole(self._home.process_file, json.dumps(noted).encode())

    def _forget(self) -> None:
        self._process = None
        if self._child is not None:
            self._child.wait()
            self._child = None
        self._home.process_file.unlink(missing_ok=True)

    # --- the watching thread ----------------------------------------------------------------------

    def _run(self) -> None:
        restarts = RestartBackoff()
        while not self._closing.is_set():
            process = self._process
            if process is None:
                try:
                    self._launch()
                except (StageboxError, psutil.Error) as error:
                    told = error.told if isinstance(error, StageboxError) else str(error)
                    self._last_end = coded(told, "obs_not_prepared")
                    self._tell("failed", detail=self._last_end)
                    restarts = self._back_off(restarts.after(None))
                continue
            began_s = time.monotonic()
            if not self._become_ready(process):
                restarts = self._back_off(restarts.after(None))
                continue
            self._answered = True
            self._ready.set()
            self._tell("running", pid=process.pid)
            if not self._wait_for_exit(process):
                return
            self._ready.clear()
            self._note_exit(process)
            restarts = self._back_off(restarts.after(time.monotonic() - began_s))

    def _become_ready(self, process: psutil.Process) -> bool:
        """Wait until OBS answers; end a fresh OBS that does not, for it cannot be recording yet."""
        deadline = time.monotonic() + self._settings.start_timeout_s
        adopted = self._child is None
        while not self._closing.is_set():
            if self._has_ended(process):
                self._note_exit(process)
                return False
            if self._answers():
                return True
            if time.monotonic() > deadline:
                if adopted:
                    return True  # Stuck, but perhaps recording: leave it alone; the link says what is wrong.
                _end(process)
                self._forget()
                self._last_end = say("obs_no_answer", waited_s=self._settings.start_timeout_s)
                self._tell("failed", detail=self._last_end)
                return False
            self._closing.wait(_READY_EVERY_S)
        return False

    def _answers(self, timeout_s: float = 1.0) -> bool:
        try:
            with ObsConnection(self.target, timeout_s=timeout_s) as connection:
                connection.request("GetSceneList")
        except (ObsLinkError, ObsRefusedError):
            return False
        return True

    def _has_ended(self, process: psutil.Process) -> bool:
        if self._child is not None:
            return self._child.poll() is not None
        return not process.is_running()

    def _wait_for_exit(self, process: psutil.Process) -> bool:
        """Wait until OBS ends (True) or we are closing (False)."""
        try:
            watched = end_of(process.pid)
        except ProcessLookupError:
            return True
        except OSError as error:
            # No free file, an old kernel, a sandbox: that says nothing of OBS.
            _log.warning("OBS (process %d) is watched by looking: %s", process.pid, error)
            watched = None
        if watched is None:
            return self._poll_for_exit(process)
        try:
            while not self._closing.is_set():
                readable, _, _ = select.select([watched, self._wake_read.fileno()], [], [])
                if watched in readable:
                    return True
            return False
        finally:
            os.close(watched)

    def _poll_for_exit(self, process: psutil.Process) -> bool:
        while not self._closing.wait(_LOOK_EVERY_S):
            if self._has_ended(process):
                return True
        return False

    def _note_exit(self, process: psutil.Process) -> None:
        code = self._child.wait() if self._child is not None else None
        self._forget()
        if self._replaced == process.pid:
            # Ended by us: whatever its exit code is, no person has closed it.
            self._replaced, code = None, None
            detail = say("obs_ended_hung")
        elif code is None or code >= 0:
            detail = say("obs_ended")
        else:
            detail = say("obs_killed", signal=signal_name(-code))
        self._last_end = detail
        _log.warning("%s (process %d)", detail, process.pid)
        self._tell("exited", pid=process.pid, exit_code=code, detail=detail)

    def _back_off(self, restarts: RestartBackoff) -> RestartBackoff:
        """Pause before the next start, and say so; the first restart after a crash does not wait."""
        if restarts.pause_s > 0:
            words = restarts.words(self._last_end)
            _log.warning("%s", words)
            self._tell("failed", detail=words)
            self._closing.wait(restarts.pause_s)
        return restarts

    def _tell(
        self, phase: ProcessPhase, *, pid: int = 0, exit_code: int | None = None, detail: str = ""
    ) -> None:
        try:
            self._post(ObsProcessEvent(phase=phase, pid=pid, exit_code=exit_code, detail=detail))
        except Exception:
            _log.exception("An observation of the OBS process could not be handed over")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As OBS does: without it, the traces of connections that ended would count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError:
            return False
    return True


def _end(process: psutil.Process) -> None:
    """End OBS, first gently, then hard; the writers of its files may finish by themselves."""
    try:
        helpers = process.children(recursive=True)
    except psutil.Error:
        helpers = []
    for step, patience_s in _STOP_STEPS:
        try:
            process.send_signal(step)
            process.wait(patience_s)
        except psutil.NoSuchProcess:
            break
        except psutil.TimeoutExpired:
            continue
        break
    _, alive = psutil.wait_procs(helpers, timeout=3.0)
    for helper in alive:
        with contextlib.suppress(psutil.Error):
            helper.kill()
