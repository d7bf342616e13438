"""The corpus: a table of small recordings, how each is made, and what must be found in it.

`make(folder, name)` makes one with ffmpeg and espeak-ng. Times are nominal: seconds from the first picture.
"""

import hashlib
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from stagebox.model.settings import VerifySettings
from tests.media import sounds

FPS = 30
LIMITS = VerifySettings(
    black_note_s=1.0,
    black_warning_s=3.0,
    black_warning_share=0.4,
    no_signal_note_s=1.0,
    no_signal_warning_s=3.0,
    no_signal_warning_share=0.4,
    frozen_warning_s=4.0,
    silence_warning_s=4.0,
    channel_dead_warning_s=8.0,
    no_speech_min_s=8.0,
)
"""The defaults scaled down to recordings of some fifteen seconds."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One finding: nominal start and end in seconds; None: anywhere."""

    code: str
    severity: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one recording is made. `picture` and each of `tracks` are (what, seconds) in order."""

    picture: tuple[tuple[str, float], ...]
    tracks: tuple[tuple[tuple[str, float], ...], ...]
    expected: tuple[Expected, ...] = ()
    codec: str = "x264"
    audio: str = "aac"
    ending: str = "flv"
    size: tuple[int, int] = (320, 180)
    filters: str = ""
    options: tuple[str, ...] = ()
    camera: bool = False
    frame_s: float = 1 / FPS
    sound_filter: str = ""


X264 = (
    *("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "250"),
    # The search for what has moved is cut short: kinds of pictures and rate stay those of the preset.
    *("-subq", "1", "-motion-est", "dia", "-partitions", "none"),
)
CODECS: Mapping[str, tuple[str, ...]] = {
    "x264": (*X264, "-crf", "23"),
    "x264-cbr": (*X264, "-b:v", "600k", "-maxrate", "600k", "-bufsize", "600k"),
    "x264-baseline": (*X264, "-profile:v", "baseline", "-crf", "23"),
    "x264-no-scenecut": (*X264, "-crf", "23", "-bf", "3", "-x264-params", "scenecut=0:b-adapt=0"),
    "x264-no-scenecut-cbr": (
        *X264,
        "-b:v",
        "500k",
        "-maxrate",
        "500k",
        "-bufsize",
        "250k",
        "-x264-params",
        "scenecut=0",
    ),
    "x264-filler": (
        *X264,
        "-b:v",
        "900k",
        "-minrate",
        "900k",
        "-maxrate",
        "900k",
        "-bufsize",
        "450k",
        "-x264-params",
        "nal-hrd=cbr:filler=1:scenecut=0",
    ),
    "x264-intra-refresh": (*X264, "-crf", "23", "-x264-params", "intra-refresh=1:keyint=60"),
    "x264-open-gop": (
        *X264,
        "-crf",
        "23",
        "-x264-params",
        "open-gop=1:keyint=40:scenecut=0:bframes=3:b-adapt=0",
    ),
    "x264-one-keyframe": (*X264, "-crf", "23", "-x264-params", "keyint=infinite:scenecut=0"),
    "x264-zerolatency": (*X264, "-crf", "23", "-tune", "zerolatency"),
    "x264-10bit": (*X264, "-crf", "23", "-pix_fmt", "yuv420p10le"),
    "x264-422": (*X264, "-crf", "23", "-pix_fmt", "yuv422p"),
    "x264-444": (*X264, "-crf", "23", "-pix_fmt", "yuv444p"),
    "x264-full-range": (*X264, "-crf", "23", "-pix_fmt", "yuvj420p", "-color_range", "pc"),
    "x264-rgb": ("-c:v", "libx264rgb", "-preset", "veryfast", "-crf", "20", "-g", "250", "-pix_fmt", "rgb24"),
    "x264-interlaced": (*X264, "-crf", "23", "-flags", "+ildct+ilme", "-x264-params", "tff=1"),
    "hevc": (
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-crf",
        "26",
        "-pix_fmt",
        "yuv420p",
        "-x265-params",
        "keyint=250:scenecut=0:bframes=3:log-level=none",
    ),
    "hevc-10bit": (
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-crf",
        "26",
        "-pix_fmt",
        "yuv420p10le",
        "-x265-params",
        "keyint=250:log-level=none",
    ),
    "av1-svt": ("-c:v", "libsvtav1", "-preset", "12", "-crf", "40", "-g", "250", "-pix_fmt", "yuv420p"),
    "av1-aom": (
        "-c:v",
        "libaom-av1",
        "-cpu-used",
        "8",
        "-usage",
        "realtime",
        "-crf",
        "40",
        "-b:v",
        "0",
        "-g",
        "250",
        "-row-mt",
        "1",
        "-pix_fmt",
        "yuv420p",
    ),
    "vp9": (
        "-c:v",
        "libvpx-vp9",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-crf",
        "40",
        "-b:v",
        "0",
        "-g",
        "250",
        "-pix_fmt",
        "yuv420p",
    ),
    "mpeg2": ("-c:v", "mpeg2video", "-q:v", "4", "-g", "15", "-bf", "2", "-pix_fmt", "yuv420p"),
    "prores": ("-c:v", "prores_ks", "-profile:v", "0", "-pix_fmt", "yuv422p10le"),
    "mjpeg": ("-c:v", "mjpeg", "-q:v", "5", "-pix_fmt", "yuvj420p"),
}
AUDIO: Mapping[str, tuple[str, ...]] = {
    "aac": ("-c:a", "aac", "-aac_coder", "fast", "-b:a", "160k"),
    "opus": ("-c:a", "libopus", "-b:a", "96k"),
    "mp3": ("-c:a", "libmp3lame", "-b:a", "160k", "-ar", "44100"),
    "ac3": ("-c:a", "ac3", "-b:a", "192k"),
    "pcm": ("-c:a", "pcm_s16le"),
    "flac": ("-c:a", "flac"),
}
TALK = (("speech", 14.0),)
SLIDES = (("slides", 14.0),)
MIDDLE = (("camera", 4.0), ("black", 4.0), ("slides", 6.0))
IN_ONE_GOP = (("slides", 2.5), ("black", 2.0), ("camera", 2.5), ("black", 1.5), ("slides", 5.5))
BLACK_MIDDLE = (Expected("black", "warning", 4.0, 8.0),)
BLACK_TWICE = (Expected("black", "note", 2.5, 4.5), Expected("black", "note", 7.0, 8.5))


def _black(codec: str, ending: str, *, once: bool = False, **more: object) -> Recipe:
    picture, expected = (MIDDLE, BLACK_MIDDLE) if once else (IN_ONE_GOP, BLACK_TWICE)
    return Recipe(picture, (TALK,), expected, codec, ending=ending, **more)  # type: ignore[arg-type]


CORPUS: Mapping[str, Recipe] = {
    # Ordinary talks: nothing above a note.
    "talk": Recipe((("title", 3.0), ("slides", 6.0), ("camera", 5.0)), (TALK,), codec="x264-cbr"),
    "still slides": Recipe((("slides", 7.0), ("title", 13.0)), ((("speech", 20.0),),)),
    "dark terminal": Recipe((("terminal", 14.0),), (TALK,)),
    "dark terminal in full range": Recipe(
        (("terminal", 14.0),), (TALK,), (), "x264-full-range", ending="mkv"
    ),
    "dim stage": Recipe((("dim", 14.0),), (TALK,)),
    "short fades": Recipe((("fade", 14.0),), (TALK,)),
    "pauses": Recipe(SLIDES, ((("pauses", 14.0),),)),
    "applause": Recipe((("camera", 14.0),), ((("speech", 8.0), ("applause", 6.0)),), size=(480, 270)),
    "soft voice": Recipe(SLIDES, ((("soft", 14.0),),)),
    "slow voice": Recipe(SLIDES, ((("slow", 14.0),),)),
    "german voice": Recipe(SLIDES, ((("german", 14.0),),), ending="mkv"),
    "voice in noise": Recipe(SLIDES, ((("noisy", 14.0),),)),
    "live camera": Recipe((("camera", 14.0),), (TALK,), camera=True),
    # Black: every container, codec and kind of group of pictures.
    "black flv": _black("x264", "flv", once=True),
    "black cbr": _black("x264-cbr", "flv", once=True),
    "black baseline": _black("x264-baseline", "flv"),
    "black in one gop": _black("x264-no-scenecut", "mkv"),
    "black in one gop cbr": _black("x264-no-scenecut-cbr", "flv"),
    "black in one gop mp4": _black("x264-no-scenecut", "mp4"),
    "black fragmented": _black("x264-no-scenecut", "mp4", options=("-movflags", "frag_keyframe+empty_moov")),
    "black mov": _black("x264", "mov"),
    "black ts": _black("x264-no-scenecut", "ts"),
    "black ts late": _black("x264-no-scenecut", "ts", options=("-output_ts_offset", "3600")),
    "black filler": _black("x264-filler", "flv"),
    "black filler ts": _black("x264-filler", "ts"),
    "black intra refresh": _black("x264-intra-refresh", "flv"),
    "black open gop": _black("x264-open-gop", "mkv"),
    "black one keyframe": _black("x264-one-keyframe", "mp4"),
    "black zerolatency": _black("x264-zerolatency", "flv"),
    "black 10 bit": _black("x264-10bit", "mkv"),
    "black 422": _black("x264-422", "mkv"),
    "black 444": _black("x264-444", "mkv"),
    "black full range": _black("x264-full-range", "mkv"),
    "black rgb": _black("x264-rgb", "mkv"),
    "black interlaced": _black("x264-interlaced", "ts"),
    "black mpeg2": _black("mpeg2", "ts", audio="ac3"),
    "black hevc": _black("hevc", "mkv"),
    "black hevc mp4": _black("hevc-10bit", "mp4"),
    "black svt av1": _black("av1-svt", "mkv", audio="opus"),
    "black aom av1": _black("av1-aom", "mp4"),
    "black vp9": _black("vp9", "mkv", audio="opus"),
    "black prores": _black("prores", "mov", audio="pcm"),
    "black mjpeg": _black("mjpeg", "mkv", audio="flac"),
    "black vfr": _black(
        "x264-no-scenecut",
        "mkv",
        filters="select='not(mod(n,2))*lt(t,6)+gte(t,6)*not(mod(n,5))'",
        frame_s=5 / FPS,
    ),
    "black at the end": Recipe(
        (("slides", 9.0), ("black", 5.0)),
        (TALK,),
        (Expected("black", "warning", 9.0, 14.0),),
        "x264-no-scenecut",
    ),
    "black at the start": Recipe(
        (("black", 2.0), ("slides", 12.0)), (TALK,), (Expected("black", "note", 0.0, 2.0),)
    ),
    "black mostly": Recipe(
        (("slides", 3.0), ("black", 11.0)), (TALK,), (Expected("black", "critical", 3.0, 14.0),)
    ),
    "lens cap": Recipe(
        (("camera", 5.0), ("lenscap", 4.0), ("camera", 5.0)),
        (TALK,),
        (Expected("black", "warning", 5.0, 9.0),),
        "x264-no-scenecut-cbr",
    ),
    # No signal.
    "blue": Recipe(
        (("slides", 4.0), ("blue", 4.0), ("camera", 6.0)),
        (TALK,),
        (Expected("no_signal", "warning", 4.0, 8.0),),
        "x264-no-scenecut",
    ),
    "grey": Recipe(
        (("camera", 3.0), ("grey", 2.0), ("slides", 9.0)),
        (TALK,),
        (Expected("no_signal", "note", 3.0, 5.0),),
        "hevc",
        ending="mkv",
    ),
    "bars": Recipe(
        (("slides", 5.0), ("bars", 4.0), ("slides", 5.0)),
        (TALK,),
        (Expected("no_signal", "warning", 5.0, 9.0),),
    ),
    "hd bars": Recipe(
        (("camera", 5.0), ("hdbars", 4.0), ("slides", 5.0)),
        (TALK,),
        (Expected("no_signal", "warning", 5.0, 9.0),),
        "x264-no-scenecut",
    ),
    "card": Recipe(
        (("slides", 5.0), ("card", 4.0), ("camera", 5.0)),
        (TALK,),
        (Expected("no_signal", "warning", 5.0, 9.0),),
    ),
    "black then blue": Recipe(
        (("slides", 5.0), ("black", 2.0), ("blue", 2.0), ("slides", 5.0)),
        (TALK,),
        (Expected("black", "note", 5.0, 7.0), Expected("no_signal", "note", 7.0, 9.0)),
    ),
    # Frozen.
    "frozen camera": Recipe(
        (("camera", 5.0), ("frozen", 9.0)), (TALK,), (Expected("frozen", "warning", 5.0, 14.0),), camera=True
    ),
    # Sound.
    "silent": Recipe(
        SLIDES,
        ((("speech", 4.0), ("silence", 5.0), ("speech", 5.0)),),
        (Expected("silent", "warning", 4.0, 9.0),),
    ),
    "silent with hiss": Recipe(
        SLIDES,
        ((("speech", 4.0), ("hiss", 5.0), ("speech", 5.0)),),
        (Expected("silent", "warning", 4.0, 9.0),),
        audio="opus",
        ending="mkv",
    ),
    "silent all along": Recipe(SLIDES, ((("silence", 14.0),),), (Expected("silent", "critical", 0.0, 14.0),)),
    "silent mp3": Recipe(
        SLIDES,
        ((("speech", 4.0), ("silence", 5.0), ("speech", 5.0)),),
        (Expected("silent", "warning", 4.0, 9.0),),
        audio="mp3",
    ),
    "silent second track": Recipe(
        SLIDES,
        (TALK, (("speech", 5.0), ("silence", 6.0), ("speech", 3.0))),
        (Expected("silent", "warning", 5.0, 11.0),),
        ending="mkv",
    ),
    "silent ts late": Recipe(
        SLIDES,
        ((("speech", 4.0), ("silence", 5.0), ("speech", 5.0)),),
        (Expected("silent", "warning", 4.0, 9.0),),
        ending="ts",
        options=("-output_ts_offset", "120"),
    ),
    "quiet": Recipe(SLIDES, ((("quiet", 14.0),),), (Expected("quiet", "warning"),)),
    "clipping": Recipe(SLIDES, ((("clipped", 14.0),),), (Expected("clipping", "critical"),)),
    "dead channel": Recipe(
        SLIDES, (TALK,), (Expected("channel_dead", "warning"),), sound_filter="pan=stereo|c0=c0|c1=0*c0"
    ),
    "choppy": Recipe(SLIDES, ((("choppy", 14.0),),), (Expected("dropouts", "warning"),)),
    "hum": Recipe(SLIDES, ((("hum", 14.0),),), (Expected("no_speech", "warning"),)),
    "pink noise": Recipe(SLIDES, ((("pink", 14.0),),), (Expected("no_speech", "warning"),)),
    "music": Recipe(SLIDES, ((("music", 14.0),),), (Expected("no_speech", "warning"),)),
    "music with drums": Recipe(SLIDES, ((("drums", 14.0),),), (Expected("no_speech", "warning"),)),
    "applause only": Recipe(SLIDES, ((("applause", 14.0),),), (Expected("no_speech", "warning"),)),
}


PAINTED = frozenset({"title", "slides", "terminal", "dim", "card"})
GENERATED: Mapping[str, str] = {
    "black": "color=c=black",
    "blue": "color=c=0x0000c0",
    "grey": "color=c=0x606060",
    "bars": "smptebars",
    "hdbars": "smptehdbars",
    "camera": "testsrc2,noise=alls=20:allf=t",
    "frozen": "testsrc2,noise=alls=20:allf=t,trim=end_frame=1,loop=loop=-1:size=1,setpts=N/FRAME_RATE/TB",
    "lenscap": "color=c=0x060606,noise=alls=8:allf=t",
}


def limits(folder: Path) -> VerifySettings:
    """Return `LIMITS` with the corpus's own "no signal" card."""
    return LIMITS.model_copy(update={"no_signal_cards": (_painted(folder, "card"),)})


