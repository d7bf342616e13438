"""Findings about the file itself: its streams, its length, its packets in time. Pure rules over facts.

What a picture shows and what is heard is judged in `analysis/`. Every sentence about the file's structure
stands here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stagebox.media import losses
from stagebox.media.findings import span
from stagebox.media.packets import PacketScan, StreamClock
from stagebox.media.remux import Plan, Reading
from stagebox.media.thresholds import (
    AV_LENGTH_WARNING_S,
    BACKWARDS_S,
    ENDS_EARLY_S,
    PICTURE_HOLE_S,
    SHORT_CRITICAL_SHARE,
    SOUND_HOLE_S,
    WRONG_LENGTH_S,
)
from stagebox.model.pauses import Pause
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

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
_BACKWARDS = re.compile(r"Non-monotonous DTS in output stream \d+:(\d+); previous: (-?\d+), current: (-?\d+)")


@dataclass(frozen=True, slots=True)
class Tail:
    """How a file ends: `cut` says why it is not whole, empty when it is; `closed` whether it was closed.

    `lacks_share` is the share of itself that the file lacks by its own word for its size, 0 where it has
    none.
    """

    cut: str = ""
    closed: bool = True
    lacks_share: float = 0.0


@dataclass(frozen=True, slots=True)
class End:
    """Where a file ends on the recording's timeline: by what it says of itself, and by what was read."""

    tail: Tail
    told_s: float
    read_s: float


def judge(
    plan: Plan,
    reading: Reading,
    ends: Sequence[End],
    limits: VerifySettings,
    *,
    expected_s: float | None,
    starts_at_s: float = 0.0,
) -> tuple[Finding, ...]:
    """All findings about the structure of a recording, in the order of the timeline.

    Args:
        starts_at_s: what the file's own clock says when the first picture or sample is shown.
    """
    packets, said = reading.packets, reading.said
    numbered = [(packets.streams[n], s) for n, s in enumerate(plan.streams) if n in packets.streams]
    picture = [clock for clock, s in numbered if s.kind == "video" and not s.attached_picture]
    sound = [clock for clock, s in numbered if s.kind == "audio"]
    length_s = packets.duration_s
    found = [
        *_kept(plan, length_s),
        *_streams(picture, sound, length_s),
        *_lengths(picture, sound),
        *losses.judge(picture, sound),
        *(finding for end in ends for finding in _end(end)),
        *_stopped(reading, length_s),
        *_damage(reading, picture, ends, starts_at_s),
        *_jumps(picture, sound),
        *_backwards(packets, said),
    ]
    if expected_s is not None and length_s < expected_s - limits.length_tolerance_s:
        found.append(
            Finding(
                Code.SHORT,
                Severity.WARNING
                if length_s >= (1 - SHORT_CRITICAL_SHARE) * expected_s
                else Severity.CRITICAL,
                length_s,
                max(expected_s, length_s),
                f"The recording is {expected_s - length_s:.1f} s shorter than the session was.",
                "Look for another file of this session, and check the disk and OBS's log at that time.",
                {"expected_s": round(expected_s, 3), "duration_s": round(length_s, 3)},
            )
        )
    return tuple(sorted(found, key=lambda finding: finding.start_s))


def not_lossless(source: Mapping[int, str], output: Mapping[int, str], length_s: float) -> Finding | None:
    """The finding that says which streams' packets differ, or None when all are equal."""
    differing = sorted(
        index for index in source.keys() | output.keys() if source.get(index) != output.get(index)
    )
    if not differing and source:
        return None
    return Finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        0.0,
        length_s,
        "The copy does not hold exactly what the recording holds: "
        + (f"stream {', '.join(map(str, differing))} differs." if differing else "nothing could be read."),
        "Keep the recording and process it again; take another disk if this happens twice.",
        {"streams": differing},
    )


def shown_otherwise(starts_s: Mapping[int, float], length_s: float) -> Finding | None:
    """The finding that says which streams are shown at other times in the copy, and from when on."""
    if not starts_s:
        return None
    at_s = max(min(starts_s.values()), 0.0)
    named = ", ".join(map(str, sorted(starts_s)))
    return Finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        at_s,
        max(length_s, at_s),
        f"From {at_s:.1f} s on, the copy shows stream {named} at other times than the recording.",
        "Keep the recording. Look whether lips and voice stay together from there on.",
        {"streams": sorted(starts_s), "at_s": round(at_s, 3)},
    )


