"""`stagebox devices` and `stagebox provision`: what OBS can see, and the scenes that stagebox needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from stagebox.commands.common import JsonOption, load_settings, print_json

if TYPE_CHECKING:
    from stagebox.model.settings import Settings
    from stagebox.obs.connection import ObsConnection
    from stagebox.obs.devices import ObsDevices
    from stagebox.obs.provision import ProvisionResult


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("devices")(devices)
    app.command("provision")(provision)


def devices(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the capture devices and microphones that OBS can see."""
    from stagebox.obs.devices import list_devices

    with _obs(load_settings(context)) as connection:
        seen = list_devices(connection)
    if as_json:
        print_json(asdict(seen))
    else:
        _print_devices(seen)


def provision(
    context: typer.Context,
    reset: Annotated[
        bool, typer.Option("--reset", help="Undo what was changed by hand in stagebox's scenes.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Build the scenes in OBS; what was arranged by hand stays."""
    from stagebox import resources
    from stagebox.obs.pack import load_pack
    from stagebox.obs.provision import provision as provision_obs

    settings = load_settings(context)
    pack = load_pack(settings.scenes.pack, resources.folder("scenes"))
    with _obs(settings) as connection:
        done = provision_obs(connection, pack, settings, reset=reset)
    if as_json:
        print_json(asdict(done))
    else:
        _print_provisioned(done)


@contextmanager
def _obs(settings: "Settings") -> Iterator["ObsConnection"]:
    """Join the OBS that answers; else, in private mode, start the private one for the duration."""
    from stagebox.obs.connection import ObsConnection, ObsLinkError, ObsTarget
    from stagebox.obs.home import ObsHome
    from stagebox.obs.supervisor import ObsSupervisor
    from stagebox.settings.secrets import ensure_secret, read_secret

    private = settings.obs.mode == "private"
    home = ObsHome(settings.state_dir / "obs")
    if settings.obs.password_file is not None:
        password = read_secret(settings.obs.password_file)
    else:
        password = ensure_secret(home.password_file)
    host = "127.0.0.1" if private else settings.obs.host
    timeout_s = settings.obs.request_timeout_s
    target = ObsTarget(host, settings.obs.port, password)
    try:
        running = ObsConnection(target, timeout_s=timeout_s)
    except ObsLinkError as error:
        if not private or error.fault != "absent":
            raise
    else:
        with running:
            yield running
        return
    supervisor = ObsSupervisor(settings.obs, home, password, settings.recording.folder, lambda seen: None)
    try:
        supervisor.start()
        supervisor.wait_ready()
        with ObsConnection(target, timeout_s=timeout_s) as connection:
            yield connection
    finally:
        supervisor.stop()


def _print_devices(seen: "ObsDevices") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for title, rows in (("Pictures", seen.video), ("Sound", seen.audio)):
        if not rows:
            console.print(f"{title}: OBS sees no device.")
            continue
        table = Table(title=title, title_justify="left", show_edge=False)
        for heading in ("name", "kind", "device"):
            table.add_column(heading, overflow="fold")
        for device in rows:
            table.add_row(device.name, device.kind, device.device)
        console.print(table)


def _print_provisioned(done: "ProvisionResult") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, show_edge=False)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for change in done.changes:
        table.add_row("done", change)
    for note in done.left_alone:
        table.add_row("left alone", f"{note} (--reset undoes it)")
    for role in done.empty_roles:
        table.add_row("empty", f"{role}: set sources.{role} in stagebox.toml")
    if not done.changes:
        table.add_row("good", f"the scenes are as they should be, {done.canvas[0]}×{done.canvas[1]}")
    Console().print(table)