def make(folder: Path, name: str) -> Path:
    """Make the recording `name` in `folder`, once; returns its path. Raises CalledProcessError."""
    recipe = CORPUS[name]
    target = folder / f"{name.replace(' ', '-')}.{recipe.ending}"
    if target.exists():
        return target
    width, height = recipe.size
    inputs: list[str] = []
    chains: list[str] = []
    number = 0
    for what, seconds in recipe.picture:
        inputs += _picture_input(folder, what, seconds, recipe.size)
        # A painted page is decoded once and repeated.
        repeat = (
            f",loop=loop=-1:size=1,settb=1/{FPS},setpts=N,trim=duration={seconds}" if what in PAINTED else ""
        )
        chains.append(
            f"[{number}:v]scale={width}:{height},setsar=1,format=yuv444p{repeat},fps={FPS}[v{number}]"
        )
        number += 1
    shown = "".join(f"[v{at}]" for at in range(number))
    after = f",{recipe.filters}" if recipe.filters else ""
    chains.append(f"{shown}concat=n={number}:v=1:a=0{after}[v]")
    maps = ["-map", "[v]"]
    encoded = ("-c:a", "copy") if recipe.audio == "aac" else AUDIO[recipe.audio]
    for parts in recipe.tracks:
        inputs += ["-i", str(_track(folder, parts, recipe))]
        maps += ["-map", f"{number}:a"]
        number += 1
    aside = target.with_name("unfinished-" + target.name)
    run_ffmpeg(
        *inputs, "-filter_complex", ";".join(chains), *maps,
        *CODECS[recipe.codec], *encoded,
        *(("-fps_mode", "vfr") if recipe.filters else ()),
        *recipe.options, str(aside),
    )  # fmt: skip
    return aside.rename(target)


