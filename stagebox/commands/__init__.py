"""The commands, one module a duty, each with `register(app)`. Imports nothing that takes time.

Only the module of the command that was asked for is loaded, and its heavy imports wait until it runs.
"""

from collections.abc import Mapping, Sequence

MODULES: Mapping[str, tuple[str, ...]] = {
    "appliance": ("serve", "status", "scene", "record", "talk", "sessions"),
    "stream": ("stream",),
    "schedule": ("schedule",),
    "kiosk": ("kiosk",),
    "message": ("message",),
    "units": ("install-units",),
    "doctor": ("doctor",),
    "obs": ("devices", "provision"),
    "put_back": ("put-back",),
    "learn": ("learn",),
    "buttonbox": ("buttonbox",),
    "media": ("process", "verify", "watch"),
    "compare": ("compare",),
    "accept": ("accept",),
    "join": ("join",),
    "release": ("release",),
    "config": ("config",),
    "rehearse": ("rehearse",),
}
"""What each module's `register` adds, in the order that `stagebox --help` lists them."""

WITH_WORKERS = ("process", "verify")
"""These hand recordings to a worker, which is started before anything else."""

_WITHOUT_VALUE = ("--verbose", "-v")
_WITH_VALUE = ("--config", "-c")


def command_in(arguments: Sequence[str]) -> str | None:
    """The command that is asked for; None where there is none, or the parser alone can tell."""
    left = iter(arguments)
    for word in left:
        if word in _WITH_VALUE:
            next(left, None)
        elif word not in _WITHOUT_VALUE and not word.startswith("--config="):
            return word if any(word in names for names in MODULES.values()) else None
    return None


def modules_for(command: str | None) -> tuple[str, ...]:
    """The names of the modules that this command needs; all of them where it is None."""
    return tuple(module for module, names in MODULES.items() if command is None or command in names)
