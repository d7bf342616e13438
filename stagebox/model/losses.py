"""What is lost while an alarm is up, in one order for everybody who names the worst first. Pure."""

from collections.abc import Mapping

NOTHING_RECORDED = (
    "not_recording", "paused", "disk_full", "folder_gone", "obs_down", "obs_stuck", "scenes_gone",
)  # fmt: skip
"""The whole talk."""
NO_SOUND = (
    "source_unset/mic", "missing/mic", "silent/mic", "muted/mic", "obs_deaf/mic", "wrong_device/mic",
)  # fmt: skip
"""A talk without its sound is lost; one without its pictures can still be listened to."""
NO_PICTURE = (
    "black/program", "missing/slides", "no_signal/slides", "black/slides", "frozen/slides",
    "source_unset/slides", "missing/camera", "no_signal/camera", "black/camera", "frozen/camera",
    "source_unset/camera", "missing", "no_signal", "black", "frozen", "source_unset",
)  # fmt: skip
SPOILT = ("dropouts", "channel_dead", "clipping", "quiet", "encoder_lag", "render_lag")
SOON = ("disk_low", "hot", "on_battery")
STREAM = ("stream_lost", "stream_refused", "stream_slow")
ORDER = NOTHING_RECORDED + NO_SOUND + NO_PICTURE + SPOILT + SOON + STREAM
"""Alarm codes, some with the role, in the order of what is lost while they last; others follow."""
TOLD_BY: Mapping[str, frozenset[str]] = {
    "disk_low": frozenset({"disk_full", "folder_gone"}),
    "disk_full": frozenset({"folder_gone"}),
}
"""One thing is one alarm: what is not raised while one of these is, which says it already."""


def loss_rank(level: str, code: str, role: str) -> tuple[int, int]:
    """Sorts alarms, what loses most first.

    `level` is note, warning or critical. Sound that is lost comes with the critical ones, whatever its level:
    nothing of the picture and no slow computer is worse.
    """
    named = f"{code}/{role}"
    place = ORDER.index(named) if named in ORDER else ORDER.index(code) if code in ORDER else len(ORDER)
    if level == "note":
        return 2, place
    return (0 if level == "critical" or named in NO_SOUND else 1), place
