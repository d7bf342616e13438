"""Forks that begin loaded end as they should, tell it, and take nothing of their parent's along."""

import signal
import subprocess
import sys

import psutil
import pytest

from stagebox.system import forks

pytestmark = pytest.mark.skipif(not forks.possible(), reason="this platform cannot fork")

HEAD = "import os, signal, sys, time; from stagebox.system import forks\n"


def in_python(words: str) -> "subprocess.Popen[str]":
    """A Python of its own: pytest has threads, and is no process to be forked."""
    return subprocess.Popen(
        [sys.executable, "-c", HEAD + words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("return 0", 0),
        ("return 2", 2),
        ("raise ValueError", forks.CRASHED),
        ("sys.exit(1)", forks.CRASHED),
        ("os.kill(os.getpid(), signal.SIGSEGV)", -signal.SIGSEGV),
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
    ],
)
def test_a_process_ends_as_its_fork_ended(words: str, code: int) -> None:
    process = in_python(
        f"def call():\n {words}\ncode = forks.run(call); print(code, flush=True); forks.end_as(code)"
    )
    told, _ = process.communicate(timeout=30)
    assert (int(told), process.returncode) == (code, code)


SLOW = (
    "def call():\n"
    " signal.signal(signal.SIGTERM, lambda *_: os._exit(1))\n"
    " print(os.getpid(), flush=True)\n"
    " time.sleep(60)\n"
    "sys.exit(forks.run(call))"
)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT], ids=lambda one: one.name)
def test_the_wish_to_end_is_handed_on(ending: signal.Signals) -> None:
    process = in_python(SLOW)
    assert process.stdout is not None
    fork = psutil.Process(int(process.stdout.readline()))
    process.send_signal(ending)
    process.communicate(timeout=30)
    assert process.returncode == 1
    assert not fork.is_running()


def test_a_fork_ends_with_the_one_who_started_its_parent() -> None:
    outer = in_python(
        "import subprocess\n"
        f"inner = subprocess.Popen([sys.executable, '-c', {HEAD + SLOW!r}])\n"
        "sys.stdin.readline()"
    )
    assert outer.stdout is not None
    assert outer.stdin is not None
    fork = psutil.Process(int(outer.stdout.readline()))
    outer.stdin.close()
    outer.stdin = None
    fork.wait(30)
    outer.communicate(timeout=30)


def test_a_fork_with_pipes_has_nothing_else_open() -> None:
    process = in_python(
        "held = open(os.devnull)\n"
        "def call(pipe, source, sink):\n"
        " os.write(pipe, b'half\\n')\n"
        " sink.write(source.read() + repr(sorted(os.listdir('/proc/self/fd'))[:-1]).encode())\n"
        " sys.stderr.write('trouble')\n"
        " return 3\n"
        "fork, told = forks.start(call)\n"
        "fork.stdin.write(b'asked '); fork.stdin.close()\n"
        "print(os.read(told, 99), fork.stdout.read(), fork.stderr.read(), fork.wait(30), fork.wait())"
    )
    told, errors = process.communicate(timeout=30)
    assert errors == ""
    assert told.strip() == "b'half\\n' b\"asked ['0', '1', '2', '3']\" b'trouble' 3 3"


def test_a_fork_that_is_waited_for_too_long_is_there_and_can_be_ended() -> None:
    process = in_python(
        "import subprocess\n"
        "fork, told = forks.start(lambda pipe, source, sink: len(source.read()))\n"
        "try: fork.wait(0.01)\n"
        "except subprocess.TimeoutExpired: print('there')\n"
        "fork.kill(); print(fork.wait(30)); fork.kill()"
    )
    told, errors = process.communicate(timeout=30)
    assert (told.split(), errors) == (["there", "-9"], "")
