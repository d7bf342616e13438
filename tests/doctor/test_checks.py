"""The doctor's other checks, each judged by what it was told."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stagebox import resources
from stagebox.doctor import backup_recorder, folders, machine, obs, programs, recording_check, sound, traps
from stagebox.doctor.result import CheckLevel, CheckResult, exit_code, of_error
from stagebox.messages.code_catalogue import say, template
from stagebox.model.errors import ExitCode, StageboxError
from stagebox.model.facts.machine import HostReading
from stagebox.model.facts.sound import BackupRecorderReading
from stagebox.model.report import Code, Finding, Report, ReportedStream, Severity
from stagebox.model.said import said_of
from stagebox.obs.pack import load_pack
from tests.health.machine_facts import HOST, LIMITS


class AnsweringObs:
    """Answers requests as OBS would, from a table."""

    def __init__(self, **answers: dict[str, Any]) -> None:
        self.answers = answers

    def request(self, name: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return self.answers[name]


def key_of(found: CheckResult) -> str:
    """The catalogue's key of what was found."""
    return said_of(found.summary).code.partition(".")[2]


PACK = load_pack("conference", resources.folder("scenes"))


def result(level: CheckLevel) -> CheckResult:
    return CheckResult("check", level, "Words.")


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ([], ExitCode.GOOD),
        ([CheckLevel.GOOD, CheckLevel.NOTE], ExitCode.GOOD),
        ([CheckLevel.GOOD, CheckLevel.LOOK, CheckLevel.NOTE], ExitCode.NEEDS_PERSON),
        ([CheckLevel.LOOK, CheckLevel.BROKEN], ExitCode.UNUSABLE),
    ],
)
def test_the_worst_result_decides_the_exit_code(levels: list[CheckLevel], code: ExitCode) -> None:
    assert exit_code([result(level) for level in levels]) is code


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("ffmpeg version 5.1.6-0+deb12u1 Copyright", CheckLevel.GOOD),
        ("ffmpeg version n7.1 Copyright", CheckLevel.GOOD),
        ("ffmpeg version 4.4.2-0ubuntu Copyright", CheckLevel.LOOK),
        ("ffmpeg version N-109741-gbbe95f7353 Copyright", CheckLevel.NOTE),
        ("", CheckLevel.NOTE),
    ],
)
def test_ffmpeg_is_judged_by_its_version(words: str, level: CheckLevel) -> None:
    assert programs.judge_version(words).level is level


def test_an_absent_ffmpeg_is_a_broken_set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = programs.ffmpeg()
    assert found.level is CheckLevel.BROKEN
    assert "apt-get install ffmpeg" in found.remedy


def test_the_write_test_leaves_nothing_behind_and_makes_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "recordings"
    found = folders.write_test(folder, "recording.folder")
    assert found.level in (CheckLevel.GOOD, CheckLevel.LOOK)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_is_a_broken_set_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("I am no folder")
    found = folders.write_test(tmp_path / "file", "recording.folder")
    assert found.level is CheckLevel.BROKEN
    assert "recording.folder" in found.remedy


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode: opened(Path("/dev/full"), mode.replace("x", "w")))
    found = folders.write_test(tmp_path, "recording.folder")
    assert found.level is CheckLevel.BROKEN
    assert (key_of(found), found.evidence["error"]) == ("full", "No space left on device")


def levels(seen: HostReading) -> dict[str, CheckLevel]:
    return {one.check: one.level for one in machine.judge(seen, LIMITS, 100.0)}


def test_a_good_machine_is_good_in_all() -> None:
    assert set(levels(HOST).values()) == {CheckLevel.GOOD}


@pytest.mark.parametrize(
    ("changes", "check", "level"),
    [
        ({"recording_folder": "gone", "recording_free_bytes": None}, "disk", CheckLevel.LOOK),
        ({"recording_free_bytes": 10**9}, "disk", CheckLevel.LOOK),
        ({"recording_free_bytes": 2_500_000_000}, "disk", CheckLevel.LOOK),
        ({"throttled": True}, "heat", CheckLevel.LOOK),
        ({"temperature_c": None, "throttled": None}, "heat", CheckLevel.NOTE),
        ({"mains": False}, "power", CheckLevel.LOOK),
        ({"clock_synced": False}, "clock", CheckLevel.NOTE),
        ({"clock_synced": None}, "clock", CheckLevel.NOTE),
    ],
)
def test_the_machine_is_judged_by_the_live_rules(
    changes: dict[str, Any], check: str, level: CheckLevel
) -> None:
    found = levels(replace(HOST, **changes))
    assert found.pop(check) is level
    assert set(found.values()) == {CheckLevel.GOOD}


