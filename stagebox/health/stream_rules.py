"""The stream: lost, refused, or too slow; and whether the recording suffers with it.

The recording shares the stream's encoder, and never its network: what OBS cannot send it throws away behind
the encoder.
"""

from dataclasses import dataclass

from stagebox.health.check import Check, Rule, bad, fine, unknown
from stagebox.health.encoder_lag import encoder_lag
from stagebox.messages.code_catalogue import say
from stagebox.messages.stream_reasons import reason
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.stream import StreamSample
from stagebox.model.remedies import RemedyWanted
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings
from stagebox.model.stream_state import StreamPhase

ROLE = "stream"
RATE_S, MINUTE_S, LATELY_S = 5.0, 60.0, 10.0
MOMENT_S, STANDS_S = 0.25, 2.0
SETTLE_S = 3.0
"""A new connection sends nothing until the next keyframe, two seconds away at most."""


@dataclass(frozen=True, slots=True)
class StreamFlow:
    """How the stream flows. None is not known. See `model.health_view.StreamHealth`."""

    bitrate_kbps: float | None
    congestion: float | None
    behind_s: float | None
    dropped_share: float | None
    dropped_lately: float | None
    still_s: float


def flow_of(facts: HealthFacts, limits: HealthSettings, now: float) -> StreamFlow | None:
    """How the stream flows at the monotonic time `now`; None when there are no fresh figures of it."""
    samples = facts.stream.samples
    if facts.stream.phase is not StreamPhase.LIVE or not samples:
        return None
    if now - samples[-1].at > limits.stale_s:
        return None
    newest = samples[-1]
    before = _oldest_within(samples, RATE_S)
    span_s = newest.at - before.at
    arrived = newest.arrived_bytes - before.arrived_bytes
    rate = arrived / span_s if span_s > 0 else None
    behind_s = None
    if newest.queued_bytes is not None:
        pace = _pace(samples)
        behind_s = newest.queued_bytes / pace if pace else 0.0
    return StreamFlow(
        bitrate_kbps=max(0.0, rate) * 8 / 1000 if rate is not None else None,
        congestion=newest.congestion,
        behind_s=behind_s,
        dropped_share=_dropped(samples, MINUTE_S),
        dropped_lately=_dropped(samples, LATELY_S),
        still_s=_still_s(samples),
    )


