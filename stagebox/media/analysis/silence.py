"""Where a recording is silent, and where somebody speaks but far too softly. Pure.

Silence is what is below a level; but a voice that is turned down below it is not silent, it is soft: it can
be raised, and nobody needs to look for another recording.
"""

from collections.abc import Sequence

import numpy as np

from stagebox.media.analysis.loudness import integrated_lufs
from stagebox.media.analysis.sound_meter import AudioTrackFacts, SoundPart
from stagebox.media.analysis.speaking import Span, VoiceFinder
from stagebox.media.analysis.stretches import stretches
from stagebox.media.findings import finding
from stagebox.media.repetition import WHOLE_TALK, RepetitionRule, repeated
from stagebox.media.thresholds import CLICK_S, QUIET_S, SHORT_SILENCE_S
from stagebox.model.report import Code, Finding, Severity
from stagebox.model.settings import VerifySettings

ALWAYS_SHARE = 0.8
"""Softness of this share of a recording is that of the whole."""
HEARD_IN_FULL_SHARE = 0.9
LONG_SHARE = 0.9
EDGE_S = 0.02
SAME_S = 2.0
"""Soft stretches this close to each other are one."""
OFTEN = (
    RepetitionRule(within_s=60.0, count=3, share=0.3),
    RepetitionRule(within_s=600.0, count=8, share=0.15),
    RepetitionRule(within_s=WHOLE_TALK, count=20, share=0.15),
)
"""When silences too short to be told by themselves are told together."""


