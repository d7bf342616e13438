"""Where a schedule comes from: a file, a stick, an address."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from stagebox.schedule.failure import ScheduleError, refused
from stagebox.schedule.reading import LARGEST_BYTES

if TYPE_CHECKING:
    import httpx

PATIENCE_S = 15.0
"""So long a server may say nothing."""

LONGEST_S = 60.0
"""So long all of its answer may take."""

PACKED = ("", "identity", "gzip", "x-gzip", "deflate")
MOST_REDIRECTS = 5
_AGENT = "stagebox"


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows whether anything is new; empty where it has said nothing."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came; `data` is None when nothing has changed since the validators."""

    data: bytes | None
    validators: Validators = Validators()


def is_address(source: str) -> bool:
    """Whether a source is an address, and no path: `C:\\talks.csv` is a path."""
    return "://" in source or source.lower().startswith(("http:", "https:", "file:", "webcal:"))


def fetched(source: str, known: Validators | None = None) -> Fetched:
    """The bytes of a file or an address. Raises ScheduleError with a sentence.

    Args:
        known: what the server said with the bytes that are kept; None: they are wanted in any case.
    """
    if not is_address(source):
        return Fetched(_of_file(Path(source)))
    return _of_address(source, known or Validators())


def _of_file(path: Path) -> bytes:
    try:
        path = path.expanduser()
        if path.is_dir() or not path.exists():
            raise refused("schedule_no_file", "schedule_file_help", source=str(path))
        if not path.is_file():
            raise refused("schedule_other", "schedule_kinds", source=str(path))
        if path.stat().st_size > LARGEST_BYTES:
            raise _too_big(str(path))
        return path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise refused("schedule_unreadable", "schedule_file_help", source=str(path), reason=reason) from error


def _too_big(source: str) -> ScheduleError:
    return refused("schedule_too_big", "schedule_kinds", source=source, limit_bytes=LARGEST_BYTES)


def _of_address(source: str, known: Validators) -> Fetched:
    """A document of http or https. It is looked for on its own host alone: nobody sends us elsewhere."""
    import httpx

    address = "https" + source[6:] if source.lower().startswith("webcal:") else source
    _checked(address, source)
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    host = urlsplit(address).hostname or ""
    try:
        with httpx.Client(timeout=PATIENCE_S, follow_redirects=False, trust_env=True) as client:
            for _ in range(MOST_REDIRECTS + 1):
                with client.stream("GET", address, headers=headers) as response:
                    if response.next_request is not None:
                        address = _next(str(response.next_request.url), address, host)
                        continue
                    return _answer(response, source, host)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise _no_answer(host, str(error) or type(error).__name__) from error
    raise _no_answer(host, "it sends on again and again")


def _checked(address: str, source: str) -> None:
    try:
        parts = urlsplit(address)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise refused("schedule_scheme", "schedule_file_help", source=source)


def _next(target: str, before: str, host: str) -> str:
    """Where a redirect leads, if that is the same host, and no less safe."""
    parts, earlier = urlsplit(target), urlsplit(before)
    same = parts.hostname == host and _port(target) in (_port(before), 443)
    if not same or parts.scheme not in ("http", "https") or (earlier.scheme == "https" != parts.scheme):
        raise refused("schedule_elsewhere", "schedule_elsewhere_help", host=host, other=target)
    return target


def _port(address: str) -> int:
    parts = urlsplit(address)
    return parts.port or (443 if parts.scheme == "https" else 80)


def _answer(response: "httpx.Response", source: str, host: str) -> Fetched:
    if response.status_code == 304:
        return Fetched(None)
    if response.status_code != 200:
        status = f"{response.status_code} {response.reason_phrase}".strip()
        raise refused("schedule_refused", "schedule_refused_help", host=host, status=status)
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in PACKED:
        # One packing in another grows without bounds before anybody can count it.
        raise _no_answer(host, f"it packs its answer as “{coding}”")
    data = bytearray()
    until = time.monotonic() + LONGEST_S
    for part in response.iter_bytes():
        data += part
        if len(data) > LARGEST_BYTES:
            raise _too_big(source)
        if time.monotonic() > until:
            raise _no_answer(host, f"its answer takes longer than {LONGEST_S:.0f} s")
    told = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Fetched(bytes(data), Validators(*(one if one.isascii() else "" for one in told)))


def _no_answer(host: str, reason: str) -> ScheduleError:
    return refused("schedule_no_answer", "schedule_no_answer_help", host=host, reason=reason)
