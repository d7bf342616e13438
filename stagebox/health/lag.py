"""How many of OBS's pictures were lost lately: what the two lag rules share."""

from dataclasses import dataclass

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.fresh import is_fresh
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import FrameCounters
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

SHORT_S, LONG_S = 10.0, 60.0
JUST_NOW_S = 1.6
LEAST_S = 3.0
"""Less history than this says nothing: OBS loses a few pictures when it starts."""


@dataclass(frozen=True, slots=True)
class LostFrames:
    """Pictures lost of pictures due within a span."""

    lost: int
    due: int

    @property
    def share(self) -> float:
        """Lost of due, 0 to 1."""
        return self.lost / self.due if self.due else 0.0


def lost_within(frames: tuple[FrameCounters, ...], span_s: float, *, render: bool) -> LostFrames:
    """What was lost in the last `span_s` seconds before the newest figures."""
    newest = frames[-1]
    oldest = next(sample for sample in frames if newest.at - sample.at <= span_s)
    if render:
        return LostFrames(
            newest.render_skipped - oldest.render_skipped, newest.render_total - oldest.render_total
        )
    return LostFrames(
        newest.output_skipped - oldest.output_skipped, newest.output_total - oldest.output_total
    )


def _all_along(frames: tuple[FrameCounters, ...], *, render: bool) -> bool:
    """Whether some were lost in each third of the last minute: a drizzle, and no burst that is over."""
    third_s = LONG_S / 3
    ends = [frames[-1].at - third_s * number for number in range(3)]
    if frames[-1].at - frames[0].at < LONG_S - third_s / 2:
        return False
    return all(
        lost_within(tuple(one for one in frames if one.at <= end), third_s, render=render).lost
        for end in ends
    )


def lag_check(code: Code, facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while pictures are being lost, and were for a while."""
    machine = facts.machine
    frames = machine.frames
    render = code is Code.RENDER_LAG
    if not frames or not is_fresh(machine.obs_at, limits, now):
        return (unknown(code, "obs", "no_frames"),)
    if frames[-1].at - frames[0].at < LEAST_S:
        return (unknown(code, "obs", "too_new"),)
    just_now = lost_within(frames, JUST_NOW_S, render=render)
    short = lost_within(frames, SHORT_S, render=render)
    long = lost_within(frames, LONG_S, render=render)
    if not short.due and (render or machine.recording):
        return (unknown(code, "obs", "no_count"),)
    evidence = {
        "lost_share_10s": round(short.share, 4),
        "lost_share_60s": round(long.share, 4),
        "lost_60s": long.lost,
        "due_60s": long.due,
    }
    rules = limits.machine
    heavy = bool(just_now.lost) and short.share >= rules.lag_warning_share
    drizzle = long.share >= rules.lag_minute_share and _all_along(frames, render=render)
    if not (heavy or drizzle):
        return (fine(code, "obs", evidence),)
    level = Severity.CRITICAL if short.share >= rules.lag_critical_share else Severity.WARNING
    percent = round(100 * (short.share if heavy else long.share))
    return (bad(code, "obs", level, "lately" if heavy else "minute", evidence=evidence, percent=percent),)
