"""`process`, `verify`, `watch`: recordings to proven MP4s, with a verdict each."""

from pathlib import Path
from typing import Annotated

import typer

from stagebox.commands.common import Context, JsonOption, print_json
from stagebox.model.errors import ExitCode
from stagebox.model.report import Report, Verdict
from stagebox.model.settings import Settings

Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Recordings, or folders of recordings.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("process")(process)
    app.command("verify")(verify)


def _settings(context: typer.Context) -> Settings:
    assert isinstance(context.obj, Context)
    return Settings()


def process(
    context: typer.Context,
    paths: Paths,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where the MP4s go. Default: beside each.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Make a proven MP4 of each recording, with a verdict and a report."""
    from stagebox.media.job import Job
    from stagebox.media.pipeline import process_recording

    settings = _settings(context)
    reports = [process_recording(Job((path,), out or path.parent), settings) for path in paths]
    return _print(reports, as_json)


def verify(context: typer.Context, paths: Paths, as_json: JsonOption = False) -> int:
    """Say what is wrong with each recording; nothing is written."""
    from stagebox.media.pipeline import verify_recording

    settings = _settings(context)
    return _print([verify_recording(path, settings) for path in paths], as_json)


def _print(reports: list[Report], as_json: bool) -> int:
    if as_json:
        print_json([report.to_json() for report in reports])
    else:
        for report in reports:
            typer.echo(f"{report.verdict}: {report.source} -> {report.output or 'no output'}")
            for finding in report.findings:
                typer.echo(f"  {finding.severity} {finding.code}: {finding.message} {finding.remedy}")
    good = all(report.verdict is Verdict.OK for report in reports)
    return int(ExitCode.GOOD if good else ExitCode.NEEDS_PERSON)
