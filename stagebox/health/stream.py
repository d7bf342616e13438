"""The stream: lost, refused, or too slow; and whether the recording suffers with it.

The recording shares the stream's encoder, and never its network: what OBS cannot send it throws away behind
the encoder.
"""

from dataclasses import dataclass

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check
from stagebox.health.encoder_lag import encoder_lag
from stagebox.messages.stream import reason
from stagebox.model.facts import Facts
from stagebox.model.facts.stream import StreamSample
from stagebox.model.remedies import RemedyWanted
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings
from stagebox.model.stream import StreamPhase

ROLE = "stream"
RATE_S, MINUTE_S, LATELY_S = 5.0, 60.0, 10.0
MOMENT_S, STANDS_S = 0.25, 2.0
SETTLE_S = 3.0
"""A new connection sends nothing until the next keyframe, two seconds away at most."""

PATIENCE = {
    Code.STREAM_LOST: Patience(raise_after_s=0.0, clear_after_s=1.0),
    Code.STREAM_REFUSED: Patience(raise_after_s=0.0, clear_after_s=0.5),
    Code.STREAM_SLOW: Patience(raise_after_s=1.0, clear_after_s=5.0),
}


@dataclass(frozen=True, slots=True)
class Flow:
    """How the stream flows. None is not known. See `model.health_view.StreamHealth`."""

    bitrate_kbps: float | None
    congestion: float | None
    behind_s: float | None
    dropped_share: float | None
    dropped_lately: float | None
    still_s: float


def flow_of(facts: Facts, limits: HealthSettings, now: float) -> Flow | None:
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
    return Flow(
        bitrate_kbps=max(0.0, rate) * 8 / 1000 if rate is not None else None,
        congestion=newest.congestion,
        behind_s=behind_s,
        dropped_share=_dropped(samples, MINUTE_S),
        dropped_lately=_dropped(samples, LATELY_S),
        still_s=_still_s(samples),
    )


def stream_rule(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """One check each for a stream that is lost, refused, or slow."""
    stream = facts.stream
    if stream.phase in (StreamPhase.OFF, StreamPhase.STOPPING):
        return (_fine(Code.STREAM_LOST), _fine(Code.STREAM_REFUSED), _fine(Code.STREAM_SLOW))
    lost, refused = _fine(Code.STREAM_LOST), _fine(Code.STREAM_REFUSED)
    flow = flow_of(facts, limits, now)
    if stream.phase in (StreamPhase.FAILED, StreamPhase.RECONNECTING):
        if stream.trouble in ("refused", "set_up", "obs"):
            refused = _bad(Code.STREAM_REFUSED, facts, limits, now, reason(stream.trouble, stream.detail))
        else:
            lost = _bad(Code.STREAM_LOST, facts, limits, now, reason(stream.trouble, stream.detail))
    elif flow is not None and _stuck(facts, flow, limits, now):
        lost = _bad(
            Code.STREAM_LOST, facts, limits, now, f"{reason('stuck')} Nothing for {flow.still_s:.0f} s."
        )
    return (lost, refused, _slow(facts, flow, limits, now, stuck=lost.outcome == "bad"))


def offers_of(facts: Facts, limits: HealthSettings, now: float) -> tuple[RemedyWanted, ...]:
    """To stop the stream, while something is wrong with it: a person decides."""
    wrong = [check for check in stream_rule(facts, limits, now) if check.outcome == "bad"]
    if not wrong:
        return ()
    return (RemedyWanted(remedy="stop_stream", role=ROLE, asks=True, words="The stream is stopped."),)


def _slow(facts: Facts, flow: Flow | None, limits: HealthSettings, now: float, *, stuck: bool) -> Check:
    if facts.stream.phase is not StreamPhase.LIVE or stuck:
        return _fine(Code.STREAM_SLOW)
    if flow is None:
        return Check(
            code=Code.STREAM_SLOW,
            role=ROLE,
            outcome="unknown",
            summary="OBS tells nothing of the stream yet.",
        )
    rules = limits.stream
    if flow.still_s >= STANDS_S:
        # Not slow: it stands, and is said to be lost in a moment.
        return Check(code=Code.STREAM_SLOW, role=ROLE, outcome="fine", evidence=_evidence(flow))
    behind = flow.behind_s is not None and flow.behind_s >= rules.behind_s
    congested = flow.congestion is not None and flow.congestion >= rules.congestion_share
    dropping = flow.dropped_lately is not None and flow.dropped_lately >= rules.dropped_share
    if not (behind or congested or dropping):
        return Check(code=Code.STREAM_SLOW, role=ROLE, outcome="fine", evidence=_evidence(flow))
    through = f" {flow.bitrate_kbps:.0f} kbit/s get through." if flow.bitrate_kbps is not None else ""
    lost = f" {flow.dropped_lately:.0%} of the pictures are dropped." if flow.dropped_lately else ""
    return _bad(
        Code.STREAM_SLOW,
        facts,
        limits,
        now,
        f"The network is too slow for the stream.{through}{lost}",
        evidence=_evidence(flow),
    )


def _bad(
    code: Code,
    facts: Facts,
    limits: HealthSettings,
    now: float,
    words: str,
    evidence: dict[str, float | None] | None = None,
) -> Check:
    """What is wrong, and whether the recording suffers."""
    remedies = {
        "refused": "Type the stream key again on the set-up screen, or choose another target.",
        "set_up": "Look at the stream on the set-up screen.",
        "no_network": "Check the network cable.",
        "gone": "stagebox tries again by itself. Check the network and the streaming service.",
        "slow": "Stop what else uses the network. If it stays, the crew can set a lower bitrate "
        "after the talk.",
    }
    key = "slow" if code is Code.STREAM_SLOW else facts.stream.trouble
    remedy = remedies.get(key, remedies["gone"])
    suffers = any(check.outcome == "bad" for check in encoder_lag(facts, limits, now))
    if not facts.recording:
        said = " Nothing is being recorded." if facts.recording is False else ""
    elif suffers:
        said = " The recording suffers too: OBS encodes too slowly."
        remedy = "Stop the stream to save the recording."
    else:
        said = " The recording goes on and is not affected."
    heavy = code is not Code.STREAM_SLOW and facts.stream.was_live
    return Check(
        code=code,
        role=ROLE,
        outcome="bad",
        level=Severity.CRITICAL if heavy or (suffers and facts.recording) else Severity.WARNING,
        summary=f"{words}{said}",
        remedy=remedy,
        evidence=evidence or {},
    )


def _fine(code: Code) -> Check:
    return Check(code=code, role=ROLE, outcome="fine")


def _stuck(facts: Facts, flow: Flow, limits: HealthSettings, now: float) -> bool:
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


def _evidence(flow: Flow) -> dict[str, float | None]:
    return {
        "bitrate_kbps": round(flow.bitrate_kbps) if flow.bitrate_kbps is not None else None,
        "congestion": round(flow.congestion, 3) if flow.congestion is not None else None,
        "behind_s": round(flow.behind_s, 1) if flow.behind_s is not None else None,
        "dropped_share_60s": round(flow.dropped_share, 4) if flow.dropped_share is not None else None,
    }