def scene_list(*names: str) -> AnsweringObs:
    return AnsweringObs(GetSceneList={"scenes": [{"sceneName": name} for name in names]})


def test_missing_scenes_are_named_with_the_command_that_builds_them() -> None:
    found = obs.scenes(scene_list("screen", "speaker", "My own"), PACK)
    assert found.level is CheckLevel.LOOK
    assert found.evidence["missing"] == ["combo", "intro", "intermission", "outro"]
    assert "stagebox provision" in found.remedy


def test_scenes_of_the_operators_own_do_not_matter() -> None:
    names = [scene.name for scene in PACK.scenes]
    assert obs.scenes(scene_list(*names, "My own"), PACK).level is CheckLevel.GOOD


@pytest.mark.parametrize(
    ("told", "level"),
    [("48000", CheckLevel.GOOD), ("44100", CheckLevel.LOOK), (None, CheckLevel.NOTE), ("?", CheckLevel.NOTE)],
)
def test_the_sample_rate_must_be_48_khz(told: str | None, level: CheckLevel) -> None:
    answering = AnsweringObs(GetProfileParameter={"parameterValue": told, "defaultParameterValue": None})
    assert obs.sample_rate(answering).level is level


@pytest.mark.parametrize(
    ("peaks", "level", "key"),
    [
        ((-12.0, -12.5), CheckLevel.GOOD, "heard"),
        ((-12.0,), CheckLevel.GOOD, "heard"),
        ((-120.0, -120.0), CheckLevel.LOOK, "silent"),
        ((-51.0,), CheckLevel.LOOK, "silent"),
        ((-40.0, -41.0), CheckLevel.LOOK, "quiet"),
        ((-10.0, -90.0), CheckLevel.LOOK, "one_channel"),
        ((-0.1, -0.3), CheckLevel.LOOK, "loud"),
        (None, CheckLevel.LOOK, "no_level"),
    ],
)
def test_a_microphone_is_judged_by_its_loudest_moment(
    peaks: tuple[float, ...] | None, level: CheckLevel, key: str
) -> None:
    found = sound.judge(peaks)
    assert (found.level, key_of(found)) == (level, key)
    assert found.remedy or level is CheckLevel.GOOD


LISTENING = BackupRecorderReading(run=1, status="listening", rate_hz=48_000, device="a mic")


@pytest.mark.parametrize(
    ("last", "peak", "level"),
    [
        (LISTENING, -12.0, CheckLevel.GOOD),
        (LISTENING, -80.0, CheckLevel.LOOK),
        (LISTENING, None, CheckLevel.LOOK),
        (replace(LISTENING, rate_hz=44_100), -12.0, CheckLevel.NOTE),
        (
            BackupRecorderReading(run=1, status="busy", detail="Held.", remedy="Close it."),
            None,
            CheckLevel.NOTE,
        ),
        (
            BackupRecorderReading(run=1, status="no_device", detail="Gone.", remedy="Plug it in."),
            None,
            CheckLevel.LOOK,
        ),
        (
            BackupRecorderReading(run=1, status="no_portaudio", detail="No PortAudio.", remedy="Install it."),
            None,
            CheckLevel.LOOK,
        ),
        (None, None, CheckLevel.LOOK),
    ],
)
def test_the_backup_recorder_says_what_it_hears_or_why_not(
    last: BackupRecorderReading | None, peak: float | None, level: CheckLevel
) -> None:
    found = backup_recorder.judge(last, peak)
    assert found.level is level
    assert found.remedy or level is CheckLevel.GOOD


