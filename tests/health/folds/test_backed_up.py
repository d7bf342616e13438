"""The rail tells how much of the talk is in its backups, also after the backup went on in another file."""

from hypothesis import given
from hypothesis import strategies as st

from stagebox.health.folds.sound import fold_sound
from stagebox.model.facts.sound import BackupRecorderReading, SoundFacts


def told(*readings: tuple[str, float], run: int = 1) -> float:
    """Seconds that are told after these readings of (backup, seconds in it)."""
    facts = SoundFacts()
    for at, (backup, backup_s) in enumerate(readings):
        facts = fold_sound(
            facts,
            BackupRecorderReading(run=run, status="listening", backup=backup, backup_s=backup_s),
            at / 10,
        )
    return facts.ear.backed_up.all_s


def test_a_backup_that_goes_on_in_another_folder_counts_on() -> None:
    assert told(("/a/backup/talk.flac", 90.0), ("/b/backup/talk.flac", 0.5)) == 90.5


def test_a_backup_recorder_that_began_anew_counts_on_in_the_next_part() -> None:
    there = ("/a/talk.flac", 60.0), ("", 0.0), ("/a/talk-part-2.flac", 2.0), ("/a/talk-part-3.flac", 1.0)
    assert told(*there) == 63.0


def test_the_next_talk_begins_at_nought() -> None:
    assert told(("/a/one.flac", 60.0), ("", 0.0), ("/a/two.flac", 0.5)) == 0.5


def test_what_was_not_there_yet_counts_as_nothing() -> None:
    assert told(("", 0.0)) == 0.0
    assert told() == 0.0


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.floats(0.0, 100.0)), max_size=20))
def test_within_one_talk_it_never_goes_back(readings: list[tuple[str, float]]) -> None:
    named = [(f"/{folder}/talk.flac" if folder else "", seconds) for folder, seconds in readings]
    sums = [told(*named[:count]) for count in range(len(named) + 1)]
    assert sums == sorted(sums)
