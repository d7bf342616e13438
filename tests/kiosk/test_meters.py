"""Meters rise at once, fall slowly, hold their peak and latch a clip."""

import pytest

from stagebox.kiosk.meters import FLOOR_DBFS, Meters, moved, unlatched
from stagebox.model.facts.sound import ChannelLevel
from stagebox.model.levels import MeterLevels


def sound(rms: float, peak: float) -> MeterLevels:
    return MeterLevels(channels=(ChannelLevel(rms_dbfs=rms, peak_dbfs=peak),))


def test_a_level_rises_at_once_and_falls_slowly() -> None:
    loud = moved(Meters(), sound(-10, -6), 1.0, fresh=True)
    assert loud.channels[0].level_dbfs == -10
    softer = moved(loud, sound(-50, -45), 1.1, fresh=True)
    assert softer.channels[0].level_dbfs == pytest.approx(-12)


def test_a_peak_is_held_and_then_falls() -> None:
    loud = moved(Meters(), sound(-10, -6), 1.0, fresh=True)
    held = moved(loud, sound(-50, -45), 2.0, fresh=True)
    assert held.channels[0].peak_dbfs == -6
    fallen = moved(held, sound(-50, -45), 3.0, fresh=True)
    assert fallen.channels[0].peak_dbfs < -6


def test_a_clip_stays_lit_until_it_is_touched() -> None:
    clipped = moved(Meters(), sound(-3, 0.0), 1.0, fresh=True)
    later = moved(clipped, sound(-50, -45), 60.0, fresh=True)
    assert later.channels[0].clipped
    assert not unlatched(later).channels[0].clipped


def test_without_news_the_level_is_not_known_and_never_frozen_at_a_good_value() -> None:
    loud = moved(Meters(), sound(-10, -6), 1.0, fresh=True)
    assert not moved(loud, sound(-10, -6), 2.0, fresh=False).known
    assert not moved(loud, MeterLevels(), 2.0, fresh=True).known


def test_silence_is_the_floor() -> None:
    assert moved(Meters(), sound(-300, -300), 1.0, fresh=True).channels[0].level_dbfs == FLOOR_DBFS


def test_the_figure_beside_the_bars_changes_no_faster_than_it_can_be_read() -> None:
    meters = moved(Meters(), sound(-30, -30), 1.0, fresh=True)
    told = {meters.told_dbfs}
    for step in range(1, 20):
        meters = moved(meters, sound(-30 + step, -10), 1.0 + step * 0.05, fresh=True)
        told.add(meters.told_dbfs)
    assert meters.channels[0].level_dbfs == -11
    assert 2 <= len(told) <= 5