def test_an_obs_that_hears_nothing_in_a_loud_room_is_deaf() -> None:
    silent = sound.judge((-120.0, -120.0))
    assert sound.is_silent(silent)
    assert not sound.is_silent(sound.judge((-12.0,)))
    assert not sound.is_silent(sound.judge(None))
    found = sound.deaf(silent, -18.0)
    assert found.level is CheckLevel.LOOK
    assert "another device" in found.remedy


def report(duration_s: float = 2.0, *findings: Finding, usable: bool = True) -> Report:
    streams = (ReportedStream(0, "video", "h264", 60, ""), ReportedStream(1, "audio", "aac", 94, ""))
    return Report("a.flv", None, None, duration_s, streams, findings, usable)


def finding(code: Code, severity: Severity = Severity.CRITICAL) -> Finding:
    return Finding(code, severity, 0.0, 1.0, f"It is {code}.", "Do something.")


@pytest.mark.parametrize(
    ("found", "played", "level"),
    [
        (report(), True, CheckLevel.GOOD),
        (report(2.0, finding(Code.BLACK), finding(Code.SILENT)), True, CheckLevel.GOOD),
        (report(2.0, finding(Code.NO_AUDIO, Severity.NOTE)), True, CheckLevel.GOOD),
        (report(2.0, finding(Code.NO_AUDIO)), True, CheckLevel.LOOK),
        (report(2.0, finding(Code.CORRUPT), usable=False), True, CheckLevel.LOOK),
        (report(0.0, usable=False), True, CheckLevel.LOOK),
        (report(), False, CheckLevel.LOOK),
        (report(0.4), True, CheckLevel.LOOK),
    ],
)
def test_a_test_recording_is_judged_by_its_file(found: Report, played: bool, level: CheckLevel) -> None:
    evidence = {"streams": ["video h264", "audio aac"], "duration_s": found.duration_s}
    judged = recording_check.judge(
        found.findings, evidence, usable=found.usable, played=played, said="Error while decoding"
    )
    assert judged.level is level
    assert judged.remedy or level is CheckLevel.GOOD


def test_a_box_without_a_microphone_is_not_good_and_a_touch_leads_to_where_it_is_chosen() -> None:
    found = sound.unset()
    assert (found.level, found.target) == (CheckLevel.LOOK, "setup/sources/mic")
    assert "stagebox devices" in found.remedy


def test_a_microphone_that_only_the_backup_recorder_hears_is_not_taken_for_good() -> None:
    unheard = sound.judge(None)
    assert sound.not_on_program(unheard, None).level is CheckLevel.LOOK
    assert sound.not_on_program(unheard, -80.0).level is CheckLevel.LOOK
    assert sound.not_on_program(unheard, -20.0).level is CheckLevel.NOTE


class AnsweringStagebox:
    """The API as a running stagebox answers: a trial, and what became of it."""

    def __init__(self, *trials: dict[str, Any] | None, status: str = "done", session: object = None) -> None:
        self.trials, self.status, self.session = list(trials), status, session
        self.sent: list[Mapping[str, Any]] = []

    def state(self) -> dict[str, Any]:
        return {"session": self.session, "recording": False, "trial": self.trials[0] if self.trials else None}

    def send(self, want: Mapping[str, Any], **_: object) -> dict[str, Any]:
        self.sent.append(want)
        return {"status": self.status, "detail": "The disk is full."}

    def wait_for(self, predicate: Any, timeout_s: float) -> dict[str, Any]:
        assert timeout_s > 0
        for trial in self.trials:
            if predicate({"trial": trial}):
                return {"trial": trial}
        raise TimeoutError


def trial_told(phase: str, ident: str = "t", **result: Any) -> dict[str, Any]:
    whole = {"verdict": "ok", "summary": "", "duration_s": 2.1, "streams": ["video h264"], "findings": []}
    return {"id": ident, "phase": phase, "result": whole | result if phase == "done" else None}


