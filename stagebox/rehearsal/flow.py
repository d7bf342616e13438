"""A whole talk in the venue: serve, six scenes, stop, processing, verdict, and the recording read back."""

import contextlib
import json
import random
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from stagebox.api.client import Client
from stagebox.model.errors import ApiError, StageboxError
from stagebox.obs.connection import ObsTarget
from stagebox.obs.home import KEYFRAME_S, ObsHome
from stagebox.rehearsal import breakages, remote, storm
from stagebox.rehearsal.accounting import Held, account
from stagebox.rehearsal.appliance import Appliance
from stagebox.rehearsal.breakages import SPARE
from stagebox.rehearsal.catalogue import EVERY_FAULT
from stagebox.rehearsal.children import Child, require
from stagebox.rehearsal.faults import Fault, Seen, Stage
from stagebox.rehearsal.kept import findings_of, rescue_of, save
from stagebox.rehearsal.outcome import (
    STILLS,
    AlarmLog,
    Outcome,
    Played,
    Skipped,
    skipped_in,
    skipped_since,
)
from stagebox.rehearsal.painter import TICK_HZ
from stagebox.rehearsal.readback import Readback, looks_alike, read_back
from stagebox.rehearsal.set_up import free_port, settings_toml
from stagebox.rehearsal.stream_server import StreamServer
from stagebox.rehearsal.streaming import Arrived, order, read_arrived, stream_settings
from stagebox.rehearsal.venue import Venue
from stagebox.secrets import read_secret

SCENES = ("intro", "speaker", "screen", "combo", "intermission", "outro")
"""The order in which a rehearsal shows the scenes; each gets an equal share of its length."""

TALK = {"title": "The night the recording died", "speaker": "Stage Box", "room": "Rehearsal"}
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
STORM_PAUSE_S = 3.0
"""How long calm is waited for between the faults of a storm."""
AFTERWARDS_S = 4.0
"""How long the recording goes on after that, so that there is something to be compared."""

Say = Callable[[str], None]


