"""`stagebox learn no-signal ROLE`: remember what a capture card shows when nothing is plugged in."""

from enum import StrEnum
from typing import Annotated

import typer

from stagebox.commands.common import JsonOption, get_client, load_settings, print_json
from stagebox.model.errors import ExitCode, ObsError


class TaughtRole(StrEnum):
    """The roles that have a picture."""

    SLIDES = "slides"
    CAMERA = "camera"


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    group.command("no-signal")(no_signal)
    app.add_typer(group, name="learn")


def _group() -> None:
    """Teach stagebox what your devices show."""


def no_signal(
    context: typer.Context,
    role: Annotated[
        TaughtRole, typer.Argument(metavar="ROLE", help="slides or camera; pull its cable out first.")
    ],
    forget: Annotated[bool, typer.Option("--forget", help="Forget what was taught for this role.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Remember the picture that a source shows now as its “no signal” picture."""
    from stagebox.devices.no_signal_cards import NoSignalCards
    from stagebox.health.picture_features import thumbnail
    from stagebox.obs.source_inspection import decode

    cards = NoSignalCards.of_state(load_settings(context).state_dir)
    if forget:
        count = cards.forget(role.value)
        if as_json:
            print_json({"role": role.value, "forgotten": count})
        else:
            typer.echo(f"Forgot {count} “no signal” picture{'' if count == 1 else 's'} of {role.value}.")
        return int(ExitCode.GOOD)
    with get_client(context) as client:
        pixels = decode(client.picture(role.value))
    if pixels is None:
        raise ObsError(f"OBS shows no picture of {role.value}.", "Check that its capture card is plugged in.")
    path = cards.learn(role.value, thumbnail(pixels))
    if as_json:
        print_json({"role": role.value, "card": str(path)})
    else:
        typer.echo(f"From now on this picture means “no signal” for {role.value}; it is kept in {path}.")
        typer.echo("Now plug the cable in again: the alarm must end.")
    return int(ExitCode.GOOD)
