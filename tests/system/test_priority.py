"""The private OBS's turn on the processor: what a user may ask for is asked for, and the rest is said."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stagebox.system.priority import (
    BEHIND,
    FIRST,
    Priority,
    _allowed,
    ahead,
    fall_behind,
    lead_session,
    priority_of,
    put,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="niceness of threads is Linux's")

SPEAKS = "import sys; print(flush=True); sys.stdin.read()"


@contextmanager
def sleeper(**options: object) -> "Iterator[subprocess.Popen[bytes]]":
    """A program in a session of its own that does nothing until its input ends."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "start_new_session": True}
    with subprocess.Popen(**{"args": [sys.executable, "-c", SPEAKS], **pipes, **options}) as child:  # type: ignore[call-overload]
        assert child.stdout is not None
        child.stdout.readline()
        yield child
        assert child.stdin is not None
        child.stdin.close()


THREADS = """
import threading
for _ in range(5):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
"""


def test_every_thread_of_a_running_one_is_put_first_and_back() -> None:
    def of_each(child: "subprocess.Popen[bytes]") -> set[int]:
        tasks = Path(f"/proc/{child.pid}/task")
        return {os.getpriority(os.PRIO_PROCESS, int(one.name)) for one in tasks.iterdir()}

    with sleeper(args=[sys.executable, "-c", THREADS + SPEAKS]) as child:
        before = of_each(child)
        put(child.pid, FIRST)
        if may_lead():
            assert of_each(child) == {FIRST}
        else:
            assert of_each(child) == before
        put(child.pid, BEHIND)
        assert of_each(child) == {BEHIND}


def may_lead() -> bool:
    """Whether this user may ask for less than 0."""
    done = subprocess.run(
        [sys.executable, "-c", "import os; os.setpriority(os.PRIO_PROCESS, 0, -1)"], capture_output=True
    )
    return done.returncode == 0


def test_what_is_started_ahead_is_ahead_and_its_starter_is_not() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    with ahead(), sleeper() as child:
        lead_session(child.pid)
        found = priority_of(child.pid)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
    assert found is not None
    if may_lead():
        assert found.nice == FIRST
        assert found.first
    else:
        assert (found.nice, found.first) == (before, False)


def test_one_that_can_wait_falls_behind() -> None:
    with sleeper() as child:
        fall_behind(child.pid)
        found = priority_of(child.pid)
    assert found is not None
    assert found.nice == BEHIND
    assert not found.first
    assert found.session_nice in (None, BEHIND)


NOBODY = """
import resource, os, sys, subprocess
from stagebox.system.priority import ahead, lead_session, priority_of
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_NICE, (limit, limit))
os.setgid(65534); os.setuid(65534)
with ahead():
    child = subprocess.Popen(["sleep", "60"], start_new_session=True)
lead_session(child.pid)
found = priority_of(child.pid)
child.kill()
child.wait()
print(found.nice, found.session_nice, os.getpriority(os.PRIO_PROCESS, 0))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become nobody")
@pytest.mark.parametrize(("limit", "nice"), [(0, 0), (19, 0), (25, -5), (40, FIRST)])
def test_a_user_gets_as_much_as_the_limit_allows_and_never_less_than_before(limit: int, nice: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NICE)[1]
    if hard != resource.RLIM_INFINITY and hard < limit and not may_raise_limits():
        pytest.skip("this root may not raise limits")
    done = subprocess.run(
        [sys.executable, "-c", NOBODY, str(limit)], capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 0, done.stderr
    given, of_session, own = done.stdout.split()
    before = os.getpriority(os.PRIO_PROCESS, 0)  # These tests may themselves be niced.
    assert (int(given), int(own)) == (nice or before, before)
    assert of_session in ("None", str(nice))


@pytest.mark.parametrize(
    ("limit", "asked"),
    [(0, (FIRST,)), (20, (FIRST,)), (25, (FIRST, -5)), (40, (FIRST,)), (resource.RLIM_INFINITY, (FIRST,))],
)
def test_all_is_asked_for_and_then_what_the_limit_allows(
    limit: int, asked: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda which: (limit, limit))
    assert _allowed(FIRST) == asked


def may_raise_limits() -> bool:
    raises = "import resource; resource.setrlimit(resource.RLIMIT_NICE, (40, 40))"
    return subprocess.run([sys.executable, "-c", raises], capture_output=True).returncode == 0


def test_first_means_before_all_that_nobody_gave_anything() -> None:
    assert Priority(-5, None).first
    assert Priority(-5, -5).first
    assert not Priority(-5, 0).first, "its session waits with all others"
    assert not Priority(0, None).first


def test_a_process_that_is_gone_has_none() -> None:
    with sleeper() as child:
        pid = child.pid
    assert priority_of(pid) is None
