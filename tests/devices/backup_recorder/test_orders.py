"""The lines between stagebox and the backup recorder's process."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stagebox.devices.backup_recorder.orders import (
    BackupOrder,
    ListenOrder,
    Order,
    order_line,
    order_of,
    reading_line,
    reading_of,
)
from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts.sound import BackupRecorderReading, ChannelLevel
from stagebox.model.report import Code
from stagebox.model.said import said_of


@pytest.mark.parametrize(
    "order", [ListenOrder("pulse", "room.monitor"), BackupOrder("/a b/ü.flac"), BackupOrder(None)]
)
def test_an_order_arrives_as_it_was_given(order: Order) -> None:
    assert order_of(order_line(order)) == order


def test_the_words_on_the_line_are_the_agreed_ones() -> None:
    assert order_of(b'{"backup": "/path/file.flac"}') == BackupOrder("/path/file.flac")
    assert order_of(b'{"backup": null}') == BackupOrder(None)
    assert order_of(b'{"device": {"kind": "pulse", "device": "x"}}') == ListenOrder("pulse", "x")


def test_a_report_arrives_as_it_was_said() -> None:
    seen = BackupRecorderReading(
        run=3,
        status="listening",
        levels=(ChannelLevel(rms_dbfs=-20.5, peak_dbfs=-3.0),),
        measured_rate_hz=48_000.5,
    )
    assert reading_of(reading_line(seen)) == seen


def test_a_sentence_arrives_with_what_it_is_made_of() -> None:
    detail, remedy = say_live(Code.EAR_DOWN, "busy", device="USB")
    seen = BackupRecorderReading(run=3, status="busy", detail=detail, remedy=remedy)
    came = reading_of(reading_line(seen))
    assert came == seen
    assert (said_of(came.detail), said_of(came.remedy)) == (detail.said, remedy.said)


@settings(deadline=None)
@given(
    line=st.binary(max_size=200)
    | st.sampled_from([b"{}", b"[]", b"null", b'{"backup": 3}', b'{"kind": "ear"}'])
)
def test_nonsense_is_refused_and_nothing_else_happens(line: bytes) -> None:
    for read in (order_of, reading_of):
        with pytest.raises(ValueError, match=r".*"):
            read(line)
