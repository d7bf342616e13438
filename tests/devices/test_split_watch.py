"""The file in which OBS goes on, found by what lies and grows in the folder."""

import threading
from pathlib import Path

from stagebox.devices.split_watch import FolderFile, SplitWatch, last_parts, next_parts
from stagebox.model.observations import RecordFileEvent

PRESENT = FolderFile("/r/t.flv", 100, 50.0)


def test_what_was_begun_beside_a_file_that_stopped_and_grows_is_the_next_part() -> None:
    before = [PRESENT, FolderFile("/r/t (2).flv", 10, 51.0)]
    now = [PRESENT, FolderFile("/r/t (2).flv", 20, 52.0)]
    assert [one.path for one in next_parts(PRESENT, (), before, now)] == ["/r/t (2).flv"]


def test_several_parts_come_in_the_order_of_their_times_and_not_of_their_names() -> None:
    before = [FolderFile(f"/r/t ({n}).flv", 10, 50.0 + n) for n in range(2, 12)]
    now = [*before[:-1], FolderFile("/r/t (11).flv", 20, 62.0)]
    found = [one.path for one in next_parts(PRESENT, (), before, reversed(now))]
    assert found == [f"/r/t ({n}).flv" for n in range(2, 12)]


def test_old_files_other_kinds_other_talks_and_what_stands_still_are_no_parts() -> None:
    others = [
        FolderFile("/r/old.flv", 10, 20.0),
        FolderFile("/r/t.mp4", 10, 55.0),
        FolderFile("/r/known.flv", 10, 55.0),
        FolderFile("/r/still.flv", 10, 55.0),
    ]
    grown = [FolderFile(one.path, 20, one.changed_utc) for one in others[:3]]
    assert not next_parts(PRESENT, ("/r/known.flv",), others, [*grown, others[3]])


def test_after_the_end_a_part_needs_not_grow() -> None:
    now = [PRESENT, FolderFile("/r/t (2).flv", 10, 49.0), FolderFile("/r/another.flv", 10, 49.0)]
    assert [one.path for one in last_parts(PRESENT, (), now)] == ["/r/t (2).flv"]


def test_the_watch_tells_of_a_part_and_of_one_that_was_begun_just_before_the_end(tmp_path: Path) -> None:
    told: list[RecordFileEvent] = []
    came = threading.Event()

    def post(seen: RecordFileEvent) -> None:
        told.append(seen)
        came.set()

    first, second, third = (tmp_path / name for name in ("t.flv", "t (2).flv", "t (3).flv"))
    first.write_bytes(b"x" * 100)
    watch = SplitWatch(post)
    watch.start()
    try:
        watch.watch(first, frozenset({str(first)}))
        for _ in range(100):
            with second.open("ab") as growing:
                growing.write(b"x" * 100)
            if came.wait(0.1):
                break
        assert [(one.path, one.after) for one in told] == [(str(second), str(first))]
        came.clear()
        watch.watch(second, frozenset({str(first), str(second)}))
        third.write_bytes(b"x")
        watch.watch(None, frozenset({str(first), str(second)}))
        assert came.wait(5.0)
        assert (told[-1].path, told[-1].after) == (str(third), str(second))
    finally:
        assert watch.close()
