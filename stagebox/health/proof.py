"""Is this talk really being recorded? Green only on proof: bytes in OBS, bytes on disk, a tail that plays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stagebox.model.facts.proof import LightColour, ProofFacts
from stagebox.model.settings import HealthSettings

_STARTING_S = 10.0
"""Until then a missing proof is no bad sign."""
_SLOW_SHARE = 0.5
_OBS_WINDOW = "Stop the recording, and start it again. If it stays so, restart the computer."


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
    evidence = _evidence(facts, now)
    colour, summary, remedy = _judge(facts, limits, now, local, wanted, heard_dbfs)
    return RecordLight(colour=colour, summary=summary, remedy=remedy, evidence=evidence)


_Words = tuple[LightColour, str, str]


def _judge(
    facts: ProofFacts,
    limits: HealthSettings,
    now: float,
    local: bool,
    wanted: bool,
    heard_dbfs: float | None,
) -> _Words:
    of = limits.proof
    if facts.obs_at is None or now - facts.obs_at > limits.stale_s:
        file_grows = _within(facts.file_grew_at, of.stalled_s, now)
        if local and file_grows and _within(facts.file_at, limits.stale_s, now):
            return "amber", "OBS does not answer, but the file still grows.", "Leave OBS alone: it records."
        return "amber", "Nobody knows whether this is recorded: OBS does not answer.", _OBS_WINDOW
    if not facts.obs_recording:
        if wanted:
            return "red", "This talk is NOT being recorded.", _OBS_WINDOW
        return "off", "Nothing is being recorded.", ""
    since = facts.recording_since if facts.recording_since is not None else now
    starting = now - since < _STARTING_S
    if not _within(facts.obs_grew_at, of.stalled_s, now) and now - since > of.stalled_s:
        return "red", "OBS says that it records, but writes nothing.", _OBS_WINDOW
    if not local:
        return (
            "amber",
            "OBS records on another computer: proven by OBS's own figures only.",
            "Look at the file on that computer now and then.",
        )
    disk = _judge_disk(facts, limits, now, since)
    return disk if disk is not None else _judge_tail(facts, limits, now, starting, heard_dbfs)


def _judge_disk(facts: ProofFacts, limits: HealthSettings, now: float, since: float) -> _Words | None:
    """What is wrong with the file's size; None for nothing."""
    of = limits.proof
    if facts.path_since is not None:
        since = max(since, facts.path_since)
    if facts.file_at is None or now - facts.file_at > limits.stale_s:
        return "amber", "OBS records, but the file was not looked at in time.", "Wait a few seconds."
    if not facts.path:
        return "amber", "OBS records, but where to is not known yet.", "Wait a few seconds."
    if facts.file_bytes is None:
        if now - since < of.stalled_s:
            return "amber", "OBS starts to record.", ""
        return "red", f"The recording's file is gone: {facts.path}.", "Put its disk back. Then record anew."
    if not _within(facts.file_grew_at, of.stalled_s, now):
        if now - since < of.stalled_s:
            return "amber", "OBS starts to record.", ""
        return "red", "The recording's file does not grow.", "Check the disk, and record anew."
    return None


def _judge_tail(
    facts: ProofFacts, limits: HealthSettings, now: float, starting: bool, heard_dbfs: float | None
) -> _Words:
    of = limits.proof
    tail = facts.tail
    if tail is None and facts.path and not facts.path.lower().endswith(".flv"):
        words = "The file grows, but OBS records no FLV: nothing proves that it plays."
        return "amber", words, "Look at it after the talk. Then touch “Build the scenes again”."
    if tail is None or facts.tail_at is None:
        if starting:
            return "amber", "OBS records. The first proof follows in a few seconds.", ""
        return "amber", "The file grows, but nothing has proven yet that it plays.", "Wait a few seconds."
    if tail.fault:
        colour: LightColour = "red" if facts.bad_tails > 1 else "amber"
        return colour, f"The end of the recording does not play: {tail.fault}", _OBS_WINDOW
    if now - facts.tail_at > of.proven_s:
        return "amber", "The file grows, but the last proof that it plays is too old.", "Wait a few seconds."
    if not _time_moves(facts):
        return "red", "The file grows, but its time stands still.", _OBS_WINDOW
    if tail.peak_dbfs is None:
        return (
            "red",
            "The recording has a picture, but no sound track.",
            "Touch “Build the scenes again”. If it stays so, tell the crew.",
        )
    silent = tail.peak_dbfs < of.quiet_dbfs
    if silent and heard_dbfs is not None and heard_dbfs > of.heard_dbfs:
        return (
            "amber",
            "OBS hears the microphone, but the recording holds no sound.",
            "Look whether the scene on program contains the microphone.",
        )
    return "green", "Recording, and proven: the file grows and its end plays.", ""


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
