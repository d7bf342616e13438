"""A real soak: an ordinary talk in the venue with real OBS, while `serve` and the backup recorder are
watched."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from stagebox.model.errors import StageboxError
from stagebox.model.report import Severity
from stagebox.rehearsal import ordinary
from stagebox.rehearsal.growth import ProcessReading, read_process, real_growth_of
from stagebox.rehearsal.serving import ServingVenue
from stagebox.rehearsal.venue import Venue

LOOK_EVERY_S = 0.5
ROW_EVERY_S = 10.0
SETTLE_S = 30.0
"""For the appliance to come up and be calm, before anything counts."""
PROCESSED_S = 300.0
EAR_MODULE = "stagebox.devices.backup_recorder"
ALARMS_KEPT = 200
SLOW = frozenset({"render_lag", "encoder_lag"})
OF_SLOWNESS = frozenset({"dropouts", "ear_down", "not_recording"})
SLOW_AFTER_MIN = 0.25

Say = Callable[[str], None]


def ear_of(serve: psutil.Process) -> psutil.Process | None:
    """The backup recorder's process, a child of `serve`."""
    for child in serve.children(recursive=True):
        try:
            if EAR_MODULE in child.cmdline():
                return child
        except psutil.Error:
            continue
    return None


@dataclass(slots=True)
class SoakReadings:
    """What was seen of the appliance: rows of each process, alarms as they came. Bounded.

    `slow` counts the alarms of a computer that cannot keep up (OBS's own counters say so), and what comes
    of it meanwhile: they are true, and say nothing about the talk.
    """

    rows: dict[str, list[ProcessReading]] = field(default_factory=lambda: {"serve": [], "ear": []})
    came: list[tuple[float, str, str, str]] = field(default_factory=list)
    slow: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    dropped: int = 0
    _up: frozenset[tuple[str, str, str]] = frozenset()
    _slow_until: float = 0.0

    def look(self, state: Mapping[str, Any], minute: float, during: str) -> list[str]:
        """Take in a state; returns a line for each alarm that came."""
        alarms = {
            (str(a["code"]), str(a["role"]), str(a["level"])): str(a["message"]) for a in state["alarms"]
        }
        came, self._up = alarms.keys() - self._up, frozenset(alarms)
        lines = []
        if any(code in SLOW for code, _, _ in self._up):
            self._slow_until = minute + SLOW_AFTER_MIN
        for code, role, level in sorted(came):
            if level == Severity.NOTE:
                self.notes[code] = self.notes.get(code, 0) + 1
                continue
            if code in SLOW or (code in OF_SLOWNESS and minute < self._slow_until):
                self.slow[code] = self.slow.get(code, 0) + 1
                continue
            if len(self.came) < ALARMS_KEPT:
                self.came.append((minute, code, role, during))
            lines.append(
                f"{minute:9.1f} {level}: {code} of {role} during {during}: {alarms[code, role, level]}"
            )
        self.dropped = int(state["health"]["ear"]["dropped"])
        return lines

    def problems(self) -> list[str]:
        """What is not good, in words: growth of either process, and each alarm above a note."""
        found = [
            f"{name}: {words}" for name, rows in self.rows.items() if rows for words in real_growth_of(rows)
        ]
        return found + [
            f"{code} of {role} during {during} (minute {minute:.1f})"
            for minute, code, role, during in self.came
        ]


def run(minutes: float, say: Say) -> list[str]:
    """Play an ordinary talk for so many minutes; returns what was not good, empty when all was.

    Raises:
        StageboxError: venue or appliance did not start, or stopped to answer.
    """
    with Venue() as venue:
        work = venue.folder / "work"
        work.mkdir()
        with ServingVenue(venue, work) as serving:
            return _soak(venue, serving, work, minutes, say)


