"""`stagebox join`: parts of one talk become one proven MP4, and are known as that ever after."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stagebox.media import manifest
from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.model.settings import Settings
from tests.media.asking import config, said, told
from tests.media.conftest import PICTURE, ffmpeg, hashes_of
from tests.media.dying import KILLED, dies_at

pytestmark = [pytest.mark.venue, pytest.mark.files]

TONES_HZ = (300, 600, 900)
SECONDS = 3
T0 = 1_795_000_000


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A talk of nine seconds: three pictures in turns, each with a tone of its own, as OBS writes it."""
    path = tmp_path_factory.mktemp("whole") / "whole.mkv"
    sights = [f"{PICTURE},trim=duration={SECONDS},hue=h={120 * number}" for number in range(3)]
    sounds = [f"sine=f={tone}:r=48000:d={SECONDS},tremolo=f=4:d=0.9" for tone in TONES_HZ]
    inputs = [word for source in (*sights, *sounds) for word in ("-f", "lavfi", "-i", source)]
    graph = "[0][1][2]concat=n=3[v];[3][4][5]concat=n=3:v=0:a=1,aformat=channel_layouts=stereo[a]"
    ffmpeg(
        *(*inputs, "-filter_complex", graph, "-map", "[v]", "-map", "[a]", "-c:v", "libx264", "-bf", "2"),
        *("-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "aac", path),
    )
    return path


@pytest.fixture(scope="session")
def splits(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The talk as a recorder splits it, each file beginning at zero."""
    folder = tmp_path_factory.mktemp("splits")
    times = ",".join(str(SECONDS * number) for number in (1, 2))
    ffmpeg(
        *("-i", whole, "-c", "copy", "-map", "0", "-f", "segment", "-segment_times", times),
        *("-reset_timestamps", "1", folder / "%d.mkv"),
    )
    return tuple(folder / f"{number}.mkv" for number in range(3))


def lay(splits: tuple[Path, ...], folder: Path, *names: str, pause_s: float | None = None) -> list[Path]:
    """The files under these names; with `pause_s` their times are so far apart, else all the same."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, name in enumerate(names):
        path = folder / name
        if path.suffix == ".mkv":
            shutil.copy(splits[number], path)
        else:
            ffmpeg("-i", splits[number], "-map", "0", "-c", "copy", path)
        ended_s = T0 if pause_s is None else T0 + number * (SECONDS + pause_s)
        os.utime(path, (ended_s, ended_s))
        made.append(path)
    return made


def pictures(path: Path) -> list[str]:
    """A hash of each decoded picture, in the order in which they are shown."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", f"file:{path}", "-map", "0:v", "-fps_mode", "passthrough"]
        + ["-f", "framemd5", "-"],
        capture_output=True,
        check=True,
        text=True,
    )
    return [line.split(",")[-1].strip() for line in done.stdout.splitlines() if not line.startswith("#")]


def tones(path: Path) -> list[int]:
    """The loudest frequency of each whole second, in Hz."""
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", f"file:{path}", "-map", "0:a", "-ac", "1", "-ar", "8000"]
        + ["-f", "f32le", "-"],
        capture_output=True,
        check=True,
    ).stdout
    samples = np.frombuffer(raw, np.float32)
    seconds = [samples[at : at + 8000] for at in range(0, len(samples) - 7999, 8000)]
    return [int(np.abs(np.fft.rfft(one[2000:6000])).argmax()) * 2 for one in seconds]


def states(out: Path) -> dict[str, tuple[str, int]]:
    """State and number of recordings of each talk of an index."""
    value = json.loads((out / "reports" / "index.json").read_bytes())
    return {row["talk"]: (row["state"], len(row["parts"])) for row in value["talks"]}


NAMINGS = {
    "obs-mkv": ("2026-11-28 10-00-00.mkv", "2026-11-28 10-00-03.mkv", "2026-11-28 10-00-06.mkv"),
    "part-flv": ("talk.flv", "talk-part-2.flv", "talk-part-3.flv"),
    "camera-mp4": ("C0001.MP4", "C0002.MP4", "C0003.MP4"),
    "gopro-mov": ("GH010012.mov", "GH020012.mov", "GH030012.mov"),
    "ts": ("talk_001.ts", "talk_002.ts", "talk_003.ts"),
}


@pytest.mark.parametrize("naming", NAMINGS)
def test_what_is_offered_can_be_joined_and_shows_every_picture_in_order(
    naming: str, splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, out, settings = tmp_path / "rec", tmp_path / "talks", config(tmp_path, "")
    parts = lay(splits, rec, *NAMINGS[naming], pause_s=0.0)
    before = [path.read_bytes() for path in parts]
    _, value = told(capsys, "-c", settings, "process", rec, "--out", out)
    offers = [one["offer"] for one in value]
    assert offers[0]["recordings"] == [str(path) for path in parts]
    assert offers == offers[:1] * 3
    index = json.loads((out / "reports" / "index.json").read_bytes())
    assert index["offers"] == offers[:1]

    words = offers[0]["command"].split(" ", 2)[2]
    done = subprocess.run(["bash", "-c", f"printf '%s\\0' {words}"], capture_output=True, check=True)
    arguments = [os.fsdecode(word) for word in done.stdout.split(b"\0")[:-1]]
    # However they are named: the order is their own.
    code, value = told(capsys, "-c", settings, "join", *arguments[2::-1], *arguments[3:])
    assert [one["source"] for one in value["parts"]] == [str(path) for path in parts]
    assert [round(one["start_s"]) for one in value["parts"]] == [0, 3, 6]
    assert [one["words"] for one in value["gaps"]] == [
        "Part 2 goes on where part 1 ended.",
        "Part 3 goes on where part 2 ended.",
    ]
    joined = Path(value["output"])
    assert joined == out / f"{parts[0].stem} (joined).mp4"
    assert value["report"]["lossless"] is True
    assert not [one for one in value["report"]["findings"] if one["code"] == "gap"]
    assert code == (0 if value["report"]["verdict"] == "ok" else 1)

    assert pictures(joined) == [one for path in parts for one in pictures(path)]
    heard = tones(joined)
    for number, tone in enumerate(TONES_HZ):
        assert abs(heard[number * SECONDS + 1] - tone) <= 4, heard
    assert [path.read_bytes() for path in parts] == before
    assert {path.name for path in out.glob("*.mp4")} == {
        joined.name,
        *(f"{path.stem}.mp4" for path in parts),
    }
    assert list(states(out)) == [parts[0].stem]
    assert states(out)[parts[0].stem][1] == 3


def test_what_is_missing_and_what_was_found_is_told_at_its_place(
    splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, settings = (
        tmp_path / "rec",
        config(tmp_path, "[verify]\nblack_note_s = 0.5\nblack_warning_s = 1.0\n"),
    )
    one, two = lay(splits, rec, "talk.flv", "talk-part-2.flv", pause_s=12.0)
    ffmpeg(
        *("-i", splits[1], "-vf", "drawbox=t=fill:c=black:enable='between(t,1,2.6)'", "-c:v", "libx264"),
        *("-preset", "ultrafast", "-bf", "2", "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "copy", two),
    )
    os.utime(two, (T0 + SECONDS + 12, T0 + SECONDS + 12))
    cut = rec / "talk-part-3.flv"
    ffmpeg("-i", splits[2], "-c", "copy", cut)
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size * 2 // 3])
    os.utime(cut, (T0 + 2 * (SECONDS + 12), T0 + 2 * (SECONDS + 12)))
    code, value = told(capsys, "-c", settings, "join", one, two, cut)
    assert code == 1
    found = {(item["code"], round(item["start_s"])): item for item in value["report"]["findings"]}
    assert "12 s are missing between part 1 and part 2." in found["gap", 3]["message"]
    assert value["gaps"][0]["gap_s"] == pytest.approx(12.0, abs=0.2)
    assert value["gaps"][1]["gap_s"] == pytest.approx(13.0, abs=0.3)  # and a second was cut off
    black = next(item for (code, _), item in found.items() if code == "black")
    assert (black["start_s"], black["end_s"]) == (pytest.approx(4.0, abs=0.2), pytest.approx(5.6, abs=0.2))
    ended = next(item for (code, _), item in found.items() if code == "truncated")
    assert ended["start_s"] > 7.5
    assert Path(value["output"]).parent == rec  # beside the first part, of which no MP4 was made elsewhere
    chapters = json.loads(
        subprocess.run(
            ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", value["output"]],
            capture_output=True,
            check=True,
        ).stdout
    )["chapters"]
    assert [one["tags"]["title"] for one in chapters] == [
        "Part 1",
        "Part 2, after a gap of 12 s",
        "Part 3, after a gap of 13 s",
    ]
    code, text, _ = said(capsys, "-c", settings, "join", one, two, cut)
    assert code == 1
    assert "12 s are missing between part 1 and part 2." in text
    assert "To undo it: stagebox join --undo" in text


def test_joined_parts_are_one_talk_in_every_later_run_until_it_is_undone(
    splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, out, settings = tmp_path / "rec", tmp_path / "talks", config(tmp_path, "")
    parts = lay(splits, rec / "hall", "talk.flv", "talk-part-2.flv", pause_s=0.0)
    other = rec / "hall" / "other.flv"
    ffmpeg("-i", splits[2], "-map", "0", "-c", "copy", other)
    os.utime(other, (T0 - 900, T0 - 900))
    command = ("-c", settings, "process", rec, "--out", out)
    told(capsys, *command)
    before = states(out)
    assert before == {"talk": ("ok", 0), "talk-part-2": ("ok", 0), "other": ("ok", 0)}
    joined = out / "hall" / "talk (joined).mp4"
    join = ("-c", settings, "join", *parts, "--out", out / "hall")
    assert told(capsys, *join)[0] == 0
    assert states(out) == {"talk": ("ok", 2), "other": ("ok", 0)}
    assert [path.parent for path in out.rglob("index.html")] == [out / "reports"]
    made = {path: path.stat().st_mtime_ns for path in out.rglob("*.mp4")}

    for again in range(2):
        code, value = told(capsys, *command)
        assert code == 0
        by_source = {Path(one["source"]).name: one for one in value}
        assert {one["output"] for one in value} == {str(joined), str(out / "hall" / "other.mp4")}
        assert by_source["talk-part-2.flv"]["joined"] == {
            "output": str(joined),
            "number": 2,
            "parts": [str(path) for path in parts],
        }
        assert not any("offer" in one for one in value)
        assert {path: path.stat().st_mtime_ns for path in out.rglob("*.mp4")} == made
        assert states(out) == {"talk": ("ok", 2), "other": ("ok", 0)}
        if not again:  # made by nobody, known as joined all the same
            shutil.rmtree(out / "reports")
    code, text, _ = said(capsys, *command)
    assert "2 talks (2 recordings are joined): 2 good" in text
    assert sum("talk" in line for line in text.splitlines()[:4]) == 1

    # Other thresholds judge the joined talk, and not the parts.
    other_settings = config(tmp_path, "[verify]\nsilence_warning_s = 3.0\n")
    told(capsys, "-c", other_settings, "process", rec, "--out", out)
    assert states(out) == {"talk": ("ok", 2), "other": ("ok", 0)}
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.mp4")} == made

    # What is said of a part is said of the talk.
    told(capsys, "-c", settings, "accept", parts[1], "--lost", "--note", "x", "--out", out)
    assert states(out)["talk"] == ("settled", 2)
    told(capsys, "-c", settings, "accept", joined, "--undo")

    release = ("-c", settings, "release", rec, "--out", out)
    told(capsys, *command)
    _, value = told(capsys, *release)
    assert {(one["state"], one["output"]) for one in value["recordings"]} == {
        ("may_go", str(joined)),
        ("may_go", str(out / "hall" / "other.mp4")),
    }
    assert told(capsys, "-c", settings, "join", "--undo", joined)[1]["parts"] == [str(path) for path in parts]
    assert not joined.exists()
    assert all(path.exists() for path in parts)
    assert states(out) == before
    told(capsys, *command)
    assert states(out) == before
    assert {path.name for path in (out / "hall" / "reports").glob("*joined*")} == set()


def test_parts_that_are_renamed_stay_joined(
    splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, out, settings = tmp_path / "rec", tmp_path / "talks", config(tmp_path, "")
    parts = lay(splits, rec / "hall", "talk.mkv", "talk-part-2.mkv", pause_s=0.0)
    command = ("-c", settings, "process", rec, "--out", out)
    told(capsys, *command)
    told(capsys, "-c", settings, "join", *parts, "--out", out / "hall")
    joined = out / "hall" / "talk (joined).mp4"
    made = {path: path.stat().st_mtime_ns for path in out.rglob("*.mp4")}
    for path in parts:
        path.rename(path.with_name(path.name.replace("talk", "Keynote")))
    told(capsys, *command)
    assert states(out) == {"Keynote": ("ok", 2)}
    code, value = told(capsys, *command)
    assert (code, {one["output"] for one in value}) == (0, {str(joined)})
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.mp4")} == made


def test_a_part_is_released_only_when_the_joined_mp4_proves_it(
    splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, out, settings = tmp_path / "rec", tmp_path / "talks", config(tmp_path, "")
    parts = lay(splits, rec, "talk.mkv", "talk-part-2.mkv", pause_s=0.0)
    told(capsys, "-c", settings, "process", rec, "--out", out)
    release = ("-c", settings, "release", rec, "--out", out)
    code, value = told(capsys, *release)
    assert (code, {one["state"] for one in value["recordings"]}) == (0, {"may_go"})
    _, value = told(capsys, "-c", settings, "join", *parts, "--out", out)
    joined = Path(value["output"])
    with joined.open("ab") as stream:
        stream.write(b"more")
    code, value = told(capsys, *release)
    codes = [one["code"] for one in value["recordings"]]
    assert (code, codes) == (1, ["output_changed", "output_changed"])
    joined.unlink()  # a person takes it away: the parts are talks by themselves again
    code, value = told(capsys, *release)
    assert (code, {one["output"] for one in value["recordings"]}) == (
        0,
        {str(out / "talk.mp4"), str(out / "talk-part-2.mp4")},
    )
    told(capsys, "-c", settings, "process", rec, "--out", out)
    assert set(states(out)) == {"talk", "talk-part-2"}
    # Joined once more, and the recordings go together.
    told(capsys, "-c", settings, "join", *parts, "--out", out)
    code, value = told(capsys, *release, "--move-to", tmp_path / "aside")
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "aside").iterdir()) == ["talk-part-2.mkv", "talk.mkv"]
    code, _, words = said(capsys, "-c", settings, "join", "--undo", joined)
    assert code == 2
    assert "only the joined MP4 holds it" in words
    assert joined.exists()


Change = Callable[[Path, Path], list[str | Path]]


def _damaged(one: Path, two: Path) -> list[str | Path]:
    two.write_bytes(bytes(range(256)) * 200)
    return [one, two]


def _empty(one: Path, two: Path) -> list[str | Path]:
    two.write_bytes(b"")
    return [one, two]


def _gone(one: Path, two: Path) -> list[str | Path]:
    two.unlink()
    return [one, two]


def _twice(one: Path, two: Path) -> list[str | Path]:
    two.unlink()
    two.symlink_to(one)
    return [one, two]


def _folder(one: Path, two: Path) -> list[str | Path]:
    return [one, two.parent]


def _wider(one: Path, two: Path) -> list[str | Path]:
    ffmpeg("-i", one, "-vf", "scale=640:360", "-c:v", "libx264", "-c:a", "copy", two)
    return [one, two]


def _mono(one: Path, two: Path) -> list[str | Path]:
    ffmpeg("-i", one, "-c:v", "copy", "-c:a", "aac", "-ac", "1", two)
    return [one, two]


def _mute(one: Path, two: Path) -> list[str | Path]:
    ffmpeg("-i", one, "-c:v", "copy", "-an", two)
    return [one, two]


def _other_container(one: Path, two: Path) -> list[str | Path]:
    ffmpeg("-i", one, "-c", "copy", two.with_suffix(".flv"))
    return [one, two.with_suffix(".flv")]


def _no_order(one: Path, two: Path) -> list[str | Path]:
    return [one, two.rename(two.with_name("another.mkv"))]


def _alone(one: Path, two: Path) -> list[str | Path]:
    return [one]


REFUSED: dict[str, tuple[Change, int, str]] = {
    "damaged": (_damaged, 2, "talk-part-2.mkv is no recording that can be read"),
    "empty": (_empty, 2, "talk-part-2.mkv is empty"),
    "gone": (_gone, 2, "There is no file"),
    "the same twice": (_twice, 2, "are the same recording"),
    "a folder": (_folder, 2, "is a folder"),
    "another size": (_wider, 2, "do not fit together: 320 × 180 and 640 × 360"),
    "other sound": (_mono, 2, "do not fit together: 2 channels and 1 channels"),
    "no sound": (_mute, 2, "one has 1 sound tracks, the other 0"),
    "another kind of file": (_other_container, 2, "one is an MKV, the other an FLV"),
    "no order": (_no_order, 2, "in which order talk and another belong"),
    "one alone": (_alone, 64, "at least two"),
}


@pytest.mark.parametrize("state", REFUSED)
def test_what_cannot_be_joined_is_refused_in_a_sentence_and_nothing_is_made(
    state: str, splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, wanted, words = REFUSED[state]
    one, two = lay(splits, tmp_path / "rec", "talk.mkv", "talk-part-2.mkv")
    paths = change(one, two)
    there = {path: path.read_bytes() for path in (tmp_path / "rec").iterdir()}
    out = tmp_path / "talks"
    code, text, error = said(capsys, "-c", config(tmp_path, ""), "join", *paths, "--out", out)
    assert (code, text) == (wanted, "")
    assert words in error
    assert "Traceback" not in error
    assert not list(out.rglob("*.mp4"))
    assert {path: path.read_bytes() for path in (tmp_path / "rec").iterdir()} == there


def test_a_part_that_grows_is_waited_for(
    splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = lay(splits, tmp_path / "rec", "talk.mkv", "talk-part-2.mkv")
    settings = config(tmp_path, "")
    os.utime(two)
    with two.open("ab"):
        code, _, error = said(capsys, "-c", settings, "join", one, two)
        _, value = told(capsys, "-c", settings, "process", tmp_path / "rec")
    assert code == 2
    assert "talk-part-2.mkv is still being recorded" in error
    assert not any("offer" in item for item in value)
    os.utime(two, (T0 + SECONDS, T0 + SECONDS))
    _, value = told(capsys, "-c", settings, "process", tmp_path / "rec")
    assert all("offer" in item for item in value)


def test_what_is_joined_already_is_said_and_never_made_twice(
    splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, other, settings = tmp_path / "rec", tmp_path / "card", config(tmp_path, "")
    one, two = lay(splits, rec, "a.mkv", "b.mkv")
    far = other / "c.mkv"
    other.mkdir()
    shutil.copy(splits[2], far)
    os.utime(far, (T0, T0))
    code, value = told(capsys, "-c", settings, "join", two, one, "--in-this-order")
    assert (value["order"], value["done_before"]) == ("asked", False)
    assert [one["source"] for one in value["parts"]] == [str(two), str(one)]
    joined = Path(value["output"])
    made = joined.stat().st_mtime_ns
    code, value = told(capsys, "-c", settings, "join", two, one, "--in-this-order")
    assert (code, value["done_before"]) == (1, True)  # what lies between is not known: somebody looks
    for paths in ((one, two), (two, far)):
        code, _, error = said(capsys, "-c", settings, "join", *paths, "--in-this-order")
        assert code == 2
        assert "in a joined talk already" in error
    code, _, error = said(capsys, "-c", settings, "join", joined, far, "--in-this-order")
    assert code == 2
    assert "is joined already" in error
    assert joined.stat().st_mtime_ns == made
    told(capsys, "-c", settings, "join", "--undo", joined)
    # Of two folders, and by their MP4s: the recordings are meant.
    out = tmp_path / "talks"
    told(capsys, "-c", settings, "process", rec, "--out", out)
    code, value = told(capsys, "-c", settings, "join", out / "a.mp4", far, "--in-this-order")
    assert [one["source"] for one in value["parts"]] == [str(one), str(far)]
    assert Path(value["output"]) == out / "a (joined).mp4"
    code, _, error = said(capsys, "-c", settings, "join", "--undo", out / "b.mp4")
    assert code == 2
    assert "was not made by `stagebox join`" in error


def test_a_part_that_is_changed_or_gone_since_is_told_and_made_anew_by_itself(
    splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rec, out, settings = tmp_path / "rec", tmp_path / "talks", config(tmp_path, "")
    one, two = lay(splits, rec, "talk.mkv", "talk-part-2.mkv", pause_s=0.0)
    told(capsys, "-c", settings, "join", one, two, "--out", out)
    command = ("-c", settings, "process", rec, "--out", out)
    told(capsys, *command)
    assert states(out) == {"talk": ("ok", 2)}
    shutil.copy(splits[2], two)
    told(capsys, *command)
    assert states(out) == {"talk": ("ok", 2), "talk-part-2": ("ok", 0)}
    (row,) = [
        row for row in json.loads((out / "reports" / "index.json").read_bytes())["talks"] if row["parts"]
    ]
    assert "one was changed or is gone since" in row["small"]
    two.unlink()
    told(capsys, *command)
    assert states(out) == {"talk": ("ok", 2)}


@pytest.mark.timeout(300)
def test_killed_at_each_step_nothing_is_lost_and_the_next_run_ends_the_same(
    splits: tuple[Path, ...], tmp_path: Path
) -> None:
    out = tmp_path / "talks"
    parts = lay(splits, tmp_path / "rec", "talk.mkv", "talk-part-2.mkv", pause_s=0.0)
    contents = [path.read_bytes() for path in parts]
    for path in parts:
        process(Job((path,), out), Settings())
    job = Job(tuple(parts), out, name="talk (joined)", gaps_s=(0.0,))
    expected: list[str] = []
    step = 0
    for step in range(1, 200):
        code = dies_at(step, lambda: process(job, Settings()), writing_in=out)
        assert [path.read_bytes() for path in parts] == contents
        assert sorted(path.name for path in out.glob("*.mp4"))[-2:] == ["talk-part-2.mp4", "talk.mp4"]
        entries = manifest.entries(out / ".stagebox")
        assert len([entry for entry in entries if len(entry.sources) == 1]) == 2, step
        if (joined := out / "talk (joined).mp4").exists():
            expected = expected or hashes_of(joined)
            assert hashes_of(joined) == expected
        if code == 0:
            break
        assert code == KILLED, step
    assert step > 12, "too few steps were seen: the test would prove nothing"
    assert joined.exists()
    assert not list((out / ".stagebox").glob("*.part"))


def test_an_undo_that_is_killed_at_any_step_counts_as_done_or_as_not_begun(
    splits: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from stagebox.media import processed_talk
    from stagebox.media.parts.undo import undo

    out, settings = tmp_path / "talks", config(tmp_path, "")
    parts = lay(splits, tmp_path / "rec", "talk.mkv", "talk-part-2.mkv", pause_s=0.0)
    command = ("-c", settings, "process", tmp_path / "rec", "--out", out)
    told(capsys, *command)
    seen: set[Any] = set()
    for step in range(1, 60):
        told(capsys, "-c", settings, "join", *parts, "--out", out)
        joined = out / "talk (joined).mp4"
        assert joined.exists()

        def work(joined: Path = joined) -> None:
            undo(processed_talk.find(joined))

        code = dies_at(step, work)
        told(capsys, *command)
        there = joined.exists()
        assert set(states(out)) == ({"talk"} if there else {"talk", "talk-part-2"}), step
        seen.add(there)
        if code == 0:
            break
        assert code == KILLED
    assert seen == {True, False}
    assert step > 3