def run_ffmpeg(*arguments: str) -> str:
    """Run ffmpeg and return what it says on standard error. Raises CalledProcessError."""
    program = shutil.which("ffmpeg") or "ffmpeg"
    command = [program, "-nostdin", "-y", "-hide_banner", "-nostats", *arguments]
    return subprocess.run(
        command,
        check=True,
        timeout=100,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    ).stderr


def _track(folder: Path, parts: tuple[tuple[str, float], ...], recipe: Recipe) -> Path:
    """A track's sound, made once for all recordings that have it.

    AAC is encoded in it, which takes longer than most pictures; copied, it has the same packets and times.
    """
    wavs = _sounds(folder)
    aac = recipe.audio == "aac"
    name = hashlib.sha256(repr((parts, recipe.sound_filter)).encode()).hexdigest()
    target = folder / "tracks" / f"{name}.{'m4a' if aac else 'wav'}"
    if not target.exists():
        target.parent.mkdir(exist_ok=True)
        inputs = [word for what, seconds in parts for word in ("-t", str(seconds), "-i", str(wavs[what]))]
        heard = "".join(f"[{number}:a]" for number in range(len(parts)))
        after = f",{recipe.sound_filter}" if recipe.sound_filter else ""
        chain = f"{heard}concat=n={len(parts)}:v=0:a=1{after}[a]"
        aside = target.with_name("unfinished-" + target.name)
        run_ffmpeg(
            *inputs, "-filter_complex", chain, "-map", "[a]", *(AUDIO["aac"] if aac else ()), str(aside)
        )
        aside.rename(target)
    return target


