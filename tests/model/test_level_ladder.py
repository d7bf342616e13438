"""The memory of when a sound was last at or above each level."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.model.facts.level_ladder import PAUSE_S, LevelLadder

readings = st.lists(st.tuples(st.floats(0.01, 3), st.floats(-130, 3)), max_size=40)


@settings(deadline=None)
@given(readings=readings, asked=st.integers(-100, 0))
def test_the_last_time_above_a_level_is_that_of_the_last_reading_that_was(
    readings: list[tuple[float, float]], asked: int
) -> None:
    ladder, now, expected = LevelLadder(), 0.0, None
    for pause_s, level_dbfs in readings:
        now += pause_s
        ladder = ladder.heard(level_dbfs, now)
        if level_dbfs >= asked:
            expected = now
    assert ladder.last_above(float(asked)) == expected


@settings(deadline=None)
@given(readings=readings, asked=st.integers(-100, 0))
def test_a_spell_begins_anew_after_a_pause(readings: list[tuple[float, float]], asked: int) -> None:
    ladder, now = LevelLadder(), 0.0
    began = last = None
    for pause_s, level_dbfs in readings:
        now += pause_s
        ladder = ladder.heard(level_dbfs, now)
        if level_dbfs >= asked:
            began = now if began is None or last is None or now - last > PAUSE_S else began
            last = now
    expected = 0.0 if began is None or last is None or now - last > PAUSE_S else last - began
    assert ladder.spell_s(float(asked), now) == expected
