"""Whatever a worker says, and however it ends: its talk gets an answer, and the next one is processed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.media import batch, executor, prestarted, runner
from stagebox.media.batch import Batch
from stagebox.media.collect import recordings
from stagebox.media.executor import MediaExecutor
from stagebox.media.job import Job, LiveAlarm, request
from stagebox.messages.code_catalogue import say
from stagebox.model.observations import JobDone, JobProgress
from stagebox.model.report import Verdict
from stagebox.model.settings import RecordingSettings, Settings, WaitSettings
from tests.media.conftest import wish_for

pytestmark = pytest.mark.timeout(120)

REPORT = (
    '{"report": {"source": "a", "output": null, "verdict": "ok", "lossless": true, "duration_s": 1.0,'
    ' "streams": [], "findings": []}, "report_path": "", "page_path": null, "skipped": false}'
)
GOOD = f"print({REPORT!r})"
BAD: dict[str, str] = {
    "a list": "print('[1, 2]')",
    "a number": "print(7)",
    "null": "print('null')",
    "no progress": "print('{\"progress\": 3}')",
    "half a progress": 'print(\'{"progress": {"step": "copy"}}\')',
    "a progress of words": 'print(\'{"progress": {"step": "copy", "share": "much"}}\')',
    "a report that is none": "print('{\"report\": 3}')",
    "half a report": 'print(\'{"report": {"verdict": "ok"}}\')',
    "a report of no verdict": f"print({REPORT.replace('ok', 'fine')!r})",
    "findings that are none": f"print({REPORT.replace('[]}', '[1]}')!r})",
    "an error that is none": "print('{\"error\": []}')",
    "an error of no code": 'print(\'{"error": {"what": "a", "remedy": "b", "code": "no_such"}}\')',
    "bytes that are no text": "sys.stdout.buffer.write(b'\\xff\\xfe\\n')",
    "a line without end": "sys.stdout.buffer.write(b'x' * 100_000)",
    "nothing": "pass",
    "the end of its words but not its own": "os.close(1); time.sleep(600)",
    "a deep nesting": "print('[' * 100_000)",
    "the end by a real-time signal": "os.kill(os.getpid(), signal.SIGRTMIN + 5)",
    "the end by a signal without a name": "os.kill(os.getpid(), signal.SIGRTMIN + 20)",
}


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes workers programs of these words, one after the other; the last one stands for all that follow."""

    def use(*programs: str) -> None:
        left = list(programs)
        start = subprocess.Popen

        def popen(argv: list[str], **options: object) -> object:
            if "stagebox.media.worker" in argv:
                words = left.pop(0) if len(left) > 1 else left[0]
                head = "import os, signal, sys, time; sys.stdin.buffer.readline()\n"
                argv = [sys.executable, "-S", "-c", head + words]
            return start(argv, **options)  # type: ignore[call-overload]

        monkeypatch.setattr(executor.subprocess, "Popen", popen)

    return use


@pytest.fixture
def working(tmp_path: Path) -> Iterator[tuple[MediaExecutor, list[JobDone], threading.Semaphore]]:
    done: list[JobDone] = []
    told = threading.Semaphore(0)

    def post(news: JobDone | JobProgress) -> None:
        if isinstance(news, JobDone):
            done.append(news)
            told.release()

    settings = Settings(
        recording=RecordingSettings(folder=tmp_path, out=tmp_path), waits=WaitSettings(process_stall_s=20.0)
    )
    made = MediaExecutor(settings, post, lambda: False)
    made.start()
    yield made, done, told
    made.close()


@pytest.mark.slow
@pytest.mark.parametrize("words", BAD)
def test_no_worker_ends_the_processing_of_the_next_talk(
    says: Callable[..., None],
    working: tuple[MediaExecutor, list[JobDone], threading.Semaphore],
    tmp_path: Path,
    words: str,
) -> None:
    says(BAD[words], GOOD)
    made, done, told = working
    for name in ("bad", "good"):
        made.submit(wish_for(tmp_path / f"{name}.flv", name))
        assert told.acquire(timeout=30), words
    assert [one.verdict for one in done] == ["failed", "ok"]
    assert str(tmp_path / "bad.flv") in done[0].summary
    if "signal" in words:
        assert "SIGRTMIN+" in done[0].summary


@pytest.mark.slow
@pytest.mark.parametrize("words", BAD)
def test_no_worker_ends_the_batch(says: Callable[..., None], tmp_path: Path, words: str) -> None:
    paths = [tmp_path / "bad.flv", tmp_path / "good.flv"]
    for path in paths:
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    says(BAD[words], GOOD)
    told = Batch(Settings(), out=tmp_path / "out", jobs=1).run(recordings(paths))
    assert [one.report.verdict for one in told] == [Verdict.FAILED, Verdict.OK]
    assert told[0].report.findings[0].message


