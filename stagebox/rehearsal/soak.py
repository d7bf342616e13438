"""A soak: weeks of observations through the real engine in minutes, and a watch over a running one.

The engine, its mailbox, journal, board and catalogue are the real ones, on their own threads; only the
clock that they read is ours. OBS and the media jobs are played by answering the engine's effects.
"""

import gc
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from stagebox.devices.measure import descriptors_of
from stagebox.engine import engine as engine_module
from stagebox.engine import mailbox as mailbox_module
from stagebox.engine.catalogue import Writer, open_or_set_aside
from stagebox.engine.engine import Engine, Outside
from stagebox.engine.rules import Rules
from stagebox.model.effects import Effect, ObsStartRecord, ObsStopRecord, ObsSwitchScene, ProcessSession
from stagebox.model.facts.machine import GroupMemory, HostSeen
from stagebox.model.facts.pictures import PictureFeatures, PictureRole, PictureSeen
from stagebox.model.facts.sound import EarSeen, Level, MetersSeen
from stagebox.model.intents import Intent, StartRecording, StopRecording, SwitchScene, TalkDetails, Want
from stagebox.model.observations import (
    JobDone,
    JobProgress,
    ObsConnected,
    ObsDisconnected,
    ObsStatsSeen,
    ProgramSceneSeen,
    RecordStateSeen,
    RequestAnswered,
)
from stagebox.model.snapshot import Snapshot

EPOCH = 1_800_000_000.0
SCENES = ("screen", "speaker", "combo", "intro", "intermission", "outro")
TALK_EVERY_S = 300
"""A talk every five minutes: everything that is kept of the last N talks fills up early."""
WARM_UP_MIN = 250
ANSWER_S = 30.0

REAL_RSS_BYTES = 8_000_000
SIMULATED_OBJECTS = 400
SIMULATED_RSS_BYTES = 2_000_000


