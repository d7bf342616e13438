"""Talks are made again from what processing left beside their MP4s."""

from pathlib import Path

from stagebox.media import manifest, storage
from stagebox.media.manifest import FileStamp, ManifestEntry
from stagebox.model.report import Report
from stagebox.model.state import Phase
from stagebox.serve.rebuild import sessions_in


def entry(stem: str, output: FileStamp | None, page: dict[str, str]) -> ManifestEntry:
    return ManifestEntry(
        sources=(FileStamp("/rec/a.flv", 10, 1_800_000_900_000_000_000),),
        asked="",
        limits="",
        stem=stem,
        output=output,
        report=Report("/rec/a.flv", output.path if output else None, True, 60.0),
        page=page,
    )


def test_a_processed_talk_is_known_again(tmp_path: Path) -> None:
    hidden = storage.prepare(tmp_path)
    mp4 = tmp_path / "talk.mp4"
    mp4.write_bytes(b"mp4")
    page = {"title": "A talk", "speaker": "Žofie", "room": "Hall", "started_at": "2027-01-15T08:00:00+00:00"}
    manifest.save(hidden, "one", entry("talk", manifest.stamp(mp4), page))
    (found,) = sessions_in(tmp_path)
    assert (found.name, found.talk.title, found.phase, found.verdict) == ("talk", "A talk", Phase.DONE, "ok")
    assert found.output == str(mp4)
    assert found.segments[0].path == "/rec/a.flv"
    assert found.asked_utc == 1_800_000_000.0


def test_an_output_that_is_gone_is_not_claimed_and_strange_times_are_nought(tmp_path: Path) -> None:
    hidden = storage.prepare(tmp_path)
    manifest.save(hidden, "one", entry("talk", FileStamp("talk.mp4", 1, 1), {"started_at": "yesterday"}))
    (found,) = sessions_in(tmp_path)
    assert (found.output, found.asked_utc) == ("", 0.0)


def test_a_folder_without_manifests_has_no_talks(tmp_path: Path) -> None:
    assert sessions_in(tmp_path / "absent") == ()
