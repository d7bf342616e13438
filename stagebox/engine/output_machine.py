"""How an output of OBS is waited for, its recording as its stream: one state machine. Pure: it knows neither.

    off ──asked──► starting ──OBS confirms──► active ──lost──► lost ──► active
    starting, active, lost ──asked to end──► stopping ──OBS confirms──► off

OBS's agreement proves nothing, its events do; its figures are believed against them when they keep saying so.
What only a recording has (files, folders, pauses) is in `recording.py`, what only a stream (its server) in
`streaming.py`.
"""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["off", "starting", "active", "lost", "stopping"]

RUNNING = 500
NOT_RUNNING = 501
"""obs-websocket's request status codes for an output that already runs, or does not."""


@dataclass(frozen=True, slots=True)
class Output:
    """An output as it is known.

    `active` is OBS's word, None for not known; `ran` is whether it was active since it was asked for.
    """

    stage: Stage
    active: bool | None
    ran: bool


def overdue(output: Output) -> Literal["no_start", "no_stop", "ended", "lost", "nothing"]:
    """What it means that the deadline has passed."""
    match output.stage:
        case "starting":
            return "no_start"
        case "stopping":
            # OBS had ended it without a word.
            return "ended" if output.active is False else "no_stop"
        case "lost":
            return "lost"
    return "nothing"


def refused(
    output: Output, code: int
) -> Literal["runs", "no_start", "no_stop", "ended", "on_its_way", "nothing"]:
    """What it means that OBS refused the last request with this status code."""
    if output.stage == "stopping":
        if code != NOT_RUNNING:
            return "no_stop"
        # The start may still be on its way: it would come after this answer.
        return "ended" if output.ran else "on_its_way"
    if code == RUNNING:
        return "runs"
    return "nothing" if output.stage == "off" else "no_start"


def doubted(since: float | None, at: float, doubt_s: float, *, contradict: bool) -> tuple[float | None, bool]:
    """Since when OBS's figures contradict its events, and whether they are believed now: both race.

    `since` is since when they did until now (None: they did not), in the monotonic seconds of `at`.
    """
    if not contradict:
        return None, False
    if since is None:
        return at, False
    return (None, True) if at - since >= doubt_s else (since, False)
