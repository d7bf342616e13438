"""Which files are a talk's backup, and in which order they were begun."""

import json
from pathlib import Path

from stagebox.media.rescue.backups import SCHEMA, find


def backup(path: Path, began_s: float) -> Path:
    """An empty backup with a diary that says when it began."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    diary = {
        "schema": SCHEMA,
        "rate_hz": 48_000,
        "marks": [],
        "latency_s": 0.0,
        "started_utc_s": None,
        "started_monotonic_s": began_s,
        "clock": "",
        "gaps": [],
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(diary))
    return path


def test_a_backup_that_had_to_leave_its_disk_is_found_and_comes_after_the_one_that_it_left(
    tmp_path: Path,
) -> None:
    main, second = tmp_path / "main", tmp_path / "second"
    went_on = backup(second / "backup" / "talk.flac", 90.0)
    began = backup(main / "backup" / "talk.flac", 50.0)
    backup(second / "backup" / "another.flac", 10.0)
    sources = [main / "talk.flv"]
    assert find(sources, "talk") == (began,)
    assert find(sources, "talk", [main, second]) == (began, went_on)
    # Also where no segment was ever begun in the other folder; and each is found once.
    assert find([*sources, second / "talk-part-2.flv"], "talk", [main, second]) == (began, went_on)
