"""Tiny real recordings, made once a session by ffmpeg."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.model.effects import ProcessSession
from stagebox.model.settings import Settings
from tests.media import loaded_readers

PICTURE = "testsrc2=s=320x180:r=30"
SPEECH = "sine=f=220:r=48000,tremolo=f=4:d=0.9"


def ffmpeg(*arguments: str | Path) -> None:
    """Run ffmpeg, loudly when it fails."""
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)], check=True, timeout=60)


def hashes_of(path: Path, kind: str = "murmur3") -> list[str]:
    """Every stream's packet hash by ffmpeg's own word, as a report spells it."""
    told = subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-i",
            f"file:{path}",
            *["-map", "0", "-c", "copy", "-f", "streamhash", "-hash", kind, "-"],
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout
    return [f"{kind}:" + line.split("=")[1].lower() for line in told.splitlines()]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this room's tests: they work on files, so a busy machine only makes them slower."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("files")


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads a recording for these tests begins loaded."""
    loaded_readers.stand_in(monkeypatch)


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight seconds of talk as OBS writes it: FLV, H.264 with a GOP of 250, AAC."""
    path = tmp_path_factory.mktemp("talk") / "talk.flv"
    ffmpeg(
        *("-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", SPEECH, "-t", "8"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", "250", "-pix_fmt", "yuv420p", "-c:a", "aac", path),
    )
    return path


@pytest.fixture(scope="session")
def repack(talk: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The talk in another container: `repack("talk.mkv", "-movflags", "…")`."""
    folder = tmp_path_factory.mktemp("repacked")

    def make(name: str, *options: str) -> Path:
        path = folder / name
        ffmpeg("-i", talk, "-map", "0", "-c", "copy", *options, path)
        return path

    return make


@pytest.fixture
def settings() -> Settings:
    return Settings()


def wish_for(recording: Path, name: str) -> ProcessSession:
    """The engine's wish for the MP4 of one recording of which nothing else is known."""
    return ProcessSession(
        effect_id="e",
        session_id="s",
        segments=(str(recording),),
        name=name,
        expected_s=0.0,
        title="",
        speaker="",
        room="",
        started_utc=0.0,
    )
