"""`serve`, and the commands that talk to a running one: `status`, `scene`, `record`, `sessions`."""

import contextlib
import logging
import signal
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import typer

from stagebox.commands import talks
from stagebox.commands.common import Context, JsonOption, get_client, load_settings, print_json
from stagebox.model.errors import ExitCode, NeedsPersonError, UnreachableError
from stagebox.model.figures import clock
from stagebox.model.verdicts import SETTLED, verdict_words

TitleOption = Annotated[str, typer.Option("--title", metavar="TEXT", help="Title of the talk.")]
SpeakerOption = Annotated[str, typer.Option("--speaker", metavar="TEXT", help="Who speaks.")]

OUTCOMES = {"refused": "Refused", "failed": "Not done", "superseded": "Overtaken", "pending": "Still waiting"}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command()(status)
    app.command()(scene)
    app.command()(record)
    app.command()(talk)
    app.command()(sessions)


def serve(context: typer.Context, as_json: JsonOption = False) -> int:
    """Run the appliance: watch OBS, take wishes on the API, record, process. Ends with Ctrl-C.

    Ending stagebox does not end a recording: OBS goes on, and the next `stagebox serve` takes it up again.
    """
    from stagebox.api.listen import bind, make_server
    from stagebox.api.server import create_app
    from stagebox.serve.appliance import Appliance
    from stagebox.serve.watchdog import watchdog_of
    from stagebox.settings.finding import default_file
    from stagebox.settings.reading import load_traced

    # The server hands a SIGTERM on when it has ended: without this, it would end us before we close.
    signal.signal(signal.SIGTERM, _end)
    loaded = load_traced(context.obj.config_path if isinstance(context.obj, Context) else None)
    settings = loaded.settings
    logging.getLogger("stagebox").setLevel(logging.INFO)
    appliance = Appliance(settings, loaded.file or default_file())
    listener = bind(settings.api.port)
    try:
        appliance.start()
        try:
            server = make_server(create_app(appliance, appliance.token, settings.api.port))
            if as_json:
                print_json(
                    {"api": f"http://127.0.0.1:{settings.api.port}", "state_dir": str(settings.state_dir)}
                )
            else:
                typer.echo(f"stagebox serves on 127.0.0.1:{settings.api.port}. Ctrl-C ends it.")
            sys.stdout.flush()
            with contextlib.closing(watchdog_of(appliance.signs)) as watchdog:
                watchdog.start()
                server.run(sockets=[listener])
        finally:
            appliance.close()
    finally:
        listener.close()
    return int(ExitCode.GOOD)


def _end(number: int, frame: object) -> None:
    """End in order, as the service manager asks."""
    del number, frame
    raise SystemExit(0)


def status(context: typer.Context, as_json: JsonOption = False) -> int:
    """Say what is on program, what is being recorded, and what is wrong. Exit code 1 while an alarm is up."""
    with get_client(context) as client:
        snapshot = client.state()
    alarms = [alarm for alarm in snapshot["alarms"] if alarm["level"] != "note"]
    if as_json:
        print_json(snapshot)
    else:
        for line in _status_lines(snapshot):
            typer.echo(line)
    return int(ExitCode.NEEDS_PERSON if alarms else ExitCode.GOOD)


def scene(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The scene, as `stagebox status` names it.")],
    as_json: JsonOption = False,
) -> int:
    """Put a scene on program, and wait until OBS confirms it."""
    with get_client(context) as client:
        wanted = _scene_named(name, client.state()["scenes"])
        answer = client.send({"kind": "switch_scene", "scene": wanted})
    return tell(answer, f"“{wanted}” is on program.", as_json)