class VirtualTime:
    """Stands for the module `time` in the engine's room: its seconds pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """Seconds since a boot that never was."""
        return self.now

    def time(self) -> float:
        """Seconds since 1970."""
        return EPOCH + self.now


@dataclass(frozen=True, slots=True)
class Row:
    """Our process after so many minutes."""

    minute: float
    rss_bytes: int
    objects: int
    threads: int
    descriptors: int
    traced_bytes: int = 0


@dataclass(slots=True)
class Soak:
    """Drives an engine through talks, second by simulated second."""

    folder: Path
    clock: VirtualTime = field(default_factory=VirtualTime)
    messages: int = 0
    rows: list[Row] = field(default_factory=list)
    _engine: Engine | None = None
    _generation: int = 0
    _path: str = ""
    _recording: bool = False
    _intents: int = 0
    _frames: int = 0
    _record_bytes: int = 0

    def run(self, minutes: int, readings: int = 10, tell: Callable[[Row], None] = lambda row: None) -> None:
        """Simulate so many minutes, and read our own process so many times after the warm-up.

        Raises:
            TimeoutError: the engine did not answer.
        """
        catalogue, _ = open_or_set_aside(self.folder / "catalogue.sqlite")
        writer = Writer(catalogue)
        with self._virtual():
            self._engine = Engine(self.folder / "journal", Rules(), event="Soak", room="Hall")
            self._engine.start(Outside(execute=self._execute, save=writer.save))
            try:
                self._connect()
                warm_up = min(WARM_UP_MIN, minutes // 2)
                due = [warm_up + (minutes - warm_up) * n // readings for n in range(readings + 1)]
                for minute in range(minutes + 1):
                    if minute in due:
                        self._settle()
                        self.rows.append(read_ourselves(minute))
                        tell(self.rows[-1])
                    if minute < minutes:
                        self._minute(minute)
            finally:
                self._engine.close()
                writer.close()

    @contextmanager
    def _virtual(self) -> Iterator[None]:
        """Give the engine's modules our clock."""
        modules = (engine_module, mailbox_module)
        before = [vars(module)["time"] for module in modules]
        for module in modules:
            vars(module)["time"] = self.clock
        try:
            yield
        finally:
            for module, real in zip(modules, before, strict=True):
                vars(module)["time"] = real

    def _minute(self, minute: int) -> None:
        for second in range(60):
            self.clock.now += 1.0
            self._second((minute * 60 + second) % TALK_EVERY_S, minute)
            self._settle()

    def _second(self, second: int, minute: int) -> None:
        """One second of a talk's five minutes: what OBS and the machine say, and now and then a person."""
        self._post(self._stats())
        self._watch()
        if second % 60 == 30:
            self._want(SwitchScene(scene=SCENES[(second // 60) % len(SCENES)]))
        if second == 20:
            self._want(StartRecording(talk=TalkDetails(title=f"Talk {minute}", speaker="Somebody")))
        if second == 260:
            self._want(StopRecording())
        if second == 150 and minute % 70 < 10:
            self._post(ObsDisconnected(generation=self._generation, fault="lost"))
            self._connect()

    def _watch(self) -> None:
        """What the probes see in a second: most of it good, and everything wrong once in a while."""
        at = int(self.clock.now)
        self._post(
            HostSeen(
                recording_folder="gone" if at % 3100 < 10 else "ok",
                recording_free_bytes=10**12 - at % 977,
                planned_bytes_per_s=770_000.0,
                memory=(GroupMemory(group="obs", processes=1, rss_bytes=3 * 10**8 + at % 1013),),
                mains=at % 3000 > 60,
                clock_synced=True,
                wall_offset_s=EPOCH,
                slept_s=0.0,
            )
        )
        roles: tuple[PictureRole, ...] = ("slides", "camera")
        for role in roles:
            self._post(_picture(role, black=at % 1700 < 20, at=at))
        quiet = at % 2300 < 40
        levels = (
            Level(rms_dbfs=-90.0 if quiet else -25.0, peak_dbfs=-80.0 if quiet else -12.0 - at % 7),
        ) * 2
        self._post(MetersSeen(run=1, up=True, present=True, live=True, muted=at % 1900 < 15, levels=levels))
        self._post(EarSeen(run=1, status="listening", rate_hz=48_000, levels=levels, xruns=at // 5000))

    def _stats(self) -> ObsStatsSeen:
        self._frames += 30
        self._record_bytes = self._record_bytes + 750_000 if self._recording else 0
        return ObsStatsSeen(
            generation=self._generation,
            recording=self._recording,
            record_bytes=self._record_bytes,
            active_fps=30.0,
            cpu_percent=12.5,
            memory_mb=300.0,
            free_disk_mb=900_000.0,
            render_skipped_frames=self._frames // 4000,
            render_total_frames=self._frames,
            output_skipped_frames=0,
            output_total_frames=self._frames,
        )

    def _connect(self) -> None:
        self._generation += 1
        self._post(
            ObsConnected(
                generation=self._generation,
                obs_version="29.0.2",
                websocket_version="5.1.0",
                scenes=SCENES,
                program_scene=SCENES[0],
                recording=self._recording,
                streaming=False,
            )
        )

    def _want(self, want: Want) -> None:
        self._intents += 1
        assert self._engine is not None
        self._engine.submit(Intent(id=f"soak-{self._intents}", origin="touch", want=want))
        self.messages += 1

    def _post(self, observation: object) -> None:
        assert self._engine is not None
        self._engine.post(observation)  # type: ignore[arg-type]  # Each caller gives one of them.
        self.messages += 1

    def _execute(self, effect: Effect) -> None:
        """Play OBS and the media jobs: everything succeeds at once."""
        match effect:
            case ObsSwitchScene(effect_id=effect_id, generation=generation, scene=scene):
                self._post(RequestAnswered(generation=generation, effect_id=effect_id, ok=True))
                self._post(ProgramSceneSeen(generation=generation, scene=scene))
            case ObsStartRecord(effect_id=effect_id, generation=generation, filename_stem=stem):
                self._recording, self._path = True, f"/recordings/{stem}.flv"
                self._post(RequestAnswered(generation=generation, effect_id=effect_id, ok=True))
                self._post(RecordStateSeen(generation=generation, phase="started", path=self._path))
            case ObsStopRecord(effect_id=effect_id, generation=generation):
                self._recording = False
                self._post(RequestAnswered(generation=generation, effect_id=effect_id, ok=True))
                self._post(RecordStateSeen(generation=generation, phase="stopped", path=self._path))
            case ProcessSession(session_id=session_id):
                for step in range(10):
                    self._post(JobProgress(session_id=session_id, step="copy", share=step / 10))
                self._post(JobDone(session_id=session_id, verdict="ok", output="/talks/a.mp4"))
            case _:
                pass

    def _settle(self) -> None:
        """Wait until the engine has worked off everything."""
        engine = self._engine
        assert engine is not None

        def worked_off(seen: Snapshot) -> bool:
            return not len(engine.mailbox) and seen.at >= self.clock.now

        if engine.board.wait_for(worked_off, ANSWER_S) is None:
            raise TimeoutError(f"the engine did not answer within {ANSWER_S:g} s")


def _picture(role: PictureRole, *, black: bool, at: int) -> PictureSeen:
    features = PictureFeatures(
        mean_level=2.0 if black else 120.0,
        peak_level=3.0 if black else 240.0,
        detail=1.0 if black else 200.0,
        spread=1.0 if black else 230.0,
        mean_rgb=(2.0, 2.0, 2.0) if black else (120.0, 118.0, 121.0),
        uniform_share=1.0 if black else 0.2,
        bars_likeness=0.0,
        card_distance=None,
        fingerprint="still" if role == "slides" else str(at),
    )
    return PictureSeen(
        role=role,
        input_name=f"stagebox {role}",
        source_kind="v4l2",
        exists=True,
        device="present",
        width=1920 if at % 2600 > 30 else 1280,
        height=1080,
        on_program=True,
        picture=features,
    )


def read_ourselves(minute: float) -> Row:
    """Our process now, garbage collected."""
    gc.collect()
    process = psutil.Process()
    return Row(
        minute,
        int(process.memory_info().rss),
        len(gc.get_objects()),
        threading.active_count(),
        descriptors_of(process),
        tracemalloc.get_traced_memory()[0],
    )


def growth_of(rows: list[Row]) -> list[str]:
    """What grew in the simulation, in words; empty when nothing did. Compares the later half's means."""
    first, last = _halves(rows)
    grown = []
    objects = _mean(last, "objects") - _mean(first, "objects")
    if objects > SIMULATED_OBJECTS:
        grown.append(f"objects grew by {objects:.0f}")
    rss = _mean(last, "rss_bytes") - _mean(first, "rss_bytes")
    if rss > SIMULATED_RSS_BYTES:
        grown.append(f"memory grew by {rss / 1e6:.1f} MB")
    return grown + _counts_grown(rows)


def watch(pid: int, minutes: float, every_s: float, tell: Callable[[Row], None]) -> list[Row]:
    """Read a running process until the minutes are over; returns all rows.

    Raises:
        psutil.Error: the process ended.
    """
    process = psutil.Process(pid)
    began = time.monotonic()
    rows: list[Row] = []
    pause = threading.Event()
    while True:
        minute = (time.monotonic() - began) / 60
        row = Row(minute, int(process.memory_info().rss), 0, process.num_threads(), descriptors_of(process))
        rows.append(row)
        tell(row)
        if minute >= minutes:
            return rows
        pause.wait(min(every_s, max(0.1, (minutes - minute) * 60)))


def real_growth_of(rows: list[Row]) -> list[str]:
    """What grew in a running process, in words: its first third is warm-up."""
    settled = rows[len(rows) // 3 :]
    first, last = _halves(settled)
    grown = []
    rss = _mean(last, "rss_bytes") - _mean(first, "rss_bytes")
    if rss > REAL_RSS_BYTES:
        grown.append(f"memory grew by {rss / 1e6:.1f} MB")
    return grown + _counts_grown(settled)


def _counts_grown(rows: list[Row]) -> list[str]:
    """Threads and descriptors: the least of the later half above the most of the earlier half is growth."""
    first, last = _halves(rows)
    grown = []
    for name in ("threads", "descriptors"):
        before = max(getattr(row, name) for row in first)
        after = min(getattr(row, name) for row in last)
        if after > before:
            grown.append(f"{name} grew from {before} to {after}")
    return grown


def _halves(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    middle = max(1, len(rows) // 2)
    return rows[:middle], rows[middle:] or rows[-1:]


def _mean(rows: list[Row], name: str) -> float:
    return float(sum(getattr(row, name) for row in rows) / len(rows))
