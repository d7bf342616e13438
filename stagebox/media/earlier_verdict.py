"""The last verdict on a talk that was made with something else: kept, and held against the new one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from stagebox import __version__
from stagebox.media import manifest, talk_review
from stagebox.media.manifest import FileStamp, ManifestEntry
from stagebox.media.storage import amount
from stagebox.media.talk_review import TalkReview
from stagebox.media.verdict_changes import (
    BasisChange,
    ChangedSetting,
    VerdictComparison,
    between,
    settings_between,
)

UNREADABLE = {"unreadable": True}
"""What is kept where the last entry could not be read."""


def kept(known: ManifestEntry | None, made: Mapping[str, Any], limits: str) -> Mapping[str, Any] | None:
    """What the new entry keeps of the last one: all that was found, if it was made with something else.

    Made with the same, it hands on what it had kept itself.

    Args:
        made: what the new verdict is made with.
        limits: the fingerprint of that, for entries that do not tell what they were made with.
    """
    if known is None:
        return None
    as_now = known.made == made if known.made else known.limits == limits
    if as_now and known.version == __version__:
        return known.before
    return {
        "version": known.version,
        "made": dict(known.made),
        "sources": [asdict(one) for one in known.sources],
        "usable": known.report.usable,
        "report": known.report.to_json(),
    }


def compared(entry: ManifestEntry, said: TalkReview | None) -> VerdictComparison | None:
    """The entry's verdict beside the last one, both as people left them; None where there was none."""
    if entry.before is None:
        return None
    before = entry.before
    version = before.get("version")
    since = BasisChange(version if isinstance(version, str) else "", entry.version)
    try:
        report = manifest.read_report(before["report"], usable=bool(before["usable"]))
        sources = tuple(FileStamp(**one) for one in before["sources"])
        made = dict(before["made"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return VerdictComparison("unreadable", since)
    since = BasisChange(
        since.version_before, since.version, (*settings_between(made, entry.made), *_other(sources, entry))
    )
    was, now = talk_review.judge(report, said), talk_review.judge(entry.report, said)
    fine = [one for one, _ in (*now.accepted, *was.accepted)]
    changes = between(report.findings, entry.report.findings, fine)
    same = not changes and was.verdict is now.verdict
    return VerdictComparison("same" if same else "changed", since, str(was.verdict), changes)


def _other(sources: Sequence[FileStamp], entry: ManifestEntry) -> tuple[ChangedSetting, ...]:
    """That the recording is another one by now, as far as its size says so."""
    was, now = (sum(one.size_bytes for one in some) for some in (sources, entry.sources))
    return () if was == now else (ChangedSetting("recording", amount(was), amount(now)),)


def beside(told: VerdictComparison | None) -> dict[str, Any]:
    """What stands beside a report in JSON: empty where there was no verdict before."""
    return {} if told is None else {"compared": asdict(told)}