def test_what_the_receiver_of_news_does_wrong_costs_one_talk(
    says: Callable[..., None], tmp_path: Path
) -> None:
    says(GOOD)
    told = threading.Semaphore(0)
    calls: list[str] = []

    def post(news: JobDone | JobProgress) -> None:
        calls.append(news.session_id)
        told.release()
        if len(calls) == 1:
            raise RuntimeError("the mailbox is no more")

    made = MediaExecutor(
        Settings(recording=RecordingSettings(folder=tmp_path, out=tmp_path)), post, lambda: False
    )
    made.start()
    try:
        for name in ("a", "b"):
            wish = wish_for(tmp_path / f"{name}.flv", name)
            made.submit(replace(wish, session_id=name, effect_id=name))
        for _ in range(3):
            assert told.acquire(timeout=30)
        assert calls == ["a", "a", "b"], "told once more, and then the next"
    finally:
        made.close()


def test_a_recording_that_takes_too_long_is_told_and_the_others_are_processed(
    says: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / "slow.flv", tmp_path / "good.flv"]
    for path in paths:
        path.write_bytes(b"x")
        os.utime(path, (0, 0))
    monkeypatch.setattr(
        batch, "deadline_of", lambda path, *, gentle: 1.0 if path.name == "slow.flv" else 60.0
    )
    says("time.sleep(60)", GOOD)
    told = Batch(Settings(), out=tmp_path / "out", jobs=1).run(recordings(paths))
    assert [one.report.verdict for one in told] == [Verdict.FAILED, Verdict.OK]
    assert "took longer" in told[0].report.findings[0].message
    assert told[0].again
    assert prestarted.start  # the workers were stagebox's own way of starting one


def test_while_a_recording_runs_waiting_is_no_failing_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    usual_s = runner.deadline_for(1_000_000_000)
    sleep = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
    with pytest.raises(runner.DeadlineError, match="disk") as caught:
        runner.run(sleep, deadline_s=0.3)
    assert not caught.value.yielded
    monkeypatch.setattr(runner, "_yields", True)
    assert runner.deadline_for(1_000_000_000) >= 10 * usual_s
    with pytest.raises(runner.DeadlineError) as caught:
        runner.run(sleep, deadline_s=0.3)
    assert caught.value.yielded
    assert "failing" not in caught.value.what + caught.value.remedy
    assert "recording" in caught.value.what


@pytest.mark.slow
def test_a_worker_that_waits_for_the_disk_of_a_recording_is_not_ended(
    says: Callable[..., None], tmp_path: Path
) -> None:
    says(f"time.sleep(3); {GOOD}")
    done: list[JobDone] = []
    ended = threading.Event()

    def post(news: JobDone | JobProgress) -> None:
        if isinstance(news, JobDone):
            done.append(news)
            ended.set()

    settings = Settings(
        recording=RecordingSettings(folder=tmp_path, out=tmp_path), waits=WaitSettings(process_stall_s=1.0)
    )
    other = tmp_path / "elsewhere"
    other.mkdir()
    made = MediaExecutor(settings, post, lambda: True)
    began_s = time.monotonic()
    made.start()
    try:
        made.submit(wish_for(tmp_path / "a.flv", "a"))
        assert ended.wait(60)
    finally:
        made.close()
    assert time.monotonic() - began_s >= 3.0
    assert done[0].verdict == "ok", done[0].summary


def test_a_future_clock_is_no_running_recording(tmp_path: Path) -> None:
    path, fresh = tmp_path / "future.flv", tmp_path / "fresh.flv"
    path.write_bytes(b"x")
    os.utime(path, (time.time() + 86_400,) * 2)
    assert not batch.recording_runs(tmp_path)
    fresh.write_bytes(b"x")
    assert batch.recording_runs(tmp_path)


def test_a_file_that_goes_while_a_folder_is_looked_at_hides_no_recording(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.flv").symlink_to(tmp_path / "gone.flv")
    (tmp_path / "fresh.flv").write_bytes(b"x")
    for number in range(3, 6):
        (tmp_path / f"{number}.flv").symlink_to(tmp_path / "gone.flv")
    assert batch.recording_runs(tmp_path)


def test_a_crash_by_a_real_time_signal_is_named_in_the_batch(
    says: Callable[..., None], tmp_path: Path
) -> None:
    path = tmp_path / "a.flv"
    path.write_bytes(b"x")
    os.utime(path, (0, 0))
    says(BAD["the end by a real-time signal"])
    (one,) = Batch(Settings(), out=tmp_path / "out").run(recordings([path]))
    assert "SIGRTMIN+5" in one.report.findings[0].message
    assert signal.SIGRTMIN  # Linux


def test_a_mark_whose_words_know_their_code_reaches_the_worker() -> None:
    slept = LiveAlarm("moment", "note", 6.0, 6.0, say("slept_lacks", slept_s=12.0), lacks_s=12.0)
    job = Job((Path("talk.flv"),), Path("out"), alarms=(slept,))
    told = json.loads(request(job, Settings()))["job"]["alarms"]
    assert [one["text"] for one in told] == [
        "The computer slept for 12 s. That much of the talk is missing in the recording."
    ]
