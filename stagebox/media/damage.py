"""What of a recording's file is damaged, and where its time jumps. Pure rules over what ffmpeg said."""

import re
from collections.abc import Sequence

from stagebox.media import losses
from stagebox.media.closing import FileEnd
from stagebox.media.findings import finding
from stagebox.media.packets import PacketScan, StreamClock
from stagebox.media.remux import RemuxPlan, RemuxResult
from stagebox.media.thresholds import AV_LENGTH_WARNING_S, BACKWARDS_S, PICTURE_HOLE_S, SOUND_HOLE_S
from stagebox.model.report import Code, Finding, Severity

CUT_PLACE_S = 1.0
"""Damage this near to where a file was cut off is that cut."""

_CORRUPT = re.compile(
    r"corrupt|mismatch|invalid|error|damaged|partial file|prematurely|exceeds|overread|broken|illegal"
    r"|truncat|missing|0x[0-9a-f]+ at pos|resync",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"Non-monotonous DTS|Invalid DTS|missing PTS|Timestamps are unset|codec frame size|Estimating duration"
    r"|Could not find codec parameters|Application provided|Invalid (frame rate|sample aspect)",
    re.IGNORECASE,
)
_NO_START = re.compile(
    r"non-existing [PS]PS|decode_slice_header error|no frame!|[PSV]PS id out of range|PPS \d+ not"
)
"""What ffmpeg's parsers say of pictures in front of the first keyframe."""
_AT_PACKET = re.compile(r"Packet corrupt \(stream = (\d+), dts = (-?\d+)\)")
_ONE_PACKET = re.compile(
    r"Packet corrupt|corrupt input packet|partial file|prematurely"
    r"|Invalid NAL unit size|missing picture in access unit"
)
_LEAST_TICKS = 10_000
"""An MP4's track has at least so many ticks a second; ffmpeg doubles the recording's until it does."""
_BACKWARDS = re.compile(r"Non-monotonous DTS in output stream \d+:(\d+); previous: (-?\d+), current: (-?\d+)")


def judge(
    plan: RemuxPlan,
    reading: RemuxResult,
    picture: Sequence[StreamClock],
    sound: Sequence[StreamClock],
    ends: Sequence[FileEnd],
    starts_at_s: float,
) -> list[Finding]:
    """What was not to be read, and where time jumps.

    Args:
        picture, sound: the clocks of the streams that are seen and heard.
        starts_at_s: what the file's own clock says when the first picture or sample is shown.
    """
    return [
        *_stopped(reading, reading.packets.duration_s),
        *_damage(reading, picture, ends, starts_at_s),
        *_jumps(picture, sound),
        *_backwards(plan, reading),
    ]


def _stopped(reading: RemuxResult, length_s: float) -> list[Finding]:
    if reading.exit_code == 0:
        return []
    return [
        finding(
            Code.CORRUPT,
            Severity.CRITICAL,
            length_s,
            length_s,
            "stopped",
            {"messages": reading.said.splitlines()[-5:]},
            at_s=length_s,
        )
    ]


def _damage(
    reading: RemuxResult, picture: Sequence[StreamClock], ends: Sequence[FileEnd], starts_at_s: float
) -> list[Finding]:
    length_s = reading.packets.duration_s
    lines = [line.strip() for line in reading.said.splitlines()]
    damage = [line for line in lines if _CORRUPT.search(line) and not _HARMLESS.search(line)]
    late_s = max((clock.first_s for clock in picture), default=0.0)
    if late_s > 0 and damage and all(_NO_START.search(line) for line in damage):
        return [_begins_late(late_s)]
    damage = [line for line in damage if late_s <= 0 or not _NO_START.search(line)]
    places = [place for line in damage for place in _places(line, reading.packets, starts_at_s)]
    cut_s = [end.read_s for end in ends if end.tail.cut]
    if places and cut_s and all(_ONE_PACKET.search(line) for line in damage):
        # A file that was cut off ends in half a packet: that is said by `truncated`.
        places = [at_s for at_s in places if min(abs(at_s - end_s) for end_s in cut_s) > CUT_PLACE_S]
        if not places:
            return []
    if not damage:
        return []
    start_s, end_s = (min(places), max(places)) if places else (0.0, length_s)
    return [
        finding(
            Code.CORRUPT,
            Severity.WARNING,
            start_s,
            min(end_s, max(length_s, start_s)),
            "near" if places else "somewhere",
            {"messages": damage[:5], "count": len(damage)},
            at_s=start_s,
        )
    ]


def _begins_late(late_s: float) -> Finding:
    severity = Severity.NOTE if late_s <= AV_LENGTH_WARNING_S else Severity.WARNING
    evidence = {"late_s": round(late_s, 3)}
    return finding(Code.AV_LENGTH_MISMATCH, severity, 0.0, late_s, "late", evidence, late_s=late_s)


def _places(line: str, packets: PacketScan, starts_at_s: float) -> list[float]:
    """Where ffmpeg says that a packet is damaged, in seconds from the start, as far as it says so."""
    found = []
    for stream, dts in _AT_PACKET.findall(line):
        clock = packets.streams.get(int(stream))
        if clock is not None:
            at_s = float(int(dts) * clock.time_base) - starts_at_s
            found.append(min(max(at_s, 0.0), packets.duration_s))
    return found


def _jumps(picture: Sequence[StreamClock], sound: Sequence[StreamClock]) -> list[Finding]:
    found = []
    sound_runs_on = any(clock.packets for clock in sound)
    for kind, clocks, limit_s in (("sound", sound, SOUND_HOLE_S), ("picture", picture, PICTURE_HOLE_S)):
        for clock in clocks:
            for hole in clock.holes:
                missing_s = hole.end_s - hole.start_s
                if missing_s < limit_s or losses.among(clock, hole.start_s):
                    continue
                still = (
                    kind == "picture" and sound_runs_on and not _heard_hole(hole.start_s, hole.end_s, sound)
                )
                found.append(
                    finding(
                        Code.DISCONTINUITY,
                        Severity.NOTE if still else Severity.WARNING,
                        hole.start_s,
                        hole.end_s,
                        kind,
                        {"stream": kind},
                        length_s=missing_s,
                    )
                )
    return found


def _heard_hole(start_s: float, end_s: float, sound: Sequence[StreamClock]) -> bool:
    return any(hole.start_s < end_s and start_s < hole.end_s for clock in sound for hole in clock.holes)


def _tick_s(plan: RemuxPlan, number: int, clock: StreamClock) -> float:
    """The unit in which ffmpeg tells times of this stream of the output: the muxer's, in seconds."""
    if plan.container != "mp4":
        return 0.001
    rate_hz = plan.streams[number].sample_rate_hz
    if rate_hz:
        return 1 / rate_hz
    ticks = clock.time_base.denominator
    while ticks < _LEAST_TICKS:
        ticks *= 2
    return clock.time_base.numerator / ticks


def _backwards(plan: RemuxPlan, reading: RemuxResult) -> list[Finding]:
    found = []
    for stream, previous, current in _BACKWARDS.findall(reading.said):
        clock = reading.packets.streams.get(int(stream))
        if clock is None or int(stream) >= len(plan.streams):
            continue
        tick_s = _tick_s(plan, int(stream), clock)
        at_s, back_s = int(previous) * tick_s, int(current) * tick_s
        if at_s - back_s >= BACKWARDS_S:
            found.append(
                finding(
                    Code.DISCONTINUITY,
                    Severity.WARNING,
                    at_s,
                    at_s,
                    "back",
                    {"back_s": round(at_s - back_s, 3)},
                    by_s=at_s - back_s,
                )
            )
            break
    return found
