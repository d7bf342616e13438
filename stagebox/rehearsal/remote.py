"""An OBS that somebody else started, behind a wire that can be cut: for stagebox, one on another machine."""

import contextlib
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from stagebox.model.errors import StageboxError
from stagebox.obs.home import ObsHome
from stagebox.obs.supervisor import ObsSupervisor
from stagebox.rehearsal.children import wait_until
from stagebox.rehearsal.venue import Venue
from stagebox.settings.reading import load
from stagebox.settings.secrets import ensure_secret

READY = "OBS is ready\n"
START_S = 60.0
READ_BYTES = 1 << 16
LOOK_S = 0.05


class CuttableWire:
    """A TCP connection to a port of this computer, through which the appliance reaches OBS. Cut at will."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._whole = threading.Event()
        self._whole.set()
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, name="wire", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """From now on nothing gets through, and who speaks hears no answer, as when a cable is pulled."""
        self._whole.clear()

    def mend(self) -> None:
        """What is sent from now on gets through; what was sent meanwhile is lost with its connection."""
        self._whole.set()

    def close(self) -> None:
        """End it."""
        self._closing.set()
        self._thread.join(5.0)
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            if not self._whole.is_set() or not select.select([self._listener], [], [], LOOK_S)[0]:
                self._closing.wait(LOOK_S)
                continue
            near, _ = self._listener.accept()
            threading.Thread(target=self._carry, args=(near,), name="wire-pair", daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        """Carry both ways until an end closes. A connection that lived through a cut is reset after it."""
        with near, contextlib.suppress(OSError):
            far = socket.create_connection(("127.0.0.1", self._to_port), timeout=5.0)
            with far:
                ends = {near: far, far: near}
                while not self._closing.is_set():
                    if not self._whole.is_set():
                        self._whole.wait()
                        return
                    for end in select.select(list(ends), [], [], LOOK_S)[0]:
                        content = end.recv(READ_BYTES)
                        if not content:
                            return
                        ends[end].sendall(content)


def start(venue: Venue, config: Path, settings: str, attach: str) -> None:
    """Start the OBS of the text `settings` in the venue, and build the scenes in it as `attach` reaches it.

    Args:
        config: where the settings are written; those of `attach` go beside it.

    Raises:
        StageboxError: it did not start.
    """
    config.write_text(settings)
    reached = config.with_name(f"{config.stem}-attach.toml")
    reached.write_text(attach)
    obs = venue.spawn_beside("obs-alone", [sys.executable, "-m", "stagebox.rehearsal.remote", str(config)])
    if not wait_until(lambda: READY in obs.log.read_text() or not obs.alive(), START_S) or not obs.alive():
        raise StageboxError(f"The OBS on the other machine did not start: {obs.last_words()}")
    done = subprocess.run(
        [sys.executable, "-m", "stagebox", "--config", str(reached), "provision"],
        env=venue.env(), capture_output=True, text=True, timeout=START_S,
    )  # fmt: skip
    if done.returncode != 0:
        raise StageboxError(f"The scenes could not be built in that OBS: {done.stderr.strip()[-300:]}")


def main() -> int:
    """Run the OBS of the settings file that is named, until SIGTERM."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    settings = load(Path(sys.argv[1]))
    home = ObsHome(settings.state_dir / "obs")
    supervisor = ObsSupervisor(
        settings.obs, home, ensure_secret(home.password_file), settings.recording.folder, lambda _: None
    )
    supervisor.start()
    try:
        supervisor.wait_ready()
        sys.stdout.write(READY)
        sys.stdout.flush()
        ended.wait()
    finally:
        supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