def decoded_otherwise(at_s: float, length_s: float, stream: int) -> Finding:
    """The finding for a place from which on the copy shows something else than the recording."""
    return Finding(
        Code.NOT_LOSSLESS,
        Severity.CRITICAL,
        at_s,
        max(length_s, at_s),
        f"From {at_s:.1f} s on, the copy cannot show stream {stream} as the recording does: what a "
        "decoder must know "
        "changes there.",
        "Keep the recording, and use it for this part. Do not change the encoder's settings during a talk.",
        {"streams": [stream], "at_s": round(at_s, 3)},
    )


def joined_with_gap(at_s: float, gap_s: float | None, number: int) -> Finding:
    """The finding for the place where one segment ends and segment `number` begins."""
    lost = f"about {gap_s:.1f} s are missing" if gap_s is not None else "what happened in between is missing"
    return Finding(
        Code.GAP,
        Severity.WARNING,
        at_s,
        at_s,
        f"The recording was interrupted here, and {lost}: segment {number} begins.",
        "Check the cut; it is marked as a chapter.",
        {"gap_s": None if gap_s is None else round(gap_s, 3), "segment": number},
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
    length = span(pause.length_s)
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


def _kept(plan: Plan, length_s: float) -> list[Finding]:
    found = []
    if plan.why_not_mp4:
        found.append(
            Finding(
                Code.NO_MP4,
                Severity.NOTE,
                0.0,
                length_s,
                f"An MP4 cannot hold this recording as it is ({', '.join(plan.why_not_mp4)}), so the output "
                "is an MKV, in which nothing was changed.",
                "If you need an MP4, record the sound as AAC and the picture as H.264.",
                {"codecs": list(plan.why_not_mp4)},
            )
        )
    if plan.without_packets:
        named = ", ".join(f"{stream.index} ({stream.kind})" for stream in plan.without_packets)
        found.append(
            Finding(
                Code.CORRUPT,
                Severity.WARNING,
                0.0,
                length_s,
                f"The recording announces a track of which it holds nothing: {named}.",
                "Check which tracks OBS records.",
                {"streams": [stream.index for stream in plan.without_packets]},
            )
        )
    if plan.left_out:
        named = ", ".join(f"{stream.index} ({stream.codec})" for stream in plan.left_out)
        found.append(
            Finding(
                Code.LEFT_OUT,
                Severity.NOTE,
                0.0,
                length_s,
                f"A data track was left out, since an MP4 has no place for it: {named}. Picture and "
                "sound are all there.",
                "Keep the recording if you need this track.",
                {"streams": [stream.index for stream in plan.left_out]},
            )
        )
    return found


def _streams(picture: Sequence[StreamClock], sound: Sequence[StreamClock], length_s: float) -> list[Finding]:
    found = []
    if not any(clock.packets for clock in picture):
        found.append(
            Finding(
                Code.NO_VIDEO, Severity.CRITICAL, 0.0, length_s, "The recording has no picture.",
                "Check the scene and the recording settings in OBS.",
            )
        )  # fmt: skip
    if not any(clock.packets for clock in sound):
        found.append(
            Finding(
                Code.NO_AUDIO, Severity.CRITICAL, 0.0, length_s, "The recording has no sound track.",
                "Check that OBS records an audio track and has a microphone.",
            )
        )  # fmt: skip
    return found


def _lengths(picture: Sequence[StreamClock], sound: Sequence[StreamClock]) -> list[Finding]:
    found = []
    seen = [clock for clock in picture if clock.packets]
    heard = [clock for clock in sound if clock.packets]
    for one in seen[:1]:
        for number, other in enumerate(heard, 1):
            track = f" (audio track {number})" if len(heard) > 1 else ""
            late_s, early_s = other.first_s - one.first_s, one.end_s - other.end_s
            evidence = {
                "picture_s": [round(one.first_s, 3), round(one.end_s, 3)],
                "sound_s": [round(other.first_s, 3), round(other.end_s, 3)],
            }
            for start_s, end_s, apart_s, words in (
                (min(one.first_s, other.first_s), max(one.first_s, other.first_s), abs(late_s), "begin"),
                (min(one.end_s, other.end_s), max(one.end_s, other.end_s), abs(early_s), "end"),
            ):
                if apart_s > AV_LENGTH_WARNING_S:
                    found.append(
                        Finding(
                            Code.AV_LENGTH_MISMATCH,
                            Severity.WARNING,
                            start_s,
                            end_s,
                            f"Picture and sound{track} {words} {apart_s:.1f} s apart.",
                            "Look at this part: one of them is missing there.",
                            evidence,
                        )
                    )
    return found


def _end(end: End) -> list[Finding]:
    apart_s = end.told_s - end.read_s if end.told_s > 0 else 0.0
    tail = end.tail
    if tail.cut or not tail.closed or (apart_s >= ENDS_EARLY_S and _lacks_as_told(end)):
        return [_truncated(end)]
    if abs(apart_s) < WRONG_LENGTH_S:
        return []
    return [
        Finding(
            Code.WRONG_LENGTH,
            Severity.NOTE,
            0.0,
            0.0,
            f"The file's own length is wrong: it says {span(end.told_s)}, and holds {span(end.read_s)}. "
            "Nothing is missing.",
            "The MP4 tells the right length.",
            {"told_s": round(end.told_s, 3), "read_s": round(end.read_s, 3)},
        )
    ]


def _lacks_as_told(end: End) -> bool:
    """Whether the file lacks as much of its size as of its length: one word alone is doubted."""
    lacks = end.tail.lacks_share
    if lacks <= 0 or end.told_s <= 0:
        return False
    return 0.25 < lacks / max(1 - end.read_s / end.told_s, 1e-9) < 4


def _truncated(end: End) -> Finding:
    lost_s = max(end.told_s - end.read_s, 0.0)
    if not (_lacks_as_told(end) if end.tail.lacks_share > 0 else lost_s <= max(20 * end.read_s, 3600.0)):
        lost_s = 0.0  # its own word for its length is not to be believed
    lost = f"{span(lost_s)} are lost" if lost_s >= 0.1 else "about its last second may be lost"
    reason = end.tail.cut or ("it ends too early" if end.tail.closed else "the recorder did not close it")
    return Finding(
        Code.TRUNCATED,
        Severity.WARNING,
        end.read_s,
        end.read_s + lost_s,
        f"The recording breaks off at {end.read_s:.1f} s ({reason}); {lost}.",
        "Everything up to there was kept. Look for a further file of this talk.",
        {
            "told_s": round(end.told_s, 3),
            "read_s": round(end.read_s, 3),
            "lost_s": round(lost_s, 3),
        },
    )


def _stopped(reading: Reading, length_s: float) -> list[Finding]:
    if reading.exit_code == 0:
        return []
    return [
        Finding(
            Code.CORRUPT,
            Severity.CRITICAL,
            length_s,
            length_s,
            f"ffmpeg could not go on after {length_s:.1f} s: what comes later is not in the output.",
            "Keep the recording, and look for another file of this talk.",
            {"messages": reading.said.splitlines()[-5:]},
        )
    ]


def _damage(
    reading: Reading, picture: Sequence[StreamClock], ends: Sequence[End], starts_at_s: float
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
    where = f"near {start_s:.1f} s" if places else "somewhere"
    return [
        Finding(
            Code.CORRUPT,
            Severity.WARNING,
            start_s,
            min(end_s, max(length_s, start_s)),
            f"The file is damaged {where}; it was read as far as possible, and what is not whole was "
            "left out.",
            "Look at this part of the talk." if places else "Look at the whole talk once.",
            {"messages": damage[:5], "count": len(damage)},
        )
    ]


def _begins_late(late_s: float) -> Finding:
    return Finding(
        Code.AV_LENGTH_MISMATCH,
        Severity.NOTE if late_s <= AV_LENGTH_WARNING_S else Severity.WARNING,
        0.0,
        late_s,
        f"The recording begins between two keyframes: its first {late_s:.1f} s have sound and no picture.",
        "Nothing is to be done, unless the talk begins there.",
        {"late_s": round(late_s, 3)},
    )


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
                    Finding(
                        Code.DISCONTINUITY,
                        Severity.NOTE if still else Severity.WARNING,
                        hole.start_s,
                        hole.end_s,
                        f"The {kind} jumps by {missing_s:.1f} s: nothing is there in between.",
                        "Look at this place; the machine was overloaded, or the recording was interrupted.",
                        {"stream": kind},
                    )
                )
    return found


def _heard_hole(start_s: float, end_s: float, sound: Sequence[StreamClock]) -> bool:
    return any(hole.start_s < end_s and start_s < hole.end_s for clock in sound for hole in clock.holes)


def _backwards(packets: PacketScan, said: str) -> list[Finding]:
    found = []
    for stream, previous, current in _BACKWARDS.findall(said):
        clock = packets.streams.get(int(stream))
        if clock is None:
            continue
        at_s, back_s = (float(int(value) * clock.time_base) for value in (previous, current))
        if at_s - back_s >= BACKWARDS_S:
            found.append(
                Finding(
                    Code.DISCONTINUITY,
                    Severity.WARNING,
                    at_s,
                    at_s,
                    f"The recording's clock jumps back by {at_s - back_s:.1f} s here.",
                    "Look at this place: picture and sound may be apart after it.",
                    {"back_s": round(at_s - back_s, 3)},
                )
            )
            break
    return found
