"""What `process`, `release` and a lost catalogue make of a recording that several talks share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stagebox.media import shared
from stagebox.media.job import Job
from stagebox.media.pipeline import process
from stagebox.media.release.inspection import TalkRecordings, groups
from stagebox.model.ranges import FileRange
from stagebox.model.settings import Settings
from stagebox.serve.rebuild import sessions_in
from tests.media.asking import config, recorded, said, told

pytestmark = [pytest.mark.venue, pytest.mark.files]
FIRST, SECOND = FileRange(to_s=4.2), FileRange(from_s=4.2)


def talk(folder: Path, name: str, *ranges: FileRange) -> None:
    """Make a talk of the folder's recordings, as many as there are ranges."""
    sources = tuple(folder / one for one in ("first.flv", "more.flv")[: len(ranges)])
    job = Job(
        sources=sources, out=folder / "out", name=name, ranges=ranges, starts_s=(0.0, 3.8)[: len(ranges)]
    )
    assert process(job, Settings()).report.lossless


@pytest.fixture
def evening(tmp_path: Path) -> Path:
    """A folder with a recording of eight seconds that two talks share."""
    folder = tmp_path / "evening"
    recorded(folder / "first.flv", quiet_from_s=100.0, length_s=8.0)
    talk(folder, "First", FIRST)
    talk(folder, "Second", SECOND)
    return folder


def outputs(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "out").glob("*.mp4"))


def only(folder: Path) -> TalkRecordings:
    (group,) = groups(folder, ())
    return group


def code(folder: Path) -> str:
    why = only(folder).why
    return why.code if why is not None else ""


def test_process_makes_no_third_talk_of_a_shared_recording(
    evening: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("-c", config(tmp_path), "process", evening, "--out", evening / "out")
    exit_code, reports = told(capsys, *command)
    assert (exit_code, outputs(evening)) == (0, ["First.mp4", "Second.mp4"])
    assert [Path(one["output"]).name for one in reports] == ["First.mp4"]
    (evening / "out" / "First.mp4").unlink()
    told(capsys, *command)
    assert outputs(evening) == ["Second.mp4", "first (2).mp4"], "what no MP4 holds any more is made again"


def test_process_leaves_a_talk_alone_that_goes_on_in_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "evening"
    for name, length_s in (("first.flv", 8.0), ("more.flv", 3.0)):
        recorded(folder / name, quiet_from_s=100.0, length_s=length_s)
    talk(folder, "First", FIRST)
    talk(folder, "Second", SECOND, FileRange())
    told(capsys, "-c", config(tmp_path), "process", folder, "--out", folder / "out")
    assert outputs(folder) == ["First.mp4", "Second.mp4"]
    assert len(only(folder).talks) == 2


def test_a_shared_recording_may_go_when_the_mp4s_hold_all_of_it(
    evening: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (code(evening), len(only(evening).talks)) == ("", 2)
    gone = tmp_path / "gone"
    result = said(capsys, "-c", config(tmp_path), "release", evening, "--move-to", gone)
    assert result[0] == 0, result
    assert not (evening / "first.flv").exists()
    assert (gone / "first.flv").exists()


def test_a_shared_recording_stays_while_a_part_of_it_is_in_no_mp4(tmp_path: Path) -> None:
    folder = tmp_path / "evening"
    recorded(folder / "first.flv", quiet_from_s=100.0, length_s=8.0)
    talk(folder, "First", FIRST)
    assert code(folder) == "shared"
    talk(folder, "Third", FileRange(from_s=7.5))
    assert code(folder) == "shared"
    talk(folder, "Second", FileRange(from_s=4.2, to_s=7.5))
    assert code(folder) == ""
    (folder / "out" / "Second.mp4").unlink()
    assert code(folder) == "output_gone"


def test_packets_that_differ_are_found_when_they_are_compared_again(
    evening: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut: Callable[..., object] = shared.make

    def other(source: Path, wanted: FileRange, target: Path, *rest: object, **more: object) -> object:
        found = cut(source, wanted, target, *rest, **more)
        data = bytearray(target.read_bytes())
        data[len(data) // 2] ^= 0xFF
        target.write_bytes(data)
        return found

    monkeypatch.setattr(shared, "make", other)
    assert code(evening) == "differs"


def test_a_catalogue_made_again_knows_which_part_is_whose(evening: Path) -> None:
    found = {one.name: [part.range for part in one.segments] for one in sessions_in(evening / "out")}
    assert found == {"First": [FIRST], "Second": [SECOND]}
