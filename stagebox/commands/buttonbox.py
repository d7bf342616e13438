"""`stagebox buttonbox`: put the firmware on a board, play a box in the terminal, show what is said."""

import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from stagebox.commands.common import JsonOption, get_client, load_settings, print_json
from stagebox.model.errors import ApiError, ExitCode, NeedsPersonError, StageboxError

PortOption = Annotated[str, typer.Option("--port", metavar="PATH", help="The port, if there are several.")]
ANSWER_S = 20.0
COPY_S = 60.0
LOOK_EVERY_S = 0.2
STATES = {"0": "off", "1": "ON", "s": "slow", "f": "FAST"}


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    group.command("install")(install)
    group.command("simulate")(simulate)
    group.command("monitor")(monitor)
    app.add_typer(group, name="buttonbox")


def _group() -> None:
    """The button box: real buttons with lamps that show what is. See docs/button-box.md."""


def install(
    port: PortOption = "",
    name: Annotated[str, typer.Option("--id", metavar="ID", help="What the box shall be called.")] = "",
    as_json: JsonOption = False,
) -> int:
    """Put the firmware on a board with MicroPython, and check that it answers."""
    from stagebox import resources
    from stagebox.devices.buttonbox.board import install_firmware
    from stagebox.devices.buttonbox.greeting import greet_restarted

    path = port or _only_board()
    if not as_json:
        typer.echo(f"Putting the firmware on the board at {path} …")
    install_firmware(path, name, resources.folder("button-box"), timeout_s=COPY_S)
    hello = greet_restarted(path, ANSWER_S)
    if as_json:
        print_json({"port": path, "id": hello.box, "buttons": hello.buttons, "lamps": hello.lamps})
    else:
        typer.echo(f"“{hello.box}” answers: {hello.buttons} buttons, {hello.lamps} lamps, protocol 1.")
        typer.echo(f'Name it in stagebox.toml:\n\n[button_box]\nboxes = ["{hello.box}"]')
    return int(ExitCode.GOOD)


def _only_board() -> str:
    from stagebox.devices.buttonbox.finder import boards

    found = boards()
    if len(found) == 1:
        return found[0]
    if found:
        raise NeedsPersonError(
            f"{len(found)} boards are plugged in: {', '.join(found)}.", "Say which: --port PATH."
        )
    raise StageboxError(
        "No board with MicroPython is plugged in.",
        "Put MicroPython on the Pico first (docs/button-box.md), and use a USB cable that carries data.",
    )


def simulate(
    context: typer.Context,
    link: Annotated[
        Path | None,
        typer.Option("--link", metavar="PATH", help="Where the port shall be. Default: in the state folder."),
    ] = None,
    name: Annotated[str, typer.Option("--id", metavar="ID", help="What the box is called.")] = "simulated",
    buttons: Annotated[int, typer.Option("--buttons", min=1, max=9, help="How many buttons and lamps.")] = 6,
) -> int:
    """Play a button box in this terminal: keys for buttons, words for lamps. Ends with q."""
    from stagebox.model.button_words import is_id
    from stagebox.rehearsal.simulated_button_box import SimulatedBox
    from stagebox.system.keyboard import Keyboard

    if not is_id(name):
        raise StageboxError(f"“{name}” cannot be a box's id.", "Use a-z, 0-9 and -, at most 24 of them.")
    where = link or load_settings(context).state_dir / "simulated-button-box"
    typer.echo(f'The box is at {where}. In stagebox.toml:\n\n[button_box]\nboxes = ["{where}"]\n')
    typer.echo("1 to 9: press.  h and then 1 to 9: hold.  u: unplug or plug in.  q: end.")

    def show(lamps: str) -> None:
        shown = "  ".join(f"{number}:{STATES[state]:<4}" for number, state in enumerate(lamps, 1))
        sys.stdout.write(f"\r{shown or 'unplugged':<{8 * buttons}}")
        sys.stdout.flush()

    with (
        SimulatedBox(where, name=name, buttons=buttons, lamps=buttons, on_lamps=show) as box,
        Keyboard(sys.stdin) as keys,
    ):
        holds = False
        while (key := keys.next()) not in ("q", "\x03", "\x04", ""):
            if key == "u":
                (box.unplug if box.lamps else box.plug)()
            elif key.isdigit() and 1 <= int(key) <= buttons:
                box.press(int(key))
                time.sleep(1.2 if holds else 0.1)  # as long as a finger stays
                box.release(int(key))
            holds = key == "h"
    typer.echo("")
    return int(ExitCode.GOOD)


def monitor(
    context: typer.Context,
    port: PortOption = "",
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=0.1, help="End after so long. Default: Ctrl-C.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Show what a box and stagebox say to each other: in a running stagebox, or at a port."""
    until = None if seconds is None else time.monotonic() + seconds
    if port:
        from stagebox.devices.buttonbox.greeting import converse

        def tell(way: str, line: bytes, fault: str) -> None:
            text = line.decode("ascii", "backslashreplace")
            _print_line({"way": way, "port": port, "text": text, "fault": fault}, as_json)

        converse(port, lambda _: False, seconds, tell)
        return int(ExitCode.GOOD)
    after = 0
    with get_client(context) as client:
        if not client.state()["health"]["button_box"]["wanted"]:
            raise ApiError(
                "This stagebox has no button box.", "Name one in button_box.boxes, or a port: --port PATH."
            )
        while True:
            for one in client.button_box_traffic(after):
                after = one["number"]
                _print_line(one, as_json)
            if until is not None and time.monotonic() >= until:
                return int(ExitCode.GOOD)
            time.sleep(LOOK_EVERY_S)


def _print_line(one: dict[str, Any], as_json: bool) -> None:
    if as_json:
        import json

        typer.echo(json.dumps(one))
    else:
        arrow = "box  →" if one["way"] == "in" else "box  ←"
        fault = f"   dropped: {one['fault']}" if one["fault"] else ""
        typer.echo(f"{one['port']}  {arrow} {one['text']}{fault}")
