"""Is ffmpeg there, and new enough?"""

import re

from stagebox.doctor.result import CheckLevel, CheckResult, checked, of_error
from stagebox.media import runner
from stagebox.model.errors import MediaError

CHECK = "ffmpeg"
OLDEST = (5, 1)
DEADLINE_S = 20.0
_VERSION = re.compile(r"version n?(\d+)\.(\d+)")


def ffmpeg() -> CheckResult:
    """Whether ffmpeg and ffprobe run, and which version they are."""
    try:
        runner.tool("ffprobe")
        done = runner.run([runner.tool("ffmpeg"), "-hide_banner", "-version"], deadline_s=DEADLINE_S)
    except MediaError as error:
        return of_error(CHECK, CheckLevel.BROKEN, error)
    return judge_version(done.stdout.decode("utf-8", "replace"))


def judge_version(words: str) -> CheckResult:
    """What ffmpeg's own words about its version mean. Pure."""
    first = (words.splitlines() or [""])[0]
    found = _VERSION.search(first)
    if found is None:
        # A build from its developers' repository is named by date; those are newer than any release.
        return checked(CHECK, CheckLevel.NOTE, "own", {"version": first[:80]})
    version = (int(found[1]), int(found[2]))
    told = f"{version[0]}.{version[1]}"
    if version < OLDEST:
        needed = f"{OLDEST[0]}.{OLDEST[1]}"
        return checked(CHECK, CheckLevel.LOOK, "old", {"version": told}, version=told, needed=needed)
    return checked(CHECK, CheckLevel.GOOD, "good", {"version": told}, version=told)
