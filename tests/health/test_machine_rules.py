"""The rules of the machine: what is fine, what is bad, what nobody knows."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.health.check import Rule
from stagebox.health.clock_unsynced import clock_unsynced
from stagebox.health.disk_full import disk_full
from stagebox.health.disk_low import OBS_STOPS_BYTES, disk_low, room
from stagebox.health.encoder_lag import encoder_lag
from stagebox.health.folder_gone import folder_gone
from stagebox.health.folds.machine import fold_machine
from stagebox.health.hot import hot
from stagebox.health.on_battery import on_battery
from stagebox.health.render_lag import render_lag
from stagebox.health.rules import MACHINE
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import HostReading
from stagebox.model.observations import ObsStatsReading
from stagebox.model.report import Code, Severity
from tests.health.machine_facts import GIGABYTE, HOST, LIMITS, after, host_facts, stats, the_check

NOTE, WARNING, CRITICAL = Severity.NOTE, Severity.WARNING, Severity.CRITICAL


def free_for(minutes: float) -> int:
    """Free bytes that last for so many minutes at the planned bitrate."""
    return OBS_STOPS_BYTES + round(minutes * 60 * HOST.planned_bytes_per_s) + 1000


@pytest.mark.parametrize(
    ("rule", "changed", "outcome", "level"),
    [
        (disk_low, {}, "fine", None),
        (disk_low, {"recording_free_bytes": free_for(60)}, "fine", None),
        (disk_low, {"recording_free_bytes": free_for(59)}, "bad", WARNING),
        (disk_low, {"recording_free_bytes": free_for(14.9)}, "bad", CRITICAL),
        (disk_low, {"recording_free_bytes": 0}, "bad", CRITICAL),
        (disk_low, {"recording_free_bytes": None}, "unknown", None),
        (disk_low, {"planned_bytes_per_s": 0.0}, "unknown", None),
        (disk_full, {}, "fine", None),
        (disk_full, {"recording_free_bytes": 2 * GIGABYTE}, "fine", None),
        (disk_full, {"recording_free_bytes": 2 * GIGABYTE - 1}, "bad", CRITICAL),
        (disk_full, {"recording_free_bytes": None}, "unknown", None),
        (folder_gone, {}, "fine", None),
        (folder_gone, {"recording_folder": "gone"}, "bad", CRITICAL),
        (folder_gone, {"recording_folder": "read_only"}, "bad", CRITICAL),
        (folder_gone, {"recording_folder": None}, "unknown", None),
        (hot, {}, "fine", None),
        (hot, {"temperature_c": 95.0}, "bad", WARNING),
        (hot, {"temperature_c": 89.0, "temperature_high_c": None}, "fine", None),
        (hot, {"temperature_c": 90.0, "temperature_high_c": None}, "bad", WARNING),
        (hot, {"throttled": True}, "bad", WARNING),
        (hot, {"temperature_c": None, "throttled": True}, "bad", WARNING),
        (hot, {"temperature_c": None, "throttled": None}, "unknown", None),
        (on_battery, {}, "fine", None),
        (on_battery, {"mains": False, "battery_percent": 80.0}, "bad", WARNING),
        (on_battery, {"mains": False, "battery_percent": 29.0}, "bad", CRITICAL),
        (on_battery, {"mains": False}, "bad", WARNING),
        (on_battery, {"mains": None}, "unknown", None),
        (clock_unsynced, {}, "fine", None),
        (clock_unsynced, {"clock_synced": False}, "bad", NOTE),
        (clock_unsynced, {"clock_synced": None}, "unknown", None),
    ],
)
def test_a_machine_is_judged_by_what_was_seen(
    rule: Rule, changed: dict[str, Any], outcome: str, level: Severity | None
) -> None:
    check = the_check(rule, host_facts(**changed))
    assert check.outcome == outcome
    if outcome == "bad":
        assert check.level is level
        assert check.summary
        assert check.remedy


def recording(rate: float, *, seconds: int, free: int, busy_from: float = 100.0) -> tuple[HealthFacts, float]:
    """Facts after a recording that grew by `rate` bytes a second, and the last second."""
    seen: list[tuple[float, HostReading | ObsStatsReading]] = [
        (busy_from + second, stats(recording=True, record_bytes=round(rate * second)))
        for second in range(seconds + 1)
    ]
    end = busy_from + seconds
    facts = after(*seen, (end, replace(HOST, recording_free_bytes=free)))
    return replace(facts, recording=True), end


def test_minutes_left_follow_the_present_bitrate() -> None:
    facts, end = recording(1_000_000, seconds=30, free=OBS_STOPS_BYTES + 30 * 60 * 1_000_000)
    found = room(facts, LIMITS, end)
    assert found is not None
    assert found.measured
    assert found.minutes == pytest.approx(30.0)
    assert the_check(disk_low, facts, end).level is WARNING


def test_a_changed_bitrate_is_seen_within_a_minute() -> None:
    seen = [(s, stats(recording=True, record_bytes=10_000 * s)) for s in range(600)]
    seen += [(600 + s, stats(recording=True, record_bytes=6_000_000 + 900_000 * s)) for s in range(63)]
    facts = after(*seen, (662, HOST))
    found = room(facts, LIMITS, 662)
    assert found is not None
    assert found.bytes_per_s == pytest.approx(900_000, rel=0.02)


@pytest.mark.parametrize("seconds", [0, 5, 9])
def test_until_a_bitrate_can_be_measured_the_planned_one_counts(seconds: int) -> None:
    facts, end = recording(1_000, seconds=seconds, free=free_for(20))
    found = room(facts, LIMITS, end)
    assert found is not None
    assert not found.measured
    assert found.minutes == pytest.approx(20.0, rel=0.01)


def test_still_slides_do_not_hide_that_the_camera_will_fill_the_disk() -> None:
    facts, end = recording(20_000, seconds=60, free=free_for(10))
    check = the_check(disk_low, facts, end)
    assert check.evidence["minutes"] > 60
    assert (check.outcome, check.level) == ("bad", WARNING)


def test_a_new_file_begins_a_new_measurement() -> None:
    facts = after(
        (100, stats(recording=True, record_bytes=10**9)),
        (111, stats(recording=True, record_bytes=1000)),
        (112, stats(recording=True, record_bytes=2000)),
        (112, HOST),
    )
    found = room(facts, LIMITS, 112)
    assert found is not None
    assert not found.measured


def test_while_recording_the_disk_is_full_only_when_obs_is_about_to_stop() -> None:
    facts, end = recording(770_000, seconds=20, free=GIGABYTE)
    assert the_check(disk_full, facts, end).outcome == "fine"
    facts, end = recording(770_000, seconds=20, free=140_000_000)
    assert the_check(disk_full, facts, end).outcome == "bad"


def test_where_the_folder_is_not_ours_obs_tells_the_room() -> None:
    elsewhere = replace(HOST, recording_folder=None, recording_free_bytes=None)
    facts = after((100, elsewhere), (100, stats(free_disk_mb=100.0)))
    assert the_check(disk_low, facts).outcome == "bad"
    assert the_check(disk_full, facts).outcome == "bad"


def test_a_short_throttling_stays_said_for_a_while_and_ends() -> None:
    facts = after((100, replace(HOST, throttled=True)), (101, HOST), (110, HOST), (117, HOST))
    assert the_check(hot, facts, 110).outcome == "bad"
    assert the_check(hot, facts, 117).outcome == "fine"


def test_a_step_of_the_clock_is_noted() -> None:
    facts = after((100, HOST), (101, replace(HOST, wall_offset_s=1_800_003_600.0)))
    check = the_check(clock_unsynced, facts, 101)
    assert (check.outcome, check.level, check.evidence["step_s"]) == ("bad", NOTE, 3600.0)


def test_slewing_the_clock_is_no_step() -> None:
    offset = 1_800_000_000.0
    facts = after(*((100 + s, replace(HOST, wall_offset_s=offset + s * 0.0005)) for s in range(100)))
    assert the_check(clock_unsynced, facts, 199).outcome == "fine"


def test_sleep_is_remembered() -> None:
    facts = after((100, HOST), (101, replace(HOST, slept_s=3600.0)))
    assert facts.machine.slept_at == 101


def lagging(code: Code, *lost_a_second: int, fps: int = 30) -> tuple[HealthFacts, float]:
    """Facts after OBS lost so many pictures late in each second, and the last second."""
    lost = 0
    kind = "render" if code is Code.RENDER_LAG else "output"

    def figures(frames: int) -> ObsStatsReading:
        totals = {"render_total_frames": frames, "output_total_frames": frames}
        return stats(**totals, **{f"{kind}_skipped_frames": lost})

    seen = [(100.0, figures(0))]
    for second, more in enumerate(lost_a_second):
        seen.append((100.5 + second, figures(fps * second + fps // 2)))
        lost += more
        seen.append((101.0 + second, figures(fps * (second + 1))))
    return after(*seen), 100.0 + len(lost_a_second)


@pytest.mark.parametrize(("code", "rule"), [(Code.RENDER_LAG, render_lag), (Code.ENCODER_LAG, encoder_lag)])
@pytest.mark.parametrize(
    ("lost", "outcome", "level"),
    [
        ([0] * 20, "fine", None),
        ([1], "unknown", None),
        ([0, 0, 0, 1, 0, 0, 1], "fine", None),
        ([0] * 10 + [15, 15, 0], "bad", WARNING),
        ([0] * 10 + [15, 15, 0, 0, 0], "fine", None),
        ([10] * 20, "bad", CRITICAL),
        ([1] * 60, "bad", WARNING),
        ([1] * 40 + [0] * 25, "fine", None),
        ([1] * 10, "fine", None),
        ([15, 15] + [0] * 20, "fine", None),
    ],
)
def test_lost_pictures_are_judged_while_they_are_being_lost(
    code: Code, rule: Rule, lost: list[int], outcome: str, level: Severity | None
) -> None:
    facts, end = lagging(code, *lost)
    check = the_check(rule, facts, end)
    assert check.code is code
    assert check.outcome == outcome
    if level:
        assert check.level is level


def test_one_lag_is_not_the_other() -> None:
    facts, end = lagging(Code.RENDER_LAG, *[10] * 20)
    assert the_check(encoder_lag, facts, end).outcome == "fine"


def test_an_obs_that_draws_nothing_is_not_fine() -> None:
    facts, end = lagging(Code.RENDER_LAG, *[0] * 20, fps=0)
    assert the_check(render_lag, facts, end).outcome == "unknown"


def test_a_restarted_obs_is_counted_anew() -> None:
    facts, end = lagging(Code.RENDER_LAG, *[10] * 20)
    seen = [(end + s, stats(render_total_frames=30 * s, output_total_frames=30 * s)) for s in range(1, 6)]
    machine = facts.machine
    for at, one in seen:
        machine = fold_machine(machine, one, at)
    assert the_check(render_lag, HealthFacts(machine=machine), end + 5).outcome == "fine"


maybe = st.none() | st.floats(-50, 200)
hosts = st.builds(
    HostReading,
    recording_folder=st.sampled_from([None, "ok", "gone", "read_only"]),
    recording_free_bytes=st.none() | st.integers(0, 10**13),
    reserve_bytes=st.integers(0, 10**10),
    planned_bytes_per_s=st.floats(0, 10**7),
    temperature_c=maybe,
    temperature_high_c=maybe,
    throttled=st.none() | st.booleans(),
    mains=st.none() | st.booleans(),
    battery_percent=st.none() | st.floats(0, 100),
    clock_synced=st.none() | st.booleans(),
    wall_offset_s=st.none() | st.floats(0, 10**10),
    slept_s=st.none() | st.floats(0, 10**6),
)
counts = st.integers(0, 10**7)
figures = st.builds(
    stats,
    recording=st.booleans(),
    record_bytes=st.integers(0, 10**12),
    free_disk_mb=st.floats(0, 10**7),
    render_skipped_frames=counts,
    render_total_frames=counts,
    output_skipped_frames=counts,
    output_total_frames=counts,
)
histories = st.lists(st.tuples(st.floats(0.0, 5.0), hosts | figures), max_size=30)


def told(history: list[tuple[float, HostReading | ObsStatsReading]]) -> tuple[HealthFacts, float]:
    now, seen = 100.0, []
    for pause, one in history:
        now += pause
        seen.append((now, one))
    return after(*seen), now


@given(histories, st.floats(0.001, 10_000), st.booleans(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_no_rule_says_fine_on_stale_or_missing_facts(
    history: list[tuple[float, HostReading | ObsStatsReading]], later_s: float, busy: bool, wanted: bool
) -> None:
    facts, end = told(history)
    facts = replace(facts, recording=busy, session_wanted=wanted)
    for rule, _ in MACHINE:
        for check in rule(facts, LIMITS, end + LIMITS.stale_s + later_s):
            assert check.outcome == "unknown", check
            assert check.summary


@given(histories)
@settings(max_examples=200, deadline=None)
def test_every_rule_always_answers_and_what_is_bad_has_words(
    history: list[tuple[float, HostReading | ObsStatsReading]],
) -> None:
    facts, end = told(history)
    for rule, _ in MACHINE:
        checks = rule(facts, LIMITS, end)
        assert len(checks) == 1
        assert all(check.summary and check.remedy for check in checks if check.outcome == "bad")


@pytest.mark.parametrize("rule", [rule for rule, _ in MACHINE])
def test_missing_readings_are_never_fine(rule: Rule) -> None:
    assert the_check(rule, after((100.0, HostReading()))).outcome == "unknown"
    assert the_check(rule, HealthFacts()).outcome == "unknown"
