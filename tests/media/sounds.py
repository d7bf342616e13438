"""Sounds for the corpus, made with numpy and espeak-ng, as 48 kHz stereo WAV files."""

import subprocess
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
Mono = NDArray[np.float64]

TEXT = (
    "Good morning, and welcome to our session on measuring things in practice. Before we start, please "
    "look at the first picture. It shows what happens when nobody checks the cable. The second one is more "
    "interesting: somebody did check, and still the room stayed dark for half an hour. Why is that? We asked "
    "forty speakers. Thirty of them never look at the screen behind them: they know their slides by heart. "
)
VOICES = {
    "speech": ("en-gb", 160),
    "german": ("de", 140),
    "slow": ("en-us+f3", 90),
    "whisper": ("en+whisper", 150),
}


def make_all(folder: Path, seconds: float = 40.0) -> dict[str, Path]:
    """Make every sound in `folder`; returns name to WAV file. Raises OSError without espeak-ng."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(3)
    voices = {name: voice(folder, name, seconds) for name in VOICES}
    speech = voices["speech"]
    count = speech.size
    time_s = np.arange(count) / RATE_HZ
    room = pink(chance, count)
    sounds = {
        **voices,
        "silence": np.zeros(count),
        "hiss": 0.0005 * chance.standard_normal(count),
        "hum": 0.08 * sum(np.sin(2 * np.pi * 50 * n * time_s) / n for n in (1, 2, 3, 5)),
        "pink": 0.1 * room,
        "music": music(time_s),
        "drums": _drums(chance, time_s),
        "applause": applause(chance, count),
        "quiet": speech * 10 ** (-24 / 20),
        "soft": speech * 10 ** (-16 / 20),
        "noisy": speech * 0.5 + 0.02 * room,
        "clipped": np.clip(speech * 10 ** (26 / 20), -1, 1),
        "choppy": _choppy(chance, speech * 0.8 + 0.001 * room),
        "pauses": _with_pauses(speech, time_s) + 0.0003 * room,
    }
    files = {}
    for name, samples in sounds.items():
        files[name] = folder / f"{name}.wav"
        write(files[name], samples)
    return files


def write(path: Path, samples: Mono) -> None:
    """Write mono samples, full scale ±1, as a stereo WAV."""
    write_stereo(path, np.stack([samples, samples]))


def write_stereo(path: Path, samples: Mono) -> None:
    """Write two channels (2, count), full scale ±1, as a WAV."""
    whole = (np.clip(samples.T, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(whole.tobytes())


def voice(folder: Path, name: str, seconds: float) -> Mono:
    """So many seconds of one of the `VOICES`, spoken by espeak-ng. Raises OSError without it."""
    voice, pace = VOICES[name]
    raw = folder / f"{name}.espeak.wav"
    command = ["espeak-ng", "-v", voice, "-s", str(pace), "-w", str(raw), TEXT * 3]
    subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
    with wave.open(str(raw)) as source:
        rate_hz = source.getframerate()
        data = np.frombuffer(source.readframes(source.getnframes()), "<i2").astype(np.float64) / 32768
    raw.unlink()
    count = int(seconds * RATE_HZ)
    at = np.arange(count) * rate_hz / RATE_HZ % (data.size - 1)
    samples = np.interp(at, np.arange(data.size), data)
    return samples / np.abs(samples).max() * 0.6


def pink(chance: np.random.Generator, count: int) -> Mono:
    """So many samples of noise that falls by 3 dB an octave."""
    spectrum = np.fft.rfft(chance.standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.size), 20))
    noise = np.fft.irfft(spectrum, count)
    return noise / np.abs(noise).std() / 6


def music(time_s: Mono) -> Mono:
    """Chords with a decay and a melody, two beats a second."""
    chords = [(220, 277, 330), (196, 247, 294), (175, 220, 262), (165, 208, 247)]
    melody = [440, 494, 523, 587, 523, 494, 440, 392]
    sound = np.zeros(time_s.size)
    for number, chord in enumerate(chords):
        on = (time_s // 2 % 4) == number
        swell = np.exp(-(time_s % 2) / 1.5)
        sound += on * swell * sum(np.sin(2 * np.pi * note * time_s) for note in chord)
    for number, note in enumerate(melody):
        on = (time_s // 0.5 % 8) == number
        swell = np.minimum(1, (time_s % 0.5) / 0.02) * np.exp(-(time_s % 0.5) / 0.4)
        sound += on * swell * (np.sin(2 * np.pi * note * time_s) + 0.4 * np.sin(4 * np.pi * note * time_s))
    return 0.12 * sound


def _drums(chance: np.random.Generator, time_s: Mono) -> Mono:
    """Bass drum on the beat, hi-hat between: music that swings as widely as speech."""
    kick = np.sin(2 * np.pi * 60 * (time_s % 0.5)) * np.exp(-(time_s % 0.5) / 0.08)
    hat = chance.standard_normal(time_s.size) * np.exp(-((time_s + 0.25) % 0.5) / 0.03)
    return 0.5 * kick + 0.08 * hat + 0.4 * music(time_s)


def applause(chance: np.random.Generator, count: int) -> Mono:
    """Two hundred claps a second; the loudest reach full scale."""
    sound = np.zeros(count)
    clap = chance.standard_normal(480) * np.exp(-np.arange(480) / 90)
    for start in chance.integers(0, count - 480, count * 200 // RATE_HZ):
        sound[start : start + 480] += clap * chance.uniform(0.1, 1)
    return np.clip(sound / np.sort(np.abs(sound))[-count // 5000], -1, 1)


def _choppy(chance: np.random.Generator, speech: Mono) -> Mono:
    """A starved USB device: three gaps a second of 20 to 120 ms of digital silence."""
    choppy = speech.copy()
    for start in chance.integers(0, speech.size - 6000, speech.size * 3 // RATE_HZ):
        choppy[start : start + chance.integers(960, 5760)] = 0
    return choppy


def _with_pauses(speech: Mono, time_s: Mono) -> Mono:
    return speech * ((time_s % 9) < 5.5)
