"""A talk that is recorded and streamed at once to a real server: what arrived, and where the key is."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stagebox.rehearsal.flow import rehearse
from stagebox.rehearsal.outcome import RehearsalOutcome
from stagebox.serve.stream_target_store import KEY_NAME

pytestmark = [pytest.mark.venue, pytest.mark.timeout(300)]

SECONDS = 9.0
LOOK_S = 0.2


@dataclass
class Watcher:
    """Collects the arguments of every process that runs meanwhile."""

    seen: set[bytes] = field(default_factory=set)
    _ending: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look until told to end."""
        while not self._ending.wait(LOOK_S):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    self.seen.add(path.read_bytes())
                except OSError:
                    continue  # it has ended

    def end(self) -> None:
        """End."""
        self._ending.set()


@dataclass(frozen=True)
class Streamed:
    """A rehearsal with a stream, all that it left, and all that ran."""

    outcome: RehearsalOutcome
    kept: Path
    arguments: frozenset[bytes]

    @property
    def key(self) -> bytes:
        """The key that this rehearsal streamed with."""
        return (self.kept / "state" / KEY_NAME).read_bytes().strip()


@pytest.fixture(scope="module")
def streamed(tmp_path_factory: pytest.TempPathFactory) -> Streamed:
    kept = tmp_path_factory.mktemp("streamed") / "kept"
    watcher = Watcher()
    thread = threading.Thread(target=watcher.run, name="watcher")
    thread.start()
    try:
        outcome = rehearse(SECONDS, None, kept, lambda words: None, stream=True)
    finally:
        watcher.end()
        thread.join(10)
    return Streamed(outcome, kept, frozenset(watcher.seen))


def test_the_recording_is_whole_while_it_is_streamed(streamed: Streamed) -> None:
    assert streamed.outcome.verdict == "ok", streamed.outcome.problems
    assert streamed.outcome.gap_s == 0.0
    assert streamed.outcome.speech_audible


def test_what_arrived_at_the_server_shows_the_counter_and_the_speech(streamed: Streamed) -> None:
    assert streamed.outcome.stream is not None
    (arrived,) = streamed.outcome.stream
    assert arrived.verdict == "ok", arrived.summary
    assert arrived.gap_s == 0.0
    assert arrived.speech_audible
    assert arrived.duration_s >= SECONDS


def test_the_key_is_in_its_own_file_and_nowhere_else(streamed: Streamed) -> None:
    key = streamed.key
    assert len(key) > 20
    files = [path for path in streamed.kept.rglob("*") if path.is_file() and not path.is_symlink()]
    assert any(path.suffix == ".journal" for path in files)
    assert any(path.name == "serve.log" for path in files)
    assert any("obs-studio" in path.parts and "logs" in path.parts for path in files), "OBS's own log"
    holding = [path for path in files if key in path.read_bytes()]
    assert holding == [streamed.kept / "state" / KEY_NAME]
    assert holding[0].stat().st_mode & 0o077 == 0


def test_no_process_had_the_key_among_its_arguments(streamed: Streamed) -> None:
    assert any(b"obs" in arguments for arguments in streamed.arguments)
    assert not [arguments for arguments in streamed.arguments if streamed.key in arguments]
