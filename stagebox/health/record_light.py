"""Is this talk really being recorded? Green only on proof: bytes in OBS, bytes on disk, a tail that plays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stagebox.messages.code_catalogue import say_live
from stagebox.model.facts.proof import LightColour, ProofFacts
from stagebox.model.report import Code
from stagebox.model.said import Fact, said_of
from stagebox.model.settings import HealthSettings

_STARTING_S = 10.0
"""Until then a missing proof is no bad sign."""
_SLOW_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLight:
    """The REC light, with the sentence beside it and what to do."""

    colour: LightColour
    summary: str
    remedy: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)


def record_light(
    facts: ProofFacts,
    limits: HealthSettings,
    now: float,
    *,
    local: bool,
    wanted: bool = False,
    heard_dbfs: float | None = None,
) -> RecordLight:
    """The light at the monotonic time `now`.

    Args:
        local: OBS writes to a disk of this computer; else OBS's figures are all there is, and it is amber.
        wanted: a session is meant to be recorded now.
        heard_dbfs: the level of OBS's own meter for the microphone; None is unknown.
    """
    colour, key, given = _judge(facts, limits, now, local, wanted, heard_dbfs)
    summary, remedy = say_live(Code.NOT_RECORDING, key, **given)
    return RecordLight(colour=colour, summary=summary, remedy=remedy, evidence=_evidence(facts, now))


_Found = tuple[LightColour, str, Mapping[str, Fact]]
"""The colour, and the sentence's key with its facts."""
_NONE: Mapping[str, Fact] = {}


def _judge(
    facts: ProofFacts,
    limits: HealthSettings,
    now: float,
    local: bool,
    wanted: bool,
    heard_dbfs: float | None,
) -> _Found:
    of = limits.proof
    if facts.obs_at is None or now - facts.obs_at > limits.stale_s:
        file_grows = _within(facts.file_grew_at, of.stalled_s, now)
        if local and file_grows and _within(facts.file_at, limits.stale_s, now):
            return "amber", "obs_silent_grows", _NONE
        return "amber", "obs_silent", _NONE
    if not facts.obs_recording:
        if wanted:
            return "red", "not", _NONE
        return "off", "off", _NONE
    since = facts.recording_since if facts.recording_since is not None else now
    starting = now - since < _STARTING_S
    if not _within(facts.obs_grew_at, of.stalled_s, now) and now - since > of.stalled_s:
        return "red", "writes_nothing", _NONE
    if not local:
        return "amber", "elsewhere", _NONE
    disk = _judge_disk(facts, limits, now, since)
    return disk if disk is not None else _judge_tail(facts, limits, now, starting, heard_dbfs)


def _judge_disk(facts: ProofFacts, limits: HealthSettings, now: float, since: float) -> _Found | None:
    """What is wrong with the file's size; None for nothing."""
    of = limits.proof
    if facts.path_since is not None:
        since = max(since, facts.path_since)
    if facts.file_at is None or now - facts.file_at > limits.stale_s:
        return "amber", "not_looked", _NONE
    if not facts.path:
        return "amber", "no_path", _NONE
    if facts.file_bytes is None:
        if now - since < of.stalled_s:
            return "amber", "begins", _NONE
        return "red", "file_gone", {"path": facts.path}
    if not _within(facts.file_grew_at, of.stalled_s, now):
        if now - since < of.stalled_s:
            return "amber", "begins", _NONE
        return "red", "file_still", _NONE
    return None


def _judge_tail(
    facts: ProofFacts, limits: HealthSettings, now: float, starting: bool, heard_dbfs: float | None
) -> _Found:
    of = limits.proof
    tail = facts.tail
    if tail is None and facts.path and not facts.path.lower().endswith(".flv"):
        return "amber", "no_flv", _NONE
    if tail is None or facts.tail_at is None:
        if starting:
            return "amber", "first_proof", _NONE
        return "amber", "unproven", _NONE
    if tail.fault:
        colour: LightColour = "red" if facts.bad_tails > 1 else "amber"
        return colour, "no_play", {"reason": said_of(tail.fault)}
    if now - facts.tail_at > of.proven_s:
        return "amber", "old_proof", _NONE
    if not _time_moves(facts):
        return "red", "no_time", _NONE
    if tail.peak_dbfs is None:
        return "red", "no_sound_track", _NONE
    silent = tail.peak_dbfs < of.quiet_dbfs
    if silent and heard_dbfs is not None and heard_dbfs > of.heard_dbfs:
        return "amber", "sound_lost", _NONE
    return "green", "proven", _NONE


def _time_moves(facts: ProofFacts) -> bool:
    """Whether the recording's own time advances about as fast as the clock between two proofs."""
    before = facts.tail_before
    if facts.tail is None or not facts.tail.moving:
        return False
    if before is None or before.fault or facts.tail_at is None or facts.tail_before_at is None:
        return True
    passed_s = facts.tail_at - facts.tail_before_at
    return facts.tail.end_s - before.end_s >= _SLOW_SHARE * passed_s


def _within(at: float | None, limit_s: float, now: float) -> bool:
    return at is not None and now - at <= limit_s


def _evidence(facts: ProofFacts, now: float) -> dict[str, Any]:
    def age_s(at: float | None) -> float | None:
        return None if at is None else round(now - at, 1)

    tail = facts.tail
    return {
        "obs_bytes": facts.obs_bytes,
        "obs_grew_s_ago": age_s(facts.obs_grew_at),
        "file_bytes": facts.file_bytes,
        "file_grew_s_ago": age_s(facts.file_grew_at),
        "proven_s_ago": age_s(facts.tail_at),
        "tail_end_s": tail.end_s if tail else None,
        "tail_peak_dbfs": tail.peak_dbfs if tail else None,
    }
