"""`process`, `verify`, `watch`: recordings to proven MP4s, with a verdict each."""

import json
import signal
import threading
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stagebox.commands.common import JsonOption, load_settings, print_json
from stagebox.media import ahead
from stagebox.model.errors import ExitCode

if TYPE_CHECKING:
    from stagebox.media.batch import Done
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
    as_json: JsonOption = False,
) -> int:
    """Make a proven MP4 of each recording, with a verdict and a report. Recordings are never changed."""
    with ahead.spare() as spare:
        return _batch(load_settings(context), paths, out, jobs, hash_kind, as_json, spare, verify=False)


def verify(
    context: typer.Context,
    paths: Paths,
    jobs: Jobs = None,
    hash_kind: Hash = HashKind.MURMUR3,
    as_json: JsonOption = False,
) -> int:
    """Say what is wrong with each recording; nothing is written."""
    with ahead.spare() as spare:
        return _batch(load_settings(context), paths, None, jobs, hash_kind, as_json, spare, verify=True)


def _batch(
    settings: "Settings",
    paths: list[Path],
    out: Path | None,
    jobs: int | None,
    hash_kind: HashKind,
    as_json: bool,
    spare: list[ahead.Worker],
    *,
    verify: bool,
) -> int:
    from stagebox.commands.media_view import View
    from stagebox.media import batch, collect

    found = collect.recordings(paths)
    with View([one.path for one in found]) as view:
        work = batch.Batch(
            settings,
            out=out,
            jobs=jobs or settings.process.jobs,
            verify=verify,
            progress=view.progress,
            finished=view.finished,
            spare=spare,
            hash_kind=hash_kind.value,
        )
        done = work.run(found)
    if as_json:
        print_json([one.report.to_json() for one in done])
    else:
        view.summary(done)
    return int(batch.exit_code(done))


def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that OBS records into.")],
    out: Out = None,
    jobs: Jobs = None,
    as_json: JsonOption = False,
) -> int:
    """Process what arrives in a folder, until stopped with Ctrl-C. With --json, one report a line."""
    from stagebox.media.watch import Watch

    settings = load_settings(context)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

    def say(line: str) -> None:
        typer.echo(f"{datetime.now():%H:%M:%S} {line}", err=as_json)

    def done(one: "Done") -> None:
        if as_json:
            typer.echo(json.dumps(one.report.to_json()))

    jobs = jobs or settings.process.jobs
    Watch(folder, settings, out=out, jobs=jobs, say=say, done=done, stop=stop).run()
    return int(ExitCode.GOOD)