def _soak(venue: Venue, serving: ServingVenue, work: Path, minutes: float, say: Say) -> list[str]:
    client, watched = serving.client, SoakReadings()
    serve = psutil.Process(serving.pid)
    pause = threading.Event()

    def order(want: dict[str, Any]) -> None:
        answer = client.send(want, origin="rehearsal", timeout_s=30.0)
        if answer["status"] != "done":
            raise StageboxError(f"The appliance did not do {want['kind']}: {answer.get('detail', '')}")

    client.send({"kind": "start_recording"}, origin="rehearsal", timeout_s=30.0)
    _calm(client, pause)
    say(f"an ordinary talk of {minutes:g} minutes with real OBS; `serve` is process {serve.pid}")
    say(f"{'minute':>9} {'process':>8} {'memory MB':>10} {'threads':>8} {'descriptors':>12} {'core %':>7}")
    began, next_row = time.monotonic(), 0.0
    for moment in ordinary.play(venue, lambda scene: order({"kind": "switch_scene", "scene": scene}), pause):
        until = time.monotonic() + moment.seconds
        while (now := time.monotonic()) < until and not pause.is_set():
            minute = (now - began) / 60
            for line in watched.look(client.state(), minute, moment.words):
                say(line)
            if now >= next_row:
                next_row = now + ROW_EVERY_S
                _read(serve, watched, minute, say)
            if minute >= minutes:
                pause.set()
            pause.wait(LOOK_EVERY_S)
    order({"kind": "stop_recording"})
    _tell(client, watched, say)
    return watched.problems()


def _calm(client: Any, pause: threading.Event) -> None:
    """Wait until OBS records, however often it had to be asked, and nothing is alarmed any more."""
    recording = False
    deadline = time.monotonic() + SETTLE_S
    while time.monotonic() < deadline:
        state = client.state()
        recording = state["recording"] is True
        if recording and all(alarm["level"] == Severity.NOTE for alarm in state["alarms"]):
            pause.wait(2.0)
            return
        pause.wait(LOOK_EVERY_S)
    if not recording:
        raise StageboxError(f"OBS did not begin to record within {SETTLE_S:g} s.")


def _read(serve: psutil.Process, watched: SoakReadings, minute: float, say: Say) -> None:
    ear = ear_of(serve)
    for name, process in (("serve", serve), ("ear", ear)):
        if process is None:
            continue
        row = read_process(process, minute)
        rows = watched.rows[name]
        share = ""
        if rows and (passed_s := 60 * (row.minute - rows[-1].minute)) > 0:
            share = f"{100 * (row.cpu_s - rows[-1].cpu_s) / passed_s:.1f}"
        rows.append(row)
        if len(rows) % 6 == 1:
            say(
                f"{minute:9.1f} {name:>8} {row.rss_bytes / 1e6:10.2f} {row.threads:8} {row.descriptors:12}"
                f" {share:>7}"
            )


def _tell(client: Any, watched: SoakReadings, say: Say) -> None:
    for name, rows in watched.rows.items():
        if len(rows) > 1:
            share = (rows[-1].cpu_s - rows[0].cpu_s) / (60 * (rows[-1].minute - rows[0].minute))
            memory_mb = rows[-1].rss_bytes / 1e6
            say(f"{name}: {100 * share:.1f} % of a core on average, {memory_mb:.1f} MB at the end")
    notes = ", ".join(f"{code} {count}" for code, count in sorted(watched.notes.items()))
    slow = ", ".join(f"{code} {count}" for code, count in sorted(watched.slow.items()))
    obs = client.state()["obs"]
    say(
        f"alarms of a computer that is too slow: {slow or 'none'}; OBS itself left out "
        f"{obs['render_skipped_frames']} pictures in drawing, {obs['output_skipped_frames']} in encoding"
    )
    say(f"notes: {notes or 'none'}; sound blocks dropped by the ear: {watched.dropped}")
    deadline = time.monotonic() + PROCESSED_S
    while time.monotonic() < deadline:
        finished = client.state()["finished"]
        if finished:
            say(f"the recording's verdict: {finished[-1]['verdict']} {finished[-1]['summary']}".rstrip())
            return
        time.sleep(1.0)
    say("the recording was not processed in time")
