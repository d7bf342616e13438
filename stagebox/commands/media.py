"""`process`, `verify`, `watch`: recordings to proven MP4s, with a verdict each."""

import contextlib
import json
import signal
import threading
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagebox.commands.common import JsonOption, load_settings, print_json
from stagebox.media import prestarted
from stagebox.model.errors import ExitCode, StageboxError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stagebox.media.batch_result import BatchResult
    from stagebox.media.collect import FoundRecording
    from stagebox.model.program import SceneLayout
    from stagebox.model.settings import Settings


class HashKind(StrEnum):
    """Hashes that ffmpeg can take of packets."""

    MURMUR3 = "murmur3"
    MD5 = "md5"
    SHA256 = "sha256"


# What may not be read is a finding of the batch, not the parser's complaint.
Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH…", help="Recordings, or folders of recordings.", readable=False),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Where MP4s and reports go. Default: beside each recording."),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", min=1, max=64, help="Recordings at a time. Default: one a core."),
]
Flatten = Annotated[
    bool | None,
    typer.Option(
        "--flatten/--folders",
        help="All MP4s in one folder, with their folders in their names; else in folders as they lie.",
        show_default=False,
    ),
]
Hash = Annotated[
    HashKind,
    typer.Option("--hash", help="Which hash of the packets the reports tell."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("process")(process)
    app.command("verify")(verify)
    app.command("watch")(watch)


def process(
    context: typer.Context,
    paths: Paths,
    out: Out = None,
    jobs: Jobs = None,
    hash_kind: Hash = HashKind.MURMUR3,
    flatten: Flatten = None,
    as_json: JsonOption = False,
) -> int:
    """Make a proven MP4 of each recording, with a verdict and a report. Recordings are never changed."""
    with prestarted.spare() as spare:
        settings = load_settings(context)
        flat = settings.process.flatten if flatten is None else flatten
        return _batch(settings, paths, out, jobs, hash_kind, as_json, spare, verify=False, flatten=flat)


def verify(
    context: typer.Context,
    paths: Paths,
    jobs: Jobs = None,
    hash_kind: Hash = HashKind.MURMUR3,
    as_json: JsonOption = False,
) -> int:
    """Say what is wrong with each recording; nothing is written."""
    with prestarted.spare() as spare:
        return _batch(load_settings(context), paths, None, jobs, hash_kind, as_json, spare, verify=True)


def layouts(settings: "Settings") -> "tuple[SceneLayout, ...]":
    """Where the pack's scenes show slides and camera; a pack that cannot be read keeps no recording back."""
    from stagebox import resources
    from stagebox.obs.layouts import layouts_of
    from stagebox.obs.pack import load_pack

    with contextlib.suppress(StageboxError):
        return layouts_of(load_pack(settings.scenes.pack, resources.folder("scenes")))
    return ()


def _batch(
    settings: "Settings",
    paths: list[Path],
    out: Path | None,
    jobs: int | None,
    hash_kind: HashKind,
    as_json: bool,
    spare: list[prestarted.Worker],
    *,
    verify: bool,
    flatten: bool = False,
) -> int:
    from stagebox.commands import talks
    from stagebox.commands.media_view import MediaProgress
    from stagebox.media import batch, collect
    from stagebox.media import batch_result as ends

    seen = collect.gathered(paths)
    found = seen.found
    about = {} if verify else talks.known(settings, [one.path for one in found])
    work = batch.Batch(
        settings,
        out=out,
        jobs=jobs or settings.process.jobs,
        verify=verify,
        progress=lambda position, step, share: view.progress(position, step, share),
        finished=lambda position, one: view.finished(position, one),
        spare=spare,
        hash_kind=hash_kind.value,
        flatten=flatten,
        layouts=layouts(settings),
        skipped=seen.skipped,
        about=about,
    )
    view = MediaProgress(found, about)
    stops = StopSignals()
    try:
        with stops, view:
            done = work.run(found)
    except KeyboardInterrupt:
        if as_json:
            told = [work.done.get(at) or ends.stopped(one.path) for at, one in enumerate(found)]
            print_json([one.to_json() for one in told])
        view.stopped(ends.how_many_done(work.done.values()))
        return stops.exit_code
    if as_json:
        print_json([one.to_json() for one in done])
    else:
        view.summary(done, seen.skipped, None if verify else _top(out, found))
    view.faults(done, out)
    return int(ends.exit_code(done))


def _top(out: Path | None, found: "Sequence[FoundRecording]") -> Path | None:
    """The folder whose index has it all, None when several have."""
    if out is not None:
        return out
    tops = {one.root if one.root is not None else one.path.parent for one in found}
    return tops.pop() if len(tops) == 1 else None


class StopSignals:
    """Ctrl-C and SIGTERM end the work tidily, and each in its own exit code: 130, 143. A context manager."""

    def __init__(self) -> None:
        self.exit_code = 128 + signal.SIGINT
        self._before: object = None

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGTERM, self._ended)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGTERM, self._before)  # type: ignore[arg-type]

    def _ended(self, *_: object) -> None:
        self.exit_code = 128 + signal.SIGTERM
        raise KeyboardInterrupt


def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that OBS records into.")],
    out: Out = None,
    jobs: Jobs = None,
    flatten: Flatten = None,
    as_json: JsonOption = False,
) -> int:
    """Process what arrives in a folder, until stopped with Ctrl-C. With --json, one report a line."""
    from stagebox.media.watch import FolderWatch

    settings = load_settings(context)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

    def say(line: str) -> None:
        typer.echo(f"{datetime.now():%H:%M:%S} {line}", err=as_json)

    def done(one: "BatchResult") -> None:
        if as_json:
            typer.echo(json.dumps(one.to_json()))

    jobs = jobs or settings.process.jobs
    flat = settings.process.flatten if flatten is None else flatten
    watching = FolderWatch(
        folder,
        settings,
        out=out,
        jobs=jobs,
        flatten=flat,
        say=say,
        done=done,
        stop=stop,
        layouts=layouts(settings),
    )
    watching.run()
    return int(ExitCode.GOOD)
