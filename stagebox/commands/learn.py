"""`stagebox learn no-signal ROLE`: remember what a capture card shows when nothing is plugged in."""

from contextlib import closing
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from stagebox.commands.common import Context, JsonOption, print_json

if TYPE_CHECKING:
    from stagebox.model.settings import Settings


class Role(StrEnum):
    """The roles that have a picture."""

    SLIDES = "slides"
    CAMERA = "camera"


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    group = typer.Typer(no_args_is_help=True, help="Teach stagebox what your devices show.")
    group.command("no-signal")(no_signal)
    # A group of one command would lose its name otherwise.
    group.callback()(_group)
    app.add_typer(group, name="learn")


def _group() -> None:
    """Teach stagebox what your devices show."""


def no_signal(
    context: typer.Context,
    role: Annotated[Role, typer.Argument(help="slides or camera, with its cable pulled out now.")],
    forget: Annotated[bool, typer.Option("--forget", help="Forget what was taught for this role.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Remember the picture that a source shows now as its “no signal” picture."""
    from stagebox.devices.no_signal_cards import NoSignalCards

    settings = _settings(context)
    cards = NoSignalCards.of_state(settings.state_dir)
    if forget:
        count = cards.forget(role.value)
        said = f"Forgot {count} “no signal” picture{'' if count == 1 else 's'} of {role.value}."
        print_json({"role": role.value, "forgotten": count}) if as_json else typer.echo(said)
        return
    path = teach(cards, role, _picture(settings, role))
    if as_json:
        print_json({"role": role.value, "card": str(path)})
    else:
        typer.echo(f"From now on this picture means “no signal” for {role.value}. It is kept in {path}.")
        typer.echo("Plug the cable in again, and look whether the alarm ends.")


def teach(cards: "NoSignalCards", role: Role, jpeg: bytes) -> "Path":
    """Keep the picture as a card of the role and return its file. Raises StageboxError, StorageError."""
    from stagebox.health.picture_features import thumbnail
    from stagebox.model.errors import ObsError
    from stagebox.obs.look import decode

    pixels = decode(jpeg)
    if pixels is None:
        raise ObsError(
            f"OBS shows no picture of {role.value} now.", "Check that the capture card is plugged in."
        )
    return cards.learn(role.value, thumbnail(pixels))


def _picture(settings: "Settings", role: Role) -> bytes:
    """The role's picture of now: through a running stagebox, or else from OBS itself."""
    from stagebox import resources
    from stagebox.api.client import Client
    from stagebox.api.token import token_path
    from stagebox.model.errors import ApiError, StageboxError
    from stagebox.obs.pack import load_pack
    from stagebox.secrets import read_secret