def silences(facts: AudioTrackFacts, below_dbfs: float) -> list[Span]:
    """Return the stretches (start, end) in seconds below a level, clicks of up to 50 ms bridged."""
    silent = facts.levels_dbfs < below_dbfs  # NaN, not decoded, compares as False
    joined: list[tuple[int, int]] = []
    longest_click = int(CLICK_S / facts.window_s)
    for start, end in stretches(silent):
        if (
            joined
            and start - joined[-1][1] <= longest_click
            and not np.isnan(facts.levels_dbfs[joined[-1][1] : start]).any()
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    last = facts.levels_dbfs.size
    return [
        (start * facts.window_s, facts.length_s if end >= last - 1 else end * facts.window_s)
        for start, end in joined
    ]


def silent_and_soft(
    facts: AudioTrackFacts, limits: VerifySettings, where: str, voices: VoiceFinder
) -> tuple[list[Finding], list[Span]]:
    """The findings of silence and of softness, and every stretch that is silent for long."""
    if facts.length_s <= 0:
        return [], []
    below = silences(facts, limits.silence_dbfs)
    # A recording that is itself shorter than the limit is judged by its share.
    shortest_s = min(limits.silence_warning_s, max(0.5, facts.length_s * limits.silence_critical_share))
    long = [one for one in below if one[1] - one[0] >= shortest_s - 0.02]
    soft = [one for one in long if voices.among(_parts_in(facts.parts, *one))]
    still = [one for one in long if one not in soft]
    found = _silent(facts, limits, where, still)
    if any(one.severity is Severity.CRITICAL for one in found):
        return found, long
    quiet = _quiet(facts, limits, where, voices, soft)
    if not any(one.end_s - one.start_s >= facts.length_s for one in quiet):
        found += _again_and_again(facts, limits, where, voices, [one for one in below if one not in long])
    return found + quiet, still


def _silent(
    facts: AudioTrackFacts, limits: VerifySettings, where: str, still: Sequence[Span]
) -> list[Finding]:
    share = sum(end - start for start, end in still) / facts.length_s
    severity = Severity.CRITICAL if share >= limits.silence_critical_share else Severity.WARNING
    return [
        finding(
            Code.SILENT,
            severity,
            start,
            end,
            "whole",
            {
                "below_dbfs": limits.silence_dbfs,
                "length_s": round(end - start, 3),
                "share_of_recording": round(share, 4),
            },
            where=where,
            length_s=end - start,
        )
        for start, end in still
    ]


def _again_and_again(
    facts: AudioTrackFacts, limits: VerifySettings, where: str, voices: VoiceFinder, short: Sequence[Span]
) -> list[Finding]:
    """Silences that are too short to be told each, and come so often that much of the talk is gone."""
    # What is heard in part finds all of them only where they are not much shorter than those told each.
    in_part = float(np.mean(facts.heard)) < HEARD_IN_FULL_SHARE
    told = limits.silence_warning_s * LONG_SHARE if in_part else SHORT_SILENCE_S
    told = min(told, limits.silence_warning_s)
    spans = [one for one in short if one[1] - one[0] >= told]
    if repeated(spans, facts.length_s, OFTEN):
        # Only now: asking costs more than counting.
        spans = [one for one in spans if not voices.among(_parts_in(facts.parts, *one))]
    return [
        finding(
            Code.SILENT,
            Severity.CRITICAL
            if one.lost_s >= limits.silence_critical_share * facts.length_s
            else Severity.WARNING,
            one.start_s,
            one.end_s,
            "again",
            {
                "below_dbfs": limits.silence_dbfs,
                "silences": one.count,
                "lost_s": round(one.lost_s, 3),
                "share_of_recording": round(one.lost_s / facts.length_s, 4),
            },
            where=where,
            times=one.count,
            within_s=one.length_s,
            length_s=one.lost_s,
        )
        for one in repeated(spans, facts.length_s, OFTEN)
    ]


def _quiet(
    facts: AudioTrackFacts, limits: VerifySettings, where: str, voices: VoiceFinder, soft: Sequence[Span]
) -> list[Finding]:
    lufs = integrated_lufs(facts.faint_k_power)
    soft_s = sum(end - start for start, end in soft)
    if (lufs is not None and lufs < limits.quiet_lufs) or soft_s >= ALWAYS_SHARE * facts.length_s:
        key = "whole" if lufs is None else "measured"
        return [
            finding(
                Code.QUIET,
                Severity.WARNING,
                0.0,
                facts.length_s,
                key,
                {"loudness_lufs": lufs},
                where=where,
                lufs=f"{lufs or 0.0:.0f}".replace("-", "−"),
            )
        ]
    found = []
    for start_s, end_s in _joined([*soft, *_soft_runs(facts, limits, voices)]):
        inside = [facts.parts[number] for number in _parts_in(facts.parts, start_s, end_s)]
        here = integrated_lufs([part.k_power for part in inside])
        found.append(
            finding(
                Code.QUIET,
                Severity.WARNING,
                start_s,
                min(end_s, facts.length_s),
                "part",
                {"loudness_lufs": here},
                where=where,
                length_s=end_s - start_s,
            )
        )
    return found


def _soft_runs(facts: AudioTrackFacts, limits: VerifySettings, voices: VoiceFinder) -> list[Span]:
    """Stretches in which no part is as loud as a talk should be, and somebody speaks."""
    found: list[Span] = []
    run: list[int] = []
    for number in range(len(facts.parts) + 1):
        if number < len(facts.parts):
            lufs = integrated_lufs([facts.parts[number].k_power])
            if lufs is None or lufs < limits.quiet_lufs:
                run.append(number)
                continue
        if run and _end_s(facts.parts[run[-1]]) - facts.parts[run[0]].time_s >= QUIET_S:
            voiced = voices.among(run)
            if voiced:
                start_s, end_s = facts.parts[voiced[0]].time_s, _end_s(facts.parts[voiced[-1]])
                if end_s - start_s >= QUIET_S * 2 / 3:
                    found.append((start_s, end_s))
        run = []
    return found


def _joined(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + SAME_S:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _parts_in(parts: Sequence[SoundPart], start_s: float, end_s: float) -> list[int]:
    """The numbers of the parts that lie wholly in a stretch: what is around it may be a voice."""
    return [
        number
        for number, part in enumerate(parts)
        if start_s - EDGE_S <= part.time_s and _end_s(part) <= end_s + EDGE_S
    ]


def _end_s(part: SoundPart) -> float:
    return part.time_s + part.length_s
