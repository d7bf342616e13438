"""`stagebox join`: recordings that are parts of one talk become one proven MP4, in their order, gaps told."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stagebox.commands.common import JsonOption, load_settings, print_json
from stagebox.media import prestarted
from stagebox.model.errors import ExitCode, StageboxError

if TYPE_CHECKING:
    from stagebox.media.batch_result import BatchResult
    from stagebox.media.parts.join_plan import JoinPlan
    from stagebox.model.settings import Settings

SCHEMA = "stagebox.join/1"
ORDERS = {
    "times": "their times tell it",
    "names": "their names tell it",
    "asked": "as they were named",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("join")(join)


def join(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PART…", help="The recordings, two or more; with --undo the joined MP4."),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Where the MP4 goes. Default: where that of the first part is."
        ),
    ] = None,
    as_named: Annotated[
        bool, typer.Option("--in-this-order", help="Join them in the order in which they are named.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take a joined MP4 away: its parts are talks again.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Make one proven MP4 of recordings that are parts of one talk. The recordings stay as they are.

    The order is that of their times, else of their names; what is missing between two parts is told.
    """
    with prestarted.spare() as spare:
        settings = load_settings(context)
        outs = [settings.recording.out, *([out] if out is not None else [])]
        if undo:
            return _undo(paths, outs, as_json)
        if len(paths) < 2:
            raise typer.BadParameter("Name at least two recordings.")
        return _join(settings, paths, out, outs, spare, as_named, as_json)


def _undo(paths: list[Path], outs: list[Path], as_json: bool) -> int:
    from stagebox.media import processed_talk
    from stagebox.media.parts.undo import undo
    from stagebox.media.runner import exact, shown

    if len(paths) != 1:
        raise typer.BadParameter("--undo takes one joined MP4, or one of its parts.")
    known = processed_talk.find(paths[0], outs)
    parts = [stamp.path for stamp in known.entry.sources]
    output = undo(known)
    if as_json:
        print_json({"schema": SCHEMA, "undone": exact(output), "parts": parts})
    else:
        typer.echo(f"{shown(output)} is gone; its {len(parts)} parts are talks by themselves again.")
    return int(ExitCode.GOOD)


def _join(
    settings: "Settings",
    paths: list[Path],
    out: Path | None,
    outs: list[Path],
    spare: list[prestarted.Worker],
    as_named: bool,
    as_json: bool,
) -> int:
    from stagebox.commands.media import StopSignals, layouts
    from stagebox.commands.media_view import MediaProgress
    from stagebox.media import batch, processed_talk
    from stagebox.media import batch_result as ends
    from stagebox.media.collect import FoundRecording
    from stagebox.media.index import writing
    from stagebox.media.parts.join_plan import planned

    plan = planned(paths, out, outs, as_named=as_named)
    if plan.already is not None:
        entry = plan.already.entry
        said = processed_talk.said_of(Path(entry.report.output or ""))
        return _tell(plan, ends.BatchResult(entry.report, skipped=True, said=said), as_json)
    found = [FoundRecording(source) for source in plan.job.sources]
    work = batch.Batch(
        settings,
        out=writing.top_of(plan.job.out),
        jobs=1,
        progress=lambda position, step, share: view.progress(position, step, share),
        spare=spare,
        layouts=layouts(settings),
        joins=(plan.job,),
    )
    view = MediaProgress(found)
    stops = StopSignals()
    try:
        with stops, view:
            done = work.run(found)[0]
    except KeyboardInterrupt:
        view.stopped(ends.how_many_done(work.done.values()))
        return stops.exit_code
    if done.report.output is None:
        finding = done.report.findings[0]
        raise StageboxError(finding.message, finding.remedy)
    return _tell(plan, done, as_json)


def _tell(plan: "JoinPlan", done: "BatchResult", as_json: bool) -> int:
    from stagebox.media import batch_result as ends
    from stagebox.media.parts.join_offers import gap_words
    from stagebox.media.parts.offer_words import quoted
    from stagebox.media.runner import shown
    from stagebox.media.talk_review import in_words
    from stagebox.model.figures import lasting

    if as_json:
        print_json(_as_json(plan, done))
        return int(ends.exit_code([done]))
    how = ORDERS[plan.by] if plan.already is None else "joined before"
    typer.echo(f"{len(plan.parts)} parts, in this order ({how}):")
    for number, part in enumerate(plan.parts, 1):
        typer.echo(f"  {number}. {shown(part.stem)} ({lasting(part.duration_s)})")
        if number <= len(plan.gaps):
            typer.echo(f"     {gap_words(plan.gaps[number - 1].seconds, number)}")
    output = done.report.output or ""
    typer.echo(f"Joined: {shown(output)}. {in_words(done.judged)}")
    typer.echo(f"To undo it: stagebox join --undo {quoted(Path(output))}")
    return int(ends.exit_code([done]))


def _as_json(plan: "JoinPlan", done: "BatchResult") -> dict[str, Any]:
    from stagebox.media.parts.join_offers import gap_words
    from stagebox.media.parts.offer_words import OfferedGap

    begins_s = 0.0
    parts = []
    for number, part in enumerate(plan.parts, 1):
        parts.append({"number": number, "source": part.path, "start_s": round(begins_s, 3)})
        parts[-1]["duration_s"] = round(part.duration_s, 3)
        begins_s += part.duration_s
    return {
        "schema": SCHEMA,
        "output": done.report.output,
        "order": plan.by,
        "done_before": done.skipped,
        "parts": parts,
        "gaps": [
            {"after": lies.after, "gap_s": lies.gap_s, "words": gap_words(lies.gap_s, lies.after)}
            for lies in (OfferedGap(at, gap.seconds) for at, gap in enumerate(plan.gaps, 1))
        ],
        "report": {key: value for key, value in done.to_json().items() if key != "joined"},
    }
