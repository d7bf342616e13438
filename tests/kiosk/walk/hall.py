"""The hall of a walk, in a process of its own: a venue, a `serve` with real OBS, and the weather.

Who paints slides and speaks sixty times a second would keep Python from the window that is walked on.
Lines of JSON go both ways: {"begin": SEED} and {"calm": true} in; what is there, and which faults are on,
out.
"""

import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from stagebox.api.client import Client
from stagebox.api.token import token_path
from stagebox.model.errors import StageboxError
from stagebox.rehearsal.canvas_ladder import LadderRung
from stagebox.rehearsal.faults import small_disk
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue
from stagebox.settings.secrets import read_secret
from tests.kiosk.walk.weather import Weather, stage_of

ROOT = Path(__file__).parents[3]
SETTINGS = "[health.forgotten]\nspeaking_s = 6\ncard_s = 6\n"
RUNG = LadderRung(640, 360, 10, 1000)
"""Smaller than any that is recorded with: the walk is about the screen, and OBS goes before it."""
READY_S, CALM_S = 180.0, 90.0


class Hall:
    """The hall, from outside; as a context manager. Raises StageboxError when it is not ready in time.

    `on` are the names of the faults that are on, `came` counts all.
    """

    def __init__(self) -> None:
        self.on: list[str] = []
        self.came: dict[str, int] = {}
        self._told: dict[str, Any] = {}
        self._ready, self._calm = threading.Event(), threading.Event()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kiosk.walk.hall"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, name="hall", daemon=True)
        self._reader.start()
        if not self._ready.wait(READY_S) or "port" not in self._told:
            self._end()
            raise StageboxError(f"The hall is not ready: {self._told.get('trouble', 'it said nothing')}")
        return self

    def begin(self, seed: int) -> None:
        """Have faults come and go from now on."""
        self._say(begin=seed)

    def calm(self) -> None:
        """Have all faults cleared, and no more come."""
        self._say(calm=True)
        self._calm.wait(CALM_S)

    @property
    def disk(self) -> bool:
        """Whether there is a small disk that can be filled."""
        return bool(self._told["disk"])

    def connect(self) -> Client:
        """A new client of its `serve`."""
        return Client(self._told["port"], read_secret(token_path(Path(self._told["state"]))))

    def _say(self, **words: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            self._told.update(told)
            self.on, self.came = told.get("on", self.on), told.get("came", self.came)
            if "port" in told or "trouble" in told:
                self._ready.set()
            if told.get("calm"):
                self._calm.set()
        self._ready.set()
        self._calm.set()

    def _end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reader.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()


def tell(**words: Any) -> None:
    """One line to whoever walks."""
    print(json.dumps(words), flush=True)


def run(work: Path, venue: Venue) -> None:
    """Be the hall until nobody listens any more."""
    disk = True
    try:
        small_disk(work, venue)
    except StageboxError:
        disk = False
    with ServingVenue(venue, work, more=SETTINGS, rung=RUNG) as serving:
        weather: Weather | None = None
        tell(port=serving.port, state=str(serving.state_dir), disk=disk)
        for line in sys.stdin:
            said = json.loads(line)
            if "begin" in said:
                weather = Weather(stage_of(serving), said["begin"], tell, disk=disk)
                weather.start()
            elif "calm" in said:
                if weather is not None:
                    weather.close()
                tell(calm=True)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="stagebox-walk-") as folder:
        try:
            with Venue() as venue:
                run(Path(folder), venue)
        except StageboxError as error:
            tell(trouble=str(error))
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
