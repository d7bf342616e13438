"""`lossless: true` of an MPEG-TS, MKV, MOV or MP4 means that the MP4 shows and sounds as it does.

What is decoded is compared frame by frame, whatever stands around the packets: tests.media.mutants.
"""

import hashlib
import shutil
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stagebox.media.job import Job
from stagebox.media.pipeline import process_recording
from stagebox.model.report import Code, Verdict
from stagebox.model.settings import Settings
from tests.media.conftest import ffmpeg
from tests.media.mutants import MUTATIONS

pytestmark = pytest.mark.venue

CASES = [(container, how) for container, hows in MUTATIONS.items() for how in hows]
FOUND = [
    ("mkv", "clock back", 507),
    ("mkv", "one time", 620),
    ("mkv", "again", 874),
    ("mov", "times shown", 499),
]
"""Once went wrong: packets without a time were left out; times that ffmpeg moved; what an edit list hides."""
ROUNDED_S = 0.0045
"""Both clocks may be rounded to milliseconds, and ours may be off by three more."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one short talk in every container."""
    made = tmp_path_factory.mktemp("mutants")
    ffmpeg(
        *(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=160x90:r=15",
            "-f",
            "lavfi",
            "-i",
            "aevalsrc=sin(300*t*t):s=48000",
        ),
        *("-t", "2", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "8", "-coder", "1"),
        *("-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2", made / "talk.mp4"),
    )
    for name, options in (
        ("talk.ts", ()),
        ("talk.mkv", ("-cluster_time_limit", "500")),
        ("talk.mov", ("-min_frag_duration", "0")),
    ):
        ffmpeg("-i", made / "talk.mp4", "-c", "copy", *options, made / name)
    return made


def decoded(path: Path, kind: str, *, all_of_it: bool = False) -> tuple[list[str], list[float]]:
    """A hash of what each frame of the first stream of this kind shows or sounds like, and when, in seconds.

    `all_of_it`: also what a MOV's edit list hides.
    """
    hashes, times_s = [], []
    with av.open(str(path), options={"ignore_editlist": "1"} if all_of_it else {}) as opened:
        stream = next(one for one in opened.streams if one.type == kind)
        cast(Any, stream).thread_type = "NONE"
        for packet in opened.demux(stream):
            try:
                frames = cast(list[Any], packet.decode())
            except av.FFmpegError:
                continue
            for frame in frames:
                shown = frame.to_ndarray()
                about = f"{shown.shape} {getattr(frame, 'sample_rate', 0)}"
                hashes.append(hashlib.md5(about.encode() + shown.tobytes()).hexdigest())
                times_s.append(float(frame.pts * frame.time_base) if frame.pts is not None else np.nan)
    return hashes, times_s


def differences(source: Path, output: Path, *, clock: bool) -> str:
    """What the output shows otherwise than the source, empty when nothing; `clock`: also when."""
    late: list[float] = []
    for kind in ("video", "audio"):
        (one, one_s), (two, two_s) = decoded(source, kind), decoded(output, kind)
        if one != two and source.suffix == ".mov" and decoded(source, kind, all_of_it=True)[0] == two:
            # What an edit list hides at the end can be seen in the MP4: more is shown, and no less.
            clock = False
        elif one != two:
            at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
            return f"{kind}: {len(one)} and {len(two)} frames, other from {at} on"
        late += [b - a for a, b in zip(one_s, two_s, strict=False) if not np.isnan(b - a)]
    if clock and max(late) - min(late) > 2 * ROUNDED_S:
        return f"times differ by {min(late):.4f} to {max(late):.4f} s"
    return ""


def judged(source: Path, out: Path) -> str:
    """What is wrong with the judgement on this file; empty when it is right."""
    report = process_recording(Job((source,), out), Settings())
    if not report.lossless:
        return "" if report.verdict is not Verdict.OK else "ok without being lossless"
    assert report.output is not None
    jumps = any(one.code is Code.DISCONTINUITY for one in report.findings)
    return differences(source, Path(report.output), clock=not jumps)


def made(folder: Path, container: str, how: str, at: int) -> tuple[Path, Path]:
    """The mutant with this number, and where its MP4 goes."""
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    source = work / f"talk.{container}"
    source.write_bytes(MUTATIONS[container][how](bytearray((folder / source.name).read_bytes()), at))
    return source, work / "out"


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("container", "how"), CASES)
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 1000))
def test_what_is_called_lossless_shows_and_sounds_as_the_recording(
    folder: Path, container: str, how: str, at: int
) -> None:
    assert judged(*made(folder, container, how, at)) == ""


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("container", "how", "at"), FOUND)
def test_what_was_once_judged_wrongly_is_judged_rightly(
    folder: Path, container: str, how: str, at: int
) -> None:
    assert judged(*made(folder, container, how, at)) == ""


def test_packets_without_a_time_are_kept(folder: Path) -> None:
    source, out = made(folder, "mkv", "clock back", 507)
    report = process_recording(Job((source,), out), Settings())
    assert report.output is not None
    assert decoded(Path(report.output), "video")[0] == decoded(folder / source.name, "video")[0]
