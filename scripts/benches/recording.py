"""Makes the recording that the media bench runs on: one hour of a talk, as OBS writes it by default.

1080p30 x264 (veryfast, 250-frame GOP, B-frames, CBR) with AAC in FLV: slides that change every twenty
seconds, a noisy moving camera inset, speech. Four different parts of 45 s are encoded once and put in a
changing order by stream copy. Once in the hour the slides' cable is out: 12 s black and silent.
"""

import random
import shutil
import subprocess
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FPS = 30
PART_S = 45
BREAK_S = 12
PARTS = 4
WORDS = [
    "packets",
    "pictures",
    "sound",
    "keyframe",
    "measure",
    "budget",
    "venue",
    "camera",
    "speaker",
    "question",
    "answer",
    "engine",
    "journal",
    "latency",
    "buffer",
    "stream",
    "record",
    "proof",
    "verdict",
    "segment",
    "lossless",
    "container",
    "codec",
    "sample",
    "window",
    "edge",
]


def make_hour(folder: Path, hours: float = 1.0) -> Path:
    """Return the recording, made in `folder` on the first call (two or three minutes) and kept there.

    Raises `subprocess.CalledProcessError` when ffmpeg fails.
    """
    target = folder / f"talk-{hours:g}h.flv"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    parts = [_part(folder, number) for number in range(PARTS)]
    pause = _break(folder)
    shuffled = random.Random(7)
    total_s = hours * 3600
    order: list[Path] = []
    length_s = 0.0
    while length_s < total_s:
        if pause not in order and length_s > total_s / 2:
            order.append(pause)
            length_s += BREAK_S
            continue
        order.append(shuffled.choice(parts))
        length_s += PART_S
    listing = folder / "order.txt"
    listing.write_text("".join(f"file '{part.name}'\n" for part in order))
    # Not .part: ffmpeg chooses the container by the name's ending.
    aside = folder / "unfinished.flv"
    _ffmpeg(
        ["-f", "concat", "-i", str(listing), "-t", str(total_s), "-c", "copy"]
        + ["-flvflags", "no_duration_filesize", str(aside)]
    )
    aside.rename(target)
    return target


def _ffmpeg(arguments: list[str]) -> None:
    program = shutil.which("ffmpeg") or "ffmpeg"
    command = [program, "-nostdin", "-v", "error", "-y", *arguments]
    subprocess.run(command, check=True, timeout=1800, stdin=subprocess.DEVNULL)


def _encoded(video_kbps: int) -> list[str]:
    rate = f"{video_kbps}k"
    return (
        ["-c:v", "libx264", "-preset", "veryfast", "-g", "250", "-pix_fmt", "yuv420p"]
        + ["-b:v", rate, "-maxrate", rate, "-bufsize", rate]
        + ["-c:a", "aac", "-b:a", "160k", "-ar", "48000", "-ac", "2"]
    )


def _part(folder: Path, number: int) -> Path:
    target = folder / f"part-{number}.flv"
    chance = random.Random(number)
    slides = folder / f"slides-{number}"
    slides.mkdir(exist_ok=True)
    for page in range(3):
        _slide(chance, number * 3 + page).save(slides / f"{page}.png")
    voice = ["slt", "awb", "rms", "kal"][number % 4]
    text = ". ".join(" ".join(chance.choices(WORDS, k=9)) for _ in range(12))
    picture = (
        f"color=c=0x303848:s=480x270:r={FPS},noise=alls=18:allf=t[wall];"
        f"mandelbrot=s=240x200:r={FPS}:start_scale={1 + number}[body];"
        "[wall][body]overlay=x='120+60*sin(t)':y=50[camera];"
        f"[0:v]fps={FPS},scale=1920:1080[slides];[slides][camera]overlay=1410:780[v]"
    )
    _ffmpeg(
        ["-framerate", "1/15", "-loop", "1", "-i", str(slides / "%d.png")]
        + ["-f", "lavfi", "-i", f"flite=text='{text}':voice={voice}"]
        + [
            "-filter_complex",
            picture + ";[1:a]aresample=48000,volume=0.5,apad[a]",
            "-map",
            "[v]",
            "-map",
            "[a]",
        ]
        + ["-t", str(PART_S), *_encoded(2500), str(target)]
    )
    return target


def _break(folder: Path) -> Path:
    target = folder / "break.flv"
    _ffmpeg(
        ["-f", "lavfi", "-i", f"color=c=black:s=1920x1080:r={FPS}"]
        + ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo"]
        + ["-t", str(BREAK_S), *_encoded(2500), str(target)]
    )
    return target


def _slide(chance: random.Random, number: int) -> Image.Image:
    page = Image.new("RGB", (1920, 1080), chance.choice(["white", "#f4f1e8", "#101820"]))
    ink = "white" if page.getpixel((0, 0)) == (16, 24, 32) else "#202020"
    draw = ImageDraw.Draw(page)
    draw.text(
        (120, 80), f"{number + 1}. " + " ".join(chance.choices(WORDS, k=3)), ink, ImageFont.load_default(84)
    )
    for line in range(6):
        text = "– " + " ".join(chance.choices(WORDS, k=5))
        draw.text((160, 260 + line * 110), text, ink, ImageFont.load_default(56))
    return page
