"""The stream of a rehearsal: its server, and what arrived there, read back and verified."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stagebox.api.client import Client
from stagebox.model.errors import ExitCode, MediaError, StageboxError
from stagebox.rehearsal.lateness import LateTicks
from stagebox.rehearsal.readback import read_back
from stagebox.rehearsal.stream_server import StreamServer, wait_for_end
from stagebox.serve.stream_target_store import KEY_NAME

VERIFY_S = 300.0
LEAST_S = 1.0
"""A connection that carried less than this is no part of the stream."""


@dataclass(frozen=True, slots=True)
class ArrivedStream:
    """One connection to the server, as what it carried was read back; `verdict` is stagebox's own."""

    file: str
    verdict: str
    duration_s: float
    gap_s: float
    audio_gap_s: float
    frames: int
    frames_missing: int
    speech_audible: bool
    summary: str

    def to_json(self) -> dict[str, Any]:
        """As `rehearse --json` prints it."""
        return {
            "file": self.file,
            "verdict": self.verdict,
            "duration_s": round(self.duration_s, 3),
            "gap_s": round(self.gap_s, 3),
            "audio_gap_s": round(self.audio_gap_s, 3),
            "frames": self.frames,
            "frames_missing": self.frames_missing,
            "speech_audible": self.speech_audible,
            "summary": self.summary,
        }


def stream_settings(server: StreamServer, state_dir: Path) -> str:
    """The `[stream]` table of stagebox.toml for this server; the key is put where stagebox keeps it."""
    state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = state_dir / KEY_NAME
    key.touch(mode=0o600)
    key.write_text(f"{server.key}\n")
    return f'[stream]\nserver = "{server.url}"\n'


def order(client: Client, kind: str, timeout_s: float = 45.0) -> None:
    """Have the stream started or stopped. Raises StageboxError when it was not."""
    answer = client.send({"kind": kind}, origin="rehearsal", timeout_s=timeout_s)
    if answer["status"] != "done":
        raise StageboxError(f"The appliance did not do {kind}: {answer['status']}, {answer.get('detail')}.")


def read_arrived(
    server: StreamServer,
    keep: Path,
    pictures: Mapping[str, Path],
    late: LateTicks,
    config: Path,
    env: Mapping[str, str],
) -> tuple[ArrivedStream, ...]:
    """What arrived at the server, a row a connection, put into `keep` and verified as any recording is."""
    found = []
    for arrived in server.arrived():
        wait_for_end(arrived)
        keep.mkdir(parents=True, exist_ok=True)
        path = Path(shutil.copy(arrived, keep / arrived.name))
        try:
            read = read_back(path, pictures=pictures, late=late)
        except MediaError:
            continue  # A connection that carried no picture.
        if read.duration_s < LEAST_S:
            continue
        report = _verified(path, config, env)
        worst = next((one["message"] for one in report["findings"] if one["severity"] != "note"), "")
        found.append(
            ArrivedStream(
                file=str(path),
                verdict=str(report["verdict"]),
                duration_s=read.duration_s,
                gap_s=read.picture.gap_s,
                audio_gap_s=read.sound.gap_s,
                frames=read.picture.frames,
                frames_missing=read.picture.frames_missing,
                speech_audible=read.sound.speech_audible,
                summary=str(worst),
            )
        )
    return tuple(found)


def _verified(path: Path, config: Path, env: Mapping[str, str]) -> dict[str, Any]:
    """The report of `stagebox verify` on what arrived."""
    command = [sys.executable, "-m", "stagebox", "--config", str(config), "verify", "--json", str(path)]
    done = subprocess.run(
        command, env=dict(env), capture_output=True, text=True, timeout=VERIFY_S, check=False
    )
    if done.returncode == ExitCode.UNUSABLE or not done.stdout:
        raise StageboxError(f"`stagebox verify` failed on {path}: {done.stderr.strip()[-300:]}")
    report: dict[str, Any] = json.loads(done.stdout)[0]
    return report
