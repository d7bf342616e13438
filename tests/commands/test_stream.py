"""`stagebox stream`: what it says without a stagebox that runs, and where the key goes."""

import io
import json
from pathlib import Path

import pytest

from stagebox.cli import run
from stagebox.commands.stream import _lines

KEY = "live_0123456789"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "stagebox.toml"
    path.write_text(f'state_dir = "{tmp_path / "state"}"\n')
    return path


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_the_key_is_kept_from_standard_input_in_a_closed_file(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, f"{KEY}\n")
    assert run(["--config", str(config), "stream", "key"]) == 0
    kept = config.parent / "state" / "stream-key"
    assert kept.read_text() == f"{KEY}\n"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert KEY not in "".join(capsys.readouterr())
    assert run(["--config", str(config), "stream", "key", "--forget"]) == 0
    assert not kept.exists()


@pytest.mark.parametrize("typed", [f"{KEY}\nmore\n", f"{KEY} x\n", "\n", "x" * 5000])
def test_what_cannot_be_a_key_is_refused_without_saying_it(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    type_in(monkeypatch, typed)
    assert run(["--config", str(config), "stream", "key"]) == 2
    said = "".join(capsys.readouterr())
    assert "stagebox: " in said
    assert KEY not in said
    assert not (config.parent / "state" / "stream-key").exists()


def test_without_a_stagebox_that_runs_nothing_starts(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--config", str(config), "stream", "start"]) == 2
    assert "No stagebox answers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('service = "Twitch"\nserver = 5', "server"),
        ('key = "secret"', "stream.key"),
    ],
)
def test_the_settings_take_no_key_and_no_nonsense(
    config: Path, capsys: pytest.CaptureFixture[str], line: str, words: str
) -> None:
    config.write_text(f"{config.read_text()}[stream]\n{line}\n")
    assert run(["--config", str(config), "config"]) == 2
    assert words in capsys.readouterr().err


def test_the_state_of_the_stream_is_said_in_words() -> None:
    found = {
        "phase": "live",
        "wanted": True,
        "target": "Twitch",
        "live_s": 75.0,
        "detail": "",
        "problem": "",
        "remedy": "",
    }
    health = {"bitrate_kbps": 2990.0, "congestion": 0.0, "dropped_share": 0.01}
    lines = _lines(found, health, [])
    assert lines == [
        "Live · Twitch",
        "  0:01:15 live · 2990 kbit/s · congestion 0% · 1.0% of the last minute's pictures dropped",
    ]
    json.dumps(lines)
