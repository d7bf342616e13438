"""`message`: some words for the speaker, on their own screen."""

from typing import Annotated

import typer

from stagebox.commands.appliance import tell
from stagebox.commands.common import JsonOption, get_client


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(message)


def message(
    context: typer.Context,
    words: Annotated[
        str, typer.Argument(metavar="[WORDS]", help="What to show; without any, what is shown is taken back.")
    ] = "",
    seconds: Annotated[
        float, typer.Option("--for", metavar="SECONDS", min=0, max=3600, help="Take it back after this time.")
    ] = 0.0,
    as_json: JsonOption = False,
) -> int:
    """Show the speaker a message, on the screen of `stagebox kiosk --speaker`."""
    with get_client(context) as client:
        answer = client.send({"kind": "show_message", "words": words, "seconds": seconds})
    return tell(answer, f"The speaker sees: {words}" if words else "The speaker sees no message.", as_json)