def record(
    context: typer.Context,
    action: Annotated[
        Literal["start", "next", "stop", "resume", "keep", "discard", "take-back"],
        typer.Argument(
            help="start, next, stop, resume; keep, discard or take-back a talk whose speaker says no"
        ),
    ],
    title: TitleOption = "",
    speaker: SpeakerOption = "",
    as_json: JsonOption = False,
) -> int:
    """Start or stop the recording, or let a paused one go on; wait until OBS confirms it.

    `next` ends the talk that is recorded and begins the following one, while OBS records on: nothing is
    missing between the two.

    When a speaker says no while the talk is recorded, `keep` or `discard` says what becomes of the recording.
    A discarded one lies aside for a day, then it is deleted; until then `take-back` brings it back.
    """
    if action in ("keep", "discard", "take-back"):
        return _consent(context, action, as_json)
    want: dict[str, Any] = {"kind": "next_talk" if action == "next" else f"{action}_recording"}
    if action in ("start", "next") and (title or speaker):
        want["talk"] = {"title": title, "speaker": speaker}
    with get_client(context) as client:
        answer = client.send(want, timeout_s=30.0)
    done = {
        "start": "Recording.",
        "next": "The next talk is being recorded. The one before is being processed.",
        "stop": "Stopped. The recording is being processed.",
        "resume": "The recording goes on.",
    }
    return tell(answer, done[action], as_json)


def _consent(context: typer.Context, action: str, as_json: bool) -> int:
    """Say what becomes of a recording whose speaker says no."""
    with get_client(context) as client:
        snapshot = client.state()
        if action == "take-back":
            aside = [one["id"] for one in snapshot["finished"] if one["delete_utc"]]
            session = aside[-1] if aside else ""
        else:
            session = (snapshot["question"] or {"session": ""})["session"]
        if not session:
            raise NeedsPersonError(
                "No recording lies aside." if action == "take-back" else "No recording asks to be kept.",
                "`stagebox sessions` lists the talks.",
            )
        kind = {"keep": "keep_talk", "discard": "discard_talk"}.get(action, "take_back_discard")
        answer = client.send({"kind": kind, "session_id": session})
    return tell(answer, "Done.", as_json)


def talk(
    context: typer.Context,
    title: TitleOption = "",
    speaker: SpeakerOption = "",
    starts: Annotated[
        str,
        typer.Option("--starts", metavar="HH:MM", help="When it starts, today: the cards count to it."),
    ] = "",
    as_json: JsonOption = False,
) -> int:
    """Name the talk that is on, or the next one: on the title cards and in the file's name."""
    details = {"title": title, "speaker": speaker, "planned_start": _today_at(starts) if starts else ""}
    with get_client(context) as client:
        answer = client.send({"kind": "set_talk", "talk": details})
    return tell(answer, "The title cards are drawn anew.", as_json)


def sessions(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1000, help="How many, newest first.")
    ] = 20,
    as_json: JsonOption = False,
) -> int:
    """List the recorded talks, newest first, with their verdicts and files. Needs no running stagebox."""
    try:
        with get_client(context) as client:
            found = client.sessions(limit)
    except UnreachableError:
        found = talks.as_served(load_settings(context), limit)
    if as_json:
        print_json(found)
    elif not found:
        typer.echo("Nothing was recorded yet.")
    else:
        _print_sessions(found)
    return int(ExitCode.GOOD)


def tell(answer: Mapping[str, Any], done: str, as_json: bool) -> int:
    """Print what became of a command; return the exit code, or raise NeedsPersonError if it was not done."""
    if as_json:
        print_json(answer)
    elif answer["status"] == "done":
        typer.echo(answer["detail"] or done)
    if answer["status"] == "done":
        return int(ExitCode.GOOD)
    if as_json:
        return int(ExitCode.NEEDS_PERSON)
    detail = answer["detail"] or "OBS has not confirmed it yet."
    raise NeedsPersonError(
        f"{OUTCOMES[answer['status']]}: {detail}", "`stagebox status` tells how things are."
    )


def _today_at(clock_time: str) -> str:
    """A time of today's clock, as UTC in ISO 8601. Raises typer.BadParameter."""
    try:
        moment = datetime.strptime(clock_time, "%H:%M")
    except ValueError:
        raise typer.BadParameter(f"--starts {clock_time}: that is no time like 14:30.") from None
    today = (
        datetime.now().astimezone().replace(hour=moment.hour, minute=moment.minute, second=0, microsecond=0)
    )
    return today.astimezone(UTC).isoformat()


