"""A whole run of the doctor: on set-ups that cannot work, and on a real OBS in a real venue."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stagebox.doctor import recording_check
from stagebox.doctor.checked_obs import CheckedObs
from stagebox.doctor.doctor_run import DoctorRun
from stagebox.doctor.result import CheckLevel, CheckResult, exit_code
from stagebox.model.errors import ExitCode
from stagebox.model.settings import ObsSettings, RecordingSettings, ScenesSettings, Settings
from stagebox.obs.connection import EventHandler, ObsConnection
from stagebox.rehearsal.venue import Venue
from tests.venue_tools import RealObs, free_port, real_obs

__all__ = ["real_obs"]

NAMING = {"parameterCategory": "Output", "parameterName": "FilenameFormatting"}


def settings_for(folder: Path, **obs: Any) -> Settings:
    return Settings(
        state_dir=folder / "state",
        recording=RecordingSettings(folder=folder / "rec", out=folder / "talks"),
        obs=ObsSettings(**({"port": free_port()} | obs)),
    )


def doctor_run(settings: Settings) -> dict[str, CheckResult]:
    told: list[CheckResult] = []
    results = DoctorRun(settings, told.append, lambda seconds: None).run()
    assert told == results
    return {result.check: result for result in results}


def test_without_obs_everything_else_is_checked_and_the_set_up_is_broken(tmp_path: Path) -> None:
    found = doctor_run(settings_for(tmp_path, binary="no-such-obs"))
    assert found["obs"].level is CheckLevel.BROKEN
    assert "apt-get install" in found["obs"].remedy
    assert found["folder_folder"].level in (CheckLevel.GOOD, CheckLevel.LOOK)
    assert exit_code(found.values()) is ExitCode.UNUSABLE


def test_an_obs_to_join_that_is_not_there_is_told_with_its_remedy(tmp_path: Path) -> None:
    found = doctor_run(settings_for(tmp_path, mode="attach"))
    assert found["obs"].level is CheckLevel.BROKEN
    assert "Start OBS" in found["obs"].remedy


def test_a_scene_pack_that_is_missing_is_a_broken_set_up(tmp_path: Path) -> None:
    settings = settings_for(tmp_path).model_copy(update={"scenes": ScenesSettings(pack="no-such-pack")})
    found = doctor_run(settings)
    assert found["scenes"].level is CheckLevel.BROKEN
    assert "no-such-pack" in found["scenes"].summary


def stage_of(obs: RealObs, connection: ObsConnection) -> CheckedObs:
    def listen(events: int, on_event: EventHandler) -> ObsConnection:
        return ObsConnection(obs.target, timeout_s=5.0, events=events, on_event=on_event)

    return CheckedObs(connection, listen, ours=True)


@pytest.mark.venue
def test_the_test_recording_puts_everything_back(real_obs: RealObs, tmp_path: Path) -> None:
    with real_obs.connect() as connection:
        named = connection.request("GetProfileParameter", NAMING)["parameterValue"]
        files = set(real_obs.recordings.iterdir())
        result = recording_check.through_obs(
            stage_of(real_obs, connection), settings_for(tmp_path), local=True
        )
        assert result.level is CheckLevel.GOOD, result
        now = connection.request("GetProfileParameter", NAMING)
        assert (now["parameterValue"] or now["defaultParameterValue"]) == (
            named or now["defaultParameterValue"]
        )
        assert not connection.request("GetRecordStatus")["outputActive"]
    assert set(real_obs.recordings.iterdir()) == files


@pytest.mark.venue
def test_a_running_recording_is_left_alone(real_obs: RealObs, tmp_path: Path) -> None:
    states: list[str] = []

    def on_event(kind: str, data: Any) -> None:
        if kind == "RecordStateChanged":
            states.append(str(data["outputState"]))

    def wait(connection: ObsConnection, state: str) -> None:
        while state not in states:
            assert connection.wait_for_event(15.0), states

    with ObsConnection(real_obs.target, timeout_s=5.0, events=64, on_event=on_event) as connection:
        connection.request("StartRecord")
        wait(connection, "OBS_WEBSOCKET_OUTPUT_STARTED")
        try:
            stage = stage_of(real_obs, connection)
            result = recording_check.through_obs(stage, settings_for(tmp_path), local=True)
            assert result == recording_check.busy()
            assert connection.request("GetRecordStatus")["outputActive"]
        finally:
            connection.request("StopRecord")
            wait(connection, "OBS_WEBSOCKET_OUTPUT_STOPPED")


class Box:
    """The command, in a venue, with a settings file of its own."""

    def __init__(self, venue: Venue, folder: Path) -> None:
        self.venue = venue
        self.folder = folder
        lines = [f'state_dir = "{folder / "state"}"']
        lines += ["[recording]", f'folder = "{folder / "rec"}"', f'out = "{folder / "talks"}"']
        lines += ["[obs]", f"port = {free_port()}", "start_timeout_s = 60", "canvas_width = 640"]
        lines += ["canvas_height = 360", "[api]", f"port = {free_port()}"]
        for role, source in venue.sources().items():
            lines += [f"[sources.{role}]", *(f'{key} = "{value}"' for key, value in source.items())]
        (folder / "stagebox.toml").write_text("\n".join(lines) + "\n")

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "stagebox", "--config", str(self.folder / "stagebox.toml"), *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env=self.venue.env(), capture_output=True, text=True, timeout=100
        )


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with Venue() as venue:
        yield Box(venue, tmp_path)


@pytest.mark.venue
@pytest.mark.timeout(240)
def test_a_good_venue_is_good_with_and_without_a_running_stagebox(box: Box) -> None:
    done = box.run("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✔ Test recording" in done.stdout
    assert not list((box.folder / "rec").iterdir()), "the test recording was not put aside"

    serve = subprocess.Popen(box.command("serve", "--json"), env=box.venue.env(), stdout=subprocess.PIPE)
    try:
        assert serve.stdout is not None
        serve.stdout.readline()
        done = box.run("doctor", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        found = {one["check"]: one for one in json.loads(done.stdout)["results"]}
        assert found["recording"]["level"] == "good"
        assert found["mic"]["level"] == "good"
        assert found["ear"]["level"] == "good"
        assert Path(found["slides"]["evidence"]["picture"]).stat().st_size > 1000
        assert json.loads(box.run("sessions", "--json").stdout) == []
        assert not list((box.folder / "rec").glob("*.flv")), "the test left its recording behind"
        assert not list((box.folder / "talks").glob("*.mp4"))
        assert json.loads(box.run("status", "--json").stdout)["next_talk"]["title"] == ""
    finally:
        serve.terminate()
        serve.wait(40)
        assert serve.stdout is not None
        serve.stdout.close()


@pytest.mark.venue
@pytest.mark.timeout(120)
def test_black_slides_and_a_silent_microphone_need_a_person(box: Box) -> None:
    box.venue.slides.black()
    box.venue.mic.silence()
    done = box.run("doctor", "--json")
    assert done.returncode == 1, done.stdout + done.stderr
    found = {one["check"]: one for one in json.loads(done.stdout)["results"]}
    assert (found["slides"]["level"], found["slides"]["summary"]) == ("look", "The picture is black.")
    assert found["mic"]["level"] == "look"
    assert found["camera"]["level"] == "good"