@pytest.mark.parametrize(
    ("trials", "level", "key"),
    [
        (
            (trial_told("recording"), trial_told("done")),
            CheckLevel.GOOD,
            "good",
        ),
        ((trial_told("recording"), None), CheckLevel.NOTE, "gave_way"),
        (
            (trial_told("recording"), trial_told("done", verdict="failed", summary="No file.")),
            CheckLevel.LOOK,
            "unusable",
        ),
    ],
)
def test_through_a_running_stagebox_the_test_is_a_trial_and_never_a_talk(
    trials: tuple[dict[str, Any] | None, ...], level: CheckLevel, key: str
) -> None:
    client = AnsweringStagebox(*trials)
    found = recording_check.through_stagebox(client)  # type: ignore[arg-type]
    assert client.sent == [{"kind": "start_trial", "seconds": recording_check.SECONDS}]
    assert (found.level, key_of(found)) == (level, key)
    assert key != "unusable" or found.summary == "No file."


def test_why_a_running_stagebox_records_no_test_is_told_with_what_it_is_made_of() -> None:
    found = recording_check.through_stagebox(AnsweringStagebox(status="refused"))  # type: ignore[arg-type]
    assert (found.level, key_of(found)) == (CheckLevel.LOOK, "refused")
    assert found.summary.endswith("The disk is full.")


def test_a_finding_of_the_test_recording_is_told_as_in_a_report() -> None:
    message = say("silent+card", length_s=2.0)
    silent = Finding(Code.NO_AUDIO, Severity.CRITICAL, 0.0, 2.0, message, "Do this.")
    judged = recording_check.judge(
        [silent], {"streams": [], "duration_s": 2.0}, usable=True, played=True, said=""
    )
    assert (judged.summary, judged.remedy) == (message, "Do this.")
    assert said_of(judged.remedy).code == "silent+card.remedy"


def test_what_another_room_says_is_told_in_its_english_and_elsewhere_by_the_catalogue() -> None:
    found = of_error("mic", CheckLevel.LOOK, StageboxError("Its plug melted.", "Cool it."))
    assert (found.summary, found.remedy) == ("Its plug melted.", "Cool it.")
    assert found.to_json()["said"] == {"code": "check/mic.failed", "facts": {}}
    assert template(f"{said_of(found.summary).code}.remedy")


def node(root: Path, name: str, usb: str, busnum: str, speed: str, index: str = "0") -> None:
    """A video4linux node behind a USB device, as sysfs tells it."""
    device = root / "devices" / usb
    interface = device / f"{usb}:1.0"
    interface.mkdir(parents=True, exist_ok=True)
    (device / "busnum").write_text(busnum + "\n")
    (device / "speed").write_text(speed + "\n")
    folder = root / "class/video4linux" / name
    folder.mkdir(parents=True)
    (folder / "index").write_text(index + "\n")
    (folder / "device").symlink_to(interface)


def test_two_cards_on_one_usb_2_bus_are_a_crowd(tmp_path: Path) -> None:
    node(tmp_path, "video0", "1-1", "1", "480")
    node(tmp_path, "video1", "1-1", "1", "480", index="1")
    node(tmp_path, "video2", "1-2", "1", "480")
    node(tmp_path, "video4", "2-1", "2", "5000")
    signs = traps.signs_of("/dev/video0", obs_pids=frozenset(), root=tmp_path)
    assert (signs.usb_mbps, signs.usb_shared_with) == (480, ("video2",))
    alone = traps.signs_of("/dev/video4", obs_pids=frozenset(), root=tmp_path)
    assert (alone.usb_mbps, alone.usb_shared_with) == (5000, ())


def test_graphics_processors_are_counted_and_their_outputs_are_not(tmp_path: Path) -> None:
    for card, device in (("card0", "gpu-a"), ("card1", "gpu-b"), ("card0-HDMI-A-1", "gpu-a")):
        folder = tmp_path / "class/drm" / card
        folder.mkdir(parents=True)
        (tmp_path / "devices" / device).mkdir(parents=True, exist_ok=True)
        (folder / "device").symlink_to(tmp_path / "devices" / device)
    assert traps.count_gpus(tmp_path) == 2


def test_a_program_that_holds_a_device_is_named(tmp_path: Path) -> None:
    device = tmp_path / "video0"
    device.write_bytes(b"")
    with device.open("rb"):
        assert traps.holders(device, frozenset()) != ()
        assert traps.holders(device, frozenset({os.getpid()})) == ()
    assert traps.holders(device, frozenset()) == ()