class Rehearsal:
    """One run. `work` is where the appliance keeps everything; `say` is told each step in a few words."""

    def __init__(
        self,
        venue: Venue,
        work: Path,
        seconds: float,
        faults: Sequence[tuple[str, Fault]],
        say: Say,
        *,
        stream: bool = False,
    ) -> None:
        self._venue = venue
        self._work = work
        self._seconds = seconds
        self._faults = tuple(faults)
        self._say = say
        self._alarms = AlarmLog()
        self._timings_s: dict[str, float] = {}
        self._segments: list[str] = []
        self._stage: Stage | None = None
        self._streams = stream or any(fault.stream for _, fault in faults)
        self._server: StreamServer | None = None
        self.arrived: tuple[Arrived, ...] = ()
        self.noticed_after_s: float | None = None
        self.recovered_after_s: float | None = None
        self.rescue: Path | None = None
        self.rescue_read: Readback | None = None
        self.played: list[Played] = []
        self.unaccounted_s: tuple[int, ...] = ()
        self.skipped: Skipped | None = None
        self.ticks = (0, 0)
        self._wire: remote.Wire | None = None

    def run(self) -> tuple[dict[str, Any], Readback | None, AlarmLog, dict[str, float], list[str]]:
        """Play it all. Return the finished session, what was read back, alarms, timings and segments.

        After it, `rescue` is the output with the backup's sound, if one was made, `rescue_read` what was read
        back from that; `noticed_after_s` and `recovered_after_s` are about the last fault, `played` is
        about all. `unaccounted_s` are seconds of the session that neither an output holds nor a finding
        explains.

        Raises StageboxError when the appliance does not start, or stops to answer.
        """
        self._work.mkdir(parents=True, exist_ok=True)
        api_port, obs_port = free_port(), free_port()
        config = self._work / "stagebox.toml"
        needs = [fault for _, fault in self._faults]
        spare = self._work / SPARE if any(fault.needs_second_folder for fault in needs) else None
        settings = settings_toml(self._venue, self._work, api_port, obs_port, spare)
        if any(fault.remote_obs for fault in needs):
            settings = self._remote(settings, api_port, obs_port)
        config.write_text(settings + "".join(dict.fromkeys(fault.settings for fault in needs)))
        if self._streams:
            self._server = self._venue.stream_server()
            self._server.through_road = any(fault.stream == "road" for fault in needs)
            with config.open("a") as file:
                file.write(stream_settings(self._server, self._work / "state"))
        for prepare in dict.fromkeys(fault.prepare for fault in needs if fault.prepare is not None):
            prepare(self._work, self._venue)
        began_s = time.monotonic()
        home = ObsHome(self._work / "state" / "obs")
        env: dict[str, str] = {}
        for fault in needs:
            env.update(fault.env(self._work) if fault.env is not None else {})
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
            self.ticks = ticks
            self.unaccounted_s = self._account(finished, read, ticks)
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

    def _remote(self, settings: str, api_port: int, obs_port: int) -> str:
        """Start OBS for itself, lay a wire to it, and return the settings with which it is reached."""
        attach = settings_toml(self._venue, self._work, api_port, obs_port, attach=True)
        remote.start(self._venue, self._work / "obs.toml", settings, attach)
        self._wire = remote.Wire(obs_port)
        self._venue.at_end(self._wire.close)
        return settings_toml(self._venue, self._work, api_port, self._wire.port, attach=True)

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
            wire=self._wire,
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
        skipped_before = skipped_in(self._look(client))
        began_s = time.monotonic()
        self._order(client, {"kind": "start_recording"})
        first_tick = self._venue.clock.tick()
        if self._streams:
            # The encoder runs already: the recording begins with its next keyframe.
            first_tick += KEYFRAME_S * TICK_HZ
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
            if self._faults and scene == FAULT_SCENE:
                settled_s = time.monotonic()
                self._settle(client, SETTLE_S)
                for name, fault in self._faults:
                    self._play(client, name, fault)
                # What the faults took is no part of the scenes' time.
                start_s += time.monotonic() - settled_s
                until_s = start_s + (number + 1) * self._seconds / len(SCENES)
            self._watch(client, until_s)
        self._timings_s["slowest scene change"] = slowest_s
        last_tick = self._venue.clock.tick()
        self._say("Stopping")
        self._order(client, {"kind": "stop_recording"})
        self.skipped = skipped_since(skipped_before, skipped_in(self._look(client)))
        if self._streams:
            order(client, "stop_stream")
        return session, (first_tick, last_tick)

    def _watch(self, client: Client, until_s: float) -> None:
        while time.monotonic() < until_s:
            self._look(client)
            time.sleep(max(0.0, min(LOOK_S, until_s - time.monotonic())))

    def _settle(self, client: Client, timeout_s: float) -> None:
        """Wait until nothing is wrong: a fault is timed from calm."""
        self._until(client, _calm, timeout_s)

    def _begin_fault(self) -> None:
        self._alarms.zero_s = time.monotonic()

    def _play(self, client: Client, name: str, fault: Fault) -> None:
        """Play the fault until it is noticed, and undo it until that is, too."""
        stage = self._stage
        assert stage is not None
        if self.played:
            self._until(client, breakages.recording, RECOVERY_S)
            self._settle(client, STORM_PAUSE_S)
        stage.before = self._look(client)
        self.noticed_after_s = self.recovered_after_s = None
        at_s = self._venue.clock.seconds()
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
        self.played.append(Played(name, at_s, self.noticed_after_s, self.recovered_after_s))

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

    def _account(self, finished: dict[str, Any], read: Readback, ticks: tuple[int, int]) -> tuple[int, ...]:
        """Seconds of the session that neither an output holds nor a finding explains."""
        findings = findings_of(Path(finished["report"])) if finished.get("report") else []
        held = [Held(read.frames, findings)]
        for finding in findings:
            apart = finding["evidence"].get("output")
            if apart and Path(apart).exists():
                part = read_back(Path(apart), pictures=self._stills(), late=self._venue.late_ticks())
                held.append(Held(part.frames, ()))
        return account(ticks, held).unaccounted

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
    # What is only noted is not noticed yet: clipping is a bang or a clap at first.
    grave = (alarm["code"] for alarm in (seen or {}).get("alarms", ()) if alarm["level"] != "note")
    return not set(fault.alarms).isdisjoint(grave)


def rehearse(
    seconds: float,
    fault_name: str | None,
    keep: Path | None,
    say: Say,
    *,
    seed: int | None = None,
    stream: bool = False,
) -> Outcome:
    """Play a whole talk and return what came of it.

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
        up_s = time.monotonic() - began_s
        work = (keep if keep is not None else venue.folder / "work").absolute()
        faults = [(name, EVERY_FAULT[name]) for name in names]
        rehearsal = Rehearsal(venue, work, seconds, faults, say, stream=stream)
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
        unaccounted_s=rehearsal.unaccounted_s,
        skipped=rehearsal.skipped,
        ticks=rehearsal.ticks,
        played=tuple(rehearsal.played),
        seed=seed if fault_name == storm.NAME else None,
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
        stream=rehearsal.arrived if stream or any(fault.stream for _, fault in faults) else None,
    )
