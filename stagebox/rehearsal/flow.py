"""A whole talk in the venue: serve, six scenes, stop, processing, verdict, and the recording read back."""

import contextlib
import json
import random
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stagebox.model.errors import ApiError, StageboxError
from stagebox.obs.connection import ObsTarget
from stagebox.obs.home import KEYFRAME_S, ObsHome
from stagebox.rehearsal import remote, storm
from stagebox.rehearsal.accounting import ReadOutput, account
from stagebox.rehearsal.appliance_driver import LOOK_S, ApplianceDriver, connect
from stagebox.rehearsal.breakages import SPARE
from stagebox.rehearsal.canvas_ladder import LadderChoice
from stagebox.rehearsal.children import require
from stagebox.rehearsal.fault_catalogue import EVERY_FAULT
from stagebox.rehearsal.fault_player import SETTLE_S, FaultPlayer
from stagebox.rehearsal.faults import FaultTargets, RehearsalFault
from stagebox.rehearsal.kept import findings_of, rescue_of, save
from stagebox.rehearsal.ladder_measurement import measure
from stagebox.rehearsal.outcome import STILLS, RehearsalOutcome
from stagebox.rehearsal.painter import TICK_HZ
from stagebox.rehearsal.readback import Readback, looks_alike, read_back
from stagebox.rehearsal.schedule_server import ROOM, RehearsedTalkPlan, ScheduleServer
from stagebox.rehearsal.serve_process import ServeProcess
from stagebox.rehearsal.stream_server import StreamServer
from stagebox.rehearsal.streaming import ArrivedStream, order, read_arrived, stream_settings
from stagebox.rehearsal.talks import SCENE, talk_of
from stagebox.rehearsal.venue import Venue
from stagebox.rehearsal.venue_settings import free_port, settings_toml
from stagebox.settings.secrets import read_secret

SCENES = ("intro", "speaker", "screen", "combo", "intermission", "outro")
"""The order in which a rehearsal shows the scenes; each gets an equal share of its length."""

TALK = {"title": "The night the recording died", "speaker": "Stage Box", "room": "Rehearsal"}
CARD_S = 15.0
PLANNED_S = 600.0
"""So long is a talk by schedule at least: two that begin within two minutes are asked for together."""
"""OBS looks once a second whether a card was drawn anew."""
SEAM_S = KEYFRAME_S + 1.0
"""A fault between two talks is played when OBS has written the seam: it costs the second talk alone."""
FAULT_SCENE = "combo"
"""The scene with both pictures and the sound: a fault is played while it is on."""

Say = Callable[[str], None]


