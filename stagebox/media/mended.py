"""What was mended of a recording (`mend.py`): the files that stand in for it, and what is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from stagebox.flv.tags import PICTURE
from stagebox.media import codec_config, mend, newer_codecs, retime, runner
from stagebox.media import probe as probing
from stagebox.media.analysis import flv_index
from stagebox.media.findings import finding, told
from stagebox.media.probe import Probe
from stagebox.model.report import Code, Finding, Severity


class MendingNeededError(Exception):
    """A player could not follow the recording as it is; `plan` says what is to be mended."""

    def __init__(self, plan: mend.MendPlan) -> None:
        super().__init__("the recording is to be mended")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class MendedRecording:
    """A recording, how it was mended, and the files that stand in for it; `main` is the output's."""

    original: Probe
    plan: mend.MendPlan
    probes: tuple[Probe, ...]
    main: int

    @property
    def probe(self) -> Probe:
        """What stands in for the recording."""
        return self.probes[self.main]

    @property
    def part(self) -> mend.MendedPart:
        """The part of the plan that `probe` is."""
        return self.plan.parts[self.main]

    @property
    def others(self) -> Iterator[tuple[int, Probe]]:
        """The other parts, with their numbers from 1."""
        return ((number, one) for number, one in enumerate(self.probes, 1) if number != self.main + 1)

    def findings(self, at_s: float) -> Iterator[Finding]:
        """What is told of the mended places; this recording begins at `at_s` seconds of the output."""
        for one in _findings(self.plan, self.part.first_ms):
            yield replace(one, start_s=at_s + one.start_s, end_s=at_s + one.end_s)


def plan_for(probe: Probe, cancel: runner.Cancel) -> mend.MendPlan | None:
    """What is to be mended in this recording, None when nothing is.

    Raises OSError when it cannot be read.
    """

    def look_up(share: float) -> None:
        del share
        if cancel():
            raise runner.CancelledError

    if probe.container != "flv":
        return retime.plan_of(probe.path, probe.container, look_up)
    with probe.path.open("rb", buffering=0) as file:
        if flv_index.index_of(file.fileno(), look_up) is not None:
            return None
    return mend.plan_of(probe.path, look_up)


def make(
    probe: Probe, plan: mend.MendPlan, folder: Path, name: str, cancel: runner.Cancel
) -> MendedRecording | None:
    """Write what stands in for the recording into `folder`; None when that cannot be read either.

    Raises:
        OSError: the recording cannot be read, or the disk refused it.
        MediaError: what was read back is not what was written, or ffmpeg is absent or was cancelled.
    """

    def look_up(share: float) -> None:
        del share
        if cancel():
            raise runner.CancelledError

    if plan.newer:
        plan = replace(plan, parts=[mend.MendedPart(first_ms=0)])

    def target(number: int) -> Path:
        path = folder / f"{name}.mended{number}.part"
        path.unlink(missing_ok=True)
        return path

    if plan.other:
        paths = retime.make(probe.path, probe.container, target, look_up)
    else:
        paths = [target(number) for number in range(len(plan.parts))]
        for path, part in zip(paths, plan.parts, strict=True):
            if not plan.newer:
                mend.write(probe.path, part, path, look_up)
            elif not newer_codecs.make(probe.path, path, look_up):
                raise too_new(probe.path)
    try:
        probes = [probing.probe(path, cancel=cancel) for path in paths]
    except probing.UnusableError:
        return None
    if len(probes) != len(plan.parts):
        return None
    # The first one that is long: its times are those of the recording.
    lengths = [part.end_ms - part.first_ms for part in plan.parts]
    return MendedRecording(
        probe, plan, tuple(probes), next(n for n, one in enumerate(lengths) if 2 * one >= max(lengths))
    )


class TooNewError(probing.UnusableError):
    """The recording is in a form that is newer than all libraries here."""


def too_new(path: Path) -> TooNewError:
    """The error for a recording in a form that is newer than all libraries here."""
    return TooNewError(*told(Code.UNREADABLE, "too_new", name=runner.shown(path.name)))


def of_unreadable(path: Path) -> tuple[Probe, mend.MendPlan] | None:
    """A recording of which the installed ffmpeg can make nothing, because it is too old for it; else None.

    Raises OSError when it cannot be read.
    """
    plan = mend.plan_of(path, lambda share: None)
    if plan is None or not plan.newer:
        return None
    return Probe(path, "flv", path.stat().st_size, 0.0, ()), plan


def probed(path: Path, cancel: runner.Cancel | None) -> tuple[Probe, mend.MendPlan | None]:
    """What the recording is; with a plan when the installed ffmpeg is too old to say it.

    Raises:
        UnusableError: it cannot be read.
    """
    try:
        return probing.probe(path, cancel=cancel), None
    except probing.UnusableError as error:
        found = None if error.foreign or error.code is Code.EMPTY else of_unreadable(path)
        if found is None:
            raise
        return found


def clear(folder: Path, name: str) -> None:
    """Remove what `make` wrote."""
    for part in folder.glob(f"{name}.mended*.part"):
        part.unlink(missing_ok=True)


def _findings(plan: mend.MendPlan, first_ms: int) -> Iterator[Finding]:
    for jump in plan.jumps:
        at_s, by_s = (jump.at_ms - first_ms) / 1000, jump.by_ms / 1000
        way = "back" if by_s < 0 else "ahead"
        evidence = {f"{way}_s": round(abs(by_s), 3)}
        yield finding(
            Code.DISCONTINUITY, Severity.WARNING, at_s, at_s, f"{way}_closed", evidence, by_s=abs(by_s)
        )
    if plan.trembles:
        packets = {"packets": plan.trembles}
        yield finding(Code.DISCONTINUITY, Severity.NOTE, 0.0, 0.0, "order", packets, n=plan.trembles)
    for hurt in plan.hurts:
        yield from _hurt(hurt, first_ms)
    if plan.left_out and not plan.hurts:
        packets = {"packets": plan.left_out}
        yield finding(Code.CORRUPT, Severity.WARNING, 0.0, 0.0, "pieces", packets, n=plan.left_out)
    for change in plan.changes:
        yield _change(change, first_ms, in_band=plan.in_band)


def _hurt(hurt: mend.DamagedSpan, first_ms: int) -> Iterator[Finding]:
    start_s, end_s = (max((at_ms - first_ms) / 1000, 0.0) for at_ms in (hurt.start_ms, hurt.end_ms))
    if hurt.torn:
        return  # `truncated` says so
    evidence = {"at_bytes": hurt.at_bytes, "bytes": hurt.bytes}
    yield finding(Code.CORRUPT, Severity.WARNING, start_s, end_s, "found_again", evidence, at_s=start_s)


def _change(change: mend.CodecChange, first_ms: int, *, in_band: bool) -> Finding:
    at_s = max((change.at_ms - first_ms) / 1000, 0.0)
    evidence = {"set_up": "picture" if change.kind == PICTURE else "sound", "at_s": round(at_s, 3)}
    if change.kind == PICTURE:
        code = Code.DISCONTINUITY if in_band else Code.NOT_LOSSLESS
        return finding(code, Severity.WARNING, at_s, at_s, "settings", evidence, at_s=at_s)
    before, after = codec_config.aac(change.before), codec_config.aac(change.after)
    return finding(
        Code.NOT_LOSSLESS,
        Severity.WARNING,
        at_s,
        at_s,
        "sound",
        evidence,
        at_s=at_s,
        before=before,
        after=after,
    )
