"""The stream's rules: lost, refused, slow; and what they say of the recording."""

from dataclasses import replace

import pytest

from stagebox.health.check import Check
from stagebox.health.folds.stream import fold_stream
from stagebox.health.stream_rules import RULES, flow_of, offers_of
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import FrameCounters, MachineFacts
from stagebox.model.facts.stream import StreamFacts
from stagebox.model.observations import ObsStatsReading, StreamQueueReading
from stagebox.model.report import Code, Severity
from stagebox.model.said import Said, said_of
from stagebox.model.settings import HealthSettings
from stagebox.model.stream_state import StreamFigures, StreamPhase, StreamTrouble

LIMITS = HealthSettings()
RATE = 375_000
"""Bytes a second: three million bits."""


def figures(sent: float, *, skipped: int = 0, total: int = 0, congestion: float = 0.0) -> ObsStatsReading:
    stream = StreamFigures(
        active=True,
        reconnecting=False,
        sent_bytes=round(sent),
        congestion=congestion,
        skipped_frames=skipped,
        total_frames=total,
    )
    return ObsStatsReading(
        generation=1, recording=True, record_bytes=1, active_fps=30.0, cpu_percent=1.0,
        free_disk_mb=1.0, render_skipped_frames=0, render_total_frames=1, output_skipped_frames=0,
        output_total_frames=1, stream=stream,
    )  # fmt: skip


def flowing(seconds: int = 60, *, half: bool = False) -> StreamFacts:
    """A stream that flows for so many seconds; `half`: the figures come twice a second."""
    facts = StreamFacts(phase=StreamPhase.LIVE, was_live=True, live_since=0.0)
    for step in range(seconds * (2 if half else 1) + 1):
        at = step / 2 if half else float(step)
        facts = fold_stream(facts, StreamQueueReading(queued_bytes=0), at)
        facts = fold_stream(facts, figures(RATE * at, total=round(30 * at)), at)
    return facts


def bad(facts: HealthFacts, now: float) -> list[Check]:
    return [check for rule in RULES for check in rule(facts, LIMITS, now) if check.outcome == "bad"]


def codes(facts: HealthFacts, now: float) -> dict[Code, Severity]:
    return {check.code: check.level for check in bad(facts, now)}


def keys(facts: HealthFacts, now: float) -> tuple[str, str]:
    """What is said, by the codes of both sentences."""
    (check,) = bad(facts, now)
    reason = said_of(check.summary).facts["reason"]
    assert isinstance(reason, Said)
    return check.key, reason.code


def test_a_stream_that_flows_is_fine_and_tells_its_figures() -> None:
    for half in (False, True):
        facts = HealthFacts(stream=flowing(60, half=half), recording=True)
        assert codes(facts, 60.0) == {}
        flow = flow_of(facts, LIMITS, 60.0)
        assert flow is not None
        assert flow.bitrate_kbps == pytest.approx(3000)
        assert flow.dropped_share == 0.0
        assert flow.behind_s == 0.0
        assert len(facts.stream.samples) <= 66
        assert facts.stream.samples[-1].at - facts.stream.samples[0].at >= 59.0
    assert offers_of(facts, LIMITS, 60.0) == ()


def test_a_server_that_hangs_is_noticed_while_the_kernel_still_takes_everything() -> None:
    """As measured: OBS goes on counting bytes as sent for eleven seconds, and none of them arrives."""
    stream = flowing(60)
    noticed = None
    for second in range(61, 72):
        stream = fold_stream(stream, StreamQueueReading(queued_bytes=RATE * (second - 60)), float(second))
        stream = fold_stream(stream, figures(RATE * second, total=30 * second), float(second))
        if Code.STREAM_LOST in codes(HealthFacts(stream=stream, recording=True), float(second)):
            noticed = second - 60
            break
    assert noticed is not None
    assert noticed <= 5


def test_a_server_that_hangs_is_noticed_by_obs_s_own_count_where_the_queue_is_not_known() -> None:
    stream = flowing(60)
    for second in range(61, 67):
        stream = fold_stream(stream, StreamQueueReading(queued_bytes=None), float(second))
        stream = fold_stream(stream, figures(RATE * 60, total=1800), float(second))
    assert Code.STREAM_LOST in codes(HealthFacts(stream=stream, recording=True), 66.0)


