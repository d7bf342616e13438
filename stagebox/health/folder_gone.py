"""The recording folder: is it there, and may OBS write in it?"""

from stagebox.health.check import Check, bad, fine, unknown
from stagebox.health.folder import folder_at
from stagebox.health.fresh import fresh_host
from stagebox.model.facts import HealthFacts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings


def folder_gone(facts: HealthFacts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when the folder is not there or cannot be written. Unknown when OBS records elsewhere."""
    host = fresh_host(facts, limits, now)
    used = folder_at(host, facts.place) if host is not None else None
    if host is None or used is None or used.state is None:
        return (unknown(Code.FOLDER_GONE, "disk", "not_known"),)
    evidence = {"folder": used.state}
    if used.state == "ok":
        return (fine(Code.FOLDER_GONE, "disk", evidence),)
    key = f"{used.state}_named" if used.path else used.state
    return (bad(Code.FOLDER_GONE, "disk", Severity.CRITICAL, key, evidence=evidence, folder=used.path),)
