"""The commands, one module a duty, each with `register(app)`; heavy imports wait until a command runs."""

from collections.abc import Callable

import typer

from stagebox.commands import (
    appliance,
    buttonbox,
    config,
    doctor,
    foreign,
    kiosk,
    learn,
    media,
    obs,
    rehearse,
    stream,
    units,
)

ALL: tuple[Callable[[typer.Typer], None], ...] = (
    appliance.register,
    stream.register,
    kiosk.register,
    units.register,
    doctor.register,
    obs.register,
    foreign.register,
    learn.register,
    buttonbox.register,
    media.register,
    config.register,
    rehearse.register,
)
"""The `register` of every command module, in the order that `stagebox --help` lists them."""
