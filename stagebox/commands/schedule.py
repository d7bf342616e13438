"""`stagebox schedule`: the event's talks."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stagebox.commands.common import JsonOption, get_client, load_settings, print_json
from stagebox.model.errors import ExitCode, NeedsPersonError, UnreachableError

if TYPE_CHECKING:
    from stagebox.model.schedule import Schedule

SourceArgument = Annotated[
    str, typer.Argument(metavar="SOURCE", help="The schedule's file, or its address (https://…).")
]
ALL_DAYS = "All days, not today alone."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    schedule = typer.Typer(
        help="The event's schedule: its talks, their rooms and times, and what their speakers allow.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (check, use, show, coverage, give):
        schedule.command()(command)
    app.add_typer(schedule, name="schedule")


def check(
    source: SourceArgument,
    time_zone: Annotated[
        str | None,
        typer.Option(
            metavar="ZONE",
            help="For a schedule that names no time zone, as Europe/Prague. Default: the computer's.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Read a schedule and print it. Nothing is changed, and no `serve` is needed.

    It reads schedule.xml and .json of frab and pretalx, iCalendar (.ics), tables (.csv), and typed lists.
    Exit code 1 when a talk in it cannot be read, 2 when it is no schedule.
    """
    from stagebox.schedule.overview import lines
    from stagebox.schedule.told import as_told

    schedule = _read(source, time_zone)
    if as_json:
        print_json(as_told(schedule, source))
    else:
        _print(lines(schedule))
    lost = any(problem.left_out for problem in schedule.problems)
    return int(ExitCode.NEEDS_PERSON if lost else ExitCode.GOOD)


def use(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="The schedule's file, or its address (https://…). “off” uses none."
        ),
    ],
    room: Annotated[
        str,
        typer.Option(metavar="ROOM", help="This room's name in it. Default: the one called as event.room."),
    ] = "",
    as_json: JsonOption = False,
) -> int:
    """Use this schedule from now on: talks have their names from it, and are asked for when they begin.

    An address is asked for changes by itself. Exit code 1 when the schedule does not have this room.
    """
    from pathlib import Path

    from stagebox.schedule.fetching import is_address
    from stagebox.schedule.room import room_schedule

    wanted = "" if source == "off" else source if is_address(source) else str(Path(source).absolute())
    settings = load_settings(context)
    rooms: tuple[str, ...] = ()
    expected = ""
    if wanted:
        schedule = _read(wanted, settings.schedule.time_zone or None)
        names = {"wanted": room, "otherwise": settings.event.room}
        here = room_schedule(schedule, wanted, 0.0, **names, aliases=settings.schedule.aliases)
        rooms, expected = here.rooms, here.room
        if room and not expected:
            raise NeedsPersonError(f"The schedule has no room “{room}”.", _rooms(rooms))
    with get_client(context) as client:
        answer = client.send({"kind": "use_schedule", "source": wanted, "room": room}, timeout_s=35.0)
        if answer["status"] != "done":
            raise NeedsPersonError(str(answer["detail"] or "It was not taken."))
        # The same schedule may have been in use with another room.
        told = client.wait_for(
            lambda seen: (seen["schedule"]["source"], seen["schedule"]["room"]) == (wanted, expected), 35.0
        )
    now = told["schedule"]
    if as_json:
        print_json(now)
    elif not wanted:
        typer.echo("No schedule is used any more.")
    elif now["room"]:
        typer.echo(f"{now['talks']} talks in {now['room']}. {_next(now)}")
    if wanted and not now["room"]:
        raise NeedsPersonError(
            f"No room of the schedule is called “{settings.event.room}”.",
            f"Say which one it is, with --room. {_rooms(rooms)}",
        )
    return int(ExitCode.GOOD)


def show(
    context: typer.Context,
    all_days: Annotated[bool, typer.Option("--all", help=ALL_DAYS)] = False,
    as_json: JsonOption = False,
) -> int:
    """Print this room's talks of today, and what became of each."""
    from stagebox.schedule.overview import room_lines

    told = _told(context)
    if as_json:
        print_json(told)
    else:
        _print(room_lines(told, all_days=all_days))
    return int(ExitCode.GOOD)


def coverage(
    context: typer.Context,
    all_days: Annotated[bool, typer.Option("--all", help=ALL_DAYS)] = False,
    as_json: JsonOption = False,
) -> int:
    """Say which talks have no recording, and why. Needs no running `serve`.

    Exit code 1 when one is missing, or somebody has to look at one.
    """
    from stagebox.schedule.overview import coverage_lines, left_of

    told = _told(context)
    left = left_of(told, all_days=all_days)
    if as_json:
        print_json(told)
    else:
        _print(coverage_lines(told, all_days=all_days))
    return int(ExitCode.NEEDS_PERSON if left else ExitCode.GOOD)


def give(
    context: typer.Context,
    recording: Annotated[
        str, typer.Argument(metavar="RECORDING", help="Its id, as `stagebox sessions --json` has it.")
    ],
    key: Annotated[str, typer.Argument(metavar="TALK", help="The talk's key, as `show --json` has it.")],
    as_json: JsonOption = False,
) -> int:
    """Say of which talk a recording is: one that was begun in OBS, or under another name."""
    from stagebox.commands.appliance import tell

    with get_client(context) as client:
        answer = client.send({"kind": "give_talk", "session_id": recording, "key": key})
    return tell(answer, "The recording is this talk's.", as_json)


def _read(source: str, time_zone: str | None) -> "Schedule":
    from stagebox.schedule.defaults import defaults_in
    from stagebox.schedule.fetching import fetched
    from stagebox.schedule.reading import read_schedule

    defaults = defaults_in(time_zone)
    return read_schedule(fetched(source).data or b"", source, defaults)


def _told(context: typer.Context) -> dict[str, Any]:
    """What `serve` says of this room's talks; without one, what it has left on the disk."""
    try:
        with get_client(context) as client:
            told = client.schedule()
    except UnreachableError:
        from stagebox.serve.schedule_ledger import told_from_disk

        told = told_from_disk(load_settings(context))
    if not told["source"]:
        raise NeedsPersonError(
            "No schedule is in use.", "Use one with `stagebox schedule use FILE`, or its address."
        )
    return told


def _rooms(rooms: Iterable[str]) -> str:
    return "It has: " + ", ".join(rooms) + "."


def _next(now: Mapping[str, Any]) -> str:
    from stagebox.model.talk_times import clock_of

    talk = now["due"] or now["upcoming"]
    if talk is None:
        return "None of them is still to come."
    return f"Next: “{talk['title']}” at {clock_of(talk['start_utc'], now['time_zone'])}."


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
