"""A storm can be repeated, and is one of real faults."""

from itertools import pairwise

from stagebox.rehearsal import storm
from stagebox.rehearsal.fault_catalogue import EVERY_FAULT


def test_the_same_seed_gives_the_same_storm_and_another_seed_another() -> None:
    assert storm.draw(7, 20) == storm.draw(7, 20)
    assert storm.draw(7, 20) != storm.draw(8, 20)


def test_five_minutes_have_twenty_faults_and_a_moment_has_one() -> None:
    assert storm.count_in(300) == 20
    assert storm.count_in(6) == 1


def test_every_fault_of_a_storm_can_be_played_and_none_comes_twice_in_a_row() -> None:
    names = storm.draw(3, 200)
    assert set(names) <= set(EVERY_FAULT)
    assert set(names) == set(storm.DRAWN)
    assert all(one != other for one, other in pairwise(names))
