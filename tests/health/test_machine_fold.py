"""The fold of the machine: bounded whatever comes, and the trend of memory."""

from dataclasses import replace

import pytest

from stagebox.health.folds.machine import MEMORY_SAMPLES_KEPT, SAMPLES_KEPT, fold_machine
from stagebox.health.memory import memory_figures
from stagebox.model.facts.machine import GroupMemory, MachineFacts
from tests.health.machine_facts import HOST, after, stats


def memory(rss: int) -> tuple[GroupMemory, ...]:
    return (GroupMemory(group="obs", processes=1, rss_bytes=rss, uss_bytes=rss // 2),)


@pytest.mark.parametrize("every_s", [0.01, 1.0, 45.0])
def test_no_flood_and_no_drought_makes_the_facts_grow(every_s: float) -> None:
    machine = MachineFacts()
    for number in range(5000):
        at = number * every_s
        machine = fold_machine(machine, stats(recording=True, record_bytes=number), at)
        machine = fold_machine(machine, replace(HOST, memory=memory(number)), at)
    assert len(machine.growth) <= SAMPLES_KEPT
    assert len(machine.frames) <= SAMPLES_KEPT
    assert all(len(history.samples) <= MEMORY_SAMPLES_KEPT for history in machine.memory)


def test_growth_of_memory_is_a_slope_an_hour_and_the_high_mark_stays() -> None:
    seen = [(60.0 * minute, replace(HOST, memory=memory(10**8 + minute * 10**6))) for minute in range(31)]
    facts = after(*seen, (1801.0, replace(HOST, memory=memory(5 * 10**7))))
    (figures,) = memory_figures(facts.machine)
    assert figures.growth_bytes_per_h == pytest.approx(60 * 10**6)
    assert figures.high_bytes == 10**8 + 30 * 10**6
    assert figures.rss_bytes == 5 * 10**7


def test_ten_minutes_are_needed_for_a_trend() -> None:
    facts = after(*((60.0 * minute, replace(HOST, memory=memory(10**8))) for minute in range(9)))
    assert memory_figures(facts.machine)[0].growth_bytes_per_h is None


def test_a_group_that_ended_is_forgotten() -> None:
    facts = after((1.0, replace(HOST, memory=memory(1))), (2.0, HOST))
    assert memory_figures(facts.machine) == ()
