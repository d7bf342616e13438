"""The private OBS's home: written for OBS, kept for the operator, closed to others."""

from pathlib import Path

from stagebox.model.settings import ObsSettings
from stagebox.obs.home import ObsHome
from tests.venue_tools import PASSWORD

SETTINGS = ObsSettings(canvas_width=1280, canvas_height=720, window="shown", display=":9")


def test_the_operators_own_settings_survive_a_start(tmp_path: Path) -> None:
    home = ObsHome(tmp_path / "obs")
    home.prepare(SETTINGS, PASSWORD, tmp_path)
    profile = home.config / "basic" / "profiles" / "Stagebox" / "basic.ini"
    profile.write_text("\ufeff" + profile.read_text() + "\n[Stream1]\nRescale=true\n")
    home.prepare(SETTINGS, PASSWORD, tmp_path)
    text = profile.read_text()
    assert "Rescale=true" in text
    assert "BaseCX=1280" in text
    assert "RecFormat=flv" in text


def test_a_recording_that_begins_beside_a_stream_waits_a_second_at_most_for_its_keyframe(
    tmp_path: Path,
) -> None:
    home = ObsHome(tmp_path / "obs")
    home.prepare(SETTINGS, PASSWORD, tmp_path)
    profile = (home.config / "basic" / "profiles" / "Stagebox" / "basic.ini").read_text()
    assert "RecQuality=Stream" in profile, "both share one encoder"
    assert f"x264Settings=keyint={SETTINGS.fps}\n" in profile


def test_a_damaged_file_is_kept_aside_and_written_anew(tmp_path: Path) -> None:
    home = ObsHome(tmp_path / "obs")
    home.prepare(SETTINGS, PASSWORD, tmp_path)
    (home.config / "global.ini").write_bytes(b"\xff\xfe\x00rubbish")
    home.prepare(SETTINGS, PASSWORD, tmp_path)
    assert "ServerPort=4466" in (home.config / "global.ini").read_text()
    assert (home.config / "global.ini.damaged").exists()


def test_only_the_owner_can_look_inside(tmp_path: Path) -> None:
    home = ObsHome(tmp_path / "obs")
    home.prepare(SETTINGS, PASSWORD, tmp_path)
    assert home.folder.stat().st_mode & 0o777 == 0o700
    for path in home.config.rglob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path


def test_the_mark_of_a_crash_is_removed_before_a_start(tmp_path: Path) -> None:
    home = ObsHome(tmp_path / "obs")
    mark = home.config / ".sentinel" / "run_1"
    mark.parent.mkdir(parents=True)
    mark.touch()
    home.prepare(SETTINGS, PASSWORD, tmp_path)
    assert not mark.exists()


def test_the_environment_keeps_screen_and_sound_and_moves_the_home(tmp_path: Path) -> None:
    user = tmp_path / "user"
    (user / ".config" / "pulse").mkdir(parents=True)
    (user / ".config" / "pulse" / "cookie").touch()
    inherited = {"HOME": str(user), "WAYLAND_DISPLAY": "w", "PULSE_SERVER": "unix:/x"}
    environment = ObsHome(tmp_path / "obs").environment(SETTINGS, inherited)
    assert environment["HOME"].startswith(str(tmp_path / "obs"))
    assert environment["PULSE_COOKIE"] == str(user / ".config" / "pulse" / "cookie")
    assert (environment["DISPLAY"], environment["PULSE_SERVER"]) == (":9", "unix:/x")
    assert "WAYLAND_DISPLAY" not in environment


def test_a_hidden_obs_has_no_icon_whose_bubbles_would_lie_over_the_touch_screen(tmp_path: Path) -> None:
    home = ObsHome(tmp_path / "obs")
    home.prepare(SETTINGS, PASSWORD, tmp_path, tray=True)
    assert "SysTrayEnabled=true" in (home.config / "global.ini").read_text()
    home.prepare(SETTINGS, PASSWORD, tmp_path)
    assert "SysTrayEnabled=false" in (home.config / "global.ini").read_text()
