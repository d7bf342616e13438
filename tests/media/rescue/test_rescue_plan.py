"""What the rescue is made of, when the talk holds the same sound twice."""

import numpy as np

from stagebox.media.rescue.align import RATE_HZ, Sound
from stagebox.media.rescue.backups import DiaryFacts
from stagebox.media.rescue.rescue_plan import RescueBackup, RescuePlan, RescueSegment, plan
from stagebox.media.rescue.sound_choice import HOP_S
from stagebox.media.rescue.sound_files import DecodedSound
from tests.media.rescue.test_align import talk

UTC = 1_800_000_000.0
PART_S = 20.0


def heard(sound: Sound) -> DecodedSound:
    hop = round(RATE_HZ * HOP_S)
    hops = sound[: len(sound) // hop * hop].reshape(-1, hop)
    level = 20 * np.log10(np.sqrt(np.square(hops).mean(1)) + 1e-6)
    return DecodedSound((sound * 32767).astype(np.int16), np.stack([level, level], 1).astype(np.float32))


def segment(sound: Sound, began_s: float | None) -> RescueSegment:
    return RescueSegment(len(sound) / RATE_HZ, heard(sound), None if began_s is None else UTC + began_s)


def backup(sound: Sound, began_s: float | None) -> RescueBackup:
    return RescueBackup(heard(sound), DiaryFacts(started_utc=None if began_s is None else UTC + began_s))


def test_a_sound_that_comes_twice_is_put_where_the_clocks_say_it_was() -> None:
    twice = talk(1, PART_S)
    parts = [segment(twice, 0.0), segment(twice, 100.0)]
    made = plan(parts, [backup(twice, 0.5), backup(twice, 100.5)])
    assert isinstance(made, RescuePlan)
    places = [placed.start_s for placed in made.placement.backups if placed is not None]
    # The sounds were cut alike: each backup lies where its segment begins, a hundred seconds apart.
    assert np.allclose(places, [0.0, made.placement.starts_s[1]], atol=0.02)
    assert abs(made.placement.starts_s[1] - 100.0) < 1.0


def test_parts_that_contradict_each_other_without_a_clock_are_not_used() -> None:
    twice = talk(1, PART_S)
    parts = [segment(twice, None), segment(twice, None)]
    why = plan(parts, [backup(twice, None), backup(twice, None)])
    assert isinstance(why, str)
    assert "contradict" in why


def test_what_was_said_on_a_card_stays_private() -> None:
    """The recording is silent in the break, and the backup recorder heard all of it."""
    whole = talk(3, 40.0)
    recorded = whole.copy()
    recorded[round(15.0 * RATE_HZ) : round(25.0 * RATE_HZ)] = 0.0
    recorded[round(30.0 * RATE_HZ) : round(34.0 * RATE_HZ)] = 0.0  # a fault
    open_, private = (
        plan([segment(recorded, 0.0)], [backup(whole, 0.0)], spans) for spans in ((), ((15.0, 25.0),))
    )
    assert isinstance(open_, RescuePlan)
    assert isinstance(private, RescuePlan)
    assert private.gained_s < open_.gained_s - 5.0
    taken = [(one.source, round(one.start_s, 1), round(one.end_s, 1)) for one in private.pieces]
    assert ("own", 15.0, 25.0) in taken
    assert all(one.source == "backup" for one in private.pieces if 30.0 <= one.start_s < 34.0)
