"""The findings for places at which a session was interrupted: a gap, a sleep, a pause. Pure rules."""

from stagebox.media.findings import finding
from stagebox.media.parts.join_offers import gap_words
from stagebox.model.pauses import EndedPause
from stagebox.model.report import Code, Finding, Severity


def joined_with_gap(at_s: float, gap_s: float | None, number: int) -> Finding:
    """The finding for the place where one segment ends and segment `number` begins."""
    known: dict[str, float] = {} if gap_s is None else {"gap_s": round(gap_s, 3)}
    return finding(
        Code.GAP,
        Severity.WARNING,
        at_s,
        at_s,
        "part" if known else "part_unknown",
        {"gap_s": None, **known, "segment": number},
        number=number,
        **known,
    )


def joined_part(at_s: float, gap_s: float | None, number: int) -> Finding:
    """The finding for the place where part `number` begins in what a person asked to be joined."""
    missing_s = None if gap_s is None or gap_s < 0 else round(gap_s, 3)
    twice = {"overlap_s": round(-gap_s, 3)} if gap_s is not None and gap_s < 0 else {}
    return finding(
        Code.GAP,
        Severity.WARNING,
        at_s,
        at_s,
        "joined_twice" if twice else "joined",
        {"gap_s": missing_s, **twice, "segment": number, "joined": True},
        number=number,
        between=gap_words(gap_s, number - 1),
    )


def slept(start_s: float, end_s: float, lacks_s: float, words: str) -> Finding:
    """The finding for a place at which the computer slept: the recording goes on as if nothing had been."""
    evidence = {"gap_s": round(lacks_s, 3), "slept": True}
    return finding(Code.GAP, Severity.WARNING, start_s, end_s, "slept", evidence, words=words)


def paused(pause: EndedPause) -> Finding:
    """The finding for a place at which OBS was paused: the recording goes on as if nothing had been."""
    return finding(
        Code.PAUSED,
        Severity.WARNING,
        pause.at_s,
        pause.at_s,
        "obs" if pause.seen else "away",
        {"paused_s": round(pause.length_s, 3), "at_s": round(pause.at_s, 3), "seen": pause.seen},
        paused_s=pause.length_s,
    )