def _scene_named(name: str, scenes: list[str]) -> str:
    """The scene that is meant: exact, or the only one that differs in upper and lower case alone."""
    alike = [one for one in scenes if one.casefold() == name.casefold()]
    return alike[0] if len(alike) == 1 and name not in scenes else name


def _status_lines(snapshot: Mapping[str, Any]) -> list[str]:
    obs = snapshot["obs"]
    link = f"OBS {obs['version']} is connected" if obs["link"] == "up" else f"OBS is {obs['link']}"
    lines = [f"{snapshot['event']}, {snapshot['room']}", f"  {link}"]
    if snapshot["program_scene"]:
        lines.append(f"  On program: {snapshot['program_scene']}  (of {', '.join(snapshot['scenes'])})")
    lines += _role_lines(snapshot["health"])
    session, trial = snapshot["session"], snapshot["trial"]
    if session is None and trial is not None and trial["phase"] in ("starting", "recording", "stopping"):
        lines.append(f"  A test is being recorded, {clock(trial['elapsed_s'], hours=True)}")
    elif session is None:
        lines.append(
            "  Nothing is being recorded" if snapshot["recording"] is False else "  Recording: unknown"
        )
    else:
        title = _title(session)
        phase = "Paused in OBS" if session.get("paused") else session["phase"].capitalize()
        lines.append(f"  {phase}: {title}, {clock(session['elapsed_s'], hours=True)}")
        if snapshot["health"]["proof"]["lack"]:
            lines.append(f"    {snapshot['health']['proof']['words']}")
    if snapshot["stream"]["phase"] != "off":
        lines.append(f"  Stream: {snapshot['stream']['phase']}, {snapshot['stream']['target']}")
    lines += [f"  Processing {job['name']}: {job['step']} {job['share']:.0%}" for job in snapshot["jobs"]]
    for alarm in snapshot["alarms"]:
        lines += [f"  {alarm['level'].upper()} {alarm['message']}", f"    {alarm['remedy']}"]
    if snapshot["notice"]:
        lines.append(f"  Note: {snapshot['notice']}")
    return lines


def _role_lines(health: Mapping[str, Any]) -> list[str]:
    """The roles that are not chosen or not known, each kind in a line; none when all are there."""
    states = {"slides": health["pictures"].get("slides", {}), "camera": health["pictures"].get("camera", {})}
    states["microphone"] = health["sound"]
    lines = []
    for state, words in (("unset", "Not chosen"), ("unknown", "Not known")):
        roles = [role for role, told in states.items() if told.get("state", "unknown") == state]
        if roles:
            lines.append(f"  {words}: {', '.join(roles)}")
    return lines


def _print_sessions(found: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Started", "Talk", "Speaker", "Length", "Verdict", "File", box=None, pad_edge=False)
    for one in found:
        asked = datetime.fromtimestamp(one["asked_utc"]).strftime("%Y-%m-%d %H:%M")
        known = one.get("judged") or one["verdict"]
        verdict = SETTLED.get(known) or verdict_words(known) if known else one["phase"]
        files = one["output"] or ", ".join(segment["path"] for segment in one["segments"])
        table.add_row(asked, _title(one), one["speaker"], clock(one["elapsed_s"], hours=True), verdict, files)
    Console(soft_wrap=not sys.stdout.isatty()).print(table)


def _title(session: Mapping[str, Any]) -> str:
    """A session's title; without one, that it has none, or when somebody began it in OBS itself."""
    from stagebox.model.file_names import STARTED_IN_OBS, UNNAMED_IN_OBS

    if session["title"] or session.get("origin") != STARTED_IN_OBS:
        return session["title"] or "Untitled talk"
    began = datetime.fromtimestamp(session["started_utc"] or session["asked_utc"])
    return f"{UNNAMED_IN_OBS}, {began:%H:%M}"
