"""A whole talk in the venue: serve, six scenes, stop, processing, verdict, and the recording read back."""

import contextlib
import json
import os
import shutil
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from stagebox.api.client import Client
from stagebox.model.errors import ApiError, StageboxError
from stagebox.obs.connection import ObsTarget
from stagebox.obs.home import ObsHome
from stagebox.rehearsal.appliance import Appliance
from stagebox.rehearsal.catalogue import EVERY_FAULT
from stagebox.rehearsal.children import Child, require
from stagebox.rehearsal.faults import Fault, Seen, Stage
from stagebox.rehearsal.outcome import STILLS, AlarmLog, Outcome
from stagebox.rehearsal.readback import Readback, looks_alike, read_back
from stagebox.rehearsal.stream_server import StreamServer
from stagebox.rehearsal.streaming import Arrived, order, read_arrived, stream_settings
from stagebox.rehearsal.venue import Venue
from stagebox.secrets import read_secret

SCENES = ("intro", "speaker", "screen", "combo", "intermission", "outro")
"""The order in which a rehearsal shows the scenes; each gets an equal share of its length."""

TALK = {"title": "The night the recording died", "speaker": "Stage Box", "room": "Rehearsal"}
CANVAS_WIDTH, CANVAS_HEIGHT = 960, 540
"""OBS renders without a GPU here: at 1280 x 720 two busy cores took 34 ms a frame, at this size 15 ms."""
READY_S = 90.0
SCENE_S = 5.0
CARD_S = 15.0
"""OBS looks once a second whether a card was drawn anew."""
LOOK_S = 0.1
"""How often the appliance's state is looked at while a scene is on."""
FAULT_SCENE = "combo"
"""The scene with both pictures and the sound: a fault is played while it is on."""
SETTLE_S = 10.0
PATIENCE_S = 6.0
"""How much longer than its goal an alarm is waited for, so that the figure is known when it is missed."""
FAULT_STAYS_S = 1.0
RECOVERY_S = 25.0
"""How long a box that was broken is given until it records again."""
AFTERWARDS_S = 4.0
"""How long the recording goes on after that, so that there is something to be compared."""

Say = Callable[[str], None]


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_toml(venue: Venue, work: Path, api_port: int, obs_port: int) -> str:
    """The stagebox.toml of a rehearsal that keeps everything in `work`."""
    lines = [
        f"state_dir = {json.dumps(str(work / 'state'))}",
        '[event]\ntitle = "Rehearsal"\nroom = "Rehearsal"',
        f"[recording]\nfolder = {json.dumps(str(work / 'recordings'))}",
        f"out = {json.dumps(str(work / 'talks'))}",
        "reserve_bytes = 100_000_000",
        f'[obs]\nmode = "private"\nport = {obs_port}\ndisplay = "{venue.screen.name}"',
        f"canvas_width = {CANVAS_WIDTH}\ncanvas_height = {CANVAS_HEIGHT}\nvideo_bitrate_kbps = 3000",
        f"[api]\nport = {api_port}",
    ]
    for role, source in venue.sources().items():
        lines.append(f"[sources.{role}]\nkind = {json.dumps(source['kind'])}")
        lines.append(f"device = {json.dumps(source['device'])}")
    return "\n".join(lines) + "\n"


