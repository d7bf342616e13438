"""How long a large schedule takes to be read in its child, and how long the engine is held up meanwhile."""

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stagebox.engine.engine import Engine, EngineOutputs
from stagebox.engine.rules import ReducerRules
from stagebox.model.observations import ObsConnected, ProgramSceneEvent, ScheduleEvent
from stagebox.model.settings import ScheduleSettings, Settings
from stagebox.model.snapshot import Snapshot
from stagebox.schedule.defaults import defaults_in
from stagebox.schedule.keeper import ScheduleKeeper
from stagebox.schedule.reading import read_schedule

HELP = "reading a large schedule, and the engine meanwhile"
TALKS, ROOMS, BYTES = 1007, 72, 2_200_000
"""As many as the largest congress has, in as many rooms, and as large a file."""
READ_GOAL_S, STALL_GOAL_S = 1.5, 0.020
EVERY_S = 0.005
"""How often the engine is told something, and timed until everybody sees it."""
SCENES = ("One", "Two")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--times", type=int, default=5, help="how often it is read")


def run(arguments: argparse.Namespace) -> int:
    """Read it so often, print the figures, and return 0 when both goals hold, else 1."""
    data = schedule_xml()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "schedule.xml"
        path.write_bytes(data)
        took = []
        for _ in range(arguments.times):
            began = time.monotonic()
            found = read_schedule(data, str(path), defaults_in("Europe/Berlin"))
            took.append(time.monotonic() - began)
            assert len(found.talks) == TALKS
        with engine_in(Path(folder) / "journal") as engine:
            quiet = reactions(engine, lambda: time.sleep(2.0))
            busy = reactions(engine, lambda: keep(engine, path, arguments.times))
    worst, usual = max(busy), max(quiet)
    print(f"{len(data) / 1e6:.1f} MB, {TALKS} talks, read in its child: {told(took)}; goal {READ_GOAL_S} s")
    print(f"engine, from news to everybody: at most {usual * 1000:.1f} ms with nothing to read,")
    print(
        f"  at most {worst * 1000:.1f} ms while it is read and taken over {arguments.times} times;", end=" "
    )
    print(f"goal {STALL_GOAL_S * 1000:g} ms")
    return 0 if statistics.median(took) <= READ_GOAL_S and worst <= STALL_GOAL_S else 1


def told(seconds: list[float]) -> str:
    """The median, and the longest."""
    return f"median {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s"


def schedule_xml() -> bytes:
    """A frab schedule of six days."""
    begins = datetime(2099, 12, 26, 10, tzinfo=UTC)
    abstract = "Lorem ipsum dolor sit amet. " * 60
    days = []
    each = TALKS // 6 + 1
    for day in range(6):
        rooms: dict[int, list[str]] = {}
        for number in range(day * each, min(TALKS, (day + 1) * each)):
            start = begins + timedelta(days=day, minutes=30 * ((number // ROOMS) % 20))
            rooms.setdefault(number % ROOMS, []).append(
                f'<event guid="guid-{number}" id="{number}"><date>{start.isoformat()}</date>'
                f"<start>{start:%H:%M}</start><duration>00:25</duration><title>Talk {number}</title>"
                f"<room>Room {number % ROOMS}</room><abstract>{abstract}</abstract>"
                f"<persons><person>Person {number}</person></persons></event>"
            )
        inside = "".join(f'<room name="Room {room}">{"".join(talks)}</room>' for room, talks in rooms.items())
        days.append(f'<day date="{begins + timedelta(days=day):%Y-%m-%d}">{inside}</day>')
    text = f"<schedule><conference><title>Bench</title></conference>{''.join(days)}</schedule>"
    return text.replace("</schedule>", f"<!--{'x' * max(0, BYTES - len(text))}--></schedule>").encode()


@contextmanager
def engine_in(folder: Path) -> Iterator[Engine]:
    """A running engine, whose OBS has two scenes."""
    engine = Engine(folder, ReducerRules(), event="Bench", room="Room 7")
    engine.start(EngineOutputs(execute=lambda _: None, save=lambda _: None))
    there = {"obs_version": "29.0.2", "websocket_version": "5.1.0", "recording": False, "streaming": False}
    engine.post(ObsConnected(generation=1, scenes=SCENES, program_scene=SCENES[0], **there))  # type: ignore[arg-type]
    try:
        yield engine
    finally:
        engine.close()


def reactions(engine: Engine, work: Callable[[], object]) -> list[float]:
    """How long the engine took, again and again while `work` is done, to show what it was told; seconds."""
    seen = threading.Event()
    wanted = [SCENES[0]]

    def look(snapshot: Snapshot) -> None:
        if snapshot.program_scene == wanted[0]:
            seen.set()

    forget = engine.snapshots.listen(look)
    done = threading.Event()
    worker = threading.Thread(target=lambda: (work(), done.set()))
    worker.start()
    took: list[float] = []
    while not done.is_set():
        wanted[0] = SCENES[1] if engine.state.obs.program_scene == SCENES[0] else SCENES[0]
        seen.clear()
        began = time.monotonic()
        engine.post(ProgramSceneEvent(generation=1, scene=wanted[0]))
        assert seen.wait(5.0), "the engine did not show a scene for five seconds"
        took.append(time.monotonic() - began)
        time.sleep(EVERY_S)
    worker.join()
    forget()
    return took


def keep(engine: Engine, path: Path, times: int) -> None:
    """Have the schedule read and taken over so often, as `serve` does it."""
    taken = threading.Semaphore(0)

    def post(observation: object) -> None:
        engine.post(observation)  # type: ignore[arg-type]
        if isinstance(observation, ScheduleEvent) and observation.schedule.talks:
            taken.release()

    for number in range(times):
        settings = Settings(
            state_dir=path.parent / f"state-{number}",
            schedule=ScheduleSettings(source=str(path), room="Room 7"),
        )
        settings.state_dir.mkdir()
        keeper = ScheduleKeeper(settings, post)
        keeper.start()
        assert taken.acquire(timeout=60.0), "the schedule was not taken over"
        keeper.close()
