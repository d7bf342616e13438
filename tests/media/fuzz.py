"""Damages real recordings in many ways and processes each: no crash, no hang, no wrong "ok".

`python -m tests.media.fuzz --count 2000` runs it by itself; `scripts/fuzz-media` is the short way to say so.
The same number always makes the same file, so that what was found can be made again.

An "ok" is wrong when the output is not there, cannot be read back with the hashes that the report tells, or
lacks something that the undamaged recording has: a stream, or more than half a second. Damage to a packet's
inside is carried over, as every packet is; what is cut off at the end is not, so there the output must decode
without a fault.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from stagebox.media.job import Job
from stagebox.media.pipeline import process, verify_recording
from stagebox.model.errors import StageboxError
from stagebox.model.report import Report, Verdict
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg, hashes_of
from tests.media.flv_maker import decodes

CONTAINERS = ("talk.flv", "talk.mkv", "talk.mp4", "fragmented.mp4")
DEADLINE_S = 60.0
LENGTH_S = 3.0
HEAD_BYTES = 1500
_FIELDS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\1")


@dataclass(frozen=True, slots=True)
class Case:
    """One damaged file: its number, what it was, and how it was damaged."""

    number: int
    container: str
    how: str
    content: bytes


def make_originals(folder: Path) -> dict[str, bytes]:
    """A short recording in every container."""
    flv = folder / "talk.flv"
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=160x90:r=30", "-f", "lavfi", "-i", "sine=r=48000", "-t", LENGTH_S),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "aac", flv),
    )
    for name in CONTAINERS[1:]:
        options = ("-movflags", "frag_keyframe+empty_moov") if name.startswith("frag") else ()
        ffmpeg("-i", flv, "-c", "copy", *options, folder / name)
    return {name: (folder / name).read_bytes() for name in CONTAINERS}


def damage(number: int, originals: dict[str, bytes]) -> Case:
    """The damaged file with this number, always the same."""
    chance = random.Random(number)
    container = CONTAINERS[number % len(CONTAINERS)]
    content = bytearray(originals[container])
    size = len(content)
    head = chance.random() < 0.5
    # The head of an MP4 with its index last is at its end.
    low, high = (0, min(HEAD_BYTES, size)) if head else (0, size)
    if head and container == "talk.mp4" and chance.random() < 0.7:
        low, high = content.rindex(b"moov"), size
    at = chance.randrange(low, high)
    span = chance.choice((1, 4, 16, 188, 1024, 8192))
    how = chance.choice(
        ("flip", "field", "zero", "noise", "delete", "insert", "repeat", "cut", "swap", "tail")
    )
    match how:
        case "flip":
            for _ in range(chance.choice((1, 1, 4, 32))):
                content[chance.randrange(low, high)] ^= 1 << chance.randrange(8)
        case "field":
            content[at : at + 4] = chance.choice(_FIELDS)
        case "zero":
            content[at : at + span] = bytes(len(content[at : at + span]))
        case "noise":
            content[at : at + span] = chance.randbytes(len(content[at : at + span]))
        case "delete":
            del content[at : at + span]
        case "insert":
            content[at:at] = chance.randbytes(span)
        case "repeat":
            content[at:at] = content[at : at + span]
        case "cut":
            del content[chance.randrange(1, size) :]
        case "swap":
            other = chance.randrange(size)
            one, two = bytes(content[at : at + span]), bytes(content[other : other + span])
            content[at : at + len(two)], content[other : other + len(one)] = two, one
        case "tail":
            content += chance.randbytes(span)
    return Case(number, container, f"{how} {span} at {at}", bytes(content))


def judge(case: Case, folder: Path) -> tuple[Verdict, str]:
    """The verdict on a damaged file, and what is wrong with that, empty when nothing is.

    Raises:
        Exception: whatever escapes from the pipeline; nothing may.
    """
    work = folder / str(case.number)
    work.mkdir()
    source = work / case.container
    source.write_bytes(case.content)
    began = time.monotonic()
    try:
        report = process(Job((source,), work / "out"), Settings()).report
        seen = verify_recording(source, Settings())
        wrong = _wrong(case, source, report, seen)
    except StageboxError as error:
        return Verdict.FAILED, f"raised {error}"
    finally:
        took_s = time.monotonic() - began
        changed = source.read_bytes() != case.content
        shutil.rmtree(work)
    if changed:
        wrong = "the source was changed"
    return report.verdict, wrong or (f"took {took_s:.0f} s" if took_s > DEADLINE_S else "")


def _wrong(case: Case, source: Path, report: Report, seen: Report) -> str:
    del source
    if (report.verdict is Verdict.FAILED) != (report.output is None):
        return f"{report.verdict} with output {report.output}"
    if Verdict.OK in (report.verdict, seen.verdict):
        if report.verdict is not seen.verdict:
            return f"process says {report.verdict}, verify says {seen.verdict}"
        if sorted(stream.kind for stream in report.streams) != ["audio", "video"]:
            return "ok without picture or sound"
        if abs(report.duration_s - LENGTH_S) > 0.5:
            return f"ok with {report.duration_s} s"
    if report.output is not None and case.how.startswith("cut") and (fault := decodes(Path(report.output))):
        return f"the output does not decode: {fault[:200]}"
    if report.output is not None and report.lossless:
        told = [stream.hash for stream in report.streams]
        if hashes_of(Path(report.output))[: len(told)] != told:
            return "the output does not have the hashes that are told"
    return ""


def run(numbers: Iterable[int], *, jobs: int = 2) -> tuple[Counter[Verdict], list[str]]:
    """Process the damaged files with these numbers; returns the verdicts and what was wrong."""
    verdicts: Counter[Verdict] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="stagebox-fuzz-") as name:
        folder = Path(name)
        originals = make_originals(folder)

        def one(number: int) -> None:
            case = damage(number, originals)
            label = f"{case.number} ({case.container}, {case.how})"
            try:
                verdict, said = judge(case, folder)
            except Exception as error:
                wrong.append(f"{label}: {type(error).__name__}: {error}")
                print(wrong[-1], flush=True)
                return
            verdicts[verdict] += 1
            if said:
                wrong.append(f"{label}: {said}")
                print(wrong[-1], flush=True)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(one, numbers))
    return verdicts, wrong


def main() -> int:
    """Run from the command line; the exit code is 0 when nothing was wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000, help="how many damaged files")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    began = time.monotonic()
    verdicts, wrong = run(range(asked.first, asked.first + asked.count), jobs=asked.jobs)
    counts = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict)
    print(
        f"{asked.count} damaged recordings in {time.monotonic() - began:.0f} s: {counts}; {len(wrong)} wrong."
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