class Rehearsal:
    """One run. `work` is where the appliance keeps everything; `say` is told each step in a few words.

    After `run`: `finished` is the session as its snapshot told of it, `read` what was read back from its
    output, `rescue` the output with the backup's sound, if one was made, `rescue_read` what that holds.
    `unaccounted_s` are seconds of the session that neither an output holds nor a finding explains.
    """

    finished: dict[str, Any]
    desk: ApplianceDriver
    plays: FaultPlayer

    def __init__(
        self,
        venue: Venue,
        work: Path,
        seconds: float,
        faults: Sequence[tuple[str, RehearsalFault]],
        say: Say,
        promise: LadderChoice,
        *,
        stream: bool = False,
        talks: int = 1,
    ) -> None:
        self._venue = venue
        self._work = work
        self._seconds = seconds
        self._faults = tuple(faults)
        self._say = say
        self._rung = promise.rung
        self._count = talks
        self._schedule: ScheduleServer | None = None
        self._begins_utc = time.time()
        self.later: list[LaterTalk] = []
        self._streams = stream or any(fault.stream for _, fault in faults)
        self._server: StreamServer | None = None
        self._wire: remote.CuttableWire | None = None
        self.timings_s: dict[str, float] = {}
        self.arrived: tuple[ArrivedStream, ...] = ()
        self.read: Readback | None = None
        self.rescue: Path | None = None
        self.rescue_read: Readback | None = None
        self.unaccounted_s: tuple[int, ...] = ()
        self.ticks = (0, 0)

    def run(self) -> None:
        """Play it all. Raises StageboxError when the appliance does not start, or stops to answer."""
        self._work.mkdir(parents=True, exist_ok=True)
        api_port, obs_port = free_port(), free_port()
        config = self._work / "stagebox.toml"
        needs = [fault for _, fault in self._faults]
        config.write_text(self._settings(needs, api_port, obs_port))
        for prepare in dict.fromkeys(fault.prepare for fault in needs if fault.prepare is not None):
            prepare(self._work, self._venue)
        # People come in and sit down: somebody speaks when the talk begins.
        self._venue.mic.sounds("pause")
        began_s = time.monotonic()
        home = ObsHome(self._work / "state" / "obs")
        env: dict[str, str] = {}
        for fault in needs:
            env.update(fault.env(self._work) if fault.env is not None else {})
        box = ServeProcess(
            self._venue, config, lambda: int(json.loads(home.process_file.read_text())["pid"]), env
        )
        appliance = box.start()
        try:
            self._say("Starting the appliance with its own OBS")
            with contextlib.closing(
                connect(appliance, api_port, self._work / "state" / "api-token")
            ) as client:
                self.desk = ApplianceDriver(client)
                names = self.desk.scene_names(appliance, SCENES)
                self.timings_s["appliance ready"] = time.monotonic() - began_s
                self.plays = FaultPlayer(self.desk, self._stage(box, obs_port, api_port), self._say)
                session = self._record(names)
                self._say("Processing and proving")
                began_s = time.monotonic()
                self.finished = self.desk.finished(session, 60.0 + 3 * self._seconds)
                for one in self.later:
                    one.finished = self.desk.finished(one.session, 60.0 + 3 * self._seconds)
                self.timings_s["processing"] = time.monotonic() - began_s
        finally:
            (box.child or appliance).stop(grace_s=20.0)
            log = self._work / "serve.log"
            with contextlib.suppress(OSError):
                shutil.copyfile(appliance.log, log)
        self._venue.rest()
        self._read_back()
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

    def _settings(self, needs: Sequence[RehearsalFault], api_port: int, obs_port: int) -> str:
        """What stands in stagebox.toml; a streaming server and an OBS elsewhere are started for it."""
        spare = self._work / SPARE if any(fault.needs_second_folder for fault in needs) else None
        settings = settings_toml(self._venue, self._work, api_port, obs_port, spare, rung=self._rung)
        if any(fault.remote_obs for fault in needs):
            settings = self._remote(settings, api_port, obs_port)
        settings += "".join(dict.fromkeys(fault.settings for fault in needs))
        if self._count > 1:
            self._schedule = ScheduleServer()
            self._venue.at_end(self._schedule.close)
            self._schedule.publish(self._plans(renamed=False))
            self._schedule.start()
            settings += f'[schedule]\nsource = "{self._schedule.address}"\nroom = "{ROOM}"\n'
        if self._streams:
            self._server = self._venue.stream_server()
            self._server.through_road = any(fault.stream == "road" for fault in needs)
            settings += stream_settings(self._server, self._work / "state")
        return settings

    def _plans(self, *, renamed: bool) -> list[RehearsedTalkPlan]:
        """The talks by schedule: the first is on, the others follow. The last is renamed in mid-event."""
        begins = self._begins_utc
        each_s = max(PLANNED_S, self._seconds / self._count)
        titles = [TALK["title"], *(f"{TALK['title']}, part {n}" for n in range(2, self._count + 1))]
        if not renamed:
            titles[-1] = f"{titles[-1]} (not yet)"
        return [
            RehearsedTalkPlan(
                title, TALK["speaker"], begins + number * each_s, begins + (number + 1) * each_s
            )
            for number, title in enumerate(titles)
        ]

    def _remote(self, settings: str, api_port: int, obs_port: int) -> str:
        """Start OBS for itself, lay a wire to it, and return the settings with which it is reached."""
        attach = settings_toml(self._venue, self._work, api_port, obs_port, attach=True, rung=self._rung)
        remote.start(self._venue, self._work / "obs.toml", settings, attach)
        self._wire = remote.CuttableWire(obs_port)
        self._venue.at_end(self._wire.close)
        port = self._wire.port
        return settings_toml(self._venue, self._work, api_port, port, attach=True, rung=self._rung)

    def _stage(self, box: ServeProcess, obs_port: int, api_port: int) -> FaultTargets:
        home = ObsHome(self._work / "state" / "obs")
        return FaultTargets(
            venue=self._venue,
            work=self._work,
            obs=ObsTarget("127.0.0.1", obs_port, read_secret(home.password_file)),
            obs_pid=box.obs_pid,
            appliance=box,
            api_port=api_port,
            until=self.desk.until,
            begin_anew=self.desk.time_from_now,
            wire=self._wire,
            client=self.desk.client,
            server=self._server,
        )

    def _record(self, names: dict[str, str]) -> str:
        """Record all scenes; return the session's id. `ticks` are those between which it was recorded."""
        desk = self.desk
        before = self._drawn_at()
        if self._streams:
            began_s = time.monotonic()
            order(desk.client, "start_stream")
            self.timings_s["going live"] = time.monotonic() - began_s
            self._say("Live")
        if self._schedule is None:
            desk.order({"kind": "set_talk", "talk": TALK})
        else:
            self._await(lambda seen: seen["next_talk"]["title"] == TALK["title"], TALK["title"])
            before = 0.0
        desk.switch(names[SCENES[0]])
        self._wait_for_card(before)
        if self._count > 1:
            desk.switch(names[SCENE])
            self._say(f"On program: {SCENE}")
        desk.settle(SETTLE_S)
        began_s = time.monotonic()
        desk.order({"kind": "start_recording"})
        first_tick = self._venue.clock.tick()
        if self._streams:
            # The encoder runs already: the recording begins with its next keyframe.
            first_tick += KEYFRAME_S * TICK_HZ
        start_s = time.monotonic()
        desk.begin_talk(start_s)
        self._venue.mic.sounds("speech")
        self.timings_s["start of recording"] = start_s - began_s
        session = str(desk.client.state()["session"]["id"])
        slowest_s = 0.0
        if self._count > 1:
            self._talk_after_talk(start_s)
        for number, scene in enumerate(SCENES if self._count == 1 else ()):
            if number:
                began_s = time.monotonic()
                desk.switch(names[scene])
                slowest_s = max(slowest_s, time.monotonic() - began_s)
            self._say(f"On program: {scene}")
            if self._faults and scene == FAULT_SCENE:
                began_s = time.monotonic()
                self.plays.play_all(self._faults)
                # What the faults took is no part of the scenes' time.
                start_s += time.monotonic() - began_s
            desk.watch(start_s + (number + 1) * self._seconds / len(SCENES))
        self.timings_s["slowest scene change"] = slowest_s
        self._note_end(first_tick)
        self._say("Stopping")
        self._venue.mic.sounds("pause")
        desk.order({"kind": "stop_recording"})
        desk.end_talk()
        if self._streams:
            order(desk.client, "stop_stream")
        return session

    def _talk_after_talk(self, start_s: float) -> None:
        """Record the talks back to back; a fault is played between the first two."""
        desk, each_s = self.desk, self._seconds / self._count
        desk.watch(start_s + each_s)
        for number in range(2, self._count + 1):
            title = self._next_by_schedule(number)
            began_s = time.monotonic()
            desk.order({"kind": "next_talk"})
            self.timings_s["slowest next talk"] = max(
                self.timings_s.get("slowest next talk", 0.0), time.monotonic() - began_s
            )
            on = desk.client.state()["session"]
            if on["title"] != title:
                raise StageboxError(
                    f"The talk “{on['title']}” began; by the schedule it was to be “{title}”."
                )
            self.later.append(LaterTalk(title, str(on["id"]), self._venue.clock.tick()))
            self._say(f"Next talk: {number} of {self._count}")
            if number == 2 and self._faults:
                began_s = time.monotonic()
                desk.watch(began_s + SEAM_S)
                self.plays.play_all(self._faults)
                # What the faults took is no part of the talks' time.
                start_s += time.monotonic() - began_s
            desk.watch(start_s + number * each_s)

    def _next_by_schedule(self, number: int) -> str:
        """The title of the talk that comes next; the last one is renamed just before."""
        assert self._schedule is not None
        plans = self._plans(renamed=number == self._count)
        title = plans[number - 1].title
        if number == self._count:
            self._schedule.publish(plans)
            # The same schedule once more: it is asked for now, not only when it is due.
            self.desk.order({"kind": "use_schedule"})

        def coming(seen: dict[str, Any]) -> bool:
            talk = seen["schedule"]["due"] or seen["schedule"]["upcoming"]
            return talk is not None and bool(talk["title"] == title)

        self._await(coming, title)
        return title

    def _await(self, known: Callable[[dict[str, Any]], bool], title: str) -> None:
        """Wait until the schedule has told of a talk. Raises StageboxError when it does not."""
        if not self.desk.until(lambda seen: seen is not None and known(seen), CARD_S):
            raise StageboxError(
                f"“{title}” did not come from the schedule.", "Look at serve.log (--keep DIR)."
            )

    def _note_end(self, first_tick: int) -> None:
        """Between which ticks each talk was recorded: it ends where the next begins."""
        edges = [first_tick, *(one.first_tick for one in self.later), self._venue.clock.tick()]
        self.ticks = (first_tick, edges[1])
        for one, last_tick in zip(self.later, edges[2:], strict=True):
            one.last_tick = last_tick

    def _drawn_at(self) -> float:
        """When the first card was last drawn (file time), 0 for never."""
        still = self._stills().get(SCENES[0])
        return still.stat().st_mtime if still is not None else 0.0

    def _wait_for_card(self, drawn_before: float) -> None:
        """Wait until OBS shows the first card as it was drawn for this talk, not the one of before."""
        deadline = time.monotonic() + CARD_S
        while time.monotonic() < deadline:
            still = self._stills().get(SCENES[0])
            if still is not None and still.stat().st_mtime > drawn_before:
                with contextlib.suppress(ApiError):
                    if looks_alike(self.desk.client.picture("program"), still):
                        return
            time.sleep(LOOK_S)
        raise StageboxError(
            "OBS did not show the title card of this talk.", "Look at serve.log (--keep DIR)."
        )

    def _read_back(self) -> None:
        """Read the output back, and the rescue output."""
        if not self.finished.get("output"):
            return
        self._say("Reading the MP4 back")
        began_s = time.monotonic()
        self.read = self._read(Path(self.finished["output"]))
        for one in self.later:
            if one.finished.get("output"):
                one.read = self._read(Path(one.finished["output"]), (one.first_tick, one.last_tick))
        self.rescue = rescue_of(self.finished)
        if self.rescue is not None:
            self.rescue_read = self._read(self.rescue)
        self.unaccounted_s = self._account(self.read)
        self.timings_s["read back"] = time.monotonic() - began_s

    def _read(self, path: Path, ticks: tuple[int, int] | None = None) -> Readback:
        session = self.ticks if ticks is None else ticks
        return read_back(path, pictures=self._stills(), late=self._venue.late_ticks(), session=session)

    def _account(self, read: Readback) -> tuple[int, ...]:
        """Seconds of the session that neither an output holds nor a finding explains."""
        report = self.finished.get("report")
        findings = findings_of(Path(report)) if report else []
        held = [ReadOutput(read.frames, findings)]
        for finding in findings:
            apart = finding["evidence"].get("output")
            if apart and Path(apart).exists():
                part = read_back(Path(apart), pictures=self._stills(), late=self._venue.late_ticks())
                held.append(ReadOutput(part.frames, ()))
        return account(self.ticks, held).unaccounted

    def _stills(self) -> dict[str, Path]:
        """The pictures of the title cards, wherever the appliance keeps the ones it made."""
        made = [path for kind in ("png", "jpg") for path in sorted((self._work / "state").rglob(f"*.{kind}"))]
        found: dict[str, Path] = {}
        for scene in STILLS:
            for path in made:
                if path.stem.casefold().startswith(scene):
                    found.setdefault(scene, path)
        return found


