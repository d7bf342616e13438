"""`stagebox config`: which settings are in force, and an example file to start from."""

from typing import Annotated

import typer

from stagebox.commands.common import Context, JsonOption, print_json


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("config")(show)


def show(
    context: typer.Context,
    example: Annotated[
        bool,
        typer.Option("--example", help="Print a commented stagebox.toml with every setting and its default."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the settings in force, each with the line it came from.

    To start a settings file: stagebox config --example > stagebox.toml
    """
    from stagebox.settings import showing
    from stagebox.settings.reading import load_traced

    if example:
        text = showing.example()
        if as_json:
            print_json({"example": text})
        else:
            typer.echo(text, nl=False)
        return
    options = context.obj
    loaded = load_traced(options.config_path if isinstance(options, Context) else None)
    if as_json:
        print_json(showing.as_json(loaded))
        return
    source = f"Settings from {loaded.file}" if loaded.file else "No settings file: these are the defaults"
    typer.echo(f"# {source}")
    typer.echo(showing.in_force(loaded), nl=False)