def stream_lost(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while what was sent does not arrive, or nothing can be sent."""
    stream, flow = facts.stream, flow_of(facts, limits, now)
    if _is_down(facts) and stream.trouble not in _REFUSALS:
        return (_bad(Code.STREAM_LOST, facts, limits, now, reason(stream.trouble, stream.detail)),)
    if stream.phase is StreamPhase.LIVE and flow is not None and _stuck(facts, flow, limits, now):
        words = say("stream_stuck_for", still_s=round(flow.still_s))
        return (_bad(Code.STREAM_LOST, facts, limits, now, words),)
    return (fine(Code.STREAM_LOST, ROLE),)


def stream_refused(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while the server, or OBS itself, refuses the stream: waiting does not help."""
    stream = facts.stream
    if _is_down(facts) and stream.trouble in _REFUSALS:
        return (_bad(Code.STREAM_REFUSED, facts, limits, now, reason(stream.trouble, stream.detail)),)
    return (fine(Code.STREAM_REFUSED, ROLE),)


def stream_slow(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while the network takes less than OBS sends."""
    code, flow = Code.STREAM_SLOW, flow_of(facts, limits, now)
    if facts.stream.phase is not StreamPhase.LIVE:
        return (fine(code, ROLE),)
    if flow is None:
        return (unknown(code, ROLE, "not_told"),)
    rules = limits.stream
    behind = flow.behind_s is not None and flow.behind_s >= rules.behind_s
    congested = flow.congestion is not None and flow.congestion >= rules.congestion_share
    dropping = flow.dropped_lately is not None and flow.dropped_lately >= rules.dropped_share
    # One that stands is not slow: it is said to be lost in a moment.
    if flow.still_s >= STANDS_S or not (behind or congested or dropping):
        return (fine(code, ROLE, _evidence(flow)),)
    key = "stream_slow"
    if flow.bitrate_kbps is not None:
        key += "_rate"
    if flow.dropped_lately:
        key += "_lost"
    words = say(key, kbps=round(flow.bitrate_kbps or 0), percent=round(100 * (flow.dropped_lately or 0)))
    return (_bad(code, facts, limits, now, words, _evidence(flow)),)


RULES: tuple[Rule, ...] = (stream_lost, stream_refused, stream_slow)


def offers_of(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[RemedyWanted, ...]:
    """To stop the stream, while something is wrong with it: a person decides."""
    if all(check.outcome != "bad" for rule in RULES for check in rule(facts, limits, now)):
        return ()
    return (RemedyWanted(remedy="stop_stream", role=ROLE, asks=True, words=say("stream_stopped")),)


_REFUSALS = ("refused", "set_up", "obs")


def _is_down(facts: HealthFacts) -> bool:
    return facts.stream.phase in (StreamPhase.FAILED, StreamPhase.RECONNECTING)


def _bad(
    code: Code,
    facts: HealthFacts,
    limits: HealthSettings,
    now: float,
    words: str,
    evidence: dict[str, float | None] | None = None,
) -> Check:
    """What is wrong, and whether the recording suffers."""
    trouble = "slow" if code is Code.STREAM_SLOW else facts.stream.trouble
    remedy = say(f"stream_help_{trouble if trouble in _HELPS else 'gone'}")
    suffers = any(check.outcome == "bad" for check in encoder_lag(facts, limits, now))
    if facts.recording:
        key = "stream_suffers" if suffers else "stream_alone"
    else:
        key = "stream_unrecorded" if facts.recording is False else "stream"
    heavy = (code is not Code.STREAM_SLOW and facts.stream.was_live) or (suffers and facts.recording)
    level = Severity.CRITICAL if heavy else Severity.WARNING
    return bad(code, ROLE, level, key, evidence=evidence, reason=words, help=remedy)


_HELPS = ("refused", "set_up", "no_network", "slow")


def _stuck(facts: HealthFacts, flow: StreamFlow, limits: HealthSettings, now: float) -> bool:
    since = facts.stream.live_since
    return since is not None and now - since >= SETTLE_S and flow.still_s >= limits.stream.stuck_s


def _oldest_within(samples: tuple[StreamSample, ...], span_s: float) -> StreamSample:
    newest = samples[-1]
    return next(one for one in samples if newest.at - one.at <= span_s)


def _pace(samples: tuple[StreamSample, ...]) -> float:
    """Bytes a second that OBS wants to send, in the last minute, 0 when nothing was sent."""
    first, last = samples[0], samples[-1]
    span_s = last.at - first.at
    return (last.sent_bytes - first.sent_bytes) / span_s if span_s > 0 else 0.0


def _dropped(samples: tuple[StreamSample, ...], span_s: float) -> float | None:
    """The share of pictures that OBS dropped within the span; None when it sent none."""
    first, last = _oldest_within(samples, span_s), samples[-1]
    total = last.total_frames - first.total_frames
    return (last.skipped_frames - first.skipped_frames) / total if total > 0 else None


def _still_s(samples: tuple[StreamSample, ...]) -> float:
    """For how long nothing more has arrived than a moment's worth: the readings are not exact."""
    newest = samples[-1]
    moment = MOMENT_S * _pace(samples)
    since = newest.at
    for sample in reversed(samples):
        if sample.arrived_bytes < newest.arrived_bytes - moment:
            break
        since = sample.at
    return newest.at - since


def _evidence(flow: StreamFlow) -> dict[str, float | None]:
    return {
        "bitrate_kbps": round(flow.bitrate_kbps) if flow.bitrate_kbps is not None else None,
        "congestion": round(flow.congestion, 3) if flow.congestion is not None else None,
        "behind_s": round(flow.behind_s, 1) if flow.behind_s is not None else None,
        "dropped_share_60s": round(flow.dropped_share, 4) if flow.dropped_share is not None else None,
    }