@dataclass(slots=True)
class LaterTalk:
    """A talk after the first one: its session, and the ticks between which it was recorded."""

    title: str
    session: str
    first_tick: int
    last_tick: int = 0
    finished: dict[str, Any] = field(default_factory=dict)
    read: Readback | None = None


def rehearse(
    seconds: float,
    fault_name: str | None,
    keep: Path | None,
    say: Say,
    *,
    seed: int | None = None,
    stream: bool = False,
    talks: int = 1,
) -> RehearsalOutcome:
    """Play a whole talk, or several back to back, and return what came of it.

    With `keep`, everything made stays there. Without, the MP4 and its report are put into
    `rehearsals/<UTC time>/` of the current folder, and everything else is gone.

    `fault_name` is a key of EVERY_FAULT, or storm.NAME for faults at random, which `seed` repeats. `stream`:
    stream too, to a server of the venue's own.

    Raises StageboxError when a program is missing, or venue or appliance do not start.
    """
    require("obs", "ffmpeg", "ffprobe")
    names: tuple[str, ...] = () if fault_name is None else (fault_name,)
    if fault_name == storm.NAME:
        seed = random.randrange(1_000_000) if seed is None else seed
        names = storm.draw(seed, storm.count_in(seconds))
        seconds = storm.CALM_SECONDS
        say(f"A storm of {len(names)} faults, seed {seed}: {', '.join(names)}")
    began_s = time.monotonic()
    say("Setting up the venue: a laptop, a camera, a microphone")
    with Venue() as venue:
        timings_s = {"venue": time.monotonic() - began_s}
        say("Measuring what this computer can draw and encode")
        began_s = time.monotonic()
        promise = measure(venue, say)
        timings_s["measuring"] = time.monotonic() - began_s
        say(f"Canvas: {promise.words}")
        work = (keep if keep is not None else venue.folder / "work").absolute()
        faults = [(name, EVERY_FAULT[name]) for name in names]
        run = Rehearsal(venue, work, seconds, faults, say, promise, stream=stream, talks=talks)
        run.run()
        finished, read, alarms = run.finished, run.read, run.desk.alarms
        output = Path(finished["output"]) if finished.get("output") else None
        if output is not None and keep is None:
            output, run.rescue = save(output, finished.get("report") or "", Path.cwd(), run.rescue)
        several = []
        for one in run.later:
            made = Path(one.finished["output"]) if one.finished.get("output") else None
            if made is not None and keep is None:
                made, _ = save(made, one.finished.get("report") or "", Path.cwd())
            several.append(talk_of(one.title, one.finished, one.read, made))
        if several:
            several.insert(0, talk_of(TALK["title"], finished, read, output))
        late_s = venue.late_ticks().ticks(run.ticks) / TICK_HZ
    best = run.rescue_read or read
    return RehearsalOutcome(
        verdict=str(finished["verdict"]),
        session=str(finished["id"]),
        output=output,
        segments=tuple(run.desk.segments),
        duration_s=read.duration_s if read else 0.0,
        alarms=tuple(alarms.to_json()),
        fault_ended_after_s=None if alarms.ended_s is None else alarms.ended_s - alarms.zero_s,
        gap_s=read.picture.gap_s if read else float(finished["elapsed_s"]),
        audio_gap_s=best.sound.gap_s if best else float(finished["elapsed_s"]),
        own_audio_gap_s=read.sound.gap_s if read else float(finished["elapsed_s"]),
        rescue=run.rescue,
        unaccounted_s=run.unaccounted_s,
        skipped=run.desk.skips.total,
        ticks=run.ticks,
        played=tuple(run.plays.played),
        seed=seed if fault_name == storm.NAME else None,
        noticed_after_s=run.plays.noticed_after_s,
        recovered_after_s=run.plays.recovered_after_s,
        fault=fault_name,
        scenes_asked=SCENES if talks == 1 else (SCENE,),
        talks=tuple(several),
        scenes_seen=tuple(span.scene for span in read.scenes) if read else (),
        frames=read.picture.frames if read else 0,
        frames_missing=read.picture.frames_missing if read else 0,
        speech_audible=read.sound.speech_audible if read else False,
        speech_dbfs=read.sound.speech_dbfs if read else -120.0,
        late_s=late_s,
        summary=str(finished.get("summary") or ""),
        timings_s={**timings_s, **run.timings_s},
        stream=run.arrived if stream or any(fault.stream for _, fault in faults) else None,
        promise=promise,
    )