class Rehearsal:
    """One run. `work` is where the appliance keeps everything; `say` is told each step in a few words."""

    def __init__(
        self,
        venue: Venue,
        work: Path,
        seconds: float,
        fault: Fault | None,
        say: Say,
        *,
        stream: bool = False,
    ) -> None:
        self._venue = venue
        self._work = work
        self._seconds = seconds
        self._fault = fault
        self._say = say
        self._alarms = AlarmLog()
        self._timings_s: dict[str, float] = {}
        self._segments: list[str] = []
        self._stage: Stage | None = None
        self._streams = stream or (fault is not None and bool(fault.stream))
        self._server: StreamServer | None = None
        self.arrived: tuple[Arrived, ...] = ()
        self.noticed_after_s: float | None = None
        self.recovered_after_s: float | None = None
        self.rescue: Path | None = None
        self.rescue_read: Readback | None = None

    def run(self) -> tuple[dict[str, Any], Readback | None, AlarmLog, dict[str, float], list[str]]:
        """Play it all. Return the finished session, what was read back, alarms, timings and segments.

        After it, `rescue` is the output with the backup's sound, if one was made, `rescue_read` what was read
        back from that; `noticed_after_s` and `recovered_after_s` are about a fault that breaks the box.

        Raises StageboxError when the appliance does not start, or stops to answer.
        """
        self._work.mkdir(parents=True, exist_ok=True)
        api_port, obs_port = free_port(), free_port()
        config = self._work / "stagebox.toml"
        extra = self._fault.settings if self._fault is not None else ""
        config.write_text(settings_toml(self._venue, self._work, api_port, obs_port) + extra)
        if self._streams:
            self._server = self._venue.stream_server()
            self._server.through_road = self._fault is not None and self._fault.stream == "road"
            with config.open("a") as file:
                file.write(stream_settings(self._server, self._work / "state"))
        if self._fault is not None and self._fault.prepare is not None:
            self._fault.prepare(self._work, self._venue)
        began_s = time.monotonic()
        home = ObsHome(self._work / "state" / "obs")
        env = self._fault.env(self._work) if self._fault is not None and self._fault.env is not None else {}
        box = Appliance(
            self._venue, config, lambda: int(json.loads(home.process_file.read_text())["pid"]), env
        )
        appliance = box.start()
        try:
            with contextlib.closing(self._connect(appliance, api_port)) as client:
                names = self._scene_names(client, appliance)
                self._timings_s["appliance ready"] = time.monotonic() - began_s
                self._stage = self._set_stage(client, box, obs_port, api_port)
                self._stage.client, self._stage.server = client, self._server
                session, ticks = self._record(client, names)
                finished = self._finish(client, session)
        finally:
            (box.child or appliance).stop(grace_s=20.0)
            log = self._work / "serve.log"
            with contextlib.suppress(OSError):
                shutil.copyfile(appliance.log, log)
        read = None
        if finished.get("output"):
            self._say("Reading the MP4 back")
            began_s = time.monotonic()
            output = Path(finished["output"])
            read = read_back(output, pictures=self._stills(), late=self._venue.late_ticks(), session=ticks)
            self.rescue = rescue_of(finished)
            if self.rescue is not None:
                self.rescue_read = read_back(
                    self.rescue, pictures=self._stills(), late=self._venue.late_ticks(), session=ticks
                )
            self._timings_s["read back"] = time.monotonic() - began_s
        if self._server is not None:
            self._say("Reading back what arrived at the streaming server")
            self.arrived = read_arrived(
                self._server,
                self._work / "stream",
                self._stills(),
                self._venue.late_ticks(),
                config,
                self._venue.env(),
            )
        return finished, read, self._alarms, self._timings_s, self._segments

    def _set_stage(self, client: Client, box: Appliance, obs_port: int, api_port: int) -> Stage:
        home = ObsHome(self._work / "state" / "obs")
        target = ObsTarget("127.0.0.1", obs_port, read_secret(home.password_file))
        return Stage(
            venue=self._venue,
            work=self._work,
            obs=target,
            obs_pid=box.obs_pid,
            appliance=box,
            api_port=api_port,
            until=lambda true_of, timeout_s: self._until(client, true_of, timeout_s),
            begin_anew=self._begin_fault,
        )

    def _connect(self, appliance: Child, port: int) -> Client:
        """A client of the appliance, as soon as it answers."""
        self._say("Starting the appliance with its own OBS")
        token = self._work / "state" / "api-token"
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline and appliance.alive():
            with contextlib.suppress(ApiError, OSError):
                client = Client(port, SecretStr(token.read_text().strip()))
                try:
                    client.state()
                except ApiError:
                    client.close()
                    raise
                return client
            time.sleep(LOOK_S)
        how = "did not answer" if appliance.alive() else "ended at its start"
        raise StageboxError(f"The appliance {how}: {appliance.last_words() or 'it said nothing'}")

    def _scene_names(self, client: Client, appliance: Child) -> dict[str, str]:
        """The names in OBS of the scenes of SCENES, once OBS has them all."""
        deadline = time.monotonic() + READY_S
        there: dict[str, str] = {}
        while time.monotonic() < deadline and appliance.alive():
            state = client.state()
            there = {str(name).casefold(): str(name) for name in state["scenes"]}
            if state["obs"]["link"] == "up" and all(scene in there for scene in SCENES):
                return there
            time.sleep(LOOK_S)
        absent = ", ".join(scene for scene in SCENES if scene not in there)
        words = appliance.last_words()
        raise StageboxError(f"OBS did not become ready with its scenes (absent: {absent}). {words}".strip())

    def _record(self, client: Client, names: dict[str, str]) -> tuple[str, tuple[int, int]]:
        """Record all scenes; return the session's id and the ticks between which it was recorded."""
        before = self._drawn_at()
        if self._streams:
            began_s = time.monotonic()
            order(client, "start_stream")
            self._timings_s["going live"] = time.monotonic() - began_s
            self._say("Live")
        self._order(client, {"kind": "set_talk", "talk": TALK})
        self._switch(client, names[SCENES[0]])
        self._wait_for_card(client, before)
        began_s = time.monotonic()
        self._order(client, {"kind": "start_recording"})
        first_tick = self._venue.clock.tick()
        start_s = self._alarms.zero_s = time.monotonic()
        self._timings_s["start of recording"] = start_s - began_s
        session = str(client.state()["session"]["id"])
        slowest_s = 0.0
        for number, scene in enumerate(SCENES):
            if number:
                began_s = time.monotonic()
                self._switch(client, names[scene])
                slowest_s = max(slowest_s, time.monotonic() - began_s)
            self._say(f"On program: {scene}")
            until_s = start_s + (number + 1) * self._seconds / len(SCENES)
            if self._fault is not None and scene == FAULT_SCENE:
                settled_s = time.monotonic()
                self._settle(client)
                self._play(client, self._fault)
                # What the fault took is no part of the scenes' time.
                start_s += time.monotonic() - settled_s
                until_s = start_s + (number + 1) * self._seconds / len(SCENES)
            self._watch(client, until_s)
        self._timings_s["slowest scene change"] = slowest_s
        last_tick = self._venue.clock.tick()
        self._say("Stopping")
        self._order(client, {"kind": "stop_recording"})
        if self._streams:
            order(client, "stop_stream")
        return session, (first_tick, last_tick)

    def _watch(self, client: Client, until_s: float) -> None:
        while time.monotonic() < until_s:
            self._look(client)
            time.sleep(max(0.0, min(LOOK_S, until_s - time.monotonic())))

    def _settle(self, client: Client) -> None:
        """Wait until nothing is wrong: a fault is timed from calm."""
        self._until(client, _calm, SETTLE_S)

    def _begin_fault(self) -> None:
        self._alarms.zero_s = time.monotonic()

    def _play(self, client: Client, fault: Fault) -> None:
        """Play the fault until it is noticed, and undo it until that is, too."""
        stage = self._stage
        assert stage is not None
        stage.before = self._look(client)
        self._begin_fault()
        self._say(f"Fault: {fault.words}")
        fault.begin(stage)
        try:
            if self._until(client, lambda seen: _noticed(fault, stage, seen), fault.raised_s + PATIENCE_S):
                self.noticed_after_s = time.monotonic() - self._alarms.zero_s
            if fault.recovered is None:
                self._watch(client, time.monotonic() + FAULT_STAYS_S)
            elif fault.ends_after_recovery:
                self._await_recovery(client, fault)
        finally:
            self._alarms.ended_s = time.monotonic()
            self._say("The fault is over")
            fault.end(stage)
        if fault.recovered is None:
            self._until(
                client, lambda seen: not _codes(seen) & set(fault.alarms), fault.cleared_s + PATIENCE_S
            )
        else:
            if not fault.ends_after_recovery:
                self._await_recovery(client, fault)
            self._watch(client, time.monotonic() + AFTERWARDS_S)

    def _await_recovery(self, client: Client, fault: Fault) -> None:
        stage, recovered = self._stage, fault.recovered
        assert stage is not None
        assert recovered is not None
        if self._until(client, lambda seen: recovered(stage, seen), RECOVERY_S):
            self.recovered_after_s = time.monotonic() - self._alarms.zero_s

    def _until(self, client: Client, done: Callable[[Seen], bool], timeout_s: float) -> bool:
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if done(self._look(client)):
                return True
            time.sleep(LOOK_S)
        return False

    def _drawn_at(self) -> float:
        """When the first card was last drawn (file time), 0 for never."""
        still = self._stills().get(SCENES[0])
        return still.stat().st_mtime if still is not None else 0.0

    def _wait_for_card(self, client: Client, drawn_before: float) -> None:
        """Wait until OBS shows the first card as it was drawn for this talk, not the one of before."""
        deadline = time.monotonic() + CARD_S
        while time.monotonic() < deadline:
            still = self._stills().get(SCENES[0])
            if still is not None and still.stat().st_mtime > drawn_before:
                with contextlib.suppress(ApiError):
                    if looks_alike(client.picture("program"), still):
                        return
            time.sleep(LOOK_S)
        raise StageboxError(
            "OBS did not show the title card of this talk.", "Look at serve.log (--keep DIR)."
        )

    def _look(self, client: Client) -> Seen:
        """What the appliance tells now; None when it does not answer."""
        try:
            state = client.state()
        except ApiError:
            return None
        self._alarms.note(state["alarms"], time.monotonic())
        session = state.get("session")
        for segment in (session or {}).get("segments", ()):
            if segment.get("path") and segment["path"] not in self._segments:
                self._segments.append(segment["path"])
        return state

    def _switch(self, client: Client, scene: str) -> None:
        self._order(client, {"kind": "switch_scene", "scene": scene}, timeout_s=SCENE_S)

    @staticmethod
    def _order(client: Client, want: dict[str, Any], timeout_s: float = 30.0) -> None:
        answer = client.send(want, origin="rehearsal", timeout_s=timeout_s)
        if answer["status"] != "done":
            detail = answer.get("detail") or "it did not say why"
            raise StageboxError(f"The appliance did not do {want['kind']}: {answer['status']}, {detail}.")

    def _finish(self, client: Client, session: str) -> dict[str, Any]:
        """Wait until the session is processed, and return it as the snapshot tells of it."""
        self._say("Processing and proving")
        began_s = time.monotonic()
        deadline = began_s + 60.0 + 3 * self._seconds
        while time.monotonic() < deadline:
            for done in (self._look(client) or {"finished": ()})["finished"]:
                if done["id"] == session and done["phase"] == "done":
                    self._timings_s["processing"] = time.monotonic() - began_s
                    for segment in done["segments"]:
                        if segment.get("path") and segment["path"] not in self._segments:
                            self._segments.append(segment["path"])
                    return dict(done)
            time.sleep(LOOK_S)
        raise StageboxError(f"The session {session} was not processed in {deadline - began_s:.0f} s.")

    def _stills(self) -> dict[str, Path]:
        """The pictures of the title cards, wherever the appliance keeps the ones it made."""
        made = [path for kind in ("png", "jpg") for path in sorted((self._work / "state").rglob(f"*.{kind}"))]
        found: dict[str, Path] = {}
        for scene in STILLS:
            for path in made:
                if path.stem.casefold().startswith(scene):
                    found.setdefault(scene, path)
        return found


