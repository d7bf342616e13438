"""The recording folder: is it there, and may OBS write in it?"""

from stagebox.health.alarm_tracker import Patience
from stagebox.health.check import Check
from stagebox.health.folder import folder_at, folder_health
from stagebox.health.fresh import fresh_host, unknown
from stagebox.model.facts import Facts
from stagebox.model.report import Code, Severity
from stagebox.model.settings import HealthSettings

PATIENCE = {Code.FOLDER_GONE: Patience(raise_after_s=0.0, clear_after_s=1.0)}


def folder_gone(facts: Facts, limits: HealthSettings, now: float) -> tuple[Check, ...]:
    """Bad when the folder is not there or cannot be written. Unknown when OBS records elsewhere."""
    host = fresh_host(facts, limits, now)
    used = folder_at(host, facts.place) if host is not None else None
    if host is None or used is None or used.state is None:
        return unknown(Code.FOLDER_GONE, "disk", "Nobody knows whether the recording folder is there.")
    evidence = {"folder": used.state}
    if used.state == "ok":
        return (Check(code=Code.FOLDER_GONE, role="disk", outcome="fine", evidence=evidence),)
    seen = folder_health(used.path, used.state, used.free_bytes, host.reserve_bytes)
    return (
        Check(
            code=Code.FOLDER_GONE,
            role="disk",
            outcome="bad",
            level=Severity.CRITICAL,
            summary=seen.detail,
            remedy=seen.remedy,
            evidence=evidence,
        ),
    )
