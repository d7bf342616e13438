"""Readings that are turned on at will."""

import logging
import tracemalloc

import pytest

from stagebox.devices.self_measurement import measured


def test_growth_is_found_and_its_place_is_named() -> None:
    with measured("a leak", trace=True) as measurement:
        kept = [bytes(1000) for _ in range(1000)]
    report = measurement.report
    assert len(kept) == 1000
    assert report.traced_growth_bytes > 1_000_000
    assert "test_self_measurement.py" in report.allocators[0]


def test_what_is_freed_is_no_growth() -> None:
    with measured("no leak", trace=True) as measurement:
        for _ in range(100):
            bytes(100_000)
    assert measurement.report.traced_growth_bytes < 100_000


def test_tracing_is_off_unless_asked_for_and_afterwards() -> None:
    with measured("quick"):
        assert not tracemalloc.is_tracing()
    with measured("slow", trace=True):
        assert tracemalloc.is_tracing()
    assert not tracemalloc.is_tracing()


def test_tracing_that_was_on_stays_on() -> None:
    tracemalloc.start()
    try:
        with measured("inner", trace=True):
            pass
        assert tracemalloc.is_tracing()
    finally:
        tracemalloc.stop()


def test_the_report_is_logged_for_verbose_and_survives_an_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "stagebox.devices.self_measurement")
    with pytest.raises(ValueError, match="on purpose"), measured("a block") as measurement:
        raise ValueError("on purpose")
    assert "a block: " in caplog.text
    assert measurement.report is measurement.report
