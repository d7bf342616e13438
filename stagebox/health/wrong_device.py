"""Does OBS record the device that the settings name?"""

from stagebox.health.check import Check
from stagebox.health.listening import MIC, NO_METERS, fine, grave, levels_of, meters, unknown
from stagebox.model.facts import Facts
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings


def wrong_device(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS's microphone input is set to another device than sources.mic."""
    wanted = facts.sound.wanted
    if not wanted.mic:
        return ()
    obs = meters(facts, limits, now)
    if obs is None or obs.seen is None or obs.seen.device is None:
        return unknown(Code.WRONG_DEVICE, NO_METERS)
    have, want = _name(obs.seen.device), _name(wanted.device)
    if have == want:
        return fine(Code.WRONG_DEVICE)
    return (
        Check(
            code=Code.WRONG_DEVICE,
            role=MIC,
            outcome="bad",
            level=grave(facts),
            summary=f"OBS listens to another device: “{have}” instead of “{want}”.",
            remedy=f"Choose “{want}” as the microphone in Set-up, Sources.",
            evidence={"device": have, "wanted": want, **levels_of(facts.sound)},
        ),
    )


def _name(device: str) -> str:
    """The device's name; none given is the system's default."""
    return device or "default"