def test_a_new_connection_gets_its_time_until_the_first_keyframe() -> None:
    stream = StreamFacts(phase=StreamPhase.LIVE, was_live=True, live_since=0.0)
    for second in range(3):
        stream = fold_stream(stream, figures(0), float(second))
    assert codes(HealthFacts(stream=stream), 2.0) == {}


def test_a_network_that_is_too_slow_is_said_with_what_gets_through() -> None:
    stream = flowing(60)
    for second in range(61, 66):
        late = second - 60
        stream = fold_stream(
            stream, StreamQueueReading(queued_bytes=round(RATE * 0.75 * late)), float(second)
        )
        stream = fold_stream(stream, figures(RATE * second, total=30 * second), float(second))
    facts = HealthFacts(stream=stream, recording=True)
    assert codes(facts, 65.0) == {Code.STREAM_SLOW: Severity.WARNING}
    assert keys(facts, 65.0) == ("stream_alone", "stream_slow_rate")
    assert offers_of(facts, LIMITS, 65.0)[0].remedy == "stop_stream"


def test_dropped_pictures_and_a_full_queue_are_too_slow_as_well() -> None:
    dropping = fold_stream(flowing(60), figures(RATE * 61, skipped=20, total=1830), 61.0)
    assert Code.STREAM_SLOW in codes(HealthFacts(stream=dropping), 61.0)
    congested = fold_stream(flowing(60), figures(RATE * 61, total=1830, congestion=0.9), 61.0)
    assert Code.STREAM_SLOW in codes(HealthFacts(stream=congested), 61.0)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("refused", Code.STREAM_REFUSED),
        ("gone", Code.STREAM_LOST),
        ("no_network", Code.STREAM_LOST),
        ("stuck", Code.STREAM_LOST),
        ("unknown", Code.STREAM_LOST),
        ("set_up", Code.STREAM_REFUSED),
    ],
)
def test_each_trouble_has_its_code_and_its_words(trouble: StreamTrouble, code: Code) -> None:
    stream = StreamFacts(phase=StreamPhase.RECONNECTING, trouble=trouble, was_live=True, lost_at=1.0)
    facts = HealthFacts(stream=stream, recording=True)
    assert codes(facts, 2.0) == {code: Severity.CRITICAL}
    assert keys(facts, 2.0) == ("stream_alone", f"stream_{trouble}")


def test_a_stream_that_was_never_live_lost_its_viewers_nothing() -> None:
    stream = StreamFacts(phase=StreamPhase.FAILED, trouble="gone")
    assert codes(HealthFacts(stream=stream, recording=False), 2.0) == {Code.STREAM_LOST: Severity.WARNING}
    assert keys(HealthFacts(stream=stream, recording=False), 2.0)[0] == "stream_unrecorded"


def test_trouble_that_slows_the_shared_encoder_says_so_and_offers_to_stop_the_stream() -> None:
    frames = tuple(FrameCounters(float(at), 0, 30 * at, max(0, 10 * (at - 50)), 30 * at) for at in range(66))
    machine = MachineFacts(obs_at=65.0, recording=True, frames=frames)
    stream = flowing(60)
    for second in range(61, 66):
        stream = fold_stream(stream, figures(RATE * second, total=30 * second, congestion=0.9), float(second))
    facts = HealthFacts(stream=stream, recording=True, machine=machine)
    assert codes(facts, 65.0)[Code.STREAM_SLOW] is Severity.CRITICAL
    assert keys(facts, 65.0)[0] == "stream_suffers"
    assert offers_of(facts, LIMITS, 65.0)


def test_nothing_is_wrong_with_a_stream_that_nobody_wants() -> None:
    for phase in (StreamPhase.OFF, StreamPhase.STOPPING):
        stream = replace(flowing(5), phase=phase, trouble="gone")
        assert codes(HealthFacts(stream=stream), 5.0) == {}
