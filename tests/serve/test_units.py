"""The systemd units: systemd itself finds nothing wrong with them, and they say what the appliance needs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stagebox import cli
from stagebox.serve.units import KIOSK, SERVE, install, units


def test_the_units_are_well_formed_in_systemds_own_eyes(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed here")
    odd = tmp_path / 'a folder with "quotes", 100% and $HOME'
    odd.mkdir()
    paths = install(tmp_path / "units", odd / "stagebox.toml", "graphical-session.target")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--recursive-errors=no", *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    ours = [line for line in done.stderr.splitlines() if "stagebox" in line]
    assert ours == []


def test_stagebox_alone_is_ended_and_obs_outlives_it() -> None:
    text = units(None, "default.target")[SERVE]
    for line in (
        "Type=notify",
        "WatchdogSec=20",
        "KillMode=process",
        "OOMPolicy=continue",
        "Restart=always",
        "CPUWeight=1000",
        "LimitNICE=-10",
    ):
        assert line in text.splitlines()
    assert "WantedBy=default.target" in text
    assert f"{sys.executable} -X faulthandler -m stagebox serve" in text


def test_the_touch_screen_comes_after_serve_and_starts_none_of_its_own() -> None:
    text = units(None, "default.target")[KIOSK]
    assert f"After={SERVE}" in text
    assert "kiosk --no-serve" in text
    assert "Restart=always" in text


def test_the_command_writes_both_units_with_the_settings_in_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "stagebox.toml"
    settings.write_text('[event]\ntitle = "Conf"\n')
    folder = tmp_path / "units"
    assert cli.run(["--config", str(settings), "install-units", "--folder", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [KIOSK, SERVE]
    assert f"--config {settings} serve" in (folder / SERVE).read_text()
    assert "systemctl --user enable" in capsys.readouterr().out


def test_settings_that_cannot_be_read_make_no_units(tmp_path: Path) -> None:
    settings = tmp_path / "stagebox.toml"
    settings.write_text("[obs]\nport = 1\n")
    folder = tmp_path / "units"
    assert cli.run(["--config", str(settings), "install-units", "--folder", str(folder)]) == 2
    assert not folder.exists()
