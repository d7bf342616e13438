"""Whether a device is there, told without opening it."""

import os
import select
import signal
import subprocess
from pathlib import Path

import pytest

from stagebox.devices.presence import display_number, listening_inode, presence_of

UNIX = """Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 4711 @/tmp/.X11-unix/X77
0000000000000000: 00000002 00000000 00010000 0001 01 4712 /tmp/.X11-unix/X77
0000000000000000: 00000003 00000000 00000000 0001 03 4713 @/tmp/.X11-unix/X78
0000000000000000: 00000002 00000000 00010000 0001 01 4714 /tmp/.X11-unix/X79
0000000000000000: 00000003 00000000 00000000 0001 03 4715
""".splitlines()


@pytest.mark.parametrize(
    ("name", "number"),
    [(":77", 77), (":0.1", 0), ("unix:3", 3), ("", None), ("host:1", None), (":", None), (":x", None)],
)
def test_a_local_display_is_known_by_its_number(name: str, number: int | None) -> None:
    assert display_number(name) == number


@pytest.mark.parametrize(("number", "inode"), [(77, "4711"), (78, None), (79, "4714"), (7, None)])
def test_only_a_listening_socket_is_a_display(number: int, inode: str | None) -> None:
    assert listening_inode(number, UNIX) == inode


@pytest.mark.parametrize(("kind", "device"), [("dshow", "Cam"), ("x11", "far:0"), ("x11", ""), ("v4l2", "")])
def test_what_cannot_be_asked_is_unknown(kind: str, device: str) -> None:
    assert presence_of(kind, device).state == "unknown"


def test_a_device_node_that_is_not_there_is_absent(tmp_path: Path) -> None:
    assert presence_of("v4l2", str(tmp_path / "video0")).state == "absent"


def test_a_character_device_is_present_and_keeps_its_identity() -> None:
    first, second = presence_of("v4l2", "/dev/null"), presence_of("v4l2", "/dev/null")
    assert first.state == "present"
    assert first.identity
    assert first == second


def test_an_ordinary_file_is_no_capture_device(tmp_path: Path) -> None:
    path = tmp_path / "video0"
    path.touch()
    assert presence_of("v4l2", str(path)).state == "absent"


def test_a_film_is_there_while_its_file_is(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    assert presence_of("media", str(path)).state == "absent"
    path.touch()
    assert presence_of("media", str(path)).state == "present"


def start_display(arguments: list[str]) -> tuple[subprocess.Popen[bytes], str]:
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", *arguments, "-displayfd", str(writer), "-screen", "0", "320x240x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        assert select.select([told], [], [], 20)[0], "Xvfb did not start"
        return server, f":{told.readline().strip()}"


@pytest.mark.venue
def test_a_killed_display_is_absent_and_a_new_one_has_another_identity() -> None:
    server, name = start_display([])
    try:
        before = presence_of("x11", name)
        assert before.state == "present"
        assert presence_of("x11", name) == before
        server.send_signal(signal.SIGSTOP)
        assert presence_of("x11", name) == before  # Slow is not gone.
        server.send_signal(signal.SIGCONT)
        server.kill()  # Leaves its socket's file behind, as a crash does.
        server.wait(10)
        assert presence_of("x11", name).state == "absent"
    finally:
        server.kill()
        server.wait(10)
    again, same_name = start_display([name])
    try:
        after = presence_of("x11", same_name)
        assert same_name == name
        assert after.state == "present"
        assert after.identity != before.identity
    finally:
        again.terminate()
        again.wait(10)
