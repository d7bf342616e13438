"""What was made of several recordings, or apart from a talk, is one talk: in rows, sums and lists alike."""

from dataclasses import replace
from pathlib import Path

import pytest

from stagebox.media import manifest
from stagebox.media.index.gather import EveningIndex, gathered
from stagebox.media.index.run_log import RunLog
from stagebox.media.index.shelf import ShelvedTalk
from stagebox.media.manifest import FileStamp, ManifestEntry
from stagebox.media.parts.joined import belonging
from stagebox.model.report import Code, Finding, Report, Severity

BLACK = Finding(Code.BLACK, Severity.CRITICAL, 0.0, 9.0, "It is black.")
FORM = {"recorded": {"shape": "one", "rate": 30.0, "tagged": ""}}


def talk(
    out: Path, key: str, *sources: Path, stem: str = "", found: tuple[Finding, ...] = (), **page: object
) -> ShelvedTalk:
    """A talk of these recordings, with its MP4 in `out`."""
    (out / ".stagebox").mkdir(parents=True, exist_ok=True)
    for path in sources:
        if ".stagebox" not in path.parts and not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(path.name.encode())
    stem = stem or sources[0].stem
    made = out / f"{stem}.mp4"
    made.write_bytes(b"an MP4")
    stamps = tuple(manifest.stamp(path) if path.exists() else FileStamp(str(path), 1, 1) for path in sources)
    report = Report(str(sources[0]), str(made), True, 10.0, findings=found)
    entry = ManifestEntry(stamps, "", "", stem, manifest.stamp(made), report, {**FORM, **page})
    return ShelvedTalk(out, key, entry)


def rows(index: EveningIndex) -> dict[str, tuple[str, int]]:
    return {row.talk: (row.state, len(row.parts)) for row in index.rows}


@pytest.fixture(params=["beside", "elsewhere"])
def folders(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """The recordings' folder, and that of the MP4s: the same, or another one."""
    rec = tmp_path / "rec"
    rec.mkdir()
    return rec, rec if request.param == "beside" else tmp_path / "talks"


@pytest.mark.parametrize("bad", [False, True])
def test_a_stretch_made_apart_stands_in_its_talks_row(folders: tuple[Path, Path], bad: bool) -> None:
    rec, out = folders
    made = str(out / "talk - part 2.mp4")
    gap = Finding(Code.GAP, Severity.NOTE, 10.0, 10.0, "Another sound.", evidence={"output": made})
    whole = talk(out, "whole", rec / "talk.flv", found=(gap,))
    hidden = out / ".stagebox" / "whole.mended1.part"
    apart = talk(out, "other", hidden, stem="talk - part 2", found=(BLACK,) if bad else ())
    index = gathered(out, [whole, apart], RunLog(roots=(str(rec),)))
    assert rows(index) == {"talk": ("flagged" if bad else "ok", 0)}
    assert (index.totals.talks, index.totals.length_s, index.gone) == (1, 20.0, ())
    assert len(index.reports) == 1
    (row,) = index.rows
    assert [(one.name, one.output) for one in row.apart] == [("talk - part 2", made)]
    assert row.wrong == ("black picture, 9 s in talk - part 2" if bad else "")
    assert "In an MP4 of its own: talk - part 2" in row.small
    # The recording goes, and the talk with all that was made of it.
    (rec / "talk.flv").unlink()
    index = gathered(out, [whole, apart], RunLog(roots=(str(rec),)))
    assert (rows(index), [one.talk for one in index.gone]) == ({}, ["talk", "talk - part 2"])


def test_each_state_of_a_joined_talk_has_its_rows(folders: tuple[Path, Path]) -> None:
    rec, out = folders
    one, two = rec / "talk.flv", rec / "talk-part-2.flv"
    parts = [talk(out, "1", one), talk(out, "2", two)]
    told = {"name": "talk (joined)", "gaps_s": [None]}
    joined = talk(out, "12", one, two, stem="talk (joined)", joined=told)
    known = [*parts, joined]
    apart = {"talk": ("ok", 0), "talk-part-2": ("ok", 0)}

    def seen(some: list[ShelvedTalk] = known) -> dict[str, tuple[str, int]]:
        index = gathered(out, some, RunLog(roots=(str(rec),)))
        assert index.totals.talks == len(index.rows)
        assert bool(index.offers) == (len(index.rows) == 2 and all(not row.parts for row in index.rows))
        return rows(index)

    assert seen(parts) == apart
    assert seen() == {"talk": ("ok", 2)}
    # Not proven: it does not stand for its parts.
    unproven = replace(joined.entry.report, lossless=False)
    doubtful = replace(joined, entry=replace(joined.entry, report=unproven))
    assert belonging([*parts, doubtful]).parts == frozenset()
    # What a box recorded in several files is one talk as well.
    session = replace(joined, entry=replace(joined.entry, page=FORM))
    assert seen([*parts, session]) == {"talk": ("ok", 2)}
    # A part that is another file by now is a talk by itself, and the joined one is still there.
    two.write_bytes(b"another recording")
    changed = talk(out, "2", two)
    assert seen([parts[0], changed, joined]) == {"talk": ("ok", 2), "talk-part-2": ("ok", 0)}
    # Its MP4 was taken away, or changed: the parts are talks again.
    two.write_bytes(two.name.encode())
    parts[1] = known[1] = talk(out, "2", two)
    (out / "talk (joined).mp4").write_bytes(b"something else")
    assert seen() == apart
    (out / "talk (joined).mp4").unlink()
    assert seen() == apart
