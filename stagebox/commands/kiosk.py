"""`kiosk`: the touch screen, and the process that keeps it up."""

import re
from pathlib import Path
from typing import Annotated

import typer

from stagebox.commands.common import Context, load_settings, print_error
from stagebox.model.errors import SettingsError, StageboxError

SMALLEST = (640, 400)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(kiosk)


def kiosk(
    context: typer.Context,
    windowed: Annotated[
        str, typer.Option("--windowed", metavar="WxH", help="A window of this size, not the whole screen.")
    ] = "",
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Start `stagebox serve` when none answers.")
    ] = True,
    speaker: Annotated[
        bool,
        typer.Option("--speaker", help="The speaker's screen, on a second display: time left and messages."),
    ] = False,
) -> int:
    """Run the touch screen. It starts `stagebox serve` when none answers, and comes back when it crashes."""
    from stagebox.kiosk.parent import Parent, stagebox_command

    size = _size(windowed)
    settings = load_settings(context)
    check_language(settings.kiosk.language)
    config = context.obj.config_path if isinstance(context.obj, Context) else None
    _load()

    def screen() -> int:
        try:
            return _run_screen(context, size, speaker=speaker)
        except StageboxError as error:
            print_error(error)
            return int(error.exit_code)

    return Parent(
        screen=screen,
        serve=stagebox_command(config, "serve") if serve and not speaker else (),
        port=settings.api.port,
        serve_log=settings.state_dir / "serve.log",
    ).run()


def check_language(code: str) -> None:
    """Raises SettingsError for a language that there is not: English instead would look meant."""
    from stagebox.messages.languages import codes

    if code not in ("auto", *codes()):
        known = ", ".join(codes())
        raise SettingsError(
            f"There is no language “{code}” (kiosk.language in stagebox.toml).",
            f"Choose one of {known}, or auto for the computer's own.",
        )


def _load() -> None:
    """Have the code that every screen needs in this process, for its forks."""
    import stagebox.api.client
    import stagebox.kiosk.app
    import stagebox.settings.secrets  # noqa: F401


def _run_screen(context: typer.Context, size: tuple[int, int] | None, *, speaker: bool) -> int:
    from stagebox.api.client import Client, no_stagebox
    from stagebox.api.token import token_path
    from stagebox.kiosk.app import run
    from stagebox.settings.secrets import read_secret

    settings = load_settings(context)
    token = token_path(settings.state_dir)
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)

    def connect() -> Client:
        if not token.exists():
            raise no_stagebox(settings.api.port)
        return Client(settings.api.port, read_secret(token))

    pin_file: Path | None = settings.kiosk.pin_file
    return run(
        connect,
        memory_file=settings.state_dir / ("speaker.json" if speaker else "kiosk.json"),
        pin=read_secret(pin_file).get_secret_value() if pin_file is not None else "",
        language=settings.kiosk.language,
        size=size,
        speaker=speaker,
    )


def _size(words: str) -> tuple[int, int] | None:
    """The window's size; None is the whole screen. Raises SettingsError."""
    if not words:
        return None
    found = re.fullmatch(r"(\d{3,5})x(\d{3,5})", words)
    if found is None or int(found[1]) < SMALLEST[0] or int(found[2]) < SMALLEST[1]:
        raise SettingsError(
            f"--windowed {words}: this is no size a window can have.",
            f"Write it as 1366x768, at least {SMALLEST[0]}x{SMALLEST[1]}.",
        )
    return int(found[1]), int(found[2])
