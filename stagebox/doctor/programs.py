"""Is ffmpeg there, and new enough?"""

import re

from stagebox.doctor.result import CheckLevel, CheckResult
from stagebox.media import runner
from stagebox.model.errors import MediaError

OLDEST = (5, 1)
DEADLINE_S = 20.0
_VERSION = re.compile(r"version n?(\d+)\.(\d+)")


def ffmpeg() -> CheckResult:
    """Whether ffmpeg and ffprobe run, and which version they are."""
    try:
        runner.tool("ffprobe")
        done = runner.run([runner.tool("ffmpeg"), "-hide_banner", "-version"], deadline_s=DEADLINE_S)
    except MediaError as error:
        return CheckResult("ffmpeg", "ffmpeg", CheckLevel.BROKEN, error.what, error.remedy)
    return judge_version(done.stdout.decode("utf-8", "replace"))


def judge_version(words: str) -> CheckResult:
    """What ffmpeg's own words about its version mean. Pure."""
    first = (words.splitlines() or [""])[0]
    found = _VERSION.search(first)
    if found is None:
        # A build from its developers' repository is named by date; those are newer than any release.
        return CheckResult(
            "ffmpeg", "ffmpeg", CheckLevel.NOTE, f"A version of its own: {first[:80] or 'no words'}."
        )
    version = (int(found[1]), int(found[2]))
    evidence = {"version": f"{version[0]}.{version[1]}"}
    if version < OLDEST:
        needed = f"{OLDEST[0]}.{OLDEST[1]}"
        return CheckResult(
            "ffmpeg",
            "ffmpeg",
            CheckLevel.LOOK,
            f"Version {evidence['version']} is older than {needed}, with which stagebox is tested.",
            f"Install ffmpeg {needed} or newer.",
            evidence,
        )
    return CheckResult(
        "ffmpeg", "ffmpeg", CheckLevel.GOOD, f"Version {evidence['version']}.", evidence=evidence
    )
