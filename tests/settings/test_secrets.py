import json
import logging
import os
import pickle
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stagebox.model.errors import SettingsError
from stagebox.settings.secrets import LIMIT_BYTES, ensure_secret, read_secret

PASSWORD = "correct horse battery"


def _file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    file = folder / "the password"
    file.write_bytes(content)
    file.chmod(mode)
    return file


def test_a_secret_is_read_without_the_newline_an_editor_adds(tmp_path: Path) -> None:
    for ending in (b"", b"\n", b"\r\n"):
        assert read_secret(_file(tmp_path, PASSWORD.encode() + ending)).get_secret_value() == PASSWORD


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o777])
def test_a_secret_open_to_others_is_refused_with_the_command_that_closes_it(
    mode: int, tmp_path: Path
) -> None:
    file = _file(tmp_path, PASSWORD.encode(), mode)
    with pytest.raises(SettingsError, match=f"open to other users \\(mode {mode:04o}\\)") as caught:
        read_secret(file)
    command = caught.value.remedy.removeprefix("Close it: ")
    subprocess.run(shlex.split(command), check=True, timeout=10)
    assert read_secret(file).get_secret_value() == PASSWORD


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"  \n", "is empty"),
        (b"one\ntwo\n", "more than one line"),
        (b"one\n\n", "more than one line"),
        (b"one\rtwo", "more than one line"),
        (b"one\0two", "more than one line"),
        (b"caf\xe9", "is not UTF-8"),
        (b"x" * (LIMIT_BYTES + 1), "is longer than"),
    ],
)
def test_what_is_no_secret_is_refused_without_telling_it(content: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        read_secret(_file(tmp_path, content))
    assert caught.value.remedy
    assert "one" not in str(caught.value).replace("one line", "")
    assert caught.value.__cause__ is None


def test_an_absent_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        read_secret(tmp_path / "absent")
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        read_secret(tmp_path)
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(SettingsError, match="is not a regular file"):
        read_secret(tmp_path / "pipe")


def test_a_made_secret_is_long_random_and_closed_to_others(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        secret = ensure_secret(tmp_path / "state" / "token")
    finally:
        os.umask(umask)
    assert len(secret.get_secret_value()) == 43  # 32 bytes in base64
    assert (tmp_path / "state" / "token").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
    assert ensure_secret(tmp_path / "other").get_secret_value() != secret.get_secret_value()


def test_a_secret_is_made_once_and_then_read(tmp_path: Path) -> None:
    first = ensure_secret(tmp_path / "token")
    assert ensure_secret(tmp_path / "token") == first
    assert read_secret(tmp_path / "token") == first
    assert [file.name for file in tmp_path.iterdir()] == ["token"], "nothing is left beside it"


def test_all_who_make_a_secret_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(ensure_secret, [tmp_path / "token"] * 64))
    assert len(made) == 1


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    file = _file(tmp_path, b"", 0o600)
    with pytest.raises(SettingsError, match="is empty"):
        ensure_secret(file)
    assert file.read_bytes() == b""


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="cannot be made"):
        ensure_secret(tmp_path / "file" / "token")


def test_a_secret_shows_in_no_log_repr_text_or_json(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = read_secret(_file(tmp_path, PASSWORD.encode()))
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("any").debug("%s %r %s", secret, secret, {"password": secret})
    shown = caplog.text + f"{secret} {secret!r} {[secret]}" + json.dumps({"password": secret}, default=str)
    assert PASSWORD not in shown
    assert pickle.loads(pickle.dumps(secret)).get_secret_value() == PASSWORD  # it is there all the same


def test_the_command_line_shows_where_a_password_is_and_never_which(tmp_path: Path) -> None:
    file = _file(tmp_path, PASSWORD.encode())
    settings = tmp_path / "stagebox.toml"
    settings.write_text(f'[obs]\npassword_file = "{file}"\n')
    for options in ([], ["--json"]):
        shown = subprocess.run(
            [sys.executable, "-m", "stagebox", "-v", "-c", str(settings), "config", *options],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert str(file) in shown.stdout
        assert PASSWORD not in shown.stdout + shown.stderr
