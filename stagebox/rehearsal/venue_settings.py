"""The settings of an appliance in a venue."""

import json
import socket
from pathlib import Path

from stagebox.obs.home import ObsHome
from stagebox.rehearsal.canvas_ladder import MIDDLE, LadderRung
from stagebox.rehearsal.venue import Venue

CANVAS_WIDTH, CANVAS_HEIGHT = MIDDLE.width, MIDDLE.height
"""Where nobody measured: two busy cores without a GPU took 34 ms a frame at 1280 x 720, here 15 ms."""


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_toml(
    venue: Venue,
    work: Path,
    api_port: int,
    obs_port: int,
    second_folder: Path | None = None,
    *,
    attach: bool = False,
    rung: LadderRung = MIDDLE,
) -> str:
    """The stagebox.toml of a rehearsal that keeps everything in `work`.

    `rung` is the canvas and rate. With `attach`, OBS is one that runs already, with the password that a
    private one in `work` has.
    """
    if second_folder is not None:
        second_folder.mkdir(parents=True, exist_ok=True)
    password = ObsHome(work / "state" / "obs").password_file
    lines = [
        f"state_dir = {json.dumps(str(work / 'state'))}",
        '[event]\ntitle = "Rehearsal"\nroom = "Rehearsal"',
        f"[recording]\nfolder = {json.dumps(str(work / 'recordings'))}",
        f"out = {json.dumps(str(work / 'talks'))}",
        "reserve_bytes = 100_000_000",
        *([] if second_folder is None else [f"second_folder = {json.dumps(str(second_folder))}"]),
        f'[obs]\nmode = "{"attach" if attach else "private"}"\nport = {obs_port}',
        f"display = {json.dumps(venue.screen.name)}",
        *([f"password_file = {json.dumps(str(password))}"] if attach else []),
        f"canvas_width = {rung.width}\ncanvas_height = {rung.height}\nfps = {rung.fps}",
        f"video_bitrate_kbps = {rung.bitrate_kbps}",
        f"[api]\nport = {api_port}",
    ]
    for role, source in venue.sources().items():
        lines.append(f"[sources.{role}]\nkind = {json.dumps(source['kind'])}")
        lines.append(f"device = {json.dumps(source['device'])}")
    return "\n".join(lines) + "\n"
