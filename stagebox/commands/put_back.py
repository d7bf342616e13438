"""`stagebox put-back`: what somebody opened or changed in OBS is put right, as by touch."""

from typing import Any

import typer

from stagebox.commands.common import JsonOption, get_client, print_json
from stagebox.model.errors import ExitCode, NeedsPersonError

ROLES = ("scenes", "profile")
PATIENCE_S = 35.0
"""Longer than `serve` gives itself for building scenes."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("put-back")(put_back)


def put_back(context: typer.Context, as_json: JsonOption = False) -> int:
    """Open stagebox's own scenes and profile in OBS again, and make scenes that are missing."""
    answers: list[dict[str, Any]] = []
    with get_client(context) as client:
        offers = [one for one in client.state()["health"]["offers"] if one["role"] in ROLES]
        # The same remedy may stand beside two alarms: once is enough.
        for offer in {one["remedy"]: one for one in offers}.values():
            want = {"kind": "take_remedy", "remedy": offer["remedy"], "role": offer["role"]}
            answers.append(dict(client.send(want, timeout_s=PATIENCE_S)))
    bad = [one for one in answers if one["status"] != "done"]
    if as_json:
        print_json(answers)
        return int(ExitCode.NEEDS_PERSON if bad else ExitCode.GOOD)
    if bad:
        raise NeedsPersonError(
            bad[0]["detail"] or "OBS has not confirmed it yet.", "`stagebox status` tells more."
        )
    typer.echo("Put right." if answers else "Nothing is to be put right: OBS is as stagebox left it.")
    return int(ExitCode.GOOD)
