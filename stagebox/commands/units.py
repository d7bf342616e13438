"""`install-units`: the appliance as systemd user units."""

import shutil
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from stagebox.commands.common import Context, JsonOption, print_json
from stagebox.model.errors import ExitCode, StorageError

SYSTEMCTL_S = 30.0


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(install_units)


def install_units(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="DIR", help="Where to. Default: ~/.config/systemd/user."),
    ] = None,
    target: Annotated[
        str,
        typer.Option(
            "--target",
            metavar="UNIT",
            help="What starts them. Desktops that do not know graphical-session.target want default.target.",
        ),
    ] = "graphical-session.target",
    enable: Annotated[
        bool, typer.Option("--enable/--no-enable", help="Have them started from the next login on.")
    ] = True,
    as_json: JsonOption = False,
) -> int:
    """Install `serve` and the touch screen as systemd user units: they start by themselves and come back.

    A running recording is not touched.
    """
    from stagebox.serve.units import install, user_folder
    from stagebox.settings.reading import load_traced

    # Settings that cannot be read would make units that cannot start.
    loaded = load_traced(context.obj.config_path if isinstance(context.obj, Context) else None)
    place = folder if folder is not None else user_folder()
    try:
        written = install(place, loaded.file, target)
    except OSError as error:
        raise StorageError(
            f"The units cannot be written to {place}: {error.strerror}.", "Name another folder with --folder."
        ) from error
    names = [path.name for path in written]
    enabled = enable and place == user_folder() and _enable(names)
    by_hand = f"systemctl --user daemon-reload && systemctl --user enable {' '.join(names)}"
    if as_json:
        print_json({"units": [str(path) for path in written], "enabled": enabled})
        return int(ExitCode.GOOD)
    for path in written:
        typer.echo(f"Written: {path}")
    if enabled:
        typer.echo(f"They start with the next login; now: systemctl --user start {' '.join(names)}")
    else:
        typer.echo(f"Not enabled. To have them started: {by_hand}")
    typer.echo("To have them run without a login: loginctl enable-linger")
    return int(ExitCode.GOOD)


def _enable(names: list[str]) -> bool:
    """Have systemd start the units from now on; False when there is no systemd for this user."""
    if shutil.which("systemctl") is None:
        return False
    for words in (["daemon-reload"], ["enable", *names]):
        try:
            done = subprocess.run(
                ["systemctl", "--user", *words], capture_output=True, timeout=SYSTEMCTL_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if done.returncode != 0:
            return False
    return True
