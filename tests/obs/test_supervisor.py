"""The private OBS: started, restarted, found again, ended."""

import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from stagebox.model.effects import ObsStartRecord
from stagebox.model.errors import ObsError
from stagebox.model.observations import (
    ObsConnected,
    ObsDisconnected,
    ObsProcessEvent,
    ObsStatsReading,
    RequestAnswered,
)
from stagebox.model.remedies import RemedyTaken, RemedyWanted
from stagebox.model.settings import ObsSettings
from stagebox.obs.home import ObsHome
from stagebox.obs.link import ObsLink
from stagebox.obs.supervisor import ObsSupervisor
from stagebox.system.priority import priority_of
from tests.system.test_priority import may_lead
from tests.venue_tools import PASSWORD, RealObs, Seen, free_port, running_obs, screen


@pytest.fixture(scope="module")
def own_obs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealObs]:
    """Return an OBS of this module's own, because its tests end and freeze it."""
    with running_obs(tmp_path_factory.mktemp("own-obs")) as obs:
        yield obs


def supervisor(tmp_path: Path, settings: ObsSettings) -> ObsSupervisor:
    return ObsSupervisor(settings, ObsHome(tmp_path / "obs"), PASSWORD, tmp_path, lambda seen: None)


def test_an_absent_obs_is_named_with_the_command_that_installs_it(tmp_path: Path) -> None:
    watcher = supervisor(tmp_path, ObsSettings(binary="no-such-obs", display=":0"))
    with pytest.raises(ObsError, match="not installed") as caught:
        watcher.start()
    watcher.stop()
    assert "apt-get install" in caught.value.remedy


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        watcher = supervisor(tmp_path, ObsSettings(binary="true", display=":0", port=port))
        with pytest.raises(ObsError, match=f"Port {port} is taken"):
            watcher.start()
        watcher.stop()


def test_a_port_that_comes_free_in_a_moment_is_waited_for(tmp_path: Path) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    watcher = supervisor(tmp_path, ObsSettings(binary="true", display=":0", port=taken.getsockname()[1]))
    soon = threading.Timer(0.2, taken.close)
    soon.start()
    watcher.start()
    watcher.stop()
    soon.join()


def test_an_obs_that_a_real_time_signal_ends_is_noted_like_any_other(tmp_path: Path) -> None:
    """Python has no name for such a signal and refuses its number: no OBS would be started any more."""
    told: list[ObsProcessEvent] = []
    watcher = ObsSupervisor(
        ObsSettings(binary="sleep", display=":0"), ObsHome(tmp_path / "obs"), PASSWORD, tmp_path, told.append
    )
    (tmp_path / "obs").mkdir()
    child = subprocess.Popen(["sleep", "60"])
    child.send_signal(signal.SIGRTMIN + 3)
    watcher._child = child
    watcher._note_exit(psutil.Process(child.pid))
    watcher.stop()
    assert [(one.phase, one.exit_code) for one in told] == [("exited", -(signal.SIGRTMIN + 3))]
    assert "SIGRTMIN+3" in told[0].detail


def test_no_screen_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    watcher = supervisor(tmp_path, ObsSettings(binary="true", window="shown", port=free_port()))
    with pytest.raises(ObsError, match="needs a screen"):
        watcher.start()
    watcher.stop()


def test_a_process_file_of_another_process_is_not_believed(tmp_path: Path) -> None:
    home = ObsHome(tmp_path / "obs")
    home.folder.mkdir()
    stale = {"pid": os.getpid(), "create_time": 1.0, "port": 4466}
    home.process_file.write_text(json.dumps(stale))
    watcher = supervisor(tmp_path, ObsSettings(binary="no-such-obs", display=":0"))
    with pytest.raises(ObsError, match="not installed"):
        watcher.start()
    watcher.stop()


@pytest.mark.venue
def test_obs_goes_first_while_it_is_told_so_and_one_among_all_before_and_after(own_obs: RealObs) -> None:
    pid = own_obs.supervisor.pid
    assert pid is not None
    before = priority_of(pid)
    assert before is not None
    assert not before.first
    own_obs.supervisor.lead(first=True)
    leading = priority_of(pid)
    own_obs.supervisor.lead(first=False)
    assert leading is not None
    assert leading.first is may_lead()
    assert priority_of(pid) == before


@pytest.mark.venue
def test_the_password_is_not_in_the_arguments_or_open_to_others(own_obs: RealObs) -> None:
    process = psutil.Process(own_obs.supervisor.pid)
    assert PASSWORD.get_secret_value() not in " ".join(process.cmdline())
    assert own_obs.home.folder.stat().st_mode & 0o077 == 0
    assert PASSWORD.get_secret_value() not in own_obs.home.output_file.read_text(errors="replace")


@pytest.mark.venue
def test_a_frozen_obs_is_a_timeout_and_not_a_restart(own_obs: RealObs) -> None:
    seen = Seen()
    link = ObsLink(own_obs.target, seen.post, request_timeout_s=0.5, heartbeat_s=0.1)
    link.start()
    pid = own_obs.supervisor.pid
    assert pid is not None
    try:
        seen.wait_for(ObsStatsReading)
        os.kill(pid, signal.SIGSTOP)
        try:
            assert seen.wait_for(ObsDisconnected).fault == "timeout"
        finally:
            os.kill(pid, signal.SIGCONT)
        assert seen.wait_for(ObsConnected, lambda it: it.generation == 2).recording is False
        assert own_obs.supervisor.pid == pid
    finally:
        assert link.close()


