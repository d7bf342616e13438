"""The findings for places at which a session was interrupted: a gap, a sleep, a pause. Pure rules."""

from stagebox.media.parts.weigh import gap_words
from stagebox.model.figures import lasting
from stagebox.model.pauses import Pause
from stagebox.model.report import Code, Finding, Severity


def joined_with_gap(at_s: float, gap_s: float | None, number: int) -> Finding:
    """The finding for the place where one segment ends and segment `number` begins."""
    lost = (
        f"about {lasting(gap_s)} are missing" if gap_s is not None else "what happened in between is missing"
    )
    return Finding(
        Code.GAP,
        Severity.WARNING,
        at_s,
        at_s,
        f"The recording was interrupted here, and {lost}: segment {number} begins.",
        "Check the cut; it is marked as a chapter.",
        {"gap_s": None if gap_s is None else round(gap_s, 3), "segment": number},
    )


def joined_part(at_s: float, gap_s: float | None, number: int) -> Finding:
    """The finding for the place where part `number` begins in what a person asked to be joined."""
    missing_s = None if gap_s is None or gap_s < 0 else round(gap_s, 3)
    twice = {"overlap_s": round(-gap_s, 3)} if gap_s is not None and gap_s < 0 else {}
    return Finding(
        Code.GAP,
        Severity.WARNING,
        at_s,
        at_s,
        f"Part {number} was joined here. {gap_words(gap_s, number - 1)}",
        "Check the cut; it is marked as a chapter.",
        {"gap_s": missing_s, **twice, "segment": number, "joined": True},
    )


def slept(start_s: float, end_s: float, lacks_s: float, words: str) -> Finding:
    """The finding for a place at which the computer slept: the recording goes on as if nothing had been."""
    return Finding(
        Code.GAP,
        Severity.WARNING,
        start_s,
        end_s,
        words,
        "Check the cut. Keep the computer from sleeping: set its power settings to never suspend.",
        {"gap_s": round(lacks_s, 3), "slept": True},
    )


def paused(pause: Pause) -> Finding:
    """The finding for a place at which OBS was paused: the recording goes on as if nothing had been."""
    length = lasting(pause.length_s)
    words = f"The recording was paused in OBS here, for {length}: that much of the talk is not in it."
    if not pause.seen:
        words = (
            f"Here OBS recorded about {length} less than the time that passed while stagebox was away: "
            "it was paused, or stood still."
        )
    return Finding(
        Code.PAUSED,
        Severity.WARNING,
        pause.at_s,
        pause.at_s,
        words,
        "If nobody meant it, ask the speaker to repeat this part.",
        {"paused_s": round(pause.length_s, 3), "at_s": round(pause.at_s, 3), "seen": pause.seen},
    )
