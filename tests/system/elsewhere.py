"""What another platform lacks, taken out of this Python before anything of ours is loaded.

Used as `sitecustomize` of a child: no `fcntl` and its kin, no fork, no signals but those of Windows, files of
`os.open` in text mode unless opened as binary, text files in another encoding, folders that cannot be opened.
"""

import builtins
import io
import os
import pathlib
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

# What the standard library itself needs is loaded while all is there.
import asyncio  # noqa: F401  # isort: skip
import concurrent.futures.process  # noqa: F401  # isort: skip
import multiprocessing.connection  # noqa: F401  # isort: skip
import random  # noqa: F401  # isort: skip
import shutil  # isort: skip
import tempfile  # noqa: F401  # isort: skip

MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt", "spwd", "nis")
_OF_OS = """
fork forkpty fdatasync pread preadv pwrite pwritev readv writev posix_fadvise posix_fallocate killpg
getpgid setpgid getpgrp setsid getsid pidfd_open set_blocking get_blocking fchmod fchown chown
lchown geteuid getuid getgid getegid setuid sysconf sched_getaffinity sched_setaffinity getpriority
setpriority nice sendfile copy_file_range register_at_fork mkfifo mknod openpty getloadavg
sync memfd_create eventfd O_DIRECTORY O_NONBLOCK O_CLOEXEC O_NOFOLLOW O_TMPFILE O_SYNC O_DSYNC
O_ACCMODE PRIO_PROCESS getxattr setxattr listxattr ctermid ttyname lockf F_LOCK chroot fchdir
getgroups initgroups posix_spawn
"""
_OF_SIGNAL = """
SIGKILL SIGHUP SIGQUIT SIGSTOP SIGCONT SIGCHLD SIGUSR1 SIGUSR2 SIGPIPE SIGALRM SIGTSTP SIGWINCH
SIGRTMIN SIGRTMAX pthread_sigmask pthread_kill sigtimedwait sigwait sigwaitinfo sigpending alarm
setitimer pause SIG_BLOCK SIG_UNBLOCK SIG_SETMASK
"""

BINARY = 1 << 28


def _take_out() -> None:
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for module, names in ((os, _OF_OS), (signal, _OF_SIGNAL)):
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)
    for name in ("poll", "epoll", "POLLIN", "POLLOUT", "POLLERR", "POLLHUP"):
        if hasattr(select, name):
            delattr(select, name)
    for name in ("clock_gettime", "CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        if hasattr(time, name):
            delattr(time, name)
    del socket.AF_UNIX
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    subprocess.Popen.kill = subprocess.Popen.terminate  # type: ignore[method-assign]


def _files_as_text() -> None:
    os.O_BINARY = BINARY  # type: ignore[attr-defined]
    text: set[int] = set()
    really_open, really_read, really_write, really_close = os.open, os.read, os.write, os.close
    really_fsync, really_fdopen, io_open = os.fsync, os.fdopen, io.open

    def opened(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        if not isinstance(path, int) and os.path.isdir(path):  # noqa: PTH112
            raise PermissionError(13, "Permission denied", path)
        file = really_open(path, flags & ~BINARY, mode, **more)
        (text.discard if flags & BINARY else text.add)(file)
        return file

    def read(file: int, size: int) -> bytes:
        data = really_read(file, size)
        return data.split(b"\x1a")[0].replace(b"\r\n", b"\n") if file in text else data

    def write(file: int, data: Any) -> int:
        if file in text:
            really_write(file, bytes(data).replace(b"\n", b"\r\n"))
            return len(data)
        return really_write(file, data)

    def close(file: int) -> None:
        text.discard(file)
        really_close(file)

    def fsync(file: int) -> None:
        really_fsync(file)
        if os.fstat(file).st_mode & 0o040000:
            raise OSError(9, "Bad file descriptor")

    def file_of(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        """A descriptor in text mode stays so, also below a file object; text is in another encoding."""
        if isinstance(file, int) and file in text:
            raise AssertionError(f"descriptor {file} was opened in text mode and is used as {mode!r}")
        encoding = more.get("encoding") or (rest[1] if len(rest) > 1 else None)
        if "b" not in mode and encoding in (None, "locale") and not isinstance(file, int):
            more["encoding"] = "cp1252"
            more.setdefault("newline", "\r\n" if "r" not in mode else None)
            rest = rest[:1]
        return io_open(file, mode, *rest, **more)

    os.open, os.read, os.write, os.close, os.fsync = opened, read, write, close, fsync
    os.fdopen = lambda file, *rest, **more: file_of(file, *rest, **more)
    builtins.open = io.open = file_of  # type: ignore[assignment]
    pathlib.io.open = file_of  # type: ignore[attr-defined]
    del really_fdopen


SOURCE = Path(__file__)

if SOURCE.stem == "sitecustomize":
    _take_out()
    _files_as_text()
