"""The private OBS's hidden screen: chosen, opened, found again, ended; and what is said where none is."""

import os
import shutil
import signal
from pathlib import Path

import psutil
import pytest

from stagebox.model.settings import ObsSettings
from stagebox.obs import hidden_screen
from stagebox.obs.hidden_screen import HiddenScreen, ScreenMeans, judge, read_noted, used_of, ways
from stagebox.obs.x_client import SOCKETS, XClient, XClosedError
from stagebox.rehearsal.children import wait_until

ALL = frozenset({"Xvfb", "Xwayland", "cage"})
HIDDEN, SHOWN = ObsSettings(), ObsSettings(window="shown", display=":9")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (ScreenMeans(ALL, gpu=False, root=False), ("xvfb", "cage")),
        (ScreenMeans(ALL, gpu=True, root=False), ("cage", "xvfb")),
        (ScreenMeans(ALL, gpu=True, root=True), ("xvfb",)),
        (ScreenMeans(frozenset({"Xvfb", "cage"}), gpu=True, root=False), ("xvfb",)),
        (ScreenMeans(frozenset({"cage", "Xwayland"}), gpu=False, root=False), ("cage",)),
        (ScreenMeans(frozenset(), gpu=True, root=False), ()),
    ],
)
def test_the_way_that_keeps_the_graphics_processor_is_first_where_there_is_one(
    found: ScreenMeans, expected: tuple[str, ...]
) -> None:
    assert ways(found) == expected


def test_a_window_that_cannot_be_hidden_is_said_with_what_to_do() -> None:
    used = judge("shown", ScreenMeans(frozenset(), gpu=False, root=False), HIDDEN)
    assert "may lie over the touch screen" in used.words
    assert "Xvfb is not installed" in used.words
    assert "xvfb" in used.remedy


def test_a_graphics_processor_that_the_hidden_screen_does_without_is_said() -> None:
    used = judge("xvfb", ScreenMeans(frozenset({"Xvfb"}), gpu=True, root=False), HIDDEN)
    assert "without this computer's graphics processor" in used.words
    assert judge("xvfb", ScreenMeans(ALL, gpu=False, root=False), HIDDEN).words == ""
    assert judge("cage", ScreenMeans(ALL, gpu=True, root=False), HIDDEN).words == ""


def test_a_window_that_a_person_wants_to_see_is_nobodys_fault() -> None:
    assert judge("shown", ScreenMeans(frozenset(), gpu=False, root=False), SHOWN).words == ""


def process_of(folder: Path) -> psutil.Process:
    """The process of the hidden screen that is noted there."""
    return psutil.Process(read_noted(folder)["pid"])


def number_of(environment: dict[str, str]) -> int:
    """The display's number."""
    return int(environment["DISPLAY"][1:])


def cookie_in(environment: dict[str, str]) -> bytes:
    """The first cookie of the authority file: the hidden screen's."""
    data = Path(environment["XAUTHORITY"]).read_bytes()
    return data[: data.index(b"MIT-MAGIC-COOKIE-1") + 20 + 16][-16:]


@pytest.mark.venue
def test_it_is_open_to_obs_alone_and_gone_afterwards(tmp_path: Path) -> None:
    users = tmp_path / "users-authority"
    users.write_bytes(hidden_screen.authority(7, b"u" * 16))
    screen = HiddenScreen(HIDDEN, tmp_path / "obs")
    inherited = {**os.environ, "WAYLAND_DISPLAY": "w", "XAUTHORITY": str(users), "DISPLAY": ":7"}
    environment = screen.open(inherited)
    try:
        assert screen.hides
        assert "WAYLAND_DISPLAY" not in environment
        assert environment["QT_QPA_PLATFORM"] == "xcb"
        number = number_of(environment)
        with pytest.raises(XClosedError), XClient(number, b"x" * 16):
            pass
        with XClient(number, cookie_in(environment)):
            pass
        # The screens that slides are captured from open with the person's own cookies.
        assert Path(environment["XAUTHORITY"]).read_bytes().endswith(users.read_bytes())
        for name in ("screen-authority", "screen-cookie", "screen.json"):
            assert (tmp_path / "obs" / name).stat().st_mode & 0o077 == 0
        process = process_of(tmp_path / "obs")
    finally:
        screen.close(leave=False)
    assert not process.is_running()
    assert not (SOCKETS / f"X{number}").exists()


@pytest.mark.venue
def test_the_next_start_of_obs_finds_the_same_screen_and_a_dead_one_is_replaced(tmp_path: Path) -> None:
    screen = HiddenScreen(HIDDEN, tmp_path)
    try:
        first = screen.open(os.environ)
        assert screen.open(os.environ) == first
        process_of(tmp_path).send_signal(signal.SIGKILL)
        again = screen.open(os.environ)
        assert screen.hides
        assert again["DISPLAY"] != first["DISPLAY"]
    finally:
        screen.close(leave=False)
        (SOCKETS / f"X{number_of(first)}").unlink(missing_ok=True)
        Path(f"/tmp/.X{number_of(first)}-lock").unlink(missing_ok=True)


@pytest.mark.venue
def test_it_lives_as_long_as_its_obs_also_without_stagebox_and_is_found_again(tmp_path: Path) -> None:
    first = HiddenScreen(HIDDEN, tmp_path)
    environment = first.open(os.environ)
    process = process_of(tmp_path)
    with XClient(number_of(environment), cookie_in(environment)):  # in OBS's place
        first.close(leave=True)
        second = HiddenScreen(HIDDEN, tmp_path)
        second.rejoin(os.environ)
        assert second.hides
        assert second.used.kind == "xvfb"
        second.close(leave=True)
        assert process.is_running()
    assert wait_until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, 10)


@pytest.mark.venue
@pytest.mark.skipif(os.geteuid() != 0, reason="cage refuses root alone")
def test_a_compositor_that_does_not_start_is_said_and_the_window_is_hidden_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hidden_screen, "find", lambda: ScreenMeans(ALL, gpu=True, root=False))
    screen = HiddenScreen(HIDDEN, tmp_path)
    try:
        screen.open(os.environ)
        assert (screen.hides, screen.used.kind) == (True, "xvfb")
        assert "cage did not start" in screen.used.words
    finally:
        screen.close(leave=False)


@pytest.mark.venue
@pytest.mark.skipif(os.geteuid() == 0, reason="cage refuses root")
def test_with_a_compositor_behind_it_it_is_hidden_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hidden_screen, "find", lambda: ScreenMeans(ALL, gpu=True, root=False))
    screen = HiddenScreen(HIDDEN, tmp_path)
    try:
        screen.open(os.environ)
        assert (screen.hides, screen.used) == (True, hidden_screen.ScreenUsed("cage"))
        process = process_of(tmp_path)
    finally:
        screen.close(leave=False)
    assert not process.is_running()


def test_without_any_program_for_it_obs_gets_the_persons_screen_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    screen = HiddenScreen(HIDDEN, tmp_path)
    assert screen.open({"DISPLAY": ":5", "WAYLAND_DISPLAY": "w"}) == {"DISPLAY": ":5", "WAYLAND_DISPLAY": "w"}
    assert not screen.hides
    assert "may lie over the touch screen" in screen.used.words
    assert used_of(read_noted(tmp_path)) == screen.used


def test_a_shown_window_opens_no_hidden_screen(tmp_path: Path) -> None:
    screen = HiddenScreen(SHOWN, tmp_path)
    assert screen.open({"DISPLAY": ":9"}) == {"DISPLAY": ":9"}
    assert (screen.hides, screen.used.kind, screen.used.words) == (False, "shown", "")
