import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from stagebox import __version__, cli
from stagebox.commands import unforeseen
from stagebox.model.errors import NeedsPersonError, SettingsError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of our own, with no settings file in sight."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("STAGEBOX_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def add_command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Adds a command named `probe` for one test."""

    def add(does: Callable[[], object]) -> None:
        def assembled(command: str | None) -> typer.Typer:
            app = whole(command)
            app.command("probe")(does)
            return app

        whole = cli.assembled
        monkeypatch.setattr(cli, "assembled", assembled)

    return add


def _stagebox(*arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stagebox", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(Path(cli.__file__).parent.parent),
            **more,
        },
    )


@pytest.mark.parametrize(
    ("arguments", "told", "see"),
    [
        (["--nope"], "No such option: --nope", "See `stagebox --help`."),
        (["nope"], "No such command 'nope'", "See `stagebox --help`."),
        (["config", "--nope"], "No such option: --nope", "See `stagebox config --help`."),
        (["config", "extra"], "unexpected extra argument", "See `stagebox config --help`."),
        (["--config"], "requires an argument", "See `stagebox --help`."),
    ],
)
def test_a_usage_error_is_a_sentence_with_the_help_to_read_and_exit_code_64(
    arguments: list[str], told: str, see: str, home: Path
) -> None:
    ended = _stagebox(*arguments, home=home)
    assert ended.returncode == 64
    assert ended.stdout == ""
    first, second = ended.stderr.splitlines()
    assert first.startswith("stagebox: ")
    assert told in first
    assert second.strip() == see


def test_an_option_s_bad_value_is_told_with_the_option(
    capsys: pytest.CaptureFixture[str], add_command: Callable[[Callable[..., object]], None], home: Path
) -> None:
    def probe(seconds: int = 5) -> None: ...

    add_command(probe)
    assert cli.run(["probe", "--seconds", "soon"]) == 64
    assert "Invalid value for '--seconds'" in capsys.readouterr().err


def test_no_arguments_print_the_help_as_a_usage_error(home: Path) -> None:
    ended = _stagebox(home=home)
    assert ended.returncode == 64
    assert ended.stderr.startswith("Usage: stagebox")


def test_the_version_is_printed(home: Path) -> None:
    assert _stagebox("--version", home=home).stdout == f"stagebox {__version__}\n"


def test_every_command_explains_itself_and_each_of_its_options() -> None:
    root = typer.main.get_command(cli.assembled(None))
    commands = {"stagebox": root, **getattr(root, "commands", {})}
    assert "config" in commands
    for name, command in commands.items():
        assert command.help, f"{name} has no help"
        for option in command.params:
            if option.param_type_name == "option":
                assert getattr(option, "help", ""), f"{name} {option.opts[0]} has no help"


@pytest.mark.parametrize(("error", "code"), [(SettingsError, 2), (NeedsPersonError, 1)])
def test_a_foreseen_error_is_its_sentence_its_remedy_and_its_exit_code(
    error: type[SettingsError],
    code: int,
    capsys: pytest.CaptureFixture[str],
    add_command: Callable[[Callable[[], object]], None],
    home: Path,
) -> None:
    def probe() -> None:
        raise error("The cable is out.", "Plug it in.")

    add_command(probe)
    assert cli.run(["probe"]) == code
    assert capsys.readouterr().err == "stagebox: The cable is out.\n  Plug it in.\n"


def test_a_command_s_number_is_the_exit_code(
    add_command: Callable[[Callable[[], object]], None], home: Path
) -> None:
    add_command(lambda: 1)
    assert cli.run(["probe"]) == 1


def test_ctrl_c_ends_without_a_traceback(
    capsys: pytest.CaptureFixture[str], add_command: Callable[[Callable[[], object]], None], home: Path
) -> None:
    def probe() -> None:
        raise KeyboardInterrupt

    add_command(probe)
    assert cli.run(["probe"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def _stumble() -> None:
    raise ZeroDivisionError("a\nnumber")


def test_an_unforeseen_error_is_a_sentence_and_its_traceback_is_kept_for_its_owner_alone(
    capsys: pytest.CaptureFixture[str], add_command: Callable[[Callable[[], object]], None], home: Path
) -> None:
    settings = home / "stagebox.toml"
    settings.write_text('state_dir = "state"')
    add_command(_stumble)
    assert cli.run(["--config", str(settings), "probe"]) == 2
    log = home / "state/unforeseen.log"
    assert capsys.readouterr().err == (
        "stagebox: stagebox met an error it did not foresee: ZeroDivisionError: a number.\n"
        f"  Please report it with the end of {log}.\n"
    )
    assert "in _stumble" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_verbose_shows_the_traceback_of_an_unforeseen_error(
    capsys: pytest.CaptureFixture[str], add_command: Callable[[Callable[[], object]], None], home: Path
) -> None:
    add_command(_stumble)
    assert cli.run(["--verbose", "probe"]) == 2
    assert "in _stumble" in capsys.readouterr().err


def test_an_unforeseen_error_is_kept_even_if_the_settings_are_broken(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "stagebox.toml").write_text("state_dir = ")
    monkeypatch.setattr("tempfile.tempdir", str(home / "tmp"))
    told = unforeseen.keep(ValueError("x"), None)
    (log,) = (home / "tmp").rglob("unforeseen.log")
    assert str(log) in told.remedy


def test_an_unforeseen_error_is_told_even_if_it_can_be_kept_nowhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").touch()
    (home / "stagebox.toml").write_text('state_dir = "file"')
    monkeypatch.setattr("tempfile.tempdir", str(home / "file"))
    told = unforeseen.keep(ValueError("x"), None)
    assert "ValueError: x" in told.what
    assert "--verbose" in told.remedy


def test_the_log_of_unforeseen_errors_stays_bounded(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unforeseen, "LIMIT_BYTES", 1000)
    for number in range(50):
        unforeseen.keep(ValueError(f"number {number} " + "x" * 300), None)
    logs = sorted((home / ".local/state/stagebox").iterdir())
    assert [log.name for log in logs] == ["unforeseen.log", "unforeseen.log.1"]
    assert all(log.stat().st_size < 2000 for log in logs)
    assert "number 49" in logs[0].read_text()


def test_a_reader_that_leaves_early_is_no_error(home: Path) -> None:
    stagebox = subprocess.Popen(
        [sys.executable, "-m", "stagebox", "config", "--example"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=home,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert stagebox.stdout is not None
    assert stagebox.stderr is not None
    stagebox.stdout.close()
    with stagebox.stderr:
        assert stagebox.stderr.read() == b""
    assert stagebox.wait(timeout=60) == 0


def test_a_broken_pipe_to_somebody_else_is_not_taken_for_a_reader_that_left(
    add_command: Callable[[Callable[[], object]], None], home: Path
) -> None:
    def probe() -> None:
        reading, writing = os.pipe()
        os.close(reading)
        try:
            os.write(writing, b"x")
        finally:
            os.close(writing)

    add_command(probe)
    assert cli.run(["probe"]) == 2


def test_output_onto_a_full_disk_is_told_and_not_called_good(home: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "stagebox", "config"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
            cwd=home,
        )
    assert ended.returncode == 2
    assert "No space left on device" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


def test_the_help_loads_nothing_heavy() -> None:
    code = "import sys, stagebox.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    heavy = {
        "pydantic",
        "numpy",
        "fastapi",
        "httpx",
        "uvicorn",
        "obsws_python",
        "PIL",
        "PySide6",
        "av",
        "ffmpeg",
    }
    assert heavy.isdisjoint(loaded.stdout.split())


def test_a_damaged_settings_file_ends_with_its_sentence_and_exit_code_2(home: Path) -> None:
    (home / "stagebox.toml").write_text("[obs]\nprot = 1\n")
    ended = _stagebox("config", home=home)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"stagebox: {home}/stagebox.toml, line 2: obs.prot is not a setting.")


def test_the_settings_are_printed_for_programs_with_file_and_line(home: Path) -> None:
    (home / "stagebox.toml").write_text("[obs]\nport = 5000\n")
    printed = json.loads(_stagebox("config", "--json", home=home).stdout)
    assert printed["file"] == str(home / "stagebox.toml")
    assert printed["settings"]["obs.port"] == {"value": 5000, "source": "file", "line": 2}
    assert printed["settings"]["obs.display"] == {"value": None, "source": "default", "line": None}
