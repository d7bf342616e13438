"""`stagebox schedule`: the event's talks."""

from typing import TYPE_CHECKING, Annotated

import typer

from stagebox.commands.common import JsonOption, print_json
from stagebox.model.errors import ExitCode

if TYPE_CHECKING:
    from stagebox.model.schedule import Schedule


def register(app: typer.Typer) -> None:
    """Add the commands."""
    schedule = typer.Typer(
        help="The event's schedule: its talks, their rooms and times, and what their speakers allow.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    schedule.command("check")(check)
    app.add_typer(schedule, name="schedule")


def check(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="The schedule's file, or its address (https://…).")
    ],
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
    from stagebox.schedule.defaults import defaults_in
    from stagebox.schedule.fetching import fetched
    from stagebox.schedule.reading import read_schedule
    from stagebox.schedule.told import as_told

    defaults = defaults_in(time_zone)
    came = fetched(source)
    schedule = read_schedule(came.data or b"", source, defaults)
    if as_json:
        print_json(as_told(schedule, source))
    else:
        _tell(schedule)
    lost = any(problem.left_out for problem in schedule.problems)
    return int(ExitCode.NEEDS_PERSON if lost else ExitCode.GOOD)


def _tell(schedule: "Schedule") -> None:
    from stagebox.schedule.overview import lines

    for line in lines(schedule):
        typer.echo(line)
