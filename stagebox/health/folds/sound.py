"""Folds what the backup recorder and OBS's meters say into the facts about the sound. Pure."""

import re
from dataclasses import replace
from pathlib import Path

from stagebox.model.facts.level_ladder import LevelLadder
from stagebox.model.facts.sound import (
    FLOOR_DBFS,
    BackupCoverage,
    BackupRecorderFacts,
    BackupRecorderReading,
    ChannelLevel,
    ListenerFacts,
    MeterFacts,
    MetersReading,
    RecentCount,
    Sort,
    SoundFacts,
    SoundReading,
    SoundWanted,
)
from stagebox.model.settings import AudioSource

BREAK_S = 2.0
"""A listener of whom nothing was seen for longer begins anew: what it missed counts as nothing."""

PART = re.compile(r"-part-\d+$")
"""What follows a talk's name in the names of its further backups."""

KEPT_SECONDS = 16
SECONDS_HEARD = 62
"""A little more than the longest health.forgotten.speaking_s."""


def sound_wanted(source: AudioSource, silent_scenes: frozenset[str]) -> SoundWanted:
    """What the settings' sources.mic and the scene pack's scenes without sound ask for."""
    device = str(Path(source.device).expanduser()) if source.kind == "media" else source.device
    return SoundWanted(
        mic=source.kind != "none",
        ear=source.kind not in ("none", "media"),
        device=device,
        silent_scenes=silent_scenes,
    )


def fold_sound(facts: SoundFacts, seen: SoundReading, at: float) -> SoundFacts:
    """The facts after an observation at the monotonic time `at`."""
    if isinstance(seen, BackupRecorderReading):
        return replace(facts, at=at, ear=_ear(facts.ear, seen, at))
    return replace(facts, at=at, obs=_meters(facts.obs, seen, at))


def _ear(facts: BackupRecorderFacts, seen: BackupRecorderReading, at: float) -> BackupRecorderFacts:
    before = facts.seen
    same_run = before is not None and before.run == seen.run
    changed = before is None or before.status != seen.status
    peaks = tuple(level.peak_dbfs for level in seen.levels)
    return BackupRecorderFacts(
        at=at,
        seen=seen,
        status_since=at if changed else facts.status_since,
        hearing=_hear(facts.hearing, seen.levels, peaks, at)
        if seen.status == "listening"
        else ListenerFacts(),
        clipped=_count(facts.clipped, seen.clipped, at, same_run=same_run),
        holes=_count(facts.holes, seen.xruns + seen.gaps + seen.dropped, at, same_run=same_run),
        backed_up=_backed_up(facts.backed_up, seen),
        flat=_count(facts.flat, seen.flat, at, same_run=same_run),
        sorts=_sorts(facts, seen, int(at)) if seen.status == "listening" else (),
    )


def _backed_up(before: BackupCoverage, seen: BackupRecorderReading) -> BackupCoverage:
    """A talk's backup may go on in another file, or folder: after a full disk, or when the backup recorder
    began anew."""
    if not seen.backup:
        return before
    talk = PART.sub("", Path(seen.backup).stem)
    if talk != before.talk:
        return BackupCoverage(talk=talk, file=seen.backup, file_s=seen.backup_s)
    if seen.backup != before.file:
        return BackupCoverage(talk=talk, file=seen.backup, before_s=before.all_s, file_s=seen.backup_s)
    return replace(before, file_s=max(before.file_s, seen.backup_s))


def _sorts(
    facts: BackupRecorderFacts, seen: BackupRecorderReading, second: int
) -> tuple[tuple[int, Sort, bool], ...]:
    """What each of the last seconds was; a break in what is known begins it anew."""
    before = facts.sorts
    if seen.sort == "unknown" or (before and second - before[-1][0] > BREAK_S):
        before = ()
    if seen.sort == "unknown":
        return before
    if before and before[-1][0] == second:
        before = before[:-1]
    return (*before, (second, seen.sort, seen.turned))[-SECONDS_HEARD:]


def _meters(facts: MeterFacts, seen: MetersReading, at: float) -> MeterFacts:
    before = facts.seen
    same_run = before is not None and before.run == seen.run
    return MeterFacts(
        at=at,
        seen=seen,
        off_air_since=_since(facts.off_air_since, seen.up and not seen.live, at),
        absent_since=_since(facts.absent_since, seen.up and seen.present is False, at),
        hearing=_hear(facts.hearing, seen.levels, seen.input_peaks_dbfs, at)
        if seen.live
        else ListenerFacts(),
        clipped=_count(facts.clipped, seen.clipped, at, same_run=same_run),
        holes=_count(facts.holes, seen.holes, at, same_run=same_run),
    )


def _since(since: float | None, holds: bool, at: float) -> float | None:
    if not holds:
        return None
    return at if since is None else since


def _hear(
    hearing: ListenerFacts, levels: tuple[ChannelLevel, ...], peaks: tuple[float, ...], at: float
) -> ListenerFacts:
    broken = hearing.at is None or at - hearing.at > BREAK_S or len(levels) != len(hearing.levels)
    if broken:
        hearing = ListenerFacts(since=at, channels=(LevelLadder(),) * len(levels))
    loudest_dbfs = max((level.rms_dbfs for level in levels), default=FLOOR_DBFS)
    return ListenerFacts(
        since=hearing.since,
        at=at,
        levels=levels,
        loudest=hearing.loudest.heard(loudest_dbfs, at),
        channels=tuple(
            ladder.heard(level.rms_dbfs, at) for ladder, level in zip(hearing.channels, levels, strict=True)
        ),
        before_fader=hearing.before_fader.heard(max(peaks, default=FLOOR_DBFS), at),
        seconds=_seconds(hearing.seconds, loudest_dbfs, int(at)),
    )


def _seconds(
    seconds: tuple[tuple[int, float], ...], loudest_dbfs: float, second: int
) -> tuple[tuple[int, float], ...]:
    if seconds and seconds[-1][0] == second:
        if loudest_dbfs <= seconds[-1][1]:
            return seconds
        return (*seconds[:-1], (second, loudest_dbfs))
    return (*seconds, (second, loudest_dbfs))[-SECONDS_HEARD:]


def _count(tally: RecentCount, count: int, at: float, *, same_run: bool) -> RecentCount:
    """The tally after its counter was read. The first reading only sets the mark; a new run starts at 0."""
    if tally.last is None:
        return RecentCount(last=count)
    more = max(0, count - tally.last) if same_run else count
    if not more:
        return replace(tally, last=count)
    second = int(at)
    seconds = tally.seconds
    if seconds and seconds[-1][0] == second:
        more += seconds[-1][1]
        seconds = seconds[:-1]
    return RecentCount(last=count, last_at=at, seconds=(*seconds, (second, more))[-KEPT_SECONDS:])
