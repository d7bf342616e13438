"""`stagebox stream`: go live, end it, say how it goes; its target, and its key."""

import getpass
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stagebox.commands.appliance import tell
from stagebox.commands.common import JsonOption, get_client, load_settings, print_json
from stagebox.model.errors import ApiError, ExitCode, SettingsError
from stagebox.model.figures import clock

if TYPE_CHECKING:
    from pydantic import SecretStr

LINE_MOST = 4096
"""More than this on standard input is no key."""
START_S, STOP_S = 25.0, 45.0

stream = typer.Typer(
    name="stream",
    help="Go live, or end it: beside the recording, never instead of it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(stream)


@stream.command()
def start(context: typer.Context, as_json: JsonOption = False) -> int:
    """Go live, and wait until OBS confirms it. It begins on the intro, unless a talk is being recorded."""
    with get_client(context) as client:
        answer = client.send({"kind": "start_stream"}, timeout_s=START_S)
    return tell(answer, "Live.", as_json)


@stream.command()
def stop(context: typer.Context, as_json: JsonOption = False) -> int:
    """End the stream, and wait until OBS confirms it. The recording goes on."""
    with get_client(context) as client:
        answer = client.send({"kind": "stop_stream"}, timeout_s=STOP_S)
    return tell(answer, "The stream has ended.", as_json)


@stream.command()
def status(context: typer.Context, as_json: JsonOption = False) -> int:
    """Say how the stream goes. Exit code 1 while it is wanted and not live, or something is wrong with it."""
    with get_client(context) as client:
        snapshot = client.state()
    found, health = snapshot["stream"], snapshot["health"]["stream"]
    alarms = [one for one in snapshot["alarms"] if one["role"] == "stream" and one["level"] != "note"]
    if as_json:
        print_json({**found, "health": health, "alarms": alarms})
    else:
        for line in _lines(found, health, alarms):
            typer.echo(line)
    trouble = bool(alarms) or (found["wanted"] and found["phase"] != "live")
    return int(ExitCode.NEEDS_PERSON if trouble else ExitCode.GOOD)


@stream.command()
def key(
    context: typer.Context,
    forget: Annotated[bool, typer.Option("--forget", help="Remove the key that is kept.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Keep the stream key: it is asked for and not shown, or read from standard input. It is never shown."""
    from stagebox.serve.stream_target_store import forget_key, keep_key, key_path

    settings = load_settings(context)
    typed = None if forget else _typed()
    try:
        with get_client(context) as client:
            if typed is None:
                client.forget_stream_key()
            else:
                client.set_stream_key(typed)
    except ApiError as error:
        if not _nobody_answers(error):
            raise
        if typed is None:
            forget_key(key_path(settings))
        else:
            keep_key(key_path(settings), typed)
    if as_json:
        print_json({"has_key": typed is not None})
    else:
        typer.echo("The stream key is gone." if typed is None else "The stream key is kept.")
    return int(ExitCode.GOOD)


@stream.command()
def target(
    context: typer.Context,
    service: Annotated[str, typer.Option("--service", metavar="NAME", help="A service of OBS's list.")] = "",
    server: Annotated[
        str, typer.Option("--server", metavar="URL", help="A server's address, or one of the service's.")
    ] = "",
    as_json: JsonOption = False,
) -> int:
    """Say where the stream goes, or, with --service or --server, send it elsewhere from now on."""
    with get_client(context) as client:
        found = client.set_stream_target(service, server) if service or server else client.stream()
    if as_json:
        print_json(found)
    else:
        typer.echo(f"Target: {found['target'] or 'none'}")
        typer.echo(f"Key: {'kept' if found['has_key'] else 'none'}")
        if found["problem"]:
            typer.echo(f"{found['problem']} {found['remedy']}")
    return int(ExitCode.NEEDS_PERSON if found["problem"] else ExitCode.GOOD)


@stream.command()
def services(context: typer.Context, as_json: JsonOption = False) -> int:
    """List the streaming services that OBS knows by name, with their servers."""
    from stagebox.serve.stream_target_store import known_services

    found = known_services(load_settings(context))
    if not found:
        raise SettingsError(
            "OBS's list of streaming services is not on this computer.", "Install OBS: obs-studio."
        )
    if as_json:
        rows = [
            {
                "name": one.name,
                "common": one.common,
                "servers": [{"name": server.name, "url": server.url} for server in one.servers],
                "key_page": one.key_page,
            }
            for one in found
        ]
        print_json(rows)
    else:
        for one in found:
            typer.echo(f"{one.name}  ({len(one.servers)} {'server' if len(one.servers) == 1 else 'servers'})")
    return int(ExitCode.GOOD)


def _typed() -> "SecretStr":
    """The key as a person types it, unseen, or as it comes on standard input."""
    from pydantic import SecretStr

    if sys.stdin.isatty():
        return SecretStr(getpass.getpass("Stream key (not shown): ").strip())
    text = sys.stdin.read(LINE_MOST + 1)
    if len(text) > LINE_MOST:
        raise SettingsError(
            "What came on standard input is too long for a stream key.", "Send the key alone."
        )
    return SecretStr(text.removesuffix("\n").removesuffix("\r"))


def _nobody_answers(error: ApiError) -> bool:
    return error.what.startswith("No stagebox answers")


def _lines(found: Mapping[str, Any], health: Mapping[str, Any], alarms: list[Any]) -> list[str]:
    words = {
        "off": "Not streaming",
        "connecting": "Connecting…",
        "live": "Live",
        "reconnecting": "Reconnecting…",
        "failed": "Not live, and wanted",
        "stopping": "Ending…",
    }
    line = f"{words[found['phase']]} · {found['target'] or 'no target'}"
    lines = [line]
    if found["wanted"] or found["phase"] == "stopping":
        figures = [f"{clock(found['live_s'], hours=True)} live"]
        if health["bitrate_kbps"] is not None:
            figures.append(f"{health['bitrate_kbps']:.0f} kbit/s")
        if health["congestion"] is not None:
            figures.append(f"congestion {health['congestion']:.0%}")
        if health["dropped_share"] is not None:
            figures.append(f"{health['dropped_share']:.1%} of the last minute's pictures dropped")
        lines.append("  " + " · ".join(figures))
    if found["detail"]:
        lines.append(f"  {found['detail']}")
    if found["problem"]:
        lines += [f"  {found['problem']}", f"    {found['remedy']}"]
    for alarm in alarms:
        lines += [f"  {alarm['level'].upper()} {alarm['message']}", f"    {alarm['remedy']}"]
    return lines
