"""The processing of a talk is killed, worker or ffmpeg: it is begun again, and the talk is the same."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from stagebox.media.executor import TRIES, MediaExecutor
from stagebox.model.observations import JobDone, JobProgress
from stagebox.model.settings import RecordingSettings, Settings
from tests.media.conftest import hashes_of, wish_for

pytestmark = [pytest.mark.venue, pytest.mark.timeout(120)]


class Killer:
    """Kills the first processes with this word in their command, as soon as it sees them."""

    def __init__(self, word: str, times: int) -> None:
        self._word = word
        self._left = times
        self._over = threading.Event()
        self.killed: set[int] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Killer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(5.0)

    def _run(self) -> None:
        while self._left and not self._over.wait(0.001):
            for pid in below(os.getpid()):
                with contextlib.suppress(OSError):
                    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                    if self._word in command and pid not in self.killed and self._left:
                        os.kill(pid, signal.SIGKILL)
                        self.killed.add(pid)
                        self._left -= 1


def below(pid: int) -> Iterator[int]:
    """All children, and theirs. Looking through every process takes longer than a short ffmpeg lives."""
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from below(child)


def processed(talk: Path, out: Path) -> JobDone:
    """What is told of the talk at the end, by an executor of its own."""
    done: list[JobDone] = []
    ended = threading.Event()

    def post(news: JobDone | JobProgress) -> None:
        if isinstance(news, JobDone):
            done.append(news)
            ended.set()

    settings = Settings(recording=RecordingSettings(folder=talk.parent, out=out))
    executor = MediaExecutor(settings, post, lambda: False)
    executor.start()
    try:
        executor.submit(wish_for(talk, "Talk"))
        assert ended.wait(60)
    finally:
        executor.close()
    (one,) = done
    return one


@pytest.mark.parametrize("victim", ["stagebox.media.worker", "ffmpeg -"])
@pytest.mark.parametrize("times", [1, TRIES - 1])
def test_a_killed_processing_is_begun_again_and_ends_with_the_same_talk(
    talk: Path, tmp_path: Path, victim: str, times: int
) -> None:
    with Killer(victim, times) as killer:
        told = processed(talk, tmp_path)
    assert len(killer.killed) == times
    assert told.verdict == "ok", told.summary
    assert hashes_of(tmp_path / "Talk.mp4") == hashes_of(talk)
    assert [path.name for path in tmp_path.glob("*.mp4")] == ["Talk.mp4"]


def test_what_is_killed_each_time_is_given_up_with_a_sentence_and_the_recording_is_kept(
    talk: Path, tmp_path: Path
) -> None:
    with Killer("stagebox.media.worker", 99):
        told = processed(talk, tmp_path)
    assert told.verdict == "failed"
    assert "SIGKILL" in told.summary
    assert str(talk) in told.summary
