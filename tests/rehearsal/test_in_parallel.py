"""Jobs that run at the same time: none of them runs any more once the caller goes on, whatever broke in."""

import threading

import pytest

from stagebox.rehearsal.venue import in_parallel


def test_all_jobs_run_and_the_first_error_is_raised() -> None:
    ran: list[int] = []
    in_parallel([lambda: ran.append(1), lambda: ran.append(2)])
    assert sorted(ran) == [1, 2]
    with pytest.raises(ZeroDivisionError):
        in_parallel([lambda: 1 / 0, lambda: None])


def test_a_ctrl_c_while_a_thread_starts_leaves_no_job_running(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool forgets a thread whose start was disturbed; what it had begun went on behind the tidying."""
    begun, goes_on = threading.Event(), threading.Event()
    ended: list[bool] = []

    def job() -> None:
        begun.set()
        goes_on.wait(0.5)
        ended.append(True)

    start = threading.Thread.start

    def disturbed(thread: threading.Thread) -> None:
        start(thread)
        assert begun.wait(10)
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", disturbed)
    with pytest.raises(KeyboardInterrupt):
        in_parallel([job])
    assert ended == [True]
