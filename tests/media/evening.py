"""The recordings of a two-day event in six rooms: sixty, made cheaply, with the truth about each beside them.

A few seconds are encoded once for each kind; the sixty are copies of those under names as people give them.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.media.conftest import PICTURE, SPEECH, ffmpeg

DAYS = ("2026-11-28", "2026-11-29")
ROOMS = ("Main hall", "Room 101", "Saal Ü", "Workshop", "Attic", "Café")
RECORDINGS = 60

ODD = (
    "-i x;$(touch pwned).flv",
    'quote\'s "double" <b>bold<script>.flv',
    "emoji 🎤🎥 ümläut.flv",
    "=SUM(A1).flv",
    "two\nlines.flv",
    "a very long name that " + "goes on and on " * 12 + "and ends in 17.flv",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What must be told of one recording; `code` of the worst finding, empty where all is good."""

    path: Path
    day: str
    room: str
    state: str
    severity: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Evening:
    """The folder, the truth of each recording, and what lies beside them."""

    folder: Path
    truths: tuple[Truth, ...]
    growing: Path
    rubbish: tuple[Path, ...]
    parts: tuple[Path, ...]


KINDS = {
    "good.flv": ("ok", "", ""),
    "phone.mov": ("ok", "", ""),
    "camera.mp4": ("ok", "", ""),
    "black.flv": ("flagged", "critical", "black"),
    "mute.flv": ("flagged", "critical", "no_audio"),
    "still.flv": ("flagged", "critical", "silent"),
    "cut.flv": ("flagged", "warning", "truncated"),
    "nothing.flv": ("failed", "critical", "empty"),
    "noise.flv": ("failed", "critical", "unreadable"),
}
BAD = ("black.flv", "mute.flv", "still.flv", "cut.flv", "nothing.flv", "noise.flv")


def kinds(folder: Path) -> dict[str, Path]:
    """One recording of each kind."""
    made = {name: folder / name for name in KINDS}
    x264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
    good = made["good.flv"]
    ffmpeg(*("-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", SPEECH, "-t", "6", *x264, "-g", "60", good))
    black = "color=black:s=320x180:r=30"
    ffmpeg(*("-f", "lavfi", "-i", black, "-f", "lavfi", "-i", SPEECH, "-t", "6", *x264, made["black.flv"]))
    hush = "anullsrc=r=48000:cl=stereo"
    ffmpeg(*("-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", hush, "-t", "6", *x264, made["still.flv"]))
    ffmpeg("-i", good, "-c", "copy", "-an", made["mute.flv"])
    ffmpeg("-i", good, "-c", "copy", made["phone.mov"])
    ffmpeg("-i", good, "-c", "copy", made["camera.mp4"])
    content = good.read_bytes()
    made["cut.flv"].write_bytes(content[: len(content) * 6 // 10])
    made["nothing.flv"].write_bytes(b"")
    made["noise.flv"].write_bytes(bytes((n * 2654435761 >> 13) & 0xFF for n in range(50_000)))
    return made


def make(folder: Path, store: Path) -> Evening:
    """Make the sixty in `folder`; what is encoded lies in `store`. A seventy-first file is still growing."""
    store.mkdir()
    sources = kinds(store)
    names = iter(ODD)
    truths: list[Truth] = []
    parts: list[Path] = []
    for number in range(RECORDINGS):
        day, room = DAYS[number % 2], ROOMS[number // 2 % 6]
        here = folder / day / room
        here.mkdir(parents=True, exist_ok=True)
        kind, name = _plan(number, day)
        if kind == "good.flv" and number % 9 == 4:
            name = next(names, name)
        if kind in ("phone.mov", "camera.mp4"):
            name = f"{'IMG_' if kind == 'phone.mov' else 'C'}{number:04}.{kind[-3:].upper()}"
        path = here / name
        shutil.copy(sources[kind], path)
        truths.append(Truth(path, day, room, *KINDS[kind]))
        if number in (50, 52):
            part = here / f"{path.stem}-part-2.flv"
            parts.append(part)
    for path in parts:  # a recorder's second file: two of the sixty make way for them
        victim = next(
            one
            for one in truths
            if one.state == "ok" and one.path.suffix == ".flv" and one.path.name[0] == "2"
        )
        truths.remove(victim)
        victim.path.unlink()
        shutil.copy(sources["good.flv"], path)
        truths.append(Truth(path, path.parent.parent.name, path.parent.name, "ok"))
    growing = folder / DAYS[1] / ROOMS[0] / "2026-11-29 23-00-00 still on.flv"
    shutil.copy(sources["good.flv"], growing)
    rubbish = (
        folder / "notes.txt",
        folder / DAYS[0] / ROOMS[1] / "cover.jpg",
        folder / DAYS[0] / "late.flv.part",
    )
    for path in rubbish:
        path.write_bytes(b"no recording")
    (folder / ".DS_Store").write_bytes(b"hidden")
    for one in truths:
        os.utime(one.path, (1_795_000_000, 1_795_000_000))
    return Evening(folder, tuple(truths), growing, rubbish, tuple(parts))


def _plan(number: int, day: str) -> tuple[str, str]:
    """Kind and name of one: each sixth is bad in one of six ways, some come from phones and cameras."""
    kind = BAD[number // 6 % 6] if number % 6 == 5 else "good.flv"
    if kind == "good.flv" and number % 10 == 7:
        kind = "phone.mov" if number % 20 == 7 else "camera.mp4"
    return kind, f"{day} {9 + number % 9:02}-{number % 6}0-00 Talk {number + 1}.flv"
