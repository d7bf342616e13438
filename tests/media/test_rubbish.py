"""Whatever is given instead of a recording: a sentence, the right exit code, and the rest is still done."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stagebox.cli import run

pytestmark = pytest.mark.venue

HOSTILE_NAMES = (
    "-i x;$(touch pwned).flv",
    'quote\'s "double" `back`.flv',
    "100%d %03d %s.flv",
    "two\nlines.flv",
    "emoji 🎤🎥 ümläut.flv",
    "http:__example.org.flv",
    "concat:a|b.flv",
    "[red]markup[bold].flv",
    "\x1b[31mescape\x07.flv",
    "é" * 125 + ".flv",
    " leading and trailing .flv",
)


def process(*arguments: str | Path, cwd: Path | None = None) -> tuple[int, list[dict[str, object]], str]:
    """The exit code, the JSON array and the words on standard error of `stagebox process --json`."""
    # Root reads everything, unless it is root without privileges.
    plain = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*plain, sys.executable, "-m", "stagebox", "process", "--json", *map(os.fspath, arguments)],
        capture_output=True,
        cwd=cwd,
        timeout=100,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout or b"[]"), done.stderr.decode()


def make_rubbish(folder: Path, talk: Path) -> dict[str, Path]:
    """Files that are no recordings, by the finding that they must get."""
    content = talk.read_bytes()
    random = bytes((n * 2654435761 >> 13) & 0xFF for n in range(50_000))
    made = {
        "zero.flv": b"",
        "text.mp4": b"This is not a film.\n" * 100,
        "header-only.flv": content[:13],
        "header-only.mkv": bytes.fromhex("1a45dfa3a3428681014282886d6174726f736b61"),
        "random.mkv": random,
        "random.ts": random,
        "playlist.mkv": f"#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nfile://{talk}\n#EXT-X-ENDLIST\n".encode(),
        "list.mp4": f"ffconcat version 1.0\nfile '{talk}'\n".encode(),
        "url.flv": b"#EXTM3U\n#EXTINF:8,\nhttp://127.0.0.1:1/x.ts\n",
        "sdp.ts": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
        "no-index.mp4": b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0\1\0\0mdat" + content[:65528],
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in made}


def test_no_rubbish_stops_the_batch_or_is_called_a_recording(talk: Path, tmp_path: Path) -> None:
    rubbish = make_rubbish(tmp_path, talk)
    good = tmp_path / "good.flv"
    shutil.copy(talk, good)
    code, reports, _ = process(*rubbish.values(), good, "--out", tmp_path / "out")
    assert code == 1
    verdicts = {Path(str(report["source"])).name: report["verdict"] for report in reports}
    assert verdicts == {**dict.fromkeys(rubbish, "failed"), "good.flv": "ok"}
    for report in reports[:-1]:
        (finding,) = report["findings"]  # type: ignore[misc]
        assert finding["code"] == ("empty" if str(report["source"]).endswith("zero.flv") else "unreadable")
        assert finding["message"].endswith(".")
        assert finding["remedy"]
    assert [path.name for path in (tmp_path / "out").glob("*.mp4")] == ["good.mp4"]


def test_an_mp4_without_an_index_is_said_to_be_beyond_repair(talk: Path, tmp_path: Path) -> None:
    path = make_rubbish(tmp_path, talk)["no-index.mp4"]
    _, (report,), _ = process(path, "--out", tmp_path / "out")
    (finding,) = report["findings"]  # type: ignore[misc]
    assert (finding["code"], finding["said"]["code"]) == ("unreadable", "unreadable+no_index")


@pytest.mark.parametrize("kind", ["folder", "fifo", "device", "missing", "unreadable", "dangling link"])
def test_what_is_no_file_is_unusable_input(talk: Path, tmp_path: Path, kind: str) -> None:
    path, good = tmp_path / "x.flv", tmp_path / "good.flv"
    shutil.copy(talk, good)
    match kind:
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "unreadable":
            shutil.copy(talk, path)
            path.chmod(0)
        case "dangling link":
            path.symlink_to(tmp_path / "nowhere.flv")
    code, reports, _ = process(path, good, "--out", tmp_path / "out")
    assert code == 2
    assert [report["verdict"] for report in reports] == ["failed", "ok"]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_only_a_name(talk: Path, tmp_path: Path, name: str) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    shutil.copy(talk, folder / name)
    code, (report,), _ = process("--out", out, "--", name, cwd=folder)
    assert (code, report["verdict"]) == (0, "ok")
    assert Path(str(report["output"])).exists()
    assert sorted(path.name for path in folder.iterdir()) == [name]
    assert not list(tmp_path.rglob("pwned"))


def test_a_name_that_is_no_utf_8_is_processed(talk: Path, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff\xfed.flv"))
    shutil.copy(talk, path)
    code, (report,), _ = process(path, "--out", tmp_path / "out")
    assert (code, report["verdict"]) == (0, "ok")
    assert str(report["source"]).endswith("b\\xff\\xfed.flv")


def test_without_ffmpeg_the_command_says_how_to_install_it(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["process", str(talk), "--out", str(tmp_path / "out")]) == 2
    assert "apt-get install ffmpeg" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_said(talk: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    code, (report,), _ = process(talk, "--out", tmp_path / "file" / "out")
    assert code == 2
    assert "cannot be written" in report["findings"][0]["message"]  # type: ignore[index]