@pytest.mark.venue
def test_a_killed_obs_is_noticed_restarted_and_reached_again(own_obs: RealObs) -> None:
    seen = Seen()
    link = ObsLink(own_obs.target, seen.post, request_timeout_s=3.0, heartbeat_s=0.2)
    link.start()
    try:
        seen.wait_for(ObsStatsReading)
        pid = own_obs.supervisor.pid
        assert pid is not None
        link.submit(ObsStartRecord(effect_id="go", generation=1, filename_stem="cut short"))
        assert seen.wait_for(RequestAnswered).ok
        seen.wait_for(ObsStatsReading, lambda it: it.record_bytes > 60_000)
        os.kill(pid, signal.SIGKILL)
        assert seen.wait_for(ObsDisconnected).fault == "lost"
        exited = own_obs.seen.wait_for(ObsProcessEvent, lambda it: it.phase == "exited")
        assert (exited.pid, exited.exit_code) == (pid, -signal.SIGKILL)
        assert own_obs.seen.wait_for(ObsProcessEvent, lambda it: it.phase == "running").pid != pid
        assert "failed" not in [it.phase for it in own_obs.seen.of(ObsProcessEvent)], (
            "its port was waited for"
        )
        link.retry_now()
        again = seen.wait_for(ObsConnected, lambda it: it.generation == 2)
        assert again.recording is False
        assert list(own_obs.recordings.glob("cut short*.flv"))
    finally:
        assert link.close()


@pytest.mark.venue
def test_an_obs_that_hangs_is_replaced_and_one_that_answers_is_not(own_obs: RealObs) -> None:
    pid, told = own_obs.supervisor.pid, Seen()
    assert pid is not None
    wanted = RemedyWanted(remedy="replace_obs", role="obs", asks=False, words="It was ended.")
    own_obs.supervisor.replace(wanted, told.post)
    refused = told.wait_for(RemedyTaken)
    assert (refused.ok, refused.words) == (False, "OBS answers again.")
    assert own_obs.supervisor.pid == pid
    os.kill(pid, signal.SIGSTOP)
    own_obs.supervisor.replace(wanted, told.post)
    assert told.wait_for(RemedyTaken).ok
    exited = own_obs.seen.wait_for(ObsProcessEvent, lambda it: it.phase == "exited" and it.pid == pid)
    # No exit code: it was not a person who ended it.
    assert (exited.exit_code, exited.detail) == (None, "OBS did not answer and was ended.")
    own_obs.seen.wait_for(ObsProcessEvent, lambda it: it.phase == "running" and it.pid != pid)


@pytest.mark.venue
def test_an_obs_left_running_is_found_again_and_ended_cleanly(tmp_path: Path, own_obs: RealObs) -> None:
    # A second OBS on the same screen: what its first supervisor leaves, the next one finds.
    settings = own_obs.settings.model_copy(update={"port": free_port()})
    home = ObsHome(tmp_path / "obs")
    first = ObsSupervisor(settings, home, PASSWORD, tmp_path, lambda seen: None)
    second_seen = Seen()
    second = ObsSupervisor(settings, home, PASSWORD, tmp_path, second_seen.post)
    try:
        first.start()
        first.wait_ready()
        pid = first.pid
        first.stop(leave_obs_running=True)
        assert pid is not None
        assert psutil.pid_exists(pid)
        second.start()
        assert second_seen.wait_for(ObsProcessEvent).pid == pid
        assert second.pid == pid
    finally:
        second.stop()
    assert not home.process_file.exists()
    assert "All scene data cleared" in home.output_file.read_text(errors="replace")
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.mark.venue
def test_an_obs_that_never_answers_is_given_up_and_tried_again(tmp_path: Path) -> None:
    mute = tmp_path / "mute-obs"
    mute.write_text("#!/bin/sh\nexec sleep 60\n")
    mute.chmod(0o700)
    seen = Seen()
    settings = ObsSettings(binary=str(mute), display=":0", port=free_port(), start_timeout_s=0.3)
    watcher = ObsSupervisor(settings, ObsHome(tmp_path / "obs"), PASSWORD, tmp_path, seen.post)
    watcher.start()
    try:
        first = seen.wait_for(ObsProcessEvent).pid
        assert "did not answer" in seen.wait_for(ObsProcessEvent, lambda it: it.phase == "failed").detail
        assert seen.wait_for(ObsProcessEvent, lambda it: it.phase == "starting").pid != first
        in_a_row = seen.wait_for(ObsProcessEvent, lambda it: "in a row" in it.detail)
        assert "did not answer" in in_a_row.detail
        assert "tries again" in in_a_row.detail
    finally:
        began_s = time.monotonic()
        watcher.stop()
    assert time.monotonic() - began_s < 15.0


@pytest.mark.venue
def test_an_obs_that_crashes_at_each_start_is_tried_ever_later_and_said_until_it_stays_up(
    tmp_path: Path,
) -> None:
    crashing = tmp_path / "crashing-obs"
    crashing.write_text(
        f"#!/bin/sh\necho >> {tmp_path}/starts\n"
        f'[ "$(wc -l < {tmp_path}/starts)" -gt 4 ] || kill -SEGV $$\nexec obs "$@"\n'
    )
    crashing.chmod(0o700)
    seen = Seen()
    with screen(640, 360) as display:
        settings = ObsSettings(binary=str(crashing), display=display, port=free_port())
        watcher = ObsSupervisor(settings, ObsHome(tmp_path / "obs"), PASSWORD, tmp_path, seen.post)
        watcher.start()
        try:
            seen.wait_for(ObsProcessEvent, lambda it: it.phase == "running", timeout_s=40.0)
        finally:
            watcher.stop()
    told = [it.detail for it in seen.of(ObsProcessEvent) if "in a row" in it.detail]
    assert [detail.rpartition("again in ")[2] for detail in told] == ["0.5 s.", "1 s.", "2 s."]
    assert all("SIGSEGV" in detail for detail in told)
