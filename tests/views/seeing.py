"""What a view sees, from snapshots as `serve` sends them."""

from collections.abc import Mapping
from typing import Any

from stagebox.views.parsing import report_of, sessions_of, snapshot_of
from stagebox.views.seen import Seen


def seeing(snapshot: Mapping[str, Any], **changes: Any) -> Seen:
    """What is seen: a fresh snapshot, and changes to the rest, sessions and reports in JSON as well."""
    if "sessions" in changes:
        changes["sessions"] = sessions_of(list(changes["sessions"]))
    if "reports" in changes:
        changes["reports"] = {ident: report_of(one) for ident, one in changes["reports"].items()}
    return Seen(**({"snapshot": snapshot_of(snapshot), "connected": True} | changes))