def _codes(seen: Seen) -> set[str]:
    return {str(alarm["code"]) for alarm in (seen or {}).get("alarms", ())}


def _calm(seen: Seen) -> bool:
    return seen is not None and all(alarm["level"] == "note" for alarm in seen["alarms"])


def _noticed(fault: Fault, stage: Stage, seen: Seen) -> bool:
    if fault.noticed is not None:
        return fault.noticed(stage, seen)
    return bool(_codes(seen) & set(fault.alarms))


def rescue_of(finished: dict[str, Any]) -> Path | None:
    """The output with the backup's sound that the report of a finished session names."""
    try:
        report = json.loads(Path(finished["report"]).read_bytes())
        made = (report.get("rescue") or {}).get("output")
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Path(made) if made else None


def rehearse(
    seconds: float, fault_name: str | None, keep: Path | None, say: Say, *, stream: bool = False
) -> Outcome:
    """Play a whole talk and return what came of it.

    With `keep`, everything made stays there. Without, the MP4 and its report are put into
    `rehearsals/<UTC time>/` of the current folder, and everything else is gone.

    `fault_name` is a key of EVERY_FAULT. `stream`: stream too, to a server of the venue's own.

    Raises StageboxError when a program is missing, or venue or appliance do not start.
    """
    require("obs", "ffmpeg", "ffprobe")
    began_s = time.monotonic()
    say("Setting up the venue: a laptop, a camera, a microphone")
    with Venue() as venue:
        up_s = time.monotonic() - began_s
        work = (keep if keep is not None else venue.folder / "work").absolute()
        fault = EVERY_FAULT[fault_name] if fault_name else None
        rehearsal = Rehearsal(venue, work, seconds, fault, say, stream=stream)
        finished, read, alarms, timings_s, segments = rehearsal.run()
        output = Path(finished["output"]) if finished.get("output") else None
        if output is not None and keep is None:
            output, rehearsal.rescue = save(
                output, finished.get("report") or "", Path.cwd(), rehearsal.rescue
            )
        late_s = sum(last - first + 1 for first, last in venue.late_ticks()) / 60
    duration_s = read.duration_s if read else 0.0
    best = rehearsal.rescue_read or read
    return Outcome(
        verdict=str(finished["verdict"]),
        session=str(finished["id"]),
        output=output,
        segments=tuple(segments),
        duration_s=duration_s,
        alarms=tuple(alarms.to_json()),
        fault_ended_after_s=None if alarms.ended_s is None else alarms.ended_s - alarms.zero_s,
        gap_s=read.picture.gap_s if read else float(finished["elapsed_s"]),
        audio_gap_s=best.sound.gap_s if best else float(finished["elapsed_s"]),
        own_audio_gap_s=read.sound.gap_s if read else float(finished["elapsed_s"]),
        rescue=rehearsal.rescue,
        noticed_after_s=rehearsal.noticed_after_s,
        recovered_after_s=rehearsal.recovered_after_s,
        fault=fault_name,
        scenes_asked=SCENES,
        scenes_seen=tuple(span.scene for span in read.scenes) if read else (),
        frames=read.picture.frames if read else 0,
        frames_missing=read.picture.frames_missing if read else 0,
        speech_audible=read.sound.speech_audible if read else False,
        speech_dbfs=read.sound.speech_dbfs if read else -120.0,
        late_s=late_s,
        summary=str(finished.get("summary") or ""),
        timings_s={"venue": up_s, **timings_s},
        stream=rehearsal.arrived if stream or (fault is not None and fault.stream) else None,
    )


def save(output: Path, report: str, under: Path, rescue: Path | None = None) -> tuple[Path, Path | None]:
    """Move an MP4, its rescue and its report to a new folder `rehearsals/<UTC time>/`.

    Return where the MP4 and its rescue are now.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    folder = under / "rehearsals" / stamp
    number = 1
    while True:
        try:
            folder.mkdir(parents=True)
            break
        except FileExistsError:
            number += 1
            folder = under / "rehearsals" / f"{stamp}-{number}"
        except OSError as error:
            raise StageboxError(
                f"The MP4 cannot be put into {folder}: {os.strerror(error.errno or 0)}.",
                "Name another folder with --keep DIR.",
            ) from error
    if report and Path(report).is_file():
        shutil.move(report, folder / Path(report).name)
    if rescue is not None:
        rescue = Path(shutil.move(rescue, folder / rescue.name))
    return Path(shutil.move(output, folder / output.name)), rescue
