"""Does OBS record the device that the settings name?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.listening import MIC, grave, levels_of, meters
from stagebox.messages.code_catalogue import say
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code
from stagebox.model.settings import HealthSettings

DEFAULT = "default"


def wrong_device(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad while OBS's microphone input is set to another device than sources.mic."""
    wanted = facts.sound.wanted
    if not wanted.mic:
        return ()
    obs = meters(facts, limits, now)
    if obs is None or obs.seen is None or obs.seen.device is None:
        return (unknown(Code.WRONG_DEVICE, MIC, "no_levels"),)
    have, want = _name(obs.seen.device), _name(wanted.device)
    if have == want:
        return (fine(Code.WRONG_DEVICE, MIC),)
    evidence = {"device": have, "wanted": want, **levels_of(facts.sound)}
    given = {"device": _told(have), "wanted": _told(want)}
    return (bad(Code.WRONG_DEVICE, MIC, grave(facts), "other", evidence=evidence, **given),)


def _name(device: str) -> str:
    """The device's name; none given is the system's default."""
    return device or DEFAULT


def _told(device: str) -> str:
    return say(f"{Code.WRONG_DEVICE}.default") if device == DEFAULT else device