def _sounds(folder: Path) -> dict[str, Path]:
    done = folder / "sounds"
    if not (done / "done").exists():
        sounds.make_all(done, 20.0)
        (done / "done").touch()
    return {path.stem: path for path in done.glob("*.wav")}


def _picture_input(folder: Path, what: str, seconds: float, size: tuple[int, int]) -> list[str]:
    if what in PAINTED:
        return ["-i", str(_painted(folder, what))]
    if what == "fade":
        source = f"movie={_painted(folder, 'slides').as_posix()}:loop=0,setpts=N/{FPS}/TB,fps={FPS}"
        source += ",fade=out:st=5:d=0.4:enable='lt(t,5.55)',fade=in:st=5.55:d=0.4:enable='gte(t,5.55)'"
        return ["-f", "lavfi", "-t", str(seconds), "-i", source]
    source, *filters = GENERATED[what].split(",")
    joint = ":" if "=" in source else "="
    chain = ",".join([f"{source}{joint}s={size[0]}x{size[1]}:r={FPS}", *filters])
    return ["-f", "lavfi", "-t", str(seconds), "-i", chain]


def _painted(folder: Path, what: str) -> Path:
    target = folder / f"{what}.png"
    if not target.exists():
        _paint(what).save(target)
    return target


def _paint(what: str) -> Image.Image:
    backgrounds = {
        "title": "#203a5c",
        "slides": "white",
        "terminal": "black",
        "dim": "#080706",
        "card": "#0a0a28",
    }
    page = Image.new("RGB", (640, 360), backgrounds[what])
    draw = ImageDraw.Draw(page)
    if what == "title":
        draw.text((60, 130), "Measuring things in practice", "white", ImageFont.load_default(38))
    elif what == "slides":
        draw.text((40, 20), "2. What we found", "#202020", ImageFont.load_default(34))
        for line in range(5):
            draw.text(
                (60, 90 + 48 * line),
                f"– point {line + 1} of the list, in words",
                "#404040",
                ImageFont.load_default(22),
            )
    elif what == "terminal":
        for line, text in enumerate(["$ make test", "ok  41 passed", "$ _"]):
            draw.text((12, 10 + 22 * line), text, "#00b000", ImageFont.load_default(16))
    elif what == "dim":
        for step in range(40, 0, -1):
            level = 12 + (40 - step)
            draw.ellipse(
                (320 - 4 * step, 200 - 3 * step, 320 + 4 * step, 200 + 3 * step),
                (level, level - 4, level - 8),
            )
        draw.rectangle((300, 150, 340, 330), "#2a2220")
    else:
        draw.rectangle((180, 120, 460, 240), "#303060")
        draw.text((222, 156), "NO SIGNAL", "#c0c0e0", ImageFont.load_default(34))
    return page
