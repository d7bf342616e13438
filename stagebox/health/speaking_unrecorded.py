"""Does somebody speak while nothing is recorded? A hint: in a break it means nothing, before a talk all."""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import listening_ear, meters, on_air, spoken_share, voice_share
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

ROLE = "recording"


def speaking_unrecorded(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """A note when either listener hears speech for a while, and OBS records nothing and is not asked to."""
    if not facts.sound.wanted.mic:
        return ()
    code = Code.SPEAKING_UNRECORDED
    if facts.session_wanted:
        # Whether what is wanted is done, another rule says.
        return (fine(code, ROLE) if facts.recording else unknown(code, ROLE, "asked"),)
    if facts.recording is None or not facts.obs_up:
        return (unknown(code, ROLE, "recording_unknown"),)
    if facts.recording:
        return (fine(code, ROLE),)
    of = limits.forgotten
    if facts.recording_ended is not None and now - facts.recording_ended < of.speaking_s:
        # What was heard until then was recorded.
        return (fine(code, ROLE),)
    heard = listening_ear(facts, limits, now)
    obs = meters(facts, limits, now)
    listeners = [heard.hearing] if heard is not None else []
    if obs is not None and on_air(obs):
        listeners.append(obs.hearing)
    shares = [spoken_share(one, limits.sound.speech_dbfs, of.speaking_s, now) for one in listeners]
    known = [share for share in shares if share is not None]
    if not known:
        return (unknown(code, ROLE, "too_short"),)
    share = max(known)
    voiced = voice_share(heard, of.speaking_s, now)
    if voiced is not None:
        share = min(share, voiced)  # a hum is as loud as somebody speaking
    if share < of.speaking_share:
        return (fine(code, ROLE),)
    evidence = {"speech_share": round(share, 2), "within_s": of.speaking_s}
    return (bad(code, ROLE, Severity.NOTE, "speaking", evidence=evidence),)
