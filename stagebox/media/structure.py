"""Findings about the file itself: its streams, its length, its packets in time. Pure rules over facts.

What a picture shows and what is heard is judged in `analysis/`; how the file ends in `closing.py`, what in it
is damaged or jumps in `damage.py`, what lacks in small pieces in `losses.py`.
"""

from collections.abc import Sequence

from stagebox.media import closing, damage, losses
from stagebox.media.closing import FileEnd
from stagebox.media.findings import finding
from stagebox.media.packets import StreamClock
from stagebox.media.remux import RemuxPlan, RemuxResult
from stagebox.media.thresholds import AV_LENGTH_WARNING_S, SHORT_CRITICAL_SHARE
from stagebox.messages.code_catalogue import say
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings


def judge(
    plan: RemuxPlan,
    reading: RemuxResult,
    ends: Sequence[FileEnd],
    limits: VerifySettings,
    *,
    expected_s: float | None,
    starts_at_s: float = 0.0,
) -> tuple[Finding, ...]:
    """All findings about the structure of a recording, in the order of the timeline.

    Args:
        starts_at_s: what the file's own clock says when the first picture or sample is shown.
    """
    packets = reading.packets
    numbered = [(packets.streams[n], s) for n, s in enumerate(plan.streams) if n in packets.streams]
    picture = [clock for clock, s in numbered if s.kind == "video" and not s.attached_picture]
    sound = [clock for clock, s in numbered if s.kind == "audio"]
    length_s = packets.duration_s
    found = [
        *_kept(plan, length_s),
        *_streams(picture, sound, length_s),
        *_lengths(picture, sound),
        *losses.judge(picture, sound),
        *(one for end in ends for one in closing.judge(end)),
        *damage.judge(plan, reading, picture, sound, ends, starts_at_s),
    ]
    if expected_s is not None and length_s < expected_s - limits.length_tolerance_s:
        found.append(
            finding(
                Code.SHORT,
                Severity.WARNING
                if length_s >= (1 - SHORT_CRITICAL_SHARE) * expected_s
                else Severity.CRITICAL,
                length_s,
                expected_s,
                "session",
                {"expected_s": round(expected_s, 3), "duration_s": round(length_s, 3)},
                lacks_s=expected_s - length_s,
            )
        )
    return tuple(sorted(found, key=lambda one: one.start_s))


def _kept(plan: RemuxPlan, length_s: float) -> list[Finding]:
    found = []
    if plan.why_not_mp4:
        found.append(
            finding(
                Code.NO_MP4,
                Severity.NOTE,
                0.0,
                length_s,
                "codecs",
                {"codecs": list(plan.why_not_mp4)},
                codecs=", ".join(plan.why_not_mp4),
            )
        )
    if plan.without_packets:
        named = ", ".join(f"{stream.index} ({stream.kind})" for stream in plan.without_packets)
        found.append(
            finding(
                Code.CORRUPT,
                Severity.WARNING,
                0.0,
                length_s,
                "empty_track",
                {"streams": [stream.index for stream in plan.without_packets]},
                tracks=named,
            )
        )
    if plan.left_out:
        named = ", ".join(f"{stream.index} ({stream.codec})" for stream in plan.left_out)
        found.append(
            finding(
                Code.LEFT_OUT,
                Severity.NOTE,
                0.0,
                length_s,
                "data",
                {"streams": [stream.index for stream in plan.left_out]},
                tracks=named,
            )
        )
    return found


def _streams(picture: Sequence[StreamClock], sound: Sequence[StreamClock], length_s: float) -> list[Finding]:
    found = []
    if not any(clock.packets for clock in picture):
        found.append(finding(Code.NO_VIDEO, Severity.CRITICAL, 0.0, length_s, "none"))
    if not any(clock.packets for clock in sound):
        found.append(finding(Code.NO_AUDIO, Severity.CRITICAL, 0.0, length_s, "none"))
    return found


def _lengths(picture: Sequence[StreamClock], sound: Sequence[StreamClock]) -> list[Finding]:
    found = []
    seen = [clock for clock in picture if clock.packets]
    heard = [clock for clock in sound if clock.packets]
    for one in seen[:1]:
        for number, other in enumerate(heard, 1):
            where = say("on_track", number=number) if len(heard) > 1 else ""
            late_s, early_s = other.first_s - one.first_s, one.end_s - other.end_s
            evidence = {
                "picture_s": [round(one.first_s, 3), round(one.end_s, 3)],
                "sound_s": [round(other.first_s, 3), round(other.end_s, 3)],
            }
            for start_s, end_s, apart_s, key in (
                (min(one.first_s, other.first_s), max(one.first_s, other.first_s), abs(late_s), "begin"),
                (min(one.end_s, other.end_s), max(one.end_s, other.end_s), abs(early_s), "end"),
            ):
                if apart_s > AV_LENGTH_WARNING_S:
                    found.append(
                        finding(
                            Code.AV_LENGTH_MISMATCH,
                            Severity.WARNING,
                            start_s,
                            end_s,
                            key,
                            evidence,
                            where=where,
                            apart_s=apart_s,
                        )
                    )
    return found
