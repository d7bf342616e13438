"""OBS's figures and looks at the growing file become what is known of the recording."""

from dataclasses import replace

from stagebox.model.facts.proof import ProofFacts, ProofReading
from stagebox.model.observations import ObsStatsReading


def fold_proof(facts: ProofFacts, seen: ProofReading | ObsStatsReading, at: float) -> ProofFacts:
    """The facts after an observation at the monotonic time `at`."""
    return _fold_obs(facts, seen, at) if isinstance(seen, ObsStatsReading) else _fold_file(facts, seen, at)


def _fold_obs(facts: ProofFacts, seen: ObsStatsReading, at: float) -> ProofFacts:
    if not seen.recording:
        return ProofFacts(obs_at=at, obs_recording=False)
    # A figure that fell is a new recording's.
    new = facts.recording_since is None or seen.record_bytes < facts.obs_bytes
    if new:
        return replace(
            facts if facts.obs_recording else ProofFacts(),
            obs_at=at,
            obs_recording=True,
            obs_bytes=seen.record_bytes,
            obs_grew_at=at if seen.record_bytes else None,
            recording_since=at,
        )
    if seen.paused:
        # Nothing can grow, and what follows is measured from where it goes on.
        facts = replace(
            facts,
            obs_grew_at=at,
            file_grew_at=None if facts.file_grew_at is None else at,
            tail=None,
            tail_at=None,
            tail_before=None,
            tail_before_at=None,
            bad_tails=0,
        )
    grew = seen.record_bytes > facts.obs_bytes
    return replace(
        facts,
        obs_at=at,
        obs_recording=True,
        obs_bytes=seen.record_bytes,
        obs_grew_at=at if grew else facts.obs_grew_at,
    )


def _fold_file(facts: ProofFacts, seen: ProofReading, at: float) -> ProofFacts:
    # Looked at and not there: what is there now was written meanwhile.
    appeared = facts.path == seen.path and facts.file_at is not None and facts.file_bytes is None
    since, known_at = facts.recording_since, facts.path_since
    same_recording = known_at is not None and since is not None and since <= known_at
    if seen.path and seen.path != facts.path and same_recording and facts.tail is not None:
        # OBS goes on in another file of the same recording: what was proven until now stays, for as long as
        # it would without, and the time in the new file begins anew.
        facts = replace(facts, path=seen.path, path_since=at, file_bytes=None, new_file=True)
    elif seen.path != facts.path:
        # The first size of a file is no growth: it may be one that was finished long ago.
        facts = replace(
            facts,
            path=seen.path,
            path_since=at,
            new_file=False,
            file_bytes=None,
            file_grew_at=None,
            tail=None,
            tail_at=None,
            tail_before=None,
            tail_before_at=None,
            bad_tails=0,
        )
    before, size = facts.file_bytes, seen.file_bytes
    grew = size is not None and size > (before or 0) and (before is not None or appeared)
    facts = replace(facts, file_at=at, file_bytes=size, file_grew_at=at if grew else facts.file_grew_at)
    if seen.tail is None:
        return facts
    return replace(
        facts,
        tail=seen.tail,
        tail_at=at,
        tail_before=None if facts.new_file else facts.tail,
        tail_before_at=None if facts.new_file else facts.tail_at,
        new_file=False,
        bad_tails=facts.bad_tails + 1 if seen.tail.fault else 0,
    )
