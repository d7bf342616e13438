"""What is wrong with a recording, in the few words that fit into a row: "10 s silent". Pure."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from stagebox.model.figures import lasting
from stagebox.model.report import Code, Finding, Severity

Words = Callable[[Finding], str]


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names after one another: "a, b and c"; of many, the first ones and how many more."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def brief(finding: Finding) -> str:
    """The finding in few words, without a full stop."""
    words = _BY_CODE.get(finding.code)
    return words(finding) if words is not None else str(finding.code).replace("_", " ")


def plain(code: Code) -> str:
    """What such findings are called in a list to choose from: "black", "no sound at all"."""
    return _NAMES.get(code) or brief(Finding(code, Severity.WARNING, 0.0, 0.0, ""))


def _for(what: str) -> Words:
    """ "`what` for 10 s"; of a finding that is a place and no stretch, `what` alone."""

    def told(finding: Finding) -> str:
        length_s = finding.end_s - finding.start_s
        return f"{what} for {lasting(length_s)}" if length_s > 0.05 else what

    return told


def _just(what: str) -> Words:
    return lambda finding: what


def _figure(name: str, given: str, otherwise: str) -> Words:
    """`given` with the evidence's seconds of this name in it, `otherwise` where there are none."""

    def told(finding: Finding) -> str:
        value = finding.evidence.get(name)
        if isinstance(value, (int, float)) and value > 0.05:
            return given.format(lasting(value))
        return otherwise

    return told


def _short(finding: Finding) -> str:
    expected_s, length_s = (finding.evidence.get(name, 0.0) for name in ("expected_s", "duration_s"))
    return f"{lasting(max(expected_s - length_s, 0.0))} shorter than the talk"


def _silent(finding: Finding) -> str:
    return f"{lasting(finding.end_s - finding.start_s)} silent"


def _apart(finding: Finding) -> str:
    return _figure("late_s", "no picture for its first {}", "picture and sound differ in length")(finding)


def _leap(finding: Finding) -> str:
    for name, words in (("back_s", "the clock jumps back {}"), ("ahead_s", "the clock jumps ahead {}")):
        if name in finding.evidence:
            return words.format(lasting(finding.evidence[name]))
    return _for("nothing there")(finding) if finding.end_s > finding.start_s else "jumps"


def _gap(finding: Finding) -> str:
    twice_s = finding.evidence.get("overlap_s")
    if isinstance(twice_s, (int, float)):
        return f"{lasting(twice_s)} twice"
    if finding.evidence.get("joined") and finding.evidence.get("gap_s") is None:
        return "joined, what is missing is unknown"
    return _figure("gap_s", "interrupted, {} missing", "interrupted")(finding)


_BY_CODE: Mapping[Code, Words] = MappingProxyType(
    {
        Code.BLACK: _for("black"),
        Code.NO_SIGNAL: _for("no signal"),
        Code.FROZEN: _for("camera stands still"),
        Code.SILENT: _silent,
        Code.QUIET: _for("too soft"),
        Code.CLIPPING: _for("too loud, distorted"),
        Code.CHANNEL_DEAD: _for("one side has no sound"),
        Code.CHANNEL_NOISE: _for("only noise on one side"),
        Code.OUT_OF_PHASE: _for("left and right cancel out"),
        Code.DROPOUTS: _for("choppy sound"),
        Code.NO_SPEECH: _for("nobody speaks"),
        Code.NO_VIDEO: _just("no picture at all"),
        Code.NO_AUDIO: _just("no sound at all"),
        Code.AV_LENGTH_MISMATCH: _apart,
        Code.TRUNCATED: _figure("lost_s", "cut off, {} lost", "cut off at its end"),
        Code.CORRUPT: _for("damaged"),
        Code.DISCONTINUITY: _leap,
        Code.SHORT: _short,
        Code.GAP: _gap,
        Code.PAUSED: _figure("paused_s", "paused for {}", "paused"),
        Code.NOT_LOSSLESS: _just("the MP4 is not the same"),
        Code.UNREADABLE: _just("cannot be read"),
        Code.EMPTY: _just("empty file"),
        Code.NO_MP4: _just("an MKV, no MP4"),
        Code.LEFT_OUT: _just("a data track left out"),
        Code.WRONG_LENGTH: _just("tells a wrong length"),
        Code.GROWING: _just("still being recorded"),
        Code.NOT_DONE: _just("not done yet"),
        Code.MISSING: _for("a device was gone"),
        Code.MUTED: _for("the microphone was off"),
        Code.SOURCE_UNSET: _just("a device was not chosen"),
        Code.DISK_FULL: _just("the disk is full"),
        Code.FOLDER_GONE: _just("the folder cannot be written"),
    }
)

_NAMES: Mapping[Code, str] = MappingProxyType(
    {
        Code.SILENT: "silent",
        Code.SHORT: "shorter than the talk",
        Code.DISCONTINUITY: "jumps in time",
        Code.TRUNCATED: "cut off",
    }
)
